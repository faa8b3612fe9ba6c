import { oldBaselineMessage } from "../../shared/messages/baseline";
import { noteMessage } from "../../shared/messages/document-notes";
import type { Report } from "../../shared/messages/report";
import { visible } from "../../shared/messages/visible";

/** What a reader must know beside the findings: it is about an input or an exemption, and not about a cluster. */
export interface Trouble {
  readonly level: "error" | "warning";
  /** The input; undefined where it is about none. */
  readonly file: string | undefined;
  readonly text: string;
}

export function troublesOf({ unreadable, inputs, unusedExemptions, baseline }: Report): readonly Trouble[] {
  return [
    ...unreadable.map(({ file, reason }): Trouble => ({
      level: "error",
      file,
      text: visible(`${file} was not checked. ${reason}`),
    })),
    ...inputs.flatMap(({ file, notes }) =>
      notes.map((note): Trouble => ({ level: "warning", file: file ?? undefined, text: noteMessage(note) })),
    ),
    ...[...unusedExemptions.map(({ message }) => message), ...oldBaselineMessage(baseline)].map(
      (message): Trouble => ({
        level: "warning",
        file: undefined,
        text: message.split("\n").map(visible).join(" "),
      }),
    ),
  ];
}
