import { visible } from "../shared/messages/visible";
import { version } from "../shared/messages/version";
import { WrongUse } from "./arguments";
import { azurePolicy } from "./azure-policy";
import { check } from "./check";
import { config } from "./config";
import { Unusable } from "./configuration-file";
import { exemptions } from "./exemptions";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import type { PageOfRule } from "./explain";
import { explain } from "./explain";
import type { Command } from "./help";
import { commands, help, helpOf } from "./help";
import type { Streams } from "./streams";
import { Unreadable } from "./text-file";

/** The differences between the forms in which the command line ships. */
export interface Form {
  /** The file to pass to the Pulumi CLI. */
  readonly path: string;
  readonly pageOfRule: PageOfRule;
}

/** Part of the message about an internal bug; the fuzz tests recognize a caught bug by it. */
export const ownBug = "failed because of a bug in it";

/** Runs a command and returns its exit code. */
export async function main(
  args: readonly string[],
  streams: Streams,
  form: Form,
  today: Date = new Date(),
): Promise<ExitCode> {
  const [name, ...rest] = args;
  const command = commands.find((each) => each === name);
  try {
    if (isAskedFor("--version", args)) {
      streams.out(`${version}\n`);
      return exitCodes.clean;
    }
    if (isAskedFor("--help", args)) {
      streams.out(command === undefined ? help(version, form.path) : helpOf[command]);
      return exitCodes.clean;
    }
    if (command === undefined) {
      if (name !== undefined) streams.error(`There is no command ${visible(JSON.stringify(name))}.\n\n`);
      streams.error(help(version, form.path));
      return exitCodes.notChecked;
    }
    return await run(command, rest, streams, form, today);
  } catch (error) {
    streams.error(`${reasonOf(error, command)}\n`);
    return exitCodes.notChecked;
  }
}

function run(
  command: Command,
  args: readonly string[],
  streams: Streams,
  { pageOfRule }: Form,
  today: Date,
): ExitCode | Promise<ExitCode> {
  switch (command) {
    case "check":
      return check(args, streams, pageOfRule, today);
    case "config":
      return config(args, streams);
    case "exemptions":
      return exemptions(args, streams, today);
    case "explain":
      return explain(args, streams, pageOfRule);
    case "azure-policy":
      return azurePolicy(args, streams, today);
  }
}

/** What follows `--` is not an option. */
function isAskedFor(option: string, args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end === -1 ? undefined : end).includes(option);
}

/** Messages of this package's own errors are safe to print; those of other errors may hold a secret. */
function reasonOf(error: unknown, command: Command | undefined): string {
  if (error instanceof WrongUse)
    return `${lines(error.message)}\nUsage: aks-network-policy-pack ${command ?? ""} --help`;
  if (error instanceof Unusable || error instanceof Unreadable) return lines(error.message);
  const kind = error instanceof Error ? error.constructor.name : "an error";
  return `aks-network-policy-pack ${ownBug} (${visible(kind)}), so nothing was checked. Please report it.`;
}

function lines(message: string): string {
  return message.split("\n").map(visible).join("\n");
}
