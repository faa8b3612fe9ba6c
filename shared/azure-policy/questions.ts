/**
 * The questions that the definitions ask: properties with an Azure Policy alias, and the assignment's
 * parameters.
 */
import {
  accelerationModes,
  dataplanes,
  engines,
  ipFamilies,
  modes,
  nodeProvisioningModes,
  operatingSystems,
  plugins,
  realEngines,
  skus,
} from "../cluster/cluster";
import { agentPools, managedClusters } from "../dialects/azure-api";
import { azureNative } from "../dialects/azure-native";
import type { SettingName } from "../dialects/dialect";
import { ownCniAnswers } from "../rules/network-policy-configured/options";
import type { Condition, Operand } from "./conditions";
import { allOf, isNoneOf, isOneOf, nothing, some } from "./conditions";

/** One input to the verdict: the values it can have, and how a definition tests for them. */
export interface Question {
  readonly all: readonly string[];
  readonly isOneOf: (words: readonly string[]) => Condition;
  /** Is it set to a value that Azure does not document? */
  readonly isWrong?: Condition;
}

/**
 * The alias of a setting is its resource type followed by its path in the API, with `[*]` for the members of
 * a list. All aliases used here exist (`Get-AzPolicyAlias`, 2026-07-13); `transitEncryption.type` has none.
 */
function aliasOf(setting: SettingName): string {
  return `${managedClusters}/${azureNative.settings[setting][0] ?? ""}`;
}

function choice(operand: Operand, all: readonly string[]): Question {
  return { all, isOneOf: (words) => isOneOf(operand, words, all) };
}

function word(field: string, words: readonly string[]): Question {
  return { ...choice({ field }, [...words, nothing]), isWrong: isNoneOf(field, words) };
}

/** A question with the answers yes and no. */
function fact(name: string, condition: Condition): Question {
  return { all: [name, nothing], isOneOf: ([word]) => (word === name ? condition : { not: condition }) };
}

/**
 * One table decides which engine fits which network. These settings decide together and are asked in this
 * order.
 */
export const ofTheNetwork = {
  engine: word(aliasOf("engine"), engines),
  sku: word(aliasOf("sku"), skus),
  dataplane: word(aliasOf("dataplane"), dataplanes),
  plugin: word(aliasOf("plugin"), plugins),
};

const pools = `${managedClusters}/${azureNative.poolsInside.path}[*]`;
const osOfPools = `${pools}.${azureNative.pool.os}`;
const families = `${aliasOf("ipFamilies")}[*]`;
const hasFamily = (family: string): Condition => some(families, { field: families, equals: family });

/** Further settings that must fit the engine, each independently of the others. */
export const besideTheNetwork = {
  mode: word(aliasOf("mode"), modes),
  pools: {
    ...fact("Windows", some(pools, { field: osOfPools, equals: "Windows" })),
    isWrong: some(pools, isNoneOf(osOfPools, operatingSystems)),
  },
  ipFamilies: {
    ...fact("dual stack", allOf(...ipFamilies.map(hasFamily))),
    isWrong: some(families, isNoneOf(families, ipFamilies)),
  },
  nodeProvisioning: word(aliasOf("nodeProvisioning"), nodeProvisioningModes),
  // Azure's API rejects anything but a boolean here.
  advancedNetworkSecurity: fact("true", { field: aliasOf("advancedNetworkSecurity"), equals: "true" }),
  accelerationMode: word(aliasOf("accelerationMode"), accelerationModes),
};

/** The operating system of a separate node pool. */
export const ofPool = word(`${agentPools}/${azureNative.pool.os}`, operatingSystems);

/**
 * Stands in for the rules' options; chosen per assignment: the accepted engines, and how to treat a
 * bring-your-own CNI.
 */
export const ofTheOptions = {
  ...(Object.fromEntries(
    realEngines.map((engine) => [engine, fact(engine, { value: engine, in: "[parameters('engines')]" })]),
  ) as Record<(typeof realEngines)[number], Question>),
  bringYourOwnCni: choice({ value: "[parameters('bringYourOwnCni')]" }, ownCniAnswers),
};
