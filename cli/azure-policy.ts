import { definitionOf } from "../shared/azure-policy/definition";
import { azurePolicyArguments } from "./arguments";
import { Unusable, policyIn } from "./configuration-file";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import type { Streams } from "./streams";

/** Prints the rules as an Azure Policy definition, with the ends of support that have passed by `today`. */
export function azurePolicy(args: readonly string[], { out }: Streams, today: Date): ExitCode {
  const { config, effect, resource } = azurePolicyArguments(args);
  const definition = definitionOf(resource, policyIn(config), effect, today);
  if (definition === undefined)
    throw new Unusable("The configuration disables every rule: there is nothing to define.");
  out(`${JSON.stringify(definition, null, 2)}\n`);
  return exitCodes.clean;
}
