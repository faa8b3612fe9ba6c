/** The files of the comparison, checked with the command line. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cases } from "../pages/comparison";
import { checked } from "../support/command";

const folder = join(__dirname, "..", "..", "examples", "comparison");

describe.each(["arm", "cdktf", "hcl"])("as %s", (form) => {
  test.each(cases.map(({ name, right }) => [name, right] as const))("%s: %s", async (name, right) => {
    const [file = ""] = readdirSync(join(folder, form, name));
    const { report } = await checked({ [file]: readFileSync(join(folder, form, name, file), "utf8") }, [
      file,
    ]);
    const key = { pass: "passing", fail: "failing", unknown: "unknown" }[right] as
      "passing" | "failing" | "unknown";
    expect(report.summary).toMatchObject({ clusters: 1, [key]: 1 });
  });
});
