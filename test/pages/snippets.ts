import { withPools } from "../../shared/cluster/cluster";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurerm, azurermTyped } from "../../shared/dialects/azurerm";
import type { Dialect } from "../../shared/dialects/dialect";
import type { Assignment } from "../../shared/fixes/choice";
import type { Fix } from "../../shared/fixes/fix";
import { fixOf } from "../../shared/fixes/fix";
import { readCluster } from "../../shared/reading/cluster";
import { readPool } from "../../shared/reading/pool";
import type { Inputs } from "../../shared/reading/spell";
import { spell, writeAt } from "../../shared/reading/spell";
import type { Example, Rule } from "../../shared/rules/rule";
import { exampleDay, plainField } from "../support/evaluate";

/** A notation in which a page shows a fix. */
export interface Notation {
  readonly name: string;
  readonly language: "ts" | "yaml" | "hcl";
  readonly dialect: Dialect;
}

export const notations: readonly Notation[] = [
  { name: "TypeScript with azure-native (`ManagedCluster`)", language: "ts", dialect: azureNative },
  { name: "Pulumi YAML with azure-native (`ManagedCluster`)", language: "yaml", dialect: azureNative },
  {
    name: "TypeScript with Pulumi's classic azure (`KubernetesCluster`)",
    language: "ts",
    dialect: azureClassic,
  },
  {
    name: "TypeScript with CDKTF or CDK Terrain (`KubernetesCluster`)",
    language: "ts",
    dialect: azurermTyped,
  },
  { name: "Terraform (`azurerm_kubernetes_cluster`)", language: "hcl", dialect: azurerm },
];

/** An example in a dialect, before and after its fix. */
export interface Repair {
  readonly before: Inputs;
  readonly after: Inputs;
  readonly separatePools: readonly Inputs[];
  readonly settings: readonly Assignment[];
}

export function repairOf(example: Example, dialect: Dialect): Repair {
  const spelled = spell(example.cluster, dialect);
  if (spelled === undefined) throw new Error(`${dialect.name} has no words for: ${example.title}`);
  const { cluster: before, separatePools } = spelled;
  const pools = separatePools.map((pool) => readPool(plainField(pool), dialect));
  const cluster = withPools(readCluster(plainField(before), dialect), pools);
  const fix: Fix = fixOf(cluster, dialect, { today: example.today ?? exampleDay });
  if (fix.kind !== "write") throw new Error(`there is nothing to write for: ${example.title}`);
  const after = structuredClone(before);
  for (const { path, value } of fix.settings) writeAt(after, path, value);
  return { before, after, separatePools, settings: fix.settings };
}

export function exampleCalled(rule: Rule, title: string): Example {
  const example = rule.examples.find((each) => each.title === title);
  if (example === undefined) throw new Error(`${rule.name} has no example called: ${title}`);
  return example;
}

/** The properties that the fix changes, in full, as in the cluster's declaration. */
export function snippet({ after, settings }: Repair, notation: Notation): string {
  const touched = new Set(settings.map(({ path }) => path.split(".")[0] ?? path));
  const shown = Object.entries(after).filter(([name]) => touched.has(name));
  return shown.map(([name, value]) => linesOf(name, value, notation).join("\n")).join("\n");
}

/** From plugin to engine, whatever the order in the program. */
function inOrder(block: object, { settings }: Dialect): [string, unknown][] {
  const paths = [settings.plugin, settings.mode, settings.dataplane, settings.engine].flat();
  const names = paths.map((path) => path.replace(/^.*\./, ""));
  const rank = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length);
  return Object.entries(block).sort(([one], [two]) => rank(one) - rank(two));
}

function linesOf(name: string, value: unknown, notation: Notation): string[] {
  const { language, dialect } = notation;
  const inside = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    switch (language) {
      case "ts":
        return [`${name}: ${JSON.stringify(value)},`];
      case "yaml":
        return [`${name}: ${JSON.stringify(value).replaceAll('"', "")}`];
      case "hcl":
        return [`${name} = ${JSON.stringify(value)}`];
    }
  }
  const lines = inOrder(value, dialect).flatMap(([inner, each]) => linesOf(inner, each, notation));
  switch (language) {
    case "ts":
      return [`${name}: {`, ...inside(lines), "},"];
    case "yaml":
      return [`${name}:`, ...inside(lines)];
    case "hcl":
      return [`${name} {`, ...inside(aligned(lines)), "}"];
  }
}

/** An HCL block with its content. */
export function hclBlock(header: string, inside: Inputs): string[] {
  return linesOf(header, inside, { name: header, language: "hcl", dialect: azurerm });
}

/** Aligns equals signs, as `terraform fmt` does. */
function aligned(lines: readonly string[]): string[] {
  const pairs = lines.map((line) => /^(\w+) = (.*)$/.exec(line));
  const width = Math.max(...pairs.map((pair) => pair?.[1]?.length ?? 0));
  return lines.map((line, i) => {
    const [, name, value] = pairs[i] ?? [];
    return name === undefined || value === undefined ? line : `${name.padEnd(width)} = ${value}`;
  });
}
