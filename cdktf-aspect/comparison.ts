import type { Circumstances, Policy } from "../shared";
import type { Attributes, ConstructLike } from "./constructs";
import type { Found } from "./inventory";
import { Judgement } from "./judgement";
import { byKind, clusterType } from "./truth";
import { addressIn, clustersOf } from "./written";

/**
 * Compares what is written in the end with what was judged: a value that is made anew each time it is asked for, or
 * a change after every Aspect and validation, must not pass for the one that was judged.
 */
export class Comparison {
  private readonly told = new Map<string, number>();

  constructor(
    private readonly policy: Policy,
    private readonly circumstances: Circumstances,
    judgement: Judgement,
    judged: readonly Found[],
    private readonly isInScope: (construct: ConstructLike) => boolean,
  ) {
    for (const found of judged) {
      for (const [rule, weight] of judgement.weightsOf(found)) {
        if (weight > 0) this.told.set(`${rule} ${addressIn(found)}`, weight);
      }
    }
  }

  /** Throws where what is written is worse than what was judged. */
  check(document: unknown): void {
    const found = clustersOf(this.withoutFine(document)).filter(({ construct }) => this.isInScope(construct));
    const judgement = new Judgement(this.policy, this.circumstances, found);
    const worse = found.filter((each) =>
      [...judgement.weightsOf(each)].some(([rule, weight]) => {
        const told =
          this.told.get(`${rule} ${addressIn(each)}`) ?? this.told.get(`${rule} ${each.construct.node.path}`);
        return weight > (told ?? 0);
      }),
    );
    if (worse.length === 0) return;
    const lines = worse.flatMap((each) =>
      [...judgement.messagesFor(each)].map(
        ({ text }) => `  ${addressIn(each)}: ${text.split("\n")[0] ?? ""}`,
      ),
    );
    throw new Error([notAsJudged, ...lines].join("\n"));
  }

  /** What is fine is not worse, whatever was judged. Nearly all clusters are, and of few kinds: to read each one costs more. */
  private withoutFine(document: unknown): unknown {
    const written = byKind(document);
    if (written === undefined) return document;
    const isFine = ([id, attributes]: readonly [string, Attributes]): boolean => {
      // As the library will write it.
      const one: unknown = JSON.parse(JSON.stringify({ [id]: attributes }));
      const found = clustersOf({ resource: { [clusterType]: one } });
      const judgement = new Judgement(this.policy, this.circumstances, found);
      return found.every((each) => [...judgement.weightsOf(each)].every(([, weight]) => weight === 0));
    };
    return written.with(
      written.kinds.flatMap((kind) => (kind[0] !== undefined && isFine(kind[0]) ? [] : kind)),
    );
  }
}

const notAsJudged =
  "aks-network-policy-pack: what this stack writes is not what was judged. Something changes it after every Aspect and validation, writes it past the constructs, or makes another value each time it is asked for one.";
