import { describe, expect, test } from "vitest";
import {
  azurePolicyArguments,
  checkArguments,
  exemptionsArguments,
  onlyArgument,
  WrongUse,
} from "../../cli/arguments";

type Read = (args: readonly string[]) => unknown;

/** The error for a wrong use of a command. */
function wrong(read: Read, args: string): string {
  try {
    read(args.split(" ").filter((arg) => arg !== ""));
  } catch (error) {
    if (error instanceof WrongUse) return error.message;
    throw error;
  }
  return "nothing";
}

const formats = "text, json, sarif, junit, markdown, github, gitlab, azure, csv";

describe("check", () => {
  test("takes only inputs, and prints text", () => {
    expect(checkArguments(["a.json", "b", "-"])).toEqual({
      inputs: ["a.json", "b", "-"].map((path) => ({ path, parameters: undefined })),
      outputs: [{ format: "text", file: undefined }],
      allowNone: false,
      failOnWarning: false,
      sarifExempted: false,
      quiet: false,
    });
  });

  test("takes every option", () => {
    const args =
      "a.json --parameters p.json b.json --config c.json --stack s --root r --format json=j.json --format sarif=s.sarif --allow-none --fail-on-warning --sarif-exempted --quiet --baseline b --write-baseline w --owner me";
    expect(checkArguments(args.split(" "))).toEqual({
      inputs: [
        { path: "a.json", parameters: "p.json" },
        { path: "b.json", parameters: undefined },
      ],
      config: "c.json",
      stack: "s",
      root: "r",
      outputs: [
        { format: "json", file: "j.json" },
        { format: "sarif", file: "s.sarif" },
        { format: "text", file: undefined },
      ],
      allowNone: true,
      failOnWarning: true,
      sarifExempted: true,
      quiet: true,
      baseline: "b",
      writeBaseline: "w",
      owner: "me",
    });
  });

  test("prints no text if another format goes to standard output", () => {
    expect(checkArguments(["a.json", "--format", "json", "--format", "csv=a=b.csv"]).outputs).toEqual([
      { format: "json", file: undefined },
      { format: "csv", file: "a=b.csv" },
    ]);
  });

  test("reads a baseline and overwrites it", () => {
    const { baseline, writeBaseline } = checkArguments(["a", "--baseline", "b", "--write-baseline", "b"]);
    expect([baseline, writeBaseline]).toEqual(["b", "b"]);
  });

  test("takes what follows -- as inputs", () => {
    expect(checkArguments(["--", "--quiet"]).inputs).toEqual([{ path: "--quiet", parameters: undefined }]);
  });

  const overwritten = (file: string): string => `"${file}" would overwrite another file of this run.`;
  test.each<[args: string, told: string]>([
    ["", "check needs a file, a folder, or - for standard input."],
    ["--config c.json", "check needs a file, a folder, or - for standard input."],
    ["a --owner me", "--owner needs --write-baseline FILE."],
    ["a --owner me --baseline b", "--owner needs --write-baseline FILE."],
    [
      "a --format json --format csv",
      "Only one format can go to standard output: give the others a file, --format json=FILE.",
    ],
    ["a --format json=a", overwritten("a")],
    ["a --format json=./a", overwritten("./a")],
    ["a --parameters p --format json=p", overwritten("p")],
    ["a --config c --format json=c", overwritten("c")],
    ["a --format json=j --format csv=j", overwritten("j")],
    ["a --format json=j --write-baseline j", overwritten("j")],
    ["a --write-baseline a", overwritten("a")],
    ["a --format xml", `There is no such format. The formats are ${formats}.`],
    ["a --format =x", `There is no such format. The formats are ${formats}.`],
    ["a --format json=", "--format json= names no file."],
    ["a --config=", "--config is empty."],
    ["a --stack a --stack b", "--stack is given twice."],
    ["- a -", "- can be given once: there is one standard input."],
    ["--parameters p a", "--parameters comes after the template that it is for."],
    ["a --parameters p --parameters q", "A template takes --parameters once."],
  ])("%s: %s", (args, told) => {
    expect(wrong(checkArguments, args)).toBe(told);
  });

  test.each(["- --format json=-", "a --format json=b", "a a b --parameters p a", "a --quiet --quiet"])(
    "%s is valid",
    (args) => {
      expect(wrong(checkArguments, args)).toBe("nothing");
    },
  );

  test.each<[owner: string, isTaken: boolean]>([
    ["me", true],
    ["m", true],
    ["team of shops", true],
    [" me", false],
    ["me ", false],
    ["me\nand you", false],
    [" ", false],
  ])("the owner %j is accepted: %s", (owner, isTaken) => {
    const read = (): unknown => checkArguments(["a", "--write-baseline", "b", "--owner", owner]);
    if (isTaken) expect(read()).toMatchObject({ owner });
    else expect(read).toThrow("--owner takes a name in one line, without spaces around it.");
  });

  test.each([
    ["a --nope", "--nope"],
    ["a --quiet=x", "--quiet"],
    ["a --config", "--config"],
    ["a -q", "-q"],
  ])("%s: the problem with %s, in Node's words", (args, option) => {
    expect(wrong(checkArguments, args)).toContain(option);
  });
});

