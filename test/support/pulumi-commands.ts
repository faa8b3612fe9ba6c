import { spawnSync } from "node:child_process";

/**
 * The commands and options in lines such as `pulumi preview --stack prod` that a Pulumi CLI does not have.
 */
export function missingFrom(pulumi: string, lines: readonly string[]): string[] {
  const helps = new Map<string, string>();
  const helpOf = (command: string): string => {
    const help =
      helps.get(command) ?? spawnSync(pulumi, [...command.split(" "), "--help"], { encoding: "utf8" }).stdout;
    helps.set(command, help);
    return help;
  };
  return lines.flatMap((line) => {
    const [, command = ""] = /^pulumi ((?:policy )?[a-z]+)/.exec(line) ?? [];
    if (!helpOf(command).includes(`pulumi ${command} `)) return [`pulumi ${command}`];
    const options = [...line.matchAll(/ (--[a-z-]+)/g)].map(([, option = ""]) => option);
    return options
      .filter((option) => !helpOf(command).includes(`${option} `))
      .map((option) => `${command} ${option}`);
  });
}
