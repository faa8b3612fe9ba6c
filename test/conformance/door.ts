/** A way in for clusters: how it spells them, and what it says about them. */
import type { Model } from "../fuzz/generate";
import { spell } from "../fuzz/generate";
import type { Written } from "../fuzz/oracle";
import type { Spelling } from "../fuzz/spellings";
import type { Cluster } from "./clusters";
import type { Row } from "./verdicts";
import { inNewestNames } from "./verdicts";

/** A cluster in the words of a spelling. */
export interface Spelt {
  readonly name: string;
  readonly written: Written;
}

/** What a door says about each cluster, by the cluster's name. */
export type Answers = ReadonlyMap<string, Row>;

/** One way to write clusters down, and the doors that judge what is written. */
export interface Way {
  /** Stands before the name of each of its doors. */
  readonly name: string;
  readonly spelling: Spelling;
  readonly doors: readonly string[];
  /** Where it is too slow for all: as many clusters at most. */
  readonly most?: number;
  /** Of every so many clusters one goes this way, because other ways are alike. */
  readonly oneOf?: number;
  /** The answers of its doors, in their order. */
  readonly judge: (clusters: readonly Spelt[], today: Date) => Promise<readonly Answers[]>;
}

export const nameOfDoor = ({ name }: Way, door: string): string => `${name}: ${door}`;

/** Has the spelling a name for every setting? Names alone are asked for: what a value means there is a difference. */
export function hasNamesFor({ settings }: Model, spelling: Spelling): boolean {
  return (Object.keys(settings) as (keyof typeof settings)[]).every(
    (name) => spelling.settings[name].length > 0,
  );
}

export function spelt({ name, model }: Cluster, spelling: Spelling): Spelt {
  return { name, written: spell(model, spelling, inNewestNames) };
}
