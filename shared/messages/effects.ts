import type { Assignment } from "../fixes/choice";
import type { ChangeEffect } from "../fixes/replacement";
import { bridgedBy } from "../fixes/replacement";

/** What the tool does to an existing cluster with this change, in one or a few sentences. */
export function effectSentence(change: ChangeEffect): string {
  const { notSentBecauseOf } = change;
  const sentence = sentenceOf(change);
  return notSentBecauseOf === undefined
    ? sentence
    : `${sentence} But azurerm does not send this change to a cluster without a load balancer profile, and with its outbound type (${notSentBecauseOf}) this cluster has none: it stays unchanged until it is recreated.`;
}

/** May the tool delete the cluster for this change? */
export function mayReplace({ tool, effect }: ChangeEffect): boolean {
  switch (tool) {
    case "azure-native":
    case "azure":
    case "azurerm":
      return effect !== "in place";
    // Azure itself rejects what it cannot do in place.
    case "azapi":
    case "az":
      return false;
  }
}

function sentenceOf(change: ChangeEffect): string {
  const { tool, toolVersion, effect } = change;
  switch (tool) {
    case "azure-native":
      // Its Diff keeps the order by the mark that its Check sets with a made-up name (provider.go, read 2026-11).
      return "azure-native REPLACES it: it deletes the old cluster first (last if Pulumi generated its name). Look for `replace` in the preview.";
    case "azure":
      return effect === "in place"
        ? inPlace(
            `@pulumi/azure ${toolVersion}, which bridges azurerm ${bridgedBy(toolVersion)} or later,`,
            change,
          )
        : `@pulumi/azure does what the azurerm inside it does: ${azurermSentence(change)}`;
    case "azurerm":
      return azurermOfVersionSentence(change) ?? azurermSentence(change);
    case "azapi":
    case "az":
      return azureSentence(change);
  }
}

function azurermSentence(change: ChangeEffect): string {
  switch (change.azurermSince) {
    case undefined:
      return "azurerm REPLACES it, in every version.";
    case "0.0":
      return inPlace("azurerm", change);
    default:
      return inPlace(`azurerm ${change.azurermSince} and later`, change, "earlier versions REPLACE it");
  }
}

function azurermOfVersionSentence(change: ChangeEffect): string | undefined {
  const { toolVersion, effect, azurermSince } = change;
  const named = `azurerm ${toolVersion} (this program's version)`;
  switch (effect) {
    case undefined:
      return undefined;
    case "in place":
      return inPlace(named, change);
    case "replaced": {
      if (azurermSince === undefined) return `${named} REPLACES it.`;
      const later = `${azurermSince} and later change it in place${inTwoApplies(change)}`;
      return [`${named} REPLACES it; ${later}.`, ...wishesOf(change)].join(" ");
    }
  }
}

/** A tool that plans the change in place, and what Azure asks for all the same. */
function inPlace(who: string, change: ChangeEffect, otherwise?: string): string {
  const verb = otherwise === undefined ? "changes" : "change";
  const reimaged = change.steps.length > 1 ? "" : " (every node pool is reimaged)";
  const before = otherwise === undefined ? "" : `; ${otherwise}`;
  return [`${who} ${verb} it in place${reimaged}${inTwoApplies(change)}${before}.`, ...wishesOf(change)].join(
    " ",
  );
}

function inTwoApplies({ steps: [first = [], second] }: ChangeEffect): string {
  return second === undefined
    ? ""
    : `, but Azure needs two applies: first ${namesOf(first)}, then ${namesOf(second)} (every node pool is reimaged each time)`;
}

/** What an in-place change by azurerm requires. */
function wishesOf(change: ChangeEffect): string[] {
  const { before, newBlock } = change;
  return [
    ...(newBlock ? ["Read the plan first: adding a network profile can force a replacement."] : []),
    ...(before.includes("engine off")
      ? [
          "Azure refuses it while an engine is installed, and azurerm cannot remove it: run `az aks update --network-policy none` first.",
        ]
      : []),
    ...preparationOfNodes(change),
  ];
}

function preparationOfNodes({ before }: ChangeEffect): string[] {
  return before.includes("node auto-provisioning off")
    ? ["Switch node auto-provisioning off first, and on again afterwards."]
    : [];
}

/** Azure's own rules. */
export function azureSentence(change: ChangeEffect): string {
  const { effect, steps, before, toCilium } = change;
  if (effect !== "in place")
    return "Azure changes one engine to another only through `none`, and reimages every node pool each time. If it refuses a change, you must recreate the cluster.";
  const [first = [], second] = steps;
  const wishes = [
    ...(before.includes("engine off") ? ["Remove the engine first (engine `none`)."] : []),
    ...preparationOfNodes(change),
  ];
  const linux = toCilium ? ", if all node pools are Linux" : "";
  const all =
    second === undefined
      ? `Azure changes it in place on Kubernetes 1.30 and later${toCilium ? ", engine and dataplane together" : ""}${linux}. It reimages all node pools at the same time.`
      : `Azure changes it in place on Kubernetes 1.30 and later${linux}, in two operations: first ${namesOf(first)}, then ${namesOf(second)}. Every node pool is reimaged each time.`;
  return [all, ...wishes].join(" ");
}

/** The attribute names only: the fix has the whole paths and values. */
function namesOf(settings: readonly Assignment[]): string {
  return settings.map(({ path }) => path.slice(path.lastIndexOf(".") + 1)).join(" and ");
}
