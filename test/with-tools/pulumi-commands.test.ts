import { expect, test } from "vitest";
import { helpOf } from "../../cli/help";
import { blocksIn, pages } from "../pages/markdown-files";
import { findPulumi } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { missingFrom } from "../support/pulumi-commands";

describeWithPulumi("the real CLI has", () => {
  const lines = [
    ...blocksIn("sh").flatMap(({ text }) => text.split(/\n| && /)),
    ...pages.flatMap(({ text }) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code)),
  ]
    .map((line) => line.replace(/ \| .*/, ""))
    .filter((line) => /^pulumi [a-z]/.test(line));

  test("every command that a page shows, with its options", () => {
    expect(lines.length).toBeGreaterThan(12);
    const missing = missingFrom(findPulumi()?.command ?? "", lines);
    expect(missing).toEqual([]);
  });

  test("every option that a page mentions without a command", () => {
    // Of other tools.
    const foreign = [
      "--framework",
      "--watch",
      ...Object.values(helpOf).flatMap((help) => help.match(/--[a-z-]+/g) ?? []),
    ];
    const options = pages.flatMap(({ text }) =>
      [...text.matchAll(/`(--[a-z-]+)/g)].map(([, option = ""]) => option),
    );
    const named = new Set(options.filter((option) => !foreign.includes(option)));
    expect(named.size).toBeGreaterThan(2);
    for (const option of named)
      expect(missingFrom(findPulumi()?.command ?? "", [`pulumi up ${option}`])).toEqual([]);
  });
});
