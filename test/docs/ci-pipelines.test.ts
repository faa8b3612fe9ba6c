/**
 * The pipelines of `examples/ci/`. Their lines run in a real shell, with stand-ins for other tools that
 * return what the test specifies.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, afterEach, describe, expect, test } from "vitest";
import { azurerm } from "../../shared/dialects/azurerm";
import { spell } from "../../shared/reading/spell";
import { singleFile } from "../support/clocked-pack";
import { action } from "../support/github-action";
import type { World } from "../support/pipelines";
import { ci, jobsOf, linesOf, parsed, pipelines, runJob } from "../support/pipelines";
import { planOf } from "../support/terraform-documents";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
  version: string;
};
const services = ["azure-pipelines", "github", "gitlab"];
const sha256 = createHash("sha256").update(readFileSync(singleFile)).digest("hex");

/** The tools' output on one cluster, which is good or has no engine. */
function worldOf(isGood: boolean): World {
  const declared = { plugin: "azure", engine: "calico" } as const;
  const spelled = spell(isGood ? declared : { plugin: "azure" }, azurerm);
  if (spelled === undefined) throw new Error("azurerm spells both");
  const type = "azure-native:containerservice:ManagedCluster";
  const urn = `urn:pulumi:prod::shop::${type}::aks`;
  const inputs = {
    networkProfile: { networkPlugin: "azure", ...(isGood ? { networkPolicy: "calico" } : {}) },
  };
  return {
    plan: planOf(spelled, azurerm),
    preview: {
      config: {},
      steps: [{ op: "create", urn, newState: { urn, type, custom: true, inputs }, detailedDiff: null }],
      changeSummary: { create: 1 },
    },
    stack: { resource: { azurerm_kubernetes_cluster: { aks: spelled.cluster } } },
    packAnswers: isGood ? 0 : 255,
    sha256,
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  writeFileSync(join(folder, "aks-network-policy.json"), "{}");
  // Where the artifact of the first job is unpacked.
  for (const each of [".", "synthesised"])
    mkdirSync(join(folder, each, each === "." ? "cdktf.out" : "", "stacks", "shop"), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/**
 * The reports that a service shows for a job: in the file, and by the name that the pipeline uses for the
 * service.
 */
const reports: Readonly<Record<string, readonly string[]>> = {
  "azure-pipelines": ["aks-network-policy.xml"],
  gitlab: ["gl-code-quality-report.json", "aks-network-policy.xml"],
};
const serviceOf = (name: string): string => services.find((each) => name.startsWith(each)) ?? "";

describe("the pipelines", () => {
  test("exist for each service and host", () => {
    expect(pipelines).toEqual(
      services.flatMap((service) => ["cdktf", "pulumi", "terraform"].map((host) => `${service}-${host}.yml`)),
    );
  });

  test.each(pipelines)("%s names this version, and no real repository", (name) => {
    const text = readFileSync(join(ci, name), "utf8");
    const named = [
      ...text.matchAll(/aks-network-policy-pack@v?([\w.]+)/g),
      ...text.matchAll(/releases\/download\/v([\w.]+)/g),
    ].map(([, each]) => each);
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named)).toEqual(new Set([version]));
    for (const [, owner] of text.matchAll(/(?:github\.com\/|uses: )([\w-]+)\/aks-network-policy-pack/g))
      expect(owner).toBe("OWNER");
  });

  test.each(pipelines)("%s shows the findings where the service displays them", (name) => {
    const text = readFileSync(join(ci, name), "utf8");
    for (const report of reports[serviceOf(name)] ?? []) {
      expect(text).toContain(`=${report}`);
      expect(text).toMatch(new RegExp(`(?:testResultsFiles|codequality|junit): ${report}$`, "m"));
    }
    if (serviceOf(name) === "github")
      expect(text).toMatch(/ --format github$|uses: OWNER\/aks-network-policy-pack@/m);
    if (serviceOf(name) === "azure-pipelines") expect(text).toContain(" --format azure");
  });

  test.each(pipelines.filter((name) => !name.includes("cdktf")))(
    "%s needs no Node project for the check",
    (name) => {
      const lines = jobsOf(name).flatMap(linesOf);
      expect(lines.filter((line) => line.includes("npx") || line.includes("node_modules"))).toEqual([]);
    },
  );

  test("use only inputs that the action has", () => {
    const given = pipelines.flatMap((name) =>
      jobsOf(name).flatMap(({ steps }) => steps.map((each) => each.action)),
    );
    const inputs = given.flatMap((each) => Object.keys(each ?? {}));
    expect(inputs.length).toBeGreaterThan(0);
    expect(inputs.filter((each) => !(each in action.inputs))).toEqual([]);
  });
});

describe.each(pipelines.filter((name) => name.includes("terraform")))("%s", (name) => {
  const [job] = jobsOf(name);
  if (job === undefined) throw new Error("no job");

  test("applies the plan that was checked", () => {
    const { status, started } = runJob(job, folder, worldOf(true));
    expect(status).toBe(0);
    expect(started.filter((each) => each.startsWith("terraform"))).toEqual([
      "terraform init -input=false",
      "terraform plan -input=false -out=plan.bin",
      "terraform show -json plan.bin",
      "terraform apply -input=false plan.bin",
    ]);
  });

  test("stops a failing plan, and reports it to its service", () => {
    const { status, started, log, summary } = runJob(job, folder, worldOf(false));
    expect(status).toBe(1);
    expect(started.filter((each) => each.includes("apply"))).toEqual([]);
    for (const report of reports[serviceOf(name)] ?? [])
      expect(readFileSync(join(folder, report), "utf8")).toContain("azurerm_kubernetes_cluster.aks");
    if (serviceOf(name) === "github") {
      expect(log).toMatch(/^::error /m);
      expect(summary).toContain("azurerm_kubernetes_cluster.aks");
      expect(existsSync(join(folder, "aks-network-policy.sarif"))).toBe(true);
    }
    if (serviceOf(name) === "azure-pipelines") expect(log).toMatch(/^##vso\[task\.logissue type=error;/m);
  });

  test("runs only the intended file", () => {
    if (serviceOf(name) === "github") return;
    const { status, started } = runJob(job, folder, { ...worldOf(true), sha256: "0".repeat(64) });
    expect(status).toBe(1);
    expect(started.filter((each) => each.startsWith("terraform"))).toEqual([]);
  });
});

describe.each(pipelines.filter((name) => name.includes("pulumi")))("%s", (name) => {
  const [job] = jobsOf(name);
  if (job === undefined) throw new Error("no job");

  test.each([
    ["good", true, 0],
    ["bad", false, 255],
  ])("previews a %s cluster with the pack, and reports it to its service", (_, isGood, expected) => {
    const { status, started, log, summary } = runJob(job, folder, worldOf(isGood));
    expect(status).toBe(expected);
    const previews = started.filter((each) => each.startsWith("pulumi"));
    expect(previews).toEqual([
      "pulumi preview --non-interactive --stack shop/prod --policy-pack ./aks-network-policy-pack.cjs --policy-pack-config aks-network-policy.json",
      "pulumi preview --non-interactive --stack shop/prod --json --show-sames",
    ]);
    const shown = (reports[serviceOf(name)] ?? []).map((report) =>
      readFileSync(join(folder, report), "utf8"),
    );
    expect([log, summary, ...shown].join("\n").includes("networkProfile.networkPolicy is not set")).toBe(
      !isGood,
    );
    if (serviceOf(name) === "github") expect(summary).toContain(isGood ? "1" : "::aks");
  });

  test("runs only the intended file", () => {
    const { status, started } = runJob({ ...job, steps: job.steps.filter(({ always }) => !always) }, folder, {
      ...worldOf(true),
      sha256: "0".repeat(64),
    });
    expect(status).toBe(1);
    expect(started.filter((each) => each.startsWith("pulumi"))).toEqual([]);
  });
});

describe.each(pipelines.filter((name) => name.includes("cdktf")))("%s", (name) => {
  const jobs = jobsOf(name);
  const first = jobs.slice(0, -1);
  const last = jobs.at(-1);
  if (last === undefined) throw new Error("no job");

  /** The jobs before the last one, each of which needs the previous one. */
  function runFirst(world: World): {
    readonly status: number;
    readonly log: string;
    readonly summary: string;
  } {
    let all = { status: 0, log: "", summary: "" };
    for (const job of first) {
      if (all.status !== 0) break;
      const { status, log, summary } = runJob(job, folder, world);
      all = { status, log: all.log + log, summary: all.summary + summary };
    }
    return all;
  }

  test("installs from the lock file, and synthesizes", () => {
    expect(first.flatMap(linesOf).slice(0, 2)).toEqual(["npm ci", "npx cdktf synth --output cdktf.out"]);
    expect(runFirst(worldOf(true)).status).toBe(0);
  });

  test("stops if the output fails, and reports it to its service", () => {
    const { status, log, summary } = runFirst(worldOf(false));
    expect(status).toBe(1);
    for (const report of reports[serviceOf(name)] ?? [])
      expect(readFileSync(join(folder, report), "utf8")).toContain("azurerm_kubernetes_cluster.aks");
    if (serviceOf(name) === "github") expect(summary).toContain("azurerm_kubernetes_cluster.aks");
    expect(log).not.toContain("cannot be written");
  });

  test("applies the plan that was checked", () => {
    const { status, started } = runJob(last, folder, worldOf(true));
    expect(status).toBe(0);
    expect(started.map((each) => each.replace(/ -chdir=\S+/, "").replace(/ --format \S+$/, ""))).toEqual([
      ...(serviceOf(name) === "gitlab" ? ["apk add --no-cache npm"] : []),
      "terraform init -input=false",
      "terraform plan -input=false -out=plan.bin",
      "terraform show -json plan.bin",
      `npx --yes aks-network-policy-pack@${version} check plan.json --stack shop`,
      "terraform apply -input=false plan.bin",
    ]);
  });

  test("does not apply a failing plan", () => {
    const { status, started } = runJob(last, folder, worldOf(false));
    expect(status).toBe(1);
    expect(started.filter((each) => each.includes("apply -"))).toEqual([]);
  });
});

describe("the output of a failed synth", () => {
  test("is not applied by GitHub", () => {
    const { jobs } = parsed("github-cdktf.yml") as unknown as {
      readonly jobs: Record<
        "synth" | "apply",
        { needs?: string; steps: { run?: string; uses?: string; if?: string }[] }
      >;
    };
    const { synth, apply } = jobs;
    expect(apply.needs).toBe("synth");
    const steps = synth.steps.map(({ run, uses }) =>
      (run ?? uses ?? "").replace(/@.*/, "").replace(/ .*/, ""),
    );
    expect(steps.slice(-3)).toEqual(["npx", "npx", "actions/upload-artifact"]);
    expect(synth.steps.every((step) => step.if === undefined)).toBe(true);
  });

  test("is not applied by Azure DevOps", () => {
    const { stages } = parsed("azure-pipelines-cdktf.yml") as unknown as {
      readonly stages: readonly {
        stage: string;
        dependsOn?: string;
        condition?: string;
        jobs: readonly { steps: readonly { publish?: string; condition?: string }[] }[];
      }[];
    };
    expect(stages[1]).toMatchObject({ stage: "apply", dependsOn: "synth" });
    expect(stages[1]?.condition).toContain("succeeded()");
    const published = stages[0]?.jobs[0]?.steps.at(-1);
    expect([published?.publish, published?.condition]).toEqual(["cdktf.out", undefined]);
  });

  test("is not applied by GitLab", () => {
    const { stages, synth, check, apply } = parsed("gitlab-cdktf.yml") as unknown as {
      readonly stages: readonly string[];
      readonly synth: { stage: string; artifacts: { when: string } };
      readonly check: { stage: string; allow_failure?: boolean };
      readonly apply: { stage: string; needs?: unknown };
    };
    expect(stages).toEqual([synth.stage, check.stage, apply.stage]);
    expect([synth.artifacts.when, check.allow_failure, apply.needs]).toEqual([
      "on_success",
      undefined,
      undefined,
    ]);
  });
});
