/** The answers on a cluster, in a form in which all doors can be compared. */
import { rules } from "../../shared/rules";
import type { Ask } from "../fuzz/oracle";
import type { Model } from "../fuzz/generate";
import { spell } from "../fuzz/generate";
import { circumstancesOf, findingsFrom, readPlainly } from "../fuzz/hosts";
import type { Spelling } from "../fuzz/spellings";
import { spellings } from "../fuzz/spellings";

export type Kind = "failure" | "unknown" | "notice";

/** One finding of a door. Some doors print a cause by name, others only in words. */
export interface Said {
  readonly rule: string;
  readonly kind: Kind;
  readonly cause?: string;
}

export type Verdict = "pass" | "fail" | "unknown";

/** The answer of the rules on one cluster: each rule's verdict, its kinds of findings and their causes. */
export interface Row {
  readonly verdicts: readonly Verdict[];
  /** `rule kind`, each once, in order. */
  readonly kinds: readonly string[];
  /** `rule kind cause`; `undefined` if the door does not name causes. */
  readonly causes: readonly string[] | undefined;
}

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** A pool inside its cluster is found in another place than a separate one, so repetitions do not count. */
export function rowOf(said: readonly Said[]): Row {
  const hasCauses = said.every(({ cause }) => cause !== undefined);
  return {
    verdicts: rules.map(({ name }) => verdictOf(said.filter(({ rule }) => rule === name))),
    kinds: sorted(said.map(({ rule, kind }) => `${rule} ${kind}`)),
    causes: hasCauses ? sorted(said.map(({ rule, kind, cause }) => `${rule} ${kind} ${cause}`)) : undefined,
  };
}

function verdictOf(said: readonly Said[]): Verdict {
  if (said.some(({ kind }) => kind === "failure")) return "fail";
  return said.some(({ kind }) => kind === "unknown") ? "unknown" : "pass";
}

/** The union of both rows. */
export function withRow(one: Row, other: Row): Row {
  const both = (a: readonly string[], b: readonly string[]): readonly string[] => sorted([...a, ...b]);
  return {
    verdicts: one.verdicts.map((verdict, i) => worse(verdict, other.verdicts[i] ?? "pass")),
    kinds: both(one.kinds, other.kinds),
    causes: one.causes && other.causes && both(one.causes, other.causes),
  };
}

function worse(one: Verdict, other: Verdict): Verdict {
  const worst: readonly Verdict[] = ["fail", "unknown", "pass"];
  return worst.find((verdict) => verdict === one || verdict === other) ?? "pass";
}

/** Are two rows equal, as far as both tell? */
export function isSameRow(one: Row, other: Row): boolean {
  const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();
  return (
    isSame(one.verdicts, other.verdicts) &&
    isSame(one.kinds, other.kinds) &&
    (one.causes === undefined || other.causes === undefined || isSame(one.causes, other.causes))
  );
}

export function shownRow({ kinds, causes }: Row): string {
  return (causes ?? kinds).join("; ") || "nothing";
}

/** A spelling by its dialect and the version of its API, module or provider; by default the newest. */
export function spellingOf(dialect: string, version?: string): Spelling {
  const found = spellings.find(
    (each) => each.dialect.name === dialect && (each.version ?? each.provider) === version,
  );
  if (found === undefined) throw new Error(`no spelling of ${dialect} ${version ?? ""}`);
  return found;
}

/** With this number `spell` uses the newest name of every setting. */
export const inNewestNames = 2;

/** The spelling that can express everything. */
const whole = spellingOf("ARM template");
const rows = new Map<string, Row>();

/**
 * The one table: the rules' answer on a cluster that is spelled as in Azure's API and read without any door.
 */
export function tableRow(model: Model, today: Date): Row {
  const key = JSON.stringify([model, today], (_, value: unknown) =>
    typeof value === "symbol" ? "(not known yet)" : value,
  );
  let row = rows.get(key);
  if (row === undefined) {
    const reading = readPlainly(spell(model, whole, inNewestNames), whole, undefined);
    const ask: Ask = {
      today: today.toISOString().slice(0, 10),
      engines: ["azure", "calico", "cilium"],
      ownCni: "fail",
    };
    row = rowOf(
      rules.flatMap((rule) =>
        findingsFrom(reading, circumstancesOf(ask), [rule]).map(({ kind, cause, key: by }) => {
          if (kind === "exempt") throw new Error("nothing is exempted");
          return { rule: rule.name, kind, cause: cause ?? by };
        }),
      ),
    );
    rows.set(key, row);
  }
  return row;
}
