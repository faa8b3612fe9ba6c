/** Generated clusters as Azure Policy sees them, valid and invalid. */
import fc from "fast-check";
import { realEngines } from "../../../shared/cluster/cluster";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { asks, changed, marker, models, spell } from "../../fuzz/generate";
import type { Tree } from "../../fuzz/oracle";
import { spellings } from "../../fuzz/spellings";
import type { Assignment } from "./comparison";
import type { Written } from "./requests";
import { blockIn } from "./requests";

export interface Generated {
  readonly written: Written;
  readonly assignment: Assignment;
}

/** Values that may replace any other value. */
const anything: readonly (Tree | undefined)[] = [undefined, null, "", marker, 7, true, [], {}, ["azure"]];

const spelling = spellings.find(
  ({ dialect, version }) => dialect.name === "ARM template" && version === undefined,
);

/** `numRuns` clusters. In one of eight, one value is replaced. */
export function generated(numRuns: number, seed: number): Generated[] {
  const clusters = fc.record({
    model: models,
    ask: asks,
    dice: fc.nat(1_000_000),
    other: fc.nat(8 * anything.length - 1),
  });
  return fc.sample(clusters, { numRuns, seed }).map(({ model, ask, dice, other }) => {
    if (spelling === undefined) throw new Error("Azure's API has a spelling");
    const spelt = spell(model, spelling, dice);
    const hurt = other < anything.length ? changed(spelt, dice, () => anything[other]) : undefined;
    const { cluster, separatePools } = hurt ?? spelt;
    return {
      written: {
        cluster: blockIn(settled(cluster)),
        separatePools: separatePools.map((pool) => blockIn(settled(pool))),
      },
      assignment: {
        today: new Date(ask.today),
        engines: realEngines.filter((engine) => ask.engines.includes(engine)),
        bringYourOwnCni: ask.ownCni,
      },
    };
  });
}

/** Removes unknown values: in a request to Azure, and in its response, everything is known. */
function settled(tree: Tree): unknown {
  if (Array.isArray(tree)) return tree.filter((each: Tree) => each !== notKnownYet).map(settled);
  if (typeof tree !== "object" || tree === null) return tree;
  const known = Object.entries(tree).filter(([, value]: [string, Tree]) => value !== notKnownYet);
  return Object.fromEntries(known.map(([name, value]: [string, Tree]) => [name, settled(value)]));
}
