import { azurermShape } from "./azurerm";
import type { Dialect, ModuleSources, Versions } from "./dialect";
import { noSettings, withTypedVariables } from "./spelling";

const sources: ModuleSources = {
  owner: "azure",
  name: /^(?:terraform-azurerm-)?avm-ptn-aks-production$/i,
};

// variables.tf, main.tf and locals.tf of https://github.com/Azure/terraform-azurerm-avm-ptn-aks-production at its tags up to 0.5.0 (2025-04-29).
const versions: Versions = {
  of: "module",
  called: "module Azure/avm-ptn-aks-production",
  absent: "refused",
  names: {},
};

const written: Dialect = {
  ...azurermShape,
  name: "module Azure/avm-ptn-aks-production",
  blocksMayBeLists: false,
  settings: { ...noSettings, engine: ["network_policy"], kubernetesVersion: ["kubernetes_version"] },
  outboundType: "outbound_type",
  defaults: { engine: "cilium", plugin: "azure", mode: "overlay" },
  // The validation of the variable.
  engines: ["calico", "cilium"],
  dataplaneByEngine: true,
  // Of its pools nothing is read: it names no operating system, so all are azurerm's default, Linux, and no engine that it takes asks how many nodes there are.
  poolsInside: { path: "default_node_pool", one: true },
  identity: { ...azurermShape.identity, prefix: "aks-" },
  matches: { module: { ...sources, versions: { since: "0.4.0" } } },
  versions,
};

const writtenBefore04: Dialect = {
  ...written,
  name: "module Azure/avm-ptn-aks-production before 0.4",
  defaults: { engine: "calico", plugin: "azure", mode: "overlay" },
  matches: { module: { ...sources, versions: { until: "0.4.0" } } },
  versions: { ...versions, names: { network_policy: [{ since: "0.4.0" }] } },
};

/** The module Azure/avm-ptn-aks-production/azurerm from 0.4.0 on, of which a program chooses the engine alone. */
export const productionModule: Dialect = { ...written, typed: withTypedVariables(written) };

/** The same module up to 0.3.0, which has Calico and no variable for it. */
export const productionModuleBefore04: Dialect = {
  ...writtenBefore04,
  typed: withTypedVariables(writtenBefore04),
};
