import { dialectAt } from "../../shared/dialects/at-version";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurermBridged } from "../../shared/dialects/azurerm-bridged";

/** Dialects at older versions. */
export const azureNativeBefore2023 = dialectAt(azureNative, "2022-03-01");
export const azureClassicBefore6 = dialectAt(azureClassic, "5.45.0");
export const azurermBridgedBefore4 = dialectAt(azurermBridged, "3.107.0");
