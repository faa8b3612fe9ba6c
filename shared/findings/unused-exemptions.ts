import { once } from "../documents/once";
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
  const all = [...clusters.keys()];
  const near = once(() => namesakesOf(all));
  return exemptionsFrom(rule.name, circumstances).flatMap((exemption): UnusedExemption[] => {
    const { target } = exemption;
    if (!belongs(target)) return [];
    const at = { rule: rule.name, exemption };
    const found = clusters.get(targetKey(target));
    if (found === undefined)
      return [{ ...at, because: { matches: "no cluster", near: near()(target), clusters: all } }];
    if (found.length > 1) return [{ ...at, address: target, because: { matches: "several clusters" } }];
    const [subject] = found;
    return subject !== undefined && complies(rule, subject, circumstances)
      ? [{ ...at, address: target, because: { matches: "a cluster that complies" } }]
      : [];
  });
}

/** Finds the address that differs from another one in upper and lower case alone. */
export function namesakesOf(addresses: readonly string[]): (address: string) => string | undefined {
  const byLowerCase = new Map<string, string>();
  for (const each of addresses) {
    const key = each.toLowerCase();
    if (!byLowerCase.has(key)) byLowerCase.set(key, each);
  }
  return (address) => byLowerCase.get(address.toLowerCase());
}

/** Nothing is reported of an undecided cluster either, but it does not comply yet. */
function complies(rule: Rule, { cluster }: Subject, circumstances: Circumstances): boolean {
  try {
    return rule.judge(cluster, circumstances).verdict === "pass";
  } catch {
    return false;
  }
}
