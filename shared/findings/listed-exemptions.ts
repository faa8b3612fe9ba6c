import type { Policy } from "../policy/configuration";
import type { Exemption } from "../policy/exemptions";
import { isDated, standingOf } from "../policy/exemptions";
import { closestAddress } from "../reading/closest-word";
import type { RuleName } from "../rules";
import { ruleNames } from "../rules";
import { dayNumber, dayNumberOf } from "../rules/days";
import type { JudgedDocuments } from "./judged-documents";
import type { UnusedExemption } from "./unused-exemptions";

/** An exemption of a configuration and its state on a given day. */
export interface ListedExemption {
  readonly rule: RuleName;
  readonly exemption: Exemption;
  readonly state: "in force" | "ends soon" | "expired" | "not yet";
  /** The days after today on which it applies, negative once it is over; `undefined` without an end. */
  readonly daysLeft: number | undefined;
  /** What it does to what was checked, if anything was. */
  readonly use: UseOfExemption | undefined;
}

export type UseOfExemption =
  | { readonly state: "used" }
  | { readonly state: "unused"; readonly because: ReasonOfDisuse }
  /** Its target is in another stack. `near` is a target of these inputs that it may be a typo of. */
  | { readonly state: "not about these inputs"; readonly near: string | undefined };

/** `nothing to exempt`: the cluster is undecided or unreadable, or another entry comes first. */
export type ReasonOfDisuse = UnusedExemption["because"]["matches"] | "not in force" | "nothing to exempt";

/** Every exemption of a configuration, the earliest end first. A disabled rule has none. */
export function listedExemptions(
  { options }: Policy,
  today: Date,
  judged: JudgedDocuments | undefined,
): readonly ListedExemption[] {
  const useOf = judged && usesOf(judged);
  return ruleNames
    .flatMap((rule) =>
      options[rule].exemptions.map((exemption): ListedExemption => {
        const standing = standingOf(exemption, today);
        return {
          rule,
          exemption,
          state: standing.state === "in force" && standing.endsSoon ? "ends soon" : standing.state,
          daysLeft: daysLeftOf(exemption, today),
          use: useOf?.(exemption),
        };
      }),
    )
    .sort((one, other) => (one.daysLeft ?? Infinity) - (other.daysLeft ?? Infinity) || 0);
}

function daysLeftOf(exemption: Exemption, today: Date): number | undefined {
  return isDated(exemption) ? (dayNumberOf(exemption.expiresOn) ?? NaN) - dayNumber(today) : undefined;
}

function usesOf({
  clusters,
  unused,
  concerned,
  targets,
}: JudgedDocuments): (exemption: Exemption) => UseOfExemption {
  const used = new Set<Exemption>();
  const notInForce = new Set<Exemption>();
  for (const { kind, exemption } of clusters.flatMap(({ judgements }) =>
    judgements.flatMap(({ findings }) => findings),
  ))
    if (exemption !== undefined) (kind === "exempt" ? used : notInForce).add(exemption.exemption);
  const reasons = new Map(unused.map(({ exemption, because }) => [exemption, because.matches]));
  return (exemption) => {
    if (!concerned.has(exemption))
      return { state: "not about these inputs", near: closestAddress(exemption.target, targets()) };
    if (used.has(exemption)) return { state: "used" };
    const otherwise = notInForce.has(exemption) ? "not in force" : "nothing to exempt";
    return { state: "unused", because: reasons.get(exemption) ?? otherwise };
  };
}
