/** Every dialect. To add one, add a file and an entry here. */
import { az } from "./az";
import { armTemplate, armTemplatePatch } from "./arm-template";
import { azapi, azapiPatch, opaqueResource } from "./azapi";
import { azureAutomatic } from "./azure-automatic";
import { azureClassic } from "./azure-classic";
import { azureNative } from "./azure-native";
import { azurerm } from "./azurerm";
import { azurermAutomatic } from "./azurerm-automatic";
import { azurermBridged } from "./azurerm-bridged";
import type { Dialect } from "./dialect";
import { aksModule } from "./module-azure-aks";
import { avmModule, avmModuleBefore04 } from "./module-avm";
import { productionModule, productionModuleBefore04 } from "./module-avm-production";
import { opaqueModule } from "./module-opaque";

/** The first match wins, so a dialect with a broad pattern comes last. */
export const dialects: readonly Dialect[] = [
  azureNative,
  azureClassic,
  azureAutomatic,
  azurermBridged,
  azurerm,
  azurermAutomatic,
  azapi,
  azapiPatch,
  armTemplate,
  armTemplatePatch,
  az,
  aksModule,
  avmModule,
  avmModuleBefore04,
  productionModule,
  productionModuleBefore04,
  opaqueModule,
  opaqueResource,
];

/** The Pulumi dialects in which a cluster's network is written. */
export const pulumiDialects = dialects.filter(
  ({ matches, settings }) => matches.pulumi !== undefined && settings.engine.length > 0,
);

/**
 * The Terraform dialects in which a cluster can be read, each followed by the spelling of its generated
 * classes.
 */
export const terraformDialects = dialects
  .filter(
    ({ matches, whole }) =>
      matches.pulumi === undefined && matches.azure === undefined && whole === undefined,
  )
  .flatMap((dialect) => (dialect.typed === undefined ? [dialect] : [dialect, dialect.typed]));
