/**
 * Inputs modelled on the test suites of other tools with the same check: the verdict of each tool, and the
 * correct one.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commandIn } from "../support/command";
import { peerCases, peersPage } from "../pages/peers";

const page = join(__dirname, "..", "..", "examples", "comparison", "inputs-of-other-tools.md");

describe("an input of another tool's tests", () => {
  test.each(peerCases.map((each) => [`${each.tool}: ${each.title}`, each] as const))(
    "%s",
    async (_, each) => {
      const { code, out, error } = await commandIn({ [each.file]: each.content }, [
        "check",
        each.file,
        "--format",
        "json",
      ]);
      expect(error).toBe("");
      const { summary, clusters } = JSON.parse(out) as {
        summary: Record<string, number>;
        clusters: { findings: { rule: string }[] }[];
      };
      const key = { pass: "passing", fail: "failing", unknown: "unknown" }[each.right];
      expect([summary["clusters"], summary[key]], JSON.stringify(clusters)).toEqual([1, 1]);
      expect(code).toBe(each.right === "fail" ? 1 : 0);
    },
  );

  test("there are a few dozen, for every tool and every kind of file", () => {
    expect(peerCases.length).toBeGreaterThanOrEqual(30);
    expect(new Set(peerCases.map(({ tool }) => tool)).size).toBe(6);
    expect(new Set(peerCases.map(({ form }) => form)).size).toBeGreaterThanOrEqual(4);
    expect(new Set(peerCases.map(({ tool, title }) => `${tool} ${title}`)).size).toBe(peerCases.length);
  });

  test("is on a page that says where the tools differ, and why", async () => {
    await expect(peersPage()).toMatchFileSnapshot(page);
  });
});
