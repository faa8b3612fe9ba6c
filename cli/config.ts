import { ruleNames } from "../shared/rules";
import { counted } from "../shared/rules/wording";
import { WrongUse, onlyArgument } from "./arguments";
import { policyIn } from "./configuration-file";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import type { Streams } from "./streams";

/** Prints whether a configuration is valid, and the level of each rule. */
export function config(args: readonly string[], { out }: Streams): ExitCode {
  const file = onlyArgument("config", "file", args);
  if (file === undefined) throw new WrongUse("config needs the file of a configuration.");
  const { levels, options } = policyIn(file);
  const rows = ruleNames.map((name) => {
    const { length } = options[name].exemptions;
    return `  ${name}: ${levels[name]}${length === 0 ? "" : `, ${counted(length, "exemption")}`}`;
  });
  out(["The configuration is valid.", ...rows, ""].join("\n"));
  return exitCodes.clean;
}
