import type { Answer, Setting, Unrecognized } from "../cluster/setting";
import { all, is } from "../cluster/setting";

/**
 * A decision table, evaluated from the top, whose conditions may be unknown. It decides as far as the known
 * values allow: if every row that may still apply leads to the same kind of outcome, that is the outcome;
 * otherwise it is undecided. So knowing less can turn a verdict into `undecided`, never into its opposite.
 */
export interface Row<Outcome> {
  readonly when: Answer;
  readonly then: Outcome;
}

/**
 * An outcome is `good`, `bad`, or `elsewhere`: bad, but reported by another rule, so this one stays silent.
 */
export type Weight = "good" | "bad" | "elsewhere";

export type Decision<Outcome> =
  | { readonly decided: true; readonly outcome: Outcome }
  | { readonly decided: false; readonly dependsOn: readonly string[] };

/** Decides a table whose last row is `otherwise`, which applies if no other row does. */
export function decide<Outcome extends { readonly weight: Weight }>(
  rows: readonly Row<Outcome>[],
  otherwise: Outcome,
): Decision<Outcome> {
  const open: Row<Outcome>[] = [];
  let holds = otherwise;
  for (const row of rows) {
    if (row.when.truth === true) {
      holds = row.then;
      break;
    }
    if (row.when.truth === "unknown") open.push(row);
  }
  // A row that may apply leaves the decision open if its outcome is different. If a row certainly applies, a
  // possible row that defers to another rule adds nothing that is known to be true.
  const isOpen = open.some(({ then }) => then.weight !== holds.weight && then.weight !== "elsewhere");
  return isOpen
    ? { decided: false, dependsOn: [...new Set(open.flatMap((row) => row.when.dependsOn))] }
    : { decided: true, outcome: holds };
}

/** A row per word, which applies if the setting is that word and the row's own condition holds. */
export function rowsPer<Outcome, const T extends string>(
  words: readonly T[],
  setting: Setting<string | Unrecognized>,
  row: (word: T) => Row<Outcome>,
): Row<Outcome>[] {
  const rows: Row<Outcome>[] = [];
  for (const word of words) {
    const isWord = is<string | Unrecognized>(setting, word);
    // A known setting equals one word at most, so the other rows need not be evaluated.
    if (isWord.truth === false) continue;
    const { when, then } = row(word);
    rows.push({ when: all(isWord, when), then });
  }
  return rows;
}
