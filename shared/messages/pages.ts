import type { RuleName } from "../rules";

/** The README sections that messages link to, besides those of the rules. */
export const sections = [
  "use-it-with-pulumi",
  "use-it-with-cdktf-or-cdk-terrain",
  "configuration",
  "exemptions",
  "auto-set",
  "clusters-that-exist",
] as const;

/** The link target of a message: a README section, which npm shows. A rule's section has its name. */
export function pageOf(section: RuleName | (typeof sections)[number]): string {
  return `https://www.npmjs.com/package/aks-network-policy-pack#${section}`;
}

/** The line that links a finding to its rule's page. */
export function ruleLine(rule: RuleName): string {
  return `Rule: ${pageOf(rule)}`;
}
