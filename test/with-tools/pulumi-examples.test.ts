import { join } from "node:path";
import { expect, test } from "vitest";
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

/** The runner picks the stack's name; everything else must be the same. */
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
