import type { PolicyProviderResource } from "@pulumi/policy";
import { azureClassic } from "../shared/dialects/azure-classic";
import { azureNative } from "../shared/dialects/azure-native";
import { azurermBridged } from "../shared/dialects/azurerm-bridged";
import type { Dialect } from "../shared/dialects/dialect";
import { azureClassicBefore6, azureNativeBefore2022, azurermBridgedBefore4 } from "../shared/dialects/dialects";
import { isBefore } from "../shared/dialects/version";
import type { Field } from "../shared/reading/field";
import { fieldsOf } from "../shared/reading/field";

/** What a resource is to this pack, by its type token. */
export interface Kind {
  readonly what: "cluster" | "pool";
  readonly dialect: Dialect;
}

// azure-native names one resource in many ways: with and without an API version in its module (versions 1 and 2), as
// a local package of one version (version 3), and as azure-nextgen before 2021.
const azureNativeType =
  /^azure-(?:native|nextgen)(?:_containerservice_v\w+)?:containerservice(?:\/\w+)?:(ManagedCluster|AgentPool)$/i;
const bridgedType =
  /^(?<provider>azure:containerservice|azurerm:index)\/(?:kubernetesCluster:(?<cluster>KubernetesCluster)|kubernetesClusterNodePool:KubernetesClusterNodePool)$/;

/**
 * The kind of a resource with this type token, or `undefined` for everything that is no part of an AKS cluster.
 * `version` is its provider's; not known means the newest.
 */
export function kindOf(type: string, version?: string): Kind | undefined {
  const native = azureNativeType.exec(type)?.[1];
  if (native !== undefined) {
    const year = /v(\d{4})\d{4}/.exec(type)?.[1];
    return {
      what: native.toLowerCase() === "agentpool" ? "pool" : "cluster",
      // Without a year there is no number, and that is before nothing.
      dialect: Number(year) < 2022 ? azureNativeBefore2022 : azureNative,
    };
  }
  const bridged = bridgedType.exec(type)?.groups;
  if (bridged === undefined) return undefined;
  const isOlderThan = (other: string): boolean => version !== undefined && isBefore(version, other);
  const azurerm = isOlderThan("4.0.0") ? azurermBridgedBefore4 : azurermBridged;
  const classic = isOlderThan("6.0.0") ? azureClassicBefore6 : azureClassic;
  return {
    what: bridged["cluster"] === undefined ? "pool" : "cluster",
    dialect: bridged["provider"] === "azurerm:index" ? azurerm : classic,
  };
}

/**
 * The version of the provider that deploys a resource: the SDK's, which every SDK but YAML's sends along, with default
 * and explicit providers alike. For a parameterized provider (azurerm through the bridge) it is the package's own.
 */
export function versionOf(provider: PolicyProviderResource | undefined): string | undefined {
  const props = fieldOf(provider?.props);
  const version = props.kind === "object" ? props.child("version") : props;
  return version.kind === "scalar" ? String(version.value) : undefined;
}

/** What `pulumi policy analyze` puts in the place of a secret of any shape that it cannot decrypt. */
const undecryptable = "[secret]";

/** A resource's properties as the SDK hands them over: behind a proxy that throws on a value that is not known yet. */
export const fieldOf: (props: unknown) => Field = fieldsOf((holder, key) => {
  try {
    const value: unknown = Reflect.get(holder, key);
    return value === undecryptable ? "unknown" : { value };
  } catch (error) {
    if (isUnknownValueError(error)) return "unknown";
    throw error;
  }
});

// By its shape and not by its class, because two copies of the SDK may be loaded.
function isUnknownValueError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "unknownTypeSentinel" in error;
}
