import type { Change, ChangeEffect } from "../fixes/replacement";
import { bridgedBy, inPlaceSince } from "../fixes/replacement";

/** One sentence: does the tool in hand replace a cluster that exists for this change? */
export function effectSentence(whole: ChangeEffect): string {
  const { notSentBecauseOf } = whole;
  const sentence = sentenceOf(whole);
  return notSentBecauseOf === undefined
    ? sentence
    : `${sentence} But azurerm sends no such change to a cluster without a load balancer profile, and by its outbound type (${notSentBecauseOf}) this one has none: it stays as it is until it is made anew.`;
}

function sentenceOf({ tool, toolVersion, change, isFirstValue, effect }: ChangeEffect): string {
  switch (tool) {
    // networkPolicy, networkPlugin, networkPluginMode and networkDataplane are on azure-native's list.
    case "azure-native": {
      const belief = isFirstValue
        ? " (where no value was, we believe so; the preview shows it as `replace`)"
        : "";
      return `azure-native REPLACES it: the old cluster is deleted first${belief}.`;
    }
    case "azure":
      return effect === "in place"
        ? `@pulumi/azure ${toolVersion}, which bridges azurerm ${bridgedBy(toolVersion)} or later, changes it in place (every node pool is reimaged).`
        : `@pulumi/azure does what the azurerm inside it does: ${azurermSentence(change)}`;
    case "azurerm":
      return azurermOfVersionSentence(toolVersion, change, effect) ?? azurermSentence(change);
    case "azapi":
      return azureSentence(change);
  }
}

function azurermSentence(change: Change): string {
  const since = inPlaceSince(change);
  return since === undefined
    ? "azurerm REPLACES it, in every version."
    : `azurerm changes it in place from ${since} (every node pool is reimaged) and REPLACES it before.`;
}

function azurermOfVersionSentence(
  version: string | undefined,
  change: Change,
  effect: ChangeEffect["effect"],
): string | undefined {
  switch (effect) {
    case undefined:
      return undefined;
    case "in place":
      return `azurerm ${version}, which this program's provider names, changes it in place (every node pool is reimaged).`;
    case "replaced": {
      const since = inPlaceSince(change);
      const later = since === undefined ? "" : `; from ${since} it is changed in place`;
      return `azurerm ${version}, which this program's provider names, REPLACES it${later}.`;
    }
  }
}

/** Azure's own rules. */
export function azureSentence(change: Change): string {
  switch (change) {
    case "nothing to cilium":
    case "nothing to another engine":
      return "Azure changes it in place, from Kubernetes 1.30, and reimages every node pool at once.";
    case "azure to cilium":
    case "calico to cilium":
      return "Azure changes it in place, engine and dataplane together and with Linux node pools only, and reimages every node pool at once.";
    case "any other":
      return "Azure changes from one engine to another by way of `none` only, and reimages every node pool each time; where it refuses a change, the cluster must be made anew.";
  }
}
