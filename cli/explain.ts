import type { RuleName } from "../shared/rules";
import { ruleNames, rules } from "../shared/rules";
import { WrongUse, onlyArgument } from "./arguments";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import type { Streams } from "./streams";

/** The page of a rule, in Markdown. */
export type PageOfRule = (rule: RuleName) => string;

/** The comment on how the page is made is for those who edit it. */
export function withoutMaker(page: string): string {
  return page.replace(/^<!--.*?-->\s*/s, "");
}

/** Prints the page of a rule, or what each rule is about. */
export function explain(args: readonly string[], { out }: Streams, pageOfRule: PageOfRule): ExitCode {
  const asked = onlyArgument("explain", "rule", args);
  if (asked === undefined) {
    out(rules.map(({ name, description }) => `${name}\n  ${description}\n`).join("\n"));
    return exitCodes.clean;
  }
  const rule = ruleNames.find((name) => name === asked);
  if (rule === undefined) throw new WrongUse(`There is no such rule. The rules are ${ruleNames.join(", ")}.`);
  out(withoutMaker(pageOfRule(rule)));
  return exitCodes.clean;
}
