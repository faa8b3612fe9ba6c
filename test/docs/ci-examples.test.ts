import Ajv from "ajv";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfiguration } from "../../shared/policy/configuration";
import { rules } from "../../shared/rules";
import { bootPack } from "../engine/analyzer";
import { analyze, findPulumi, stateOf } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { packFolder } from "../support/clocked-pack";
import { describeWith } from "../support/needs";
import { ci, jobsOf, linesOf, pipelines } from "../support/pipelines";
import { missingFrom } from "../support/pulumi-commands";
import { terraformClis } from "../support/terraform-clis";

const root = join(__dirname, "..", "..");
const examples = join(root, "examples");

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "ci-"));
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** A copy of an example with the packages that it names beside it, this one among them. */
function copyOf(example: string, name: string): string {
  const folder = join(work, name);
  cpSync(join(examples, example), folder, { recursive: true });
  const packages = [
    "@types",
    "@pulumi",
    "@cdktf",
    "@cdktn",
    "cdktf",
    "cdktn",
    "constructs",
    "ts-node",
    "typescript",
  ];
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  for (const each of packages)
    symlinkSync(join(root, "node_modules", each), join(folder, "node_modules", each));
  symlinkSync(root, join(folder, "node_modules", "aks-network-policy-pack"));
  return folder;
}

describeWithPulumi("the real CLI", () => {
  test("has every command and option that the pipelines name", () => {
    const lines = pipelines
      .flatMap((name) => jobsOf(name).flatMap(linesOf))
      .filter((line) => line.startsWith("pulumi "))
      .map((line) => line.replace(/ > \S+$/, ""));
    expect(lines.length).toBe(6);
    expect(missingFrom(findPulumi()?.command ?? "", lines)).toEqual([]);
  });

  test("takes the configuration of the policy group", async () => {
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

describe("the configurations", () => {
  test.each(["ci/policy-group.json", "base-stack/aks-network-policy.json"])("%s is accepted", (file) => {
    const configuration: unknown = JSON.parse(readFileSync(join(examples, file), "utf8"));
    expect(readConfiguration(configuration)).toMatchObject({ valid: true });
  });
});

describe("the organisation's own pack", () => {
  test("boots with our rules and its own, and each of them judges", async () => {
    const folder = copyOf("organisation-pack", "organisation-pack");
    const pack = await bootPack(folder, { cwd: folder });
    try {
      const { name, version, policies } = await pack.info();
      expect([name, version]).toEqual(["our-rules", "1.0.0"]);
      const own = rules.map((rule) => rule.name as string);
      expect(policies.filter(({ type }) => type === "resource").map((policy) => policy.name)).toEqual([
        ...own,
        "cluster-has-an-owner",
      ]);
      // Pulumi Cloud checks a policy group's configuration against these schemas.
      const group = JSON.parse(readFileSync(join(ci, "policy-group.json"), "utf8")) as Record<
        string,
        object | string
      >;
      const ajv = new Ajv({ strict: false });
      for (const { name: policy, configSchema } of policies) {
        const options = Object.entries(group[policy] ?? {}).filter(([key]) => key !== "enforcementLevel");
        const validate = ajv.compile({ type: "object", ...configSchema });
        expect([policy, validate(Object.fromEntries(options)), validate.errors]).toEqual([
          policy,
          true,
          null,
        ]);
      }
      const { violations } = await pack.analyze({
        type: "azure-native:containerservice:ManagedCluster",
        name: "aks",
        props: { networkProfile: { networkPlugin: "azure" } },
      });
      expect(
        violations.map(({ enforcementLevel, policyName }) => `${enforcementLevel} ${policyName}`),
      ).toEqual(["mandatory network-policy-configured", "advisory cluster-has-an-owner"]);
    } finally {
      await pack.stop();
    }
  });
});

describe.each(["cdktf", "cdktn"])("the base stack with %s", (library) => {
  let folder: string;
  beforeAll(() => {
    folder = copyOf("base-stack", `base-stack-${library}`);
    for (const file of ["main.ts", "our-stack.ts"]) {
      const text = readFileSync(join(folder, file), "utf8");
      writeFileSync(
        join(folder, file),
        text.replace(/"(@?)cdktf(["/])/g, (_, at: string, end: string) => `"${at}${library}${end}`),
      );
    }
  });
  const run = (): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, ["-r", "ts-node/register", "main.ts"], { cwd: folder, encoding: "utf8" });

  test("compiles, and lets a good cluster pass", () => {
    expect(run()).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(join(folder, "cdktf.out", "stacks", "shop", "cdk.tf.json"))).toBe(true);
  });

  test("stops what its configuration does not accept, in a program that says nothing of it", () => {
    const main = readFileSync(join(folder, "main.ts"), "utf8");
    const bad = main.replace(
      `, networkDataPlane: "cilium", networkPolicy: "cilium"`,
      `, networkPolicy: "azure"`,
    );
    expect(bad).not.toBe(main);
    writeFileSync(join(folder, "main.ts"), bad);
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain("your organisation accepts cilium and calico.");
    writeFileSync(join(folder, "main.ts"), main);
  });
});

const cdktf = terraformClis.cdktf;
describeWith(cdktf.need, "the pipeline's synth with the real CLI", () => {
  /** What a runner does with a job's lines: they run in one shell each, and the first that fails ends the job. */
  function runJob(example: string, name: string): { status: number | null; folder: string } {
    const folder = copyOf(example, name);
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

  test("ends with 0 where the cluster is good, and what is applied is there", slow, () => {
    const { status, folder } = runJob("base-stack", "good");
    expect(status).toBe(0);
    expect(existsSync(join(folder, applied, "cdk.tf.json"))).toBe(true);
    const applies = pipelines
      .filter((name) => name.includes("cdktf"))
      .map((name) => jobsOf(name).map(linesOf).at(-1)?.join("\n") ?? "");
    for (const script of applies)
      expect(script).toMatch(new RegExp(`-chdir=\\S*/${basename(dirname(applied))}/shop`));
  });

  test("fails where it is not, although the files are written", slow, () => {
    const { status, folder } = runJob("cdktf", "bad");
    expect(status).not.toBe(0);
    expect(existsSync(join(folder, applied, "cdk.tf.json"))).toBe(true);
  });
});
