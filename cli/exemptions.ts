import type { ListedExemption } from "../shared/findings/listed-exemptions";
import { listedExemptions } from "../shared/findings/listed-exemptions";
import { exemptionsArguments } from "./arguments";
import { policyIn } from "./configuration-file";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import { listText } from "./formats/exemptions";
import { judgedInputs } from "./judged-inputs";
import type { Streams } from "./streams";

/** Lists the exemptions of a configuration and, if inputs are named, what each does there. */
export async function exemptions(args: readonly string[], streams: Streams, today: Date): Promise<ExitCode> {
  const asked = exemptionsArguments(args);
  const policy = policyIn(asked.config);
  const read = asked.inputs.length === 0 ? undefined : await judgedInputs(asked, policy, streams, today);
  const listed = listedExemptions(policy, today, read?.judged);
  const { expiringWithin: within } = asked;
  const ending = within === undefined ? undefined : { count: endingWithin(within, listed), within };
  streams.out(listText(asked.format, { listed, today, ending }, streams));
  if (read !== undefined && read.inputs.unreadable.length > 0) return exitCodes.notChecked;
  return ending !== undefined && ending.count > 0 ? exitCodes.findings : exitCodes.clean;
}

function endingWithin(most: number, listed: readonly ListedExemption[]): number {
  return listed.filter(({ daysLeft = Infinity }) => daysLeft <= most).length;
}
