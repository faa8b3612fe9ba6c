/** What the definitions ask: what Azure Policy has an alias for, and what an assignment chooses. */
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

/** One thing that decides: all that it may be, and how a definition asks for it. */
export interface Question {
  readonly all: readonly string[];
  readonly isOneOf: (words: readonly string[]) => Condition;
  /** Is it written, and nothing that Azure documents? */
  readonly isWrong?: Condition;
}

/**
 * Azure's alias of a setting is its type followed by the path that the API has, with `[*]` for the members of a list. Those
 * that are asked for exist (`Get-AzPolicyAlias`, 2026-07-13); there is none for `transitEncryption.type`.
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

/** Something that is so or not. */
function fact(name: string, condition: Condition): Question {
  return { all: [name, nothing], isOneOf: ([word]) => (word === name ? condition : { not: condition }) };
}

/** Which engine fits which network is one table: these decide together, and are asked in this order. */
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

/** What has to fit the engine in addition to its network, each for itself. */
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
  // What is no truth, Azure's API refuses.
  advancedNetworkSecurity: fact("true", { field: aliasOf("advancedNetworkSecurity"), equals: "true" }),
  accelerationMode: word(aliasOf("accelerationMode"), accelerationModes),
};

/** The operating system of a pool that is a resource of its own. */
export const ofPool = word(`${agentPools}/${azureNative.pool.os}`, operatingSystems);

/** What an assignment chooses in place of the rules' options: which engines are accepted, and what an own CNI is. */
export const ofTheOptions = {
  ...(Object.fromEntries(
    realEngines.map((engine) => [engine, fact(engine, { value: engine, in: "[parameters('engines')]" })]),
  ) as Record<(typeof realEngines)[number], Question>),
  bringYourOwnCni: choice({ value: "[parameters('bringYourOwnCni')]" }, ownCniAnswers),
};
