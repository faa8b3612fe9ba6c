import type { Policy } from "../shared/policy/configuration";
import type { Circumstances } from "../shared/rules/rule";
import type { Judged } from "./judged";
import { addressIn, clustersOfDocument } from "./judged";
import { Judgement } from "./judgement";
import { withoutKnown } from "./known-clusters";

/**
 * Compares what is written in the end with what was judged: a value that is another one each time it is asked for, or
 * a change after every Aspect and validation, must not pass for the one that was judged.
 */
export class Comparison {
  /** How serious what was reported is, by rule and address. */
  private readonly reported = new Map<string, number>();
  /** The likenesses of clusters that are fine: what is fine is not worse, whatever else was judged. */
  private readonly fine = new Set<string>();
  /** The likenesses of the others, by address. */
  private readonly others = new Map<string, string>();

  constructor(
    private readonly policy: Policy,
    private readonly circumstances: Circumstances,
    judgement: Judgement,
    judged: readonly Judged[],
    private readonly isInScope: (path: string) => boolean,
  ) {
    for (const found of judged) {
      const weights = judgement.weightsOf(found);
      const likeness = "subject" in found ? found.likeness : undefined;
      if (weights.length === 0) {
        if (likeness !== undefined) this.fine.add(likeness);
        continue;
      }
      const address = addressIn(found);
      if (likeness !== undefined) this.others.set(address, likeness);
      for (const [rule, weight] of weights) this.reported.set(`${rule} ${address}`, weight);
    }
  }

  /** Throws where what is written is worse than what was judged. */
  check(document: unknown): void {
    const left = withoutKnown(document, {
      isFine: (likeness) => this.fine.has(likeness),
      likenessAt: (address) => this.others.get(address),
    });
    const found = clustersOfDocument(left).filter(({ path }) => this.isInScope(path()));
    if (found.length === 0) return;
    const judgement = new Judgement(this.policy, this.circumstances, found);
    const worse = found.filter((each) =>
      judgement.weightsOf(each).some(([rule, weight]) => {
        const before =
          this.reported.get(`${rule} ${addressIn(each)}`) ?? this.reported.get(`${rule} ${each.path()}`);
        return weight > (before ?? 0);
      }),
    );
    if (worse.length === 0) return;
    const lines = worse.flatMap((each) =>
      judgement.messagesFor(each).map(({ text }) => `  ${addressIn(each)}: ${text.split("\n")[0] ?? ""}`),
    );
    throw new Error([notAsJudged, ...lines].join("\n"));
  }
}

const notAsJudged =
  "aks-network-policy-pack: what this stack writes is not what was judged. Something changes it after every Aspect and validation, writes it past the constructs, or makes another value each time it is asked for one.";
