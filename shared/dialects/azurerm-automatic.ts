import { azurermShape } from "./azurerm";
import type { Dialect } from "./dialect";
import { noSettings } from "./spelling";

/**
 * `azurerm_kubernetes_automatic_cluster` (from azurerm 4.81). It has no network profile, because Cilium is
 * built in.
 */
export const azurermAutomatic: Dialect = {
  ...azurermShape,
  name: "azurerm, automatic",
  settings: noSettings,
  defaults: { sku: "Automatic" },
  matches: { terraform: { cluster: "azurerm_kubernetes_automatic_cluster" } },
};
