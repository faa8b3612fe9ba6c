import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyze, findPulumi, stateOf } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { packFolder } from "../support/clocked-pack";
import { copyExample } from "../support/example-copies";
import { describeWith } from "../support/needs";
import { ci, jobsOf, linesOf, pipelines } from "../support/pipelines";
import { missingFrom } from "../support/pulumi-commands";
import { terraformClis } from "../support/terraform-clis";

const root = join(__dirname, "..", "..");

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "ci-"));
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

describeWithPulumi("the real CLI", () => {
  test("has every command and option that the pipelines use", () => {
    const lines = pipelines
      .flatMap((name) => jobsOf(name).flatMap(linesOf))
      .filter((line) => line.startsWith("pulumi "))
      .map((line) => line.replace(/ > \S+$/, ""));
    expect(lines.length).toBe(6);
    expect(missingFrom(findPulumi()?.command ?? "", lines)).toEqual([]);
  });

  test("accepts the configuration of the policy group", async () => {
    const cluster = (networkPolicy: string) => ({
      type: "azure-native:containerservice:ManagedCluster",
      name: networkPolicy,
      inputs: { networkProfile: { networkPlugin: "azure", networkPolicy } },
    });
    const packConfig = join(ci, "policy-group.json");
    const state = stateOf([cluster("calico"), cluster("azure")]);
    const { exitCode, events } = await analyze({ pack: packFolder, packConfig, state });
    expect(exitCode).not.toBe(0);
    const told = events.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
    expect(told.map(({ message }) => message.split("\n")[0])).toEqual([
      'networkProfile.networkPolicy is "azure"; your organisation accepts cilium and calico.',
    ]);
  });
});

const cdktf = terraformClis.cdktf;
describeWith(cdktf.need, "the pipeline's synth with the real CLI", () => {
  /** As a runner does with a job's lines: they run in one shell each, and the first failure ends the job. */
  function runJob(example: string, name: string): { status: number | null; folder: string } {
    const folder = copyExample(example, join(work, name));
    symlinkSync(join(cdktf.folder, ".bin", "cdktf"), join(folder, "node_modules", ".bin", "cdktf"));
    symlinkSync(
      join(root, "dist", "cli", "bin.js"),
      join(folder, "node_modules", ".bin", "aks-network-policy-pack"),
    );
    const [lines = []] = jobsOf("github-cdktf.yml").map(linesOf);
    for (const line of lines.filter((each) => each !== "npm ci")) {
      const { status } = spawnSync("bash", ["-eo", "pipefail", "-c", line], {
        cwd: folder,
        env: { ...process.env, CHECKPOINT_DISABLE: "1", CI: "" },
      });
      if (status !== 0) return { status, folder };
    }
    return { status: 0, folder };
  }
  const applied = "cdktf.out/stacks/shop";
  const slow = { timeout: 300_000 };

  test("exits 0 if the cluster is good, and what is applied exists", slow, () => {
    const { status, folder } = runJob("base-stack", "good");
    expect(status).toBe(0);
    expect(existsSync(join(folder, applied, "cdk.tf.json"))).toBe(true);
    const applies = pipelines
      .filter((name) => name.includes("cdktf"))
      .map((name) => jobsOf(name).map(linesOf).at(-1)?.join("\n") ?? "");
    for (const script of applies)
      expect(script).toMatch(new RegExp(`-chdir=\\S*/${basename(dirname(applied))}/shop`));
  });

  test("fails if it is not, although the files are written", slow, () => {
    const { status, folder } = runJob("cdktf", "bad");
    expect(status).not.toBe(0);
    expect(existsSync(join(folder, applied, "cdk.tf.json"))).toBe(true);
  });
});
