import type { Declaration } from "../../shared/cluster/declaration";
import { azapi } from "../../shared/dialects/azapi";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurerm } from "../../shared/dialects/azurerm";
import type { Dialect } from "../../shared/dialects/dialect";
import { isBefore } from "../../shared/dialects/version";
import type { Choice } from "../../shared/fixes/choice";
import { assignments } from "../../shared/fixes/choice";
import type { InPlaceChange } from "../../shared/fixes/known-changes";
import { bridges, effectSources, inPlaceChanges } from "../../shared/fixes/known-changes";
import type { ChangeEffect } from "../../shared/fixes/replacement";
import { changeEffect } from "../../shared/fixes/replacement";
import { azureSentence } from "../../shared/messages/effects";
import { readCluster } from "../../shared/reading/cluster";
import { spell } from "../../shared/reading/spell";
import { plainField } from "../support/evaluate";

/** The changes that fixes and auto-set make, as a program would make them. */
const samples: readonly { readonly title: string; readonly before: Declaration; readonly choice: Choice }[] =
  [
    {
      title: "no engine -> cilium, on the Cilium dataplane",
      before: { plugin: "azure", dataplane: "cilium" },
      choice: { engine: "cilium" },
    },
    {
      title: "no engine -> azure or calico",
      before: { plugin: "azure" },
      choice: { engine: "calico" },
    },
    {
      title: "no engine -> cilium with its dataplane",
      before: { plugin: "azure" },
      choice: { dataplane: "cilium", engine: "cilium" },
    },
    {
      title: "azure -> cilium with its dataplane",
      before: { plugin: "azure", engine: "azure" },
      choice: { dataplane: "cilium", engine: "cilium" },
    },
    {
      title: "calico -> cilium with its dataplane",
      before: { plugin: "azure", engine: "calico" },
      choice: { dataplane: "cilium", engine: "cilium" },
    },
    {
      title: "kubenet without an engine -> plugin azure, mode overlay, cilium with its dataplane",
      before: { plugin: "kubenet" },
      choice: { plugin: "azure", mode: "overlay", dataplane: "cilium", engine: "cilium" },
    },
    {
      title: "any other engine -> any other",
      before: { plugin: "azure", engine: "azure" },
      choice: { engine: "calico" },
    },
  ];

type Sample = (typeof samples)[number];

function effectOn(
  dialect: Dialect,
  toolVersion: string | undefined,
  { before, choice }: Sample,
): ChangeEffect {
  const cluster = readCluster(plainField(spell(before, dialect)?.cluster), dialect);
  return changeEffect({ cluster, dialect, toolVersion }, assignments(cluster, choice, dialect));
}

function cell(dialect: Dialect, toolVersion: string | undefined, sample: Sample): string {
  const { effect, steps } = effectOn(dialect, toolVersion, sample);
  switch (effect) {
    case "in place":
      return steps.length === 1 ? "in place" : "in place, two applies";
    case "replaced":
      return "**replaced**";
    case undefined:
      return "not known: read the preview";
  }
}

/** A version in short form: 4.59.0 is 4.59. */
function short(version: string): string {
  return version.replace(/\.0$/, "");
}

/** The azurerm versions at which one of the samples changes, newest first. */
function azurermRows(): [string, string][] {
  const cells = (since: string): string => samples.map((sample) => cell(azurerm, since, sample)).join();
  const eras = [...new Set(["0.0.0", ...inPlaceChanges.map(({ since }) => since)])]
    .sort((one, other) => (isBefore(one, other) ? -1 : 1))
    .filter((since, i, all) => i === 0 || cells(since) !== cells(all[i - 1] ?? ""))
    .reverse();
  return eras.map((since, i) => {
    const next = eras[i - 1];
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

/** The first `@pulumi/azure` whose azurerm makes a change in place. */
function bridgedSince(since: string): string {
  const [first] = bridges.filter(({ azurerm: bridged }) => !isBefore(bridged, since)).reverse();
  return first === undefined ? "never" : short(first.since);
}

const attributeNames = {
  engine: "`network_policy`",
  dataplane: "`network_data_plane` (before 4.0 `ebpf_data_plane`)",
  mode: "`network_plugin_mode`",
  plugin: "`network_plugin`",
  podCidr: "`pod_cidr`",
} as const satisfies Record<InPlaceChange["attribute"], string>;

function attributeRow({ attribute, from, to, withMode, since }: InPlaceChange): string {
  const value = (which: string): string => (which === "any" ? "anything" : which);
  const companion = withMode === undefined ? "" : `, with mode ${withMode}`;
  return `| ${[
    attributeNames[attribute],
    `${value(from)} -> ${value(to)}${companion}`,
    short(since),
    bridgedSince(since),
  ].join(" | ")} |`;
}

function table(titles: readonly string[], rows: readonly string[]): string {
  return [`| ${titles.join(" | ")} |`, `| ${titles.map(() => "---").join(" | ")} |`, ...rows].join("\n");
}

/** The effect of each tool and version on an existing cluster when its network policy engine changes. */
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
  const sources = {
    "azure-native": "azure-native",
    azurerm: "azurerm",
    azure: "@pulumi/azure",
    azapi: "Azure itself",
  };
  return [
    "<!-- Made from shared/fixes/known-changes.ts by test/docs/rule-pages.test.ts, which fails where the two differ. -->",
    "# Replaced or in place",
    "What happens to a cluster that exists when its network policy engine changes. If your tool would replace it, you can [keep it](../README.md#clusters-that-exist).",
    [
      "- **In place**: the cluster stays, and Azure reimages every node pool.",
      "- **Replaced**: the tool deletes the cluster and creates a new one.",
      "- **Two applies**: the tool plans the change in place, but Azure refuses to make it in one step. Apply the plugin and the mode first, then the dataplane and the engine. In between the cluster has no engine, so this pack stops the first apply: exempt the cluster for it, or make the first change in Azure (`az aks update --network-plugin azure --network-plugin-mode overlay`) and refresh.",
    ].join("\n"),
    table(
      ["tool", ...samples.map(({ title }) => title)],
      rows.map(
        ([title, dialect, version]) =>
          `| ${[title, ...samples.map((sample) => cell(dialect, version, sample))].join(" | ")} |`,
      ),
    ),
    "azure-native's own list names changes of a value. If there was no value before, it should replace the cluster, too (not confirmed by Microsoft).",
    "## Attribute by attribute",
    "What azurerm changes in place, from which version on. Any other change of these attributes replaces the cluster, and one such change among several is enough. If the program does not set the dataplane, the state of an existing cluster usually has `azure`.",
    table(
      ["attribute", "change", "azurerm from", "@pulumi/azure from, at the latest"],
      inPlaceChanges.map(attributeRow),
    ),
    "## Azure itself, and so azapi, ARM templates and the Azure CLI",
    samples
      .map((sample) => `- ${sample.title}: ${azureSentence(effectOn(azapi, undefined, sample))}`)
      .join("\n"),
    "A cluster cannot move to the Cilium dataplane while node auto-provisioning is on: switch it off, change the cluster, and switch it on again.",
    "A cluster cannot move to mode overlay while it has an engine: remove the engine first (`az aks update --network-policy none`), which azurerm cannot do.",
    "## Sources",
    Object.entries(sources)
      .map(([tool, name]) => `- ${name}: ${effectSources[tool as keyof typeof sources]}`)
      .join("\n"),
    "",
  ].join("\n\n");
}
