import { oldBaselineMessage } from "../../shared/messages/baseline";
import { noteMessage } from "../../shared/messages/document-notes";
import type { Report } from "../../shared/messages/report";
import { visible } from "../../shared/messages/visible";
import { nameOfInput } from "./results";

/** A problem that concerns an input or an exemption instead of a cluster. */
export interface Trouble {
  readonly level: "error" | "warning";
  /** The input; undefined if it concerns none. */
  readonly file: string | undefined;
  readonly text: string;
}

/** @param notesFail what a document does not show fails the run */
export function troublesOf(
  { unreadable, inputs, unusedExemptions, baseline }: Report,
  { notesFail }: { readonly notesFail: boolean },
): readonly Trouble[] {
  return [
    ...unreadable.map(({ file, reason }): Trouble => ({
      level: "error",
      file,
      text: visible(`${file} was not checked. ${reason}`),
    })),
    ...inputs.flatMap(({ file, notes }) =>
      notes.map((note): Trouble => ({
        level: notesFail ? "error" : "warning",
        file: file ?? undefined,
        text: visible(`${nameOfInput({ file })}: ${noteMessage(note)}`),
      })),
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
