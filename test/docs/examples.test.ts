import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { preview as previewByStandIn } from "../engine/preview";
import { preview as previewByCli } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { packFolder } from "../support/clocked-pack";

const root = join(__dirname, "..", "..");
const examples = ["pulumi-azure-native", "pulumi-azure-native-fixed"] as const;

interface Report {
  readonly urn: string;
  readonly policyName: string;
  readonly enforcementLevel: string;
  readonly message: string;
}

/** The stack's name is the runner's own; all else has to be the same. */
function comparable(reports: readonly Report[]): string[] {
  return reports
    .map(({ urn, policyName, enforcementLevel, message }) => {
      const [, , ...typeAndName] = urn.split("::");
      return [typeAndName.join("::"), enforcementLevel, policyName, message.trimEnd()].join("\n");
    })
    .sort();
}

describeWithPulumi("the small engine and the real CLI", () => {
  test.each(examples)("report the same on %s", async (example) => {
    const folder = join(root, "examples", example);
    const standIn = await previewByStandIn({ program: folder, packs: [packFolder] });
    const real = await previewByCli({
      programModule: join(folder, "index.ts"),
      project: "shop",
      pack: packFolder,
    });
    expect(real.exitCode === 0).toBe(standIn.exitCode === 0);
    expect(standIn.findings.length).toBeGreaterThan(0);
    expect(comparable(real.events)).toEqual(comparable(standIn.findings));
  });
});

describe("the demo", () => {
  test(
    "shows a block and a pass without a CLI, says so, and its exit code says so",
    { timeout: 120_000 },
    () => {
      const env = { ...process.env, DEMO_STAND_IN: "1" };
      const printed = execFileSync("npm", ["run", "--silent", "demo"], {
        cwd: root,
        env,
        encoding: "utf8",
        timeout: 120_000,
      });
      expect(printed).toContain("No Pulumi CLI at hand");
      expect(printed.match(/^exit code \d$/gm)).toEqual([
        "exit code 1",
        "exit code 0",
        "exit code 1",
        "exit code 1",
      ]);
      const pages = ["pulumi", "cdktf"].map((name) => readFileSync(join(root, "docs", `${name}.md`), "utf8"));
      const shown = [...pages.join("\n").matchAll(/<!-- demo.* -->\n```\n([^]*?)\n```/g)].map(
        ([, text = ""]) => text,
      );
      expect(shown.length).toBe(2);
      for (const text of shown) {
        const [head = "", ...finding] = text.split(/\n(?= {8}- )/);
        expect(printed).toContain(head);
        expect(printed).toContain(finding.join("\n"));
      }
      expect(printed).toContain("The first program is blocked, the corrected one is not; the Aspect blocks");
    },
  );
});
