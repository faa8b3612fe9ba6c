import { describe, expect, test } from "vitest";
import { commands, help, helpOf } from "../../cli/help";
import { main } from "../../cli/main";
import { version } from "../../shared/messages/version";
import { ruleNames, rules } from "../../shared/rules";

const explaining = (rule: string): string => `page of ${rule}\n`;

/** What the command line prints, and its exit code. */
async function ran(args: readonly string[], pageOfRule: (rule: string) => string = explaining) {
  const printed = { out: "", error: "" };
  const streams = {
    out: (text: string) => (printed.out += text),
    error: (text: string) => (printed.error += text),
    colors: false,
    isWatched: false,
    stepSummary: undefined,
  };
  return { code: await main(args, streams, { path: "./pack", pageOfRule }), ...printed };
}

const clean = (out: string): object => ({ code: 0, out, error: "" });
const wrong = (error: string): object => ({ code: 2, out: "", error });

test.each([[["--version"]], [["check", "--version"]], [["--version", "--help"]], [["nope", "--version"]]])(
  "%j prints the version",
  async (args) => {
    expect(await ran(args)).toEqual(clean(`${version}\n`));
  },
);

test("--help prints all commands, and each command's own", async () => {
  const all = help(version, "./pack");
  expect(await ran(["--help"])).toEqual(clean(all));
  for (const command of commands) expect(await ran([command, "x", "--help"])).toEqual(clean(helpOf[command]));
});

test("the helps say everything, in words that stay", async () => {
  const all = [help("VERSION", "./pack"), ...Object.values(helpOf)].join("\n---\n\n");
  await expect(all).toMatchFileSnapshot("../words/help.txt");
});

test("what follows -- is not an option", async () => {
  for (const option of ["--help", "--version"])
    expect(await ran(["check", "--", option])).toMatchObject({
      code: 2,
      error: `${option}: There is no such file.\n`,
    });
});

test("without a command it prints the help", async () => {
  expect(await ran([])).toEqual(wrong(help(version, "./pack")));
});

test("an unknown command is named, without terminal control characters", async () => {
  expect(await ran(["n\u009bope"])).toEqual(
    wrong(`There is no command "n\\u{9b}ope".\n\n${help(version, "./pack")}`),
  );
});

test("wrong use is reported together with where the usage is explained", async () => {
  expect(await ran(["check"])).toEqual(
    wrong(
      "check needs a file, a folder, or - for standard input.\nUsage: aks-network-policy-pack check --help\n",
    ),
  );
});

test.each([
  [["config"], "config needs the file of a configuration."],
  [["config", "a", "b"], "config takes one file."],
  [["explain", "a", "b"], "explain takes one rule."],
  [["explain", "a"], `There is no such rule. The rules are ${ruleNames.join(", ")}.`],
])("%j: %s", async (args, told) => {
  expect(await ran(args)).toEqual(wrong(`${told}\nUsage: aks-network-policy-pack ${args[0]} --help\n`));
});

test("a configuration that cannot be read is named", async () => {
  expect(await ran(["config", "gone.json"])).toEqual(
    wrong('The configuration "gone.json" cannot be used. There is no such file.\n'),
  );
});

test("the rules are listed with what they say", async () => {
  const { out } = await ran(["explain"]);
  expect(out).toBe(rules.map(({ name, description }) => `${name}\n  ${description}\n`).join("\n"));
});

test("a rule's page is printed without the note at its start", async () => {
  const page = "<!-- how it\n is generated -->\n\n# A rule <!-- kept -->\n<!-- kept -->\n";
  const { out } = await ran(["explain", "network-policy-configured"], () => page);
  expect(out).toBe("# A rule <!-- kept -->\n<!-- kept -->\n");
  const other = "# A rule\n<!-- kept -->\n";
  expect((await ran(["explain", "network-policy-configured"], () => other)).out).toBe(other);
});

test("a rule's page is printed", async () => {
  expect(await ran(["explain", "network-policy-configured"])).toEqual(
    clean("page of network-policy-configured\n"),
  );
});

describe("an internal bug is reported by its kind, never by its text", () => {
  test.each<[thrown: unknown, kind: string]>([
    [new TypeError("secret"), "TypeError"],
    [new (class OurError extends Error {})("secret"), "OurError"],
    ["secret", "an error"],
    [undefined, "an error"],
  ])("%s: %s", async (thrown, kind) => {
    const failing = (): never => {
      throw thrown;
    };
    expect(await ran(["explain", "network-policy-configured"], failing)).toEqual(
      wrong(
        `aks-network-policy-pack failed because of a bug in it (${kind}), so nothing was checked. Please report it.\n`,
      ),
    );
  });
});
