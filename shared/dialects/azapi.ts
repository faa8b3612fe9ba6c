import { agentPools, managedClusters } from "./azure-api";
import { azureNative } from "./azure-native";
import type { AzapiTypes, Dialect } from "./dialect";
import { armBelow } from "./spelling";

const azapiShape: Omit<Dialect, "matches"> = {
  ...armBelow("body", azureNative, "azapi"),
  separatePoolSettings: "body.properties",
};

/** azapi sends `body` with `sensitive_body` merged into it (from azapi 2.2). */
const takes: Omit<AzapiTypes, "resources"> = {
  typeAt: "type",
  cluster: managedClusters,
  document: { at: "body", patch: "sensitive_body" },
};

const resource = "azapi_resource";
const update = "azapi_update_resource";

/** An `azapi_resource` of type Microsoft.ContainerService/managedClusters: Azure's own shape below `body`. */
export const azapi: Dialect = {
  ...azapiShape,
  matches: { azapi: { ...takes, resources: [resource], pool: agentPools } },
};

/** An `azapi_update_resource` of the same type: it changes what it states and leaves the rest alone. */
export const azapiPatch: Dialect = {
  ...azapiShape,
  name: "azapi, patch",
  patch: true,
  matches: { azapi: { ...takes, resources: [update] } },
};

/** An azapi resource whose type is computed, so that it may be a cluster. */
export const opaqueResource: Dialect = {
  ...azapiShape,
  whole: "the type of this resource",
  matches: { azapi: { ...takes, resources: [resource, update], unclear: true } },
};
