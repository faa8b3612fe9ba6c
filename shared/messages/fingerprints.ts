import type { NamedDocument } from "../findings/judged-documents";
import { Occurrences } from "./occurrences";

/** What makes an address unique if it is not unique already. */
export function scopeOf({ kind, stack }: NamedDocument, file: string | undefined): string | undefined {
  switch (kind) {
    case "pulumi-stack":
    case "pulumi-preview":
    case "azure":
      return undefined;
    case "terraform-plan":
    case "terraform-state":
    case "terraform-json":
    case "terraform-hcl":
    case "arm-template":
      return stack ?? file;
  }
}

/** Texts that stay the same from run to run, and differ if one document has an address twice. */
export class Fingerprints {
  private readonly seen = new Occurrences();

  of(parts: readonly string[]): string {
    const text = parts.join("|");
    const times = this.seen.next(text);
    return times === 1 ? text : `${text}|${times}`;
  }
}
