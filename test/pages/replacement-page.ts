import type { Declaration } from "../../shared/cluster/declaration";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurerm } from "../../shared/dialects/azurerm";
import type { Dialect } from "../../shared/dialects/dialect";
import type { Choice } from "../../shared/fixes/choice";
import { assignments } from "../../shared/fixes/choice";
import type { Change } from "../../shared/fixes/replacement";
import { azurermEras, bridges, changes, effectOf, effectSources } from "../../shared/fixes/replacement";
import { azureSentence } from "../../shared/messages/effects";
import { readCluster } from "../../shared/reading/cluster";
import { spell } from "../../shared/reading/spell";
import { plainField } from "../support/evaluate";

/** One change of each kind, as a program would make it. */
const samples: Readonly<Record<Change, { title: string; before: Declaration; choice: Choice }>> = {
  "nothing to cilium": {
    title: "no engine -> cilium, on the Cilium dataplane",
    before: { plugin: "azure", dataplane: "cilium" },
    choice: { engine: "cilium" },
  },
  "nothing to another engine": {
    title: "no engine -> azure or calico",
    before: { plugin: "azure" },
    choice: { engine: "calico" },
  },
  "azure to cilium": {
    title: "engine or dataplane azure -> cilium",
    before: { plugin: "azure", engine: "azure" },
    choice: { dataplane: "cilium", engine: "cilium" },
  },
  "calico to cilium": {
    title: "calico -> cilium",
    before: { plugin: "azure", engine: "calico" },
    choice: { dataplane: "cilium", engine: "cilium" },
  },
  "any other": {
    title: "any other change",
    before: { plugin: "azure", engine: "azure" },
    choice: { engine: "calico" },
  },
};

function effect(dialect: Dialect, toolVersion: string | undefined, change: Change): string {
  const { before, choice } = samples[change];
  const cluster = readCluster(plainField(spell(before, dialect)?.cluster), dialect);
  switch (effectOf({ cluster, dialect, toolVersion }, assignments(cluster, choice, dialect))) {
    case "in place":
      return "in place";
    case "replaced":
      return "**replaced**";
    case undefined:
      return "not known: read the preview";
  }
}

/** A version as people say it: 4.59.0 is 4.59. */
function short(version: string): string {
  return version.replace(/\.0$/, "");
}

function azurermRows(): [string, string][] {
  return azurermEras.map(({ since }, i) => {
    const next = azurermEras[i - 1]?.since;
    const from = since === "0.0.0" ? undefined : short(since);
    const range =
      next === undefined
        ? `from ${from ?? ""}`
        : from === undefined
          ? `before ${short(next)}`
          : `from ${from}, before ${short(next)}`;
    return [`azurerm ${range}`, since];
  });
}

/** What each tool and version does to a cluster that exists when its network policy engine changes. */
export function replacementPage(): string {
  const rows: (readonly [string, Dialect, string | undefined])[] = [
    ["Pulumi azure-native, every version", azureNative, undefined],
    ...azurermRows().map(([title, version]) => [title, azurerm, version] as const),
    ...bridges.map(
      ({ since, azurerm: bridged }, i) =>
        [
          `@pulumi/azure from ${short(since)}${i === 0 ? "" : `, before ${short(bridges[i - 1]?.since ?? "")}`} (azurerm ${short(bridged)} or later)`,
          azureClassic,
          since,
        ] as const,
    ),
    ["@pulumi/azure before 6.0, or where its version cannot be seen", azureClassic, undefined],
  ];
  const titles = ["tool", ...changes.map((change) => samples[change].title)];
  const table = rows.map(
    ([title, dialect, version]) =>
      `| ${[title, ...changes.map((change) => effect(dialect, version, change))].join(" | ")} |`,
  );
  const sources = {
    "azure-native": "azure-native",
    azurerm: "azurerm",
    azure: "@pulumi/azure",
    azapi: "Azure itself",
  };
  return [
    "<!-- Made from shared/replacement.ts by test/rule-pages.test.ts, which fails where the two differ. -->",
    "# Replaced or in place",
    "What happens to a cluster that exists when its network policy engine changes. In place means that every node pool is reimaged; replaced means that the tool deletes the cluster and makes a new one.",
    [`| ${titles.join(" | ")} |`, `| ${titles.map(() => "---").join(" | ")} |`, ...table].join("\n"),
    "Several changes at once are as hard as the hardest of them. azure-native's list is read for a change of a value; where no value was, we believe that it replaces as well.",
    "Azure itself, and so azapi and ARM templates:",
    changes.map((change) => `- ${samples[change].title}: ${azureSentence(change)}`).join("\n"),
    "## Sources",
    Object.entries(sources)
      .map(([tool, name]) => `- ${name}: ${effectSources[tool as keyof typeof sources]}`)
      .join("\n"),
    "",
  ].join("\n\n");
}
