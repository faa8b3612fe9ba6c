/** Tables that are made of what was read, not typed. */
import { join } from "node:path";
import prettier from "prettier";
import type { VersionSpan } from "../../shared/dialects/dialect";
import type { Difference } from "./compare";
import type { Evidence } from "./evidence";
import { spansOf } from "./evidence";
import { root } from "./surface";

export const azureApiTable = "shared/dialects/azure-api-versions.ts";

/** The text of `shared/dialects/azure-api-versions.ts`. */
export async function azureApiVersions(evidence: Evidence): Promise<string> {
  const literal = (spans: readonly VersionSpan[]): string => JSON.stringify(spans);
  const rows = (names: readonly string[], keyOf: (name: string) => string): string =>
    names.map((name) => `  ${JSON.stringify(keyOf(name))}: ${literal(spansOf(evidence, name))},`).join("\n");
  const versions = Object.keys(evidence.versions);
  const paths = evidence.names.filter((name) => !name.includes("="));
  const skus = evidence.names.filter((name) => name.startsWith("sku.name="));
  const text = `import type { VersionSpan } from "./dialect";

// Made by \`npm run facts -- --write\` of test/facts/evidence/azure-api.json: not to be edited by hand.
// Source: ${evidence.source},
// ${versions.length} API versions of Microsoft.ContainerService/managedClusters, ${String(versions[0])} to ${String(versions.at(-1))}.

/** The API versions that have a name, in the spelling of azure-native. */
export const apiVersionsOfNames: Readonly<Record<string, readonly VersionSpan[]>> = {
${rows(paths, (name) => name)}
};

/** The API versions whose enumeration of \`sku.name\` has a value. */
export const apiVersionsOfSkus: Readonly<Record<string, readonly VersionSpan[]>> = {
${rows(skus, (name) => name.replace("sku.name=", ""))}
};
`;
  const options = await prettier.resolveConfig(join(root, azureApiTable));
  return prettier.format(text, { ...options, parser: "typescript" });
}

/** The lines in which a table is no longer what was made. */
export function compareGenerated(made: string, found: string): Difference[] {
  const [ours, theirs] = [found.split("\n"), made.split("\n")];
  const missing = theirs.filter((line) => !ours.includes(line));
  const extra = ours.filter((line) => !theirs.includes(line));
  if (made === found) return [];
  const lines = [...missing.map((line) => `- ${line.trim()}`), ...extra.map((line) => `+ ${line.trim()}`)];
  return [
    {
      what: `${azureApiTable} is not what its evidence makes of it: ${lines.join(" ") || "the order differs"}`,
      where: azureApiTable,
      change: "run npm run facts -- --write",
    },
  ];
}
