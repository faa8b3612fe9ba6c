import { azurermShape } from "./azurerm";
import type { Dialect } from "./dialect";
import { withTypedVariables } from "./spelling";

const written: Dialect = {
  ...azurermShape,
  name: "module Azure/avm",
  tool: "azapi",
  caseSensitive: false,
  blocksMayBeLists: false,
  settings: {
    ...azurermShape.settings,
    dataplane: ["network_profile.network_data_plane"],
    sku: ["sku.name"],
    advancedNetworkSecurity: ["advanced_networking.security_enabled"],
  },
  unknownWithout: "network_profile",
  poolsInside: { path: "node_pools", one: false, map: true },
  identity: { name: "name", resourceGroup: "resource_group_name" },
  matches: {
    module: {
      source:
        /(?:^|\/)Azure\/avm-res-containerservice-managedcluster\/azurerm$|\/terraform-azurerm-avm-res-containerservice-managedcluster(?:\.git)?(?:\?|$)/i,
    },
  },
};

export const avmModuleTyped: Dialect = withTypedVariables(written);

/** The module Azure/avm-res-containerservice-managedcluster/azurerm; without a network profile its own version decides (variables.tf, read at the versions of 2026). */
export const avmModule: Dialect = { ...written, typed: avmModuleTyped };