describe("exemptions", () => {
  test("takes only a configuration", () => {
    expect(exemptionsArguments(["--config", "c"])).toEqual({
      config: "c",
      inputs: [],
      stack: undefined,
      format: "text",
      expiringWithin: undefined,
    });
  });

  test("takes every option", () => {
    const args = "a --parameters p --config c --stack s --format csv --expiring-within 30";
    expect(exemptionsArguments(args.split(" "))).toEqual({
      config: "c",
      inputs: [{ path: "a", parameters: "p" }],
      stack: "s",
      format: "csv",
      expiringWithin: 30,
    });
  });

  const days = "--expiring-within takes a whole number of days.";
  test.each([
    ["a", "exemptions needs --config FILE."],
    ["--config c --format xml", "--format takes one of text, json, csv."],
    ["--config c --format json --format csv", "--format takes one of text, json, csv."],
    ["--config c --expiring-within x", days],
    ["--config c --expiring-within 1x", days],
    ["--config c --expiring-within x1", days],
    ["--config c --expiring-within 1234567", days],
    ["--config c --expiring-within 1.5", days],
    ["--config c --expiring-within 123456", "nothing"],
    ["--config c --expiring-within 0 --format json", "nothing"],
  ])("%s: %s", (args, told) => {
    expect(wrong(exemptionsArguments, args)).toBe(told);
  });
});

describe("azure-policy", () => {
  test("defaults to auditing clusters", () => {
    expect(azurePolicyArguments([])).toEqual({ effect: "Audit", resource: "cluster" });
  });

  test("takes every option", () => {
    expect(azurePolicyArguments("--config c --effect Deny --resource node-pool".split(" "))).toEqual({
      config: "c",
      effect: "Deny",
      resource: "node-pool",
    });
  });

  test.each([
    ["a", "azure-policy takes options only."],
    ["--effect Deny --effect Audit", "An option is given twice."],
    ["--effect deny", "--effect is one of Audit, Deny, Disabled."],
    ["--resource node", "--resource is one of cluster, node-pool."],
  ])("%s: %s", (args, told) => {
    expect(wrong(azurePolicyArguments, args)).toBe(told);
  });
});

describe("a command with one argument", () => {
  const explained: Read = (args) => onlyArgument("explain", "rule", args);

  test("may have it, or not", () => {
    expect([explained([]), explained(["a"])]).toEqual([undefined, "a"]);
  });

  test("takes no more than that, and no option", () => {
    expect(wrong(explained, "a b")).toBe("explain takes one rule.");
    expect(wrong(explained, "a --quiet")).toContain("--quiet");
  });
});
