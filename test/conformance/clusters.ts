/**
 * The clusters that go through every door: the worked examples of the rules, and the requested number of
 * generated ones.
 */
import fc from "fast-check";
import type { DeclaredPool } from "../../shared/cluster/declaration";
import { rules } from "../../shared/rules";
import type { Model, PoolModel } from "../fuzz/generate";
import { models } from "../fuzz/generate";
import { exampleDay } from "../support/evaluate";

export interface Cluster {
  /** Its name in every tool, by which a door's answer is matched. */
  readonly name: string;
  readonly title: string;
  readonly model: Model;
  /** The date of the check. */
  readonly today: Date;
}

/** The cluster name in a text: an address, a URN, the path of a construct. */
export function nameIn(text: string): string {
  const [name] = /cluster\d+x/.exec(text) ?? [];
  if (name === undefined) throw new Error(`no cluster's name is in ${text}`);
  return name;
}

/** Every worked example, and generated clusters, the same for the same seed. */
export function clustersFor(generated: number, seed: number): readonly Cluster[] {
  const examples = rules.flatMap((rule) =>
    rule.examples.map(({ title, cluster: { pools = [], ...settings }, today = exampleDay }) => ({
      title: `${rule.name}: ${title}`,
      model: { settings, pools: pools.map(poolOf) },
      today,
    })),
  );
  const samples = fc.sample(models, { numRuns: generated, seed }).map((model, i) => ({
    title: `generated ${i}`,
    model,
    today: exampleDay,
  }));
  return [...examples, ...samples].map((each, i) => ({ name: `cluster${i}x`, ...each }));
}

/** A worked example with a maximum number of nodes means that the pool scales up to it. */
function poolOf({ separate, maximum, ...pool }: DeclaredPool): PoolModel {
  return {
    ...pool,
    ...(maximum === undefined ? {} : { maximum, autoscaling: true }),
    apart: separate === true,
  };
}
