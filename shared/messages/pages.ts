import type { RuleName } from "../rules";

/** The sections of the README, in addition to those of the rules, that messages lead to. */
export const sections = [
  "use-it-with-pulumi",
  "use-it-with-cdktf-or-cdk-terrain",
  "configuration",
  "exemptions",
  "auto-set",
  "clusters-that-exist",
] as const;

/** Where a message leads: a section of the README, which npm shows. A rule's section has its name. */
export function pageOf(section: RuleName | (typeof sections)[number]): string {
  return `https://www.npmjs.com/package/aks-network-policy-pack#${section}`;
}

/** The line that leads from a finding to the page of its rule. */
export function ruleLine(rule: RuleName): string {
  return `Rule: ${pageOf(rule)}`;
}
