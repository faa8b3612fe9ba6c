import { spawnSync } from "node:child_process";

/** Which of the commands and options in lines such as `pulumi preview --stack prod` a Pulumi CLI has not. */
export function missingFrom(pulumi: string, lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [, command = ""] = /^pulumi ((?:policy )?[a-z]+)/.exec(line) ?? [];
    const help = spawnSync(pulumi, [...command.split(" "), "--help"], { encoding: "utf8" }).stdout;
    if (!help.includes(`pulumi ${command} `)) return [`pulumi ${command}`];
    const options = [...line.matchAll(/ (--[a-z-]+)/g)].map(([, option = ""]) => option);
    return options.filter((option) => !help.includes(`${option} `)).map((option) => `${command} ${option}`);
  });
}
