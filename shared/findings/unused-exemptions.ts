import { once } from "../documents/once";
import type { Exemption } from "../policy/exemptions";
import { exemptionsFrom, targetKey } from "../policy/exemptions";
import type { Subject } from "../reading/subject";
import type { RuleName } from "../rules";
import type { Circumstances, Rule } from "../rules/rule";

/** An exemption that does nothing and can be deleted. */
export interface UnusedExemption {
  readonly rule: RuleName;
  readonly exemption: Exemption;
  /** The target as written, if a cluster has it. */
  readonly address?: string;
  readonly because:
    | {
        readonly matches: "no cluster";
        /** An address that differs from the target only in case. */
        readonly near: string | undefined;
        /** The addresses of all clusters. */
        readonly clusters: readonly string[];
      }
    | { readonly matches: "several clusters" }
    | { readonly matches: "a cluster that complies" };
}

/**
 * The exemptions from a rule that do nothing. `belongs` selects those that concern this stack and not other
 * stacks, projects and hosts. `clusters` holds what is at each address (by `targetKey`), `undefined` for what
 * could not be read.
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

/** Finds the address that differs from another one only in case. */
export function namesakesOf(addresses: readonly string[]): (address: string) => string | undefined {
  const byLowerCase = new Map<string, string>();
  for (const each of addresses) {
    const key = each.toLowerCase();
    if (!byLowerCase.has(key)) byLowerCase.set(key, each);
  }
  return (address) => byLowerCase.get(address.toLowerCase());
}

/** An undecided cluster has no failure to exempt either, but it does not comply yet. */
function complies(rule: Rule, { cluster }: Subject, circumstances: Circumstances): boolean {
  try {
    return rule.judge(cluster, circumstances).verdict === "pass";
  } catch {
    return false;
  }
}
