/** A way in for clusters: how it spells them, and its answers. */
import type { Model } from "../fuzz/generate";
import { spell } from "../fuzz/generate";
import type { Written } from "../fuzz/oracle";
import type { Spelling } from "../fuzz/spellings";
import type { Cluster } from "./clusters";
import type { Row } from "./verdicts";
import { inNewestNames } from "./verdicts";

/** A cluster in a spelling. */
export interface Spelt {
  readonly name: string;
  readonly written: Written;
}

/** A door's answer on each cluster, by the cluster's name. */
export type Answers = ReadonlyMap<string, Row>;

/** One way to write clusters, and the doors that check what is written. */
export interface Way {
  /** The prefix of its doors' names. */
  readonly name: string;
  readonly spelling: Spelling;
  readonly doors: readonly string[];
  /** The maximum number of clusters, if it is too slow for all. */
  readonly most?: number;
  /** Only one of this many clusters goes this way, because other ways are similar. */
  readonly oneOf?: number;
  /** The answers of its doors, in their order. */
  readonly judge: (clusters: readonly Spelt[], today: Date) => Promise<readonly Answers[]>;
}

export const nameOfDoor = ({ name }: Way, door: string): string => `${name}: ${door}`;

/**
 * Does the spelling have a name for every setting? Only names matter here; differences in values are listed
 * separately.
 */
export function hasNamesFor({ settings }: Model, spelling: Spelling): boolean {
  return (Object.keys(settings) as (keyof typeof settings)[]).every(
    (name) => spelling.settings[name].length > 0,
  );
}

export function spelt({ name, model }: Cluster, spelling: Spelling): Spelt {
  return { name, written: spell(model, spelling, inNewestNames) };
}
