import Ajv from "ajv";
import { parse } from "yaml";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfiguration } from "../shared/policy/configuration";
import { rules } from "../shared/rules";
import { bootPack } from "./engine/analyzer";
import { analyze, findPulumi, stateOf } from "./pulumi-cli/cli";
import { describeWithPulumi } from "./pulumi-cli/describe";
import { packFolder } from "./support/clocked-pack";
import { describeWith } from "./support/needs";
import { missingFrom } from "./support/pulumi-commands";
import { terraformClis } from "./support/terraform-clis";

const root = join(__dirname, "..");
const examples = join(root, "examples");
const ci = join(examples, "ci");
const pipelines = readdirSync(ci).filter((name) => name.endsWith(".yml"));

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

type Yaml = null | string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };

/** The shell lines of a pipeline, job by job: `run` in GitHub, `bash` in Azure DevOps, `script` in GitLab. */
function scriptsOf(yaml: Yaml): string[][] {
  if (typeof yaml !== "object" || yaml === null) return [];
  if (Array.isArray(yaml)) return (yaml as readonly Yaml[]).flatMap(scriptsOf);
  const block = yaml as { readonly [key: string]: Yaml };
  const { steps, script } = block;
  if (Array.isArray(steps)) {
    const lines = (steps as readonly { readonly [key: string]: Yaml }[]).flatMap(({ run, bash }) =>
      [run, bash].filter((text) => typeof text === "string"),
    );
    return [lines];
  }
  if (Array.isArray(script)) return [(script as readonly Yaml[]).map(String)];
  return Object.values(block).flatMap(scriptsOf);
}

const parsed = (name: string): Yaml => parse(readFileSync(join(ci, name), "utf8")) as Yaml;

describe("the pipelines", () => {
  test("are one for each service and host", () => {
    expect(pipelines.sort()).toEqual(
      ["azure-pipelines", "github", "gitlab"].flatMap((service) => [
        `${service}-cdktf.yml`,
        `${service}-pulumi.yml`,
      ]),
    );
  });

  test.each(pipelines)("%s installs from the lock file, and then runs the host", (name) => {
    const [first = [], ...others] = scriptsOf(parsed(name));
    const lines = first.filter((line) => !line.startsWith("curl "));
    expect(lines[0]).toBe("npm ci");
    expect(lines[1]).toMatch(name.includes("pulumi") ? /^pulumi preview / : /^npx cdktf synth /);
    expect(lines.slice(2)).toEqual(
      name.includes("pulumi") ? [] : ["npx aks-network-policy-pack check cdktf.out"],
    );
    expect(others.length).toBe(name.includes("pulumi") ? 0 : 1);
  });

  test.each(pipelines.filter((name) => name.includes("cdktf")))(
    "%s applies the plan that was checked",
    (name) => {
      const [, lines = []] = scriptsOf(parsed(name));
      const commands = lines
        .flatMap((line) => line.trim().split("\n"))
        .map((line) => line.replace(/ -chdir=\S+/, "").trim())
        .filter((line) => /^(?:terraform|npx) /.test(line));
      const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
      expect(commands).toEqual([
        "terraform init -input=false",
        "terraform plan -input=false -out=plan.bin",
        "terraform show -json plan.bin > plan.json",
        `npx --yes aks-network-policy-pack@${version} check plan.json --stack shop`,
        "terraform apply -input=false plan.bin",
      ]);
    },
  );

  test("name a pack that the package holds", () => {
    const pulumi = pipelines.filter((name) => name.includes("pulumi"));
    const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
    for (const name of pulumi) {
      const [, pack = ""] =
        / --policy-pack node_modules\/aks-network-policy-pack\/(\S+)/.exec(
          scriptsOf(parsed(name)).flat().join("\n"),
        ) ?? [];
      expect(existsSync(join(root, pack, "PulumiPolicy.yaml"))).toBe(true);
      expect(files).toContain(`${pack}/PulumiPolicy.yaml`);
    }
  });

  test("apply what a synth has written that did not fail", () => {
    const github = parsed("github-cdktf.yml") as unknown as {
      jobs: Record<
        "synth" | "apply",
        { needs?: string; steps: { run?: string; uses?: string; if?: string }[] }
      >;
    };
    const { synth, apply } = github.jobs;
    expect(apply.needs).toBe("synth");
    const steps = synth.steps.map(({ run, uses }) =>
      (run ?? uses ?? "").replace(/@.*/, "").replace(/ .*/, ""),
    );
    expect(steps.slice(-3)).toEqual(["npx", "npx", "actions/upload-artifact"]);
    expect(synth.steps.every((step) => step.if === undefined)).toBe(true);

    const azure = parsed("azure-pipelines-cdktf.yml") as unknown as {
      stages: { stage: string; dependsOn?: string; condition?: string }[];
    };
    expect(azure.stages[1]).toMatchObject({ stage: "apply", dependsOn: "synth" });
    expect(azure.stages[1]?.condition).toContain("succeeded()");

    const gitlab = parsed("gitlab-cdktf.yml") as unknown as {
      stages: string[];
      synth: { stage: string; artifacts: { when: string } };
      apply: { stage: string };
    };
    expect(gitlab.stages).toEqual([gitlab.synth.stage, gitlab.apply.stage]);
    expect(gitlab.synth.artifacts.when).toBe("on_success");
  });
});

describeWithPulumi("the real CLI", () => {
  test("has every command and option that the pipelines name", () => {
    const scripts = pipelines.flatMap((name) => scriptsOf(parsed(name)).flat());
    const lines = scripts.filter((line) => line.startsWith("pulumi "));
    expect(lines.length).toBe(3);
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
    const [lines = []] = scriptsOf(parsed("github-cdktf.yml"));
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
      .map((name) => scriptsOf(parsed(name))[1]?.join("\n") ?? "");
    for (const script of applies)
      expect(script).toMatch(new RegExp(`-chdir=\\S*/${basename(dirname(applied))}/shop`));
  });

  test("fails where it is not, although the files are written", slow, () => {
    const { status, folder } = runJob("cdktf", "bad");
    expect(status).not.toBe(0);
    expect(existsSync(join(folder, applied, "cdk.tf.json"))).toBe(true);
  });
});
