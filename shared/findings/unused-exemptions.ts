import type { Exemption } from "../policy/exemptions";
import { exemptionsFrom, targetKey } from "../policy/exemptions";
import type { Subject } from "../reading/subject";
import type { RuleName } from "../rules";
import type { Circumstances, Rule } from "../rules/rule";

/** An exemption that does nothing, reported so that the list shrinks. */
export interface UnusedExemption {
  readonly rule: RuleName;
  readonly exemption: Exemption;
  /** The target, where a cluster has it. */
  readonly address?: string;
  readonly because:
    | {
        readonly matches: "no cluster";
        /** An address that differs from the target in upper and lower case alone. */
        readonly near: string | undefined;
        /** The addresses of the clusters that there are. */
        readonly clusters: readonly string[];
      }
    | { readonly matches: "several clusters" }
    | { readonly matches: "a cluster that complies" };
}

/**
 * The exemptions from a rule that do nothing: `belongs` picks those that are about this stack from those of other
 * stacks, projects and hosts, and `clusters` holds what is at each address (its key, see `targetKey`), `undefined` for what could not be read.
 */
export function unusedExemptions(
  rule: Rule,
  clusters: ReadonlyMap<string, readonly (Subject | undefined)[]>,
  belongs: (target: string) => boolean,
  circumstances: Circumstances,
): UnusedExemption[] {
  return exemptionsFrom(rule.name, circumstances).flatMap((exemption): UnusedExemption[] => {
    const { target } = exemption;
    if (!belongs(target)) return [];
    const at = { rule: rule.name, exemption };
    const found = clusters.get(targetKey(target));
    if (found === undefined) {
      const all = [...clusters.keys()];
      return [{ ...at, because: { matches: "no cluster", near: namesake(all, target), clusters: all } }];
    }
    if (found.length > 1) return [{ ...at, address: target, because: { matches: "several clusters" } }];
    const [subject] = found;
    return subject !== undefined && complies(rule, subject, circumstances)
      ? [{ ...at, address: target, because: { matches: "a cluster that complies" } }]
      : [];
  });
}

/** The address that differs from another one in upper and lower case alone. */
export function namesake(addresses: readonly string[], address: string): string | undefined {
  return addresses.find((each) => each.toLowerCase() === address.toLowerCase());
}

/** Nothing is reported of an undecided cluster either, but it does not comply yet. */
function complies(rule: Rule, { cluster }: Subject, circumstances: Circumstances): boolean {
  try {
    return rule.judge(cluster, circumstances).verdict === "pass";
  } catch {
    return false;
  }
}
