import type { RuleName } from "../shared/rules";
import { ruleNames, rules } from "../shared/rules";
import { WrongUse, onlyArgument } from "./arguments";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import type { Streams } from "./streams";

/** The page of a rule, in Markdown. */
export type PageOfRule = (rule: RuleName) => string;

/** Removes the comment on how the page is generated, which is meant for its editors. */
export function withoutGeneratorNote(page: string): string {
  return page.replace(/^<!--.*?-->\s*/s, "");
}

/** Prints the page of a rule, or a summary of each rule. */
export function explain(args: readonly string[], { out }: Streams, pageOfRule: PageOfRule): ExitCode {
  const asked = onlyArgument("explain", "rule", args);
  if (asked === undefined) {
    out(rules.map(({ name, description }) => `${name}\n  ${description}\n`).join("\n"));
    return exitCodes.clean;
  }
  const rule = ruleNames.find((name) => name === asked);
  if (rule === undefined) throw new WrongUse(`There is no such rule. The rules are ${ruleNames.join(", ")}.`);
  out(withoutGeneratorNote(pageOfRule(rule)));
  return exitCodes.clean;
}
