import { listFunctions } from "./lists";
import { logicFunctions } from "./logic";
import { numberFunctions } from "./numbers";
import { objectFunctions } from "./objects";
import type { TemplateFunction } from "./template-function";
import { textFunctions } from "./text";

/**
 * The template functions that are evaluated, by their names in lower case. They follow Microsoft's
 * documentation (learn.microsoft.com/azure/azure-resource-manager/templates/template-functions, its edition
 * of 2024-05-10, read 2026-11-26), decide as far as their arguments are known, and give `UNKNOWN` for what
 * Azure rejects or the documentation leaves open.
 */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map([
  ...logicFunctions,
  ...textFunctions,
  ...numberFunctions,
  ...listFunctions,
  ...objectFunctions,
]);
