import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { publishedFolder, singleFile } from "../support/clocked-pack";

const root = join(__dirname, "..", "..");
const { version, scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
};

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, ".github", "workflows");
const workflows = new Map(
  readdirSync(folder).map((name) => [name, parse(readFileSync(join(folder, name), "utf8")) as Workflow]),
);

describe.each([...workflows])("%s", (_name, workflow) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);

  test("may only read unless a job says otherwise", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  test("uses only what exists, and foreign actions by major version at least", () => {
    const used = [...jobs, ...steps].flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(2);
    for (const each of used) {
      if (each.startsWith("./")) expect(existsSync(join(root, each))).toBe(true);
      else expect(each).toMatch(/^[\w-]+\/[\w-]+@(v\d+|[0-9a-f]{40})/);
    }
  });

  test("runs scripts and names files that exist", () => {
    const text = steps.flatMap(({ run }) => run ?? []).join("\n");
    for (const [, name = ""] of text.matchAll(/\bnpm run ([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(name);
    for (const [file] of text.matchAll(/\.ci\/\w+/g)) expect(existsSync(join(root, file))).toBe(true);
    for (const step of steps)
      for (const key of ["go-version-file", "cache-dependency-path"]) {
        const files = step.with?.[key];
        if (typeof files !== "string") continue;
        for (const file of files.trim().split("\n")) expect(existsSync(join(root, file))).toBe(true);
      }
  });
});

describe("the release", () => {
  const release = workflows.get("release.yml");
  const { checks, publish } = release?.jobs ?? {};
  const commands = (publish?.steps ?? []).flatMap(({ run }) => run ?? []);
  const commandOf = (name: string): string =>
    publish?.steps?.find((step) => step.name === name)?.run ?? `no step is called ${name}`;

  test("starts with a tag and comes after the checks", () => {
    expect(release?.on).toEqual({ push: { tags: ["v*"] } });
    expect([checks?.uses, publish?.needs]).toEqual(["./.github/workflows/ci.yml", "checks"]);
    expect(workflows.get("ci.yml")?.jobs["checks"]?.steps?.at(-1)?.run).toBe(".ci/run");
  });

  test("compares tag and version, installs, publishes with provenance, and creates the release, in this order", () => {
    const order = [
      'GITHUB_REF_NAME" =',
      "npm ci",
      "npm publish --provenance --access public",
      "sha256sum",
      "gh release create",
    ];
    const found = order.map((part) => commands.findIndex((command) => command.includes(part)));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(new Set(found).size).toBe(order.length);
    expect(publish?.permissions).toEqual({ contents: "write", "id-token": "write" });
  });

  test.each([
    [`v${version}`, 0],
    [version, 1],
    ["v99.0.0", 1],
  ])("of tag %s exits %s when the tag is compared", (tag, status) => {
    const env = { ...process.env, GITHUB_REF_NAME: tag };
    const result = spawnSync("bash", ["-e", "-c", commandOf("The tag is the version")], { cwd: root, env });
    expect(result.status).toBe(status);
  });

  test("attaches a checksum that accepts the released file, and no other", () => {
    const work = mkdtempSync(join(tmpdir(), "release-"));
    mkdirSync(join(work, "dist"));
    const file = join(work, "dist", "aks-network-policy-pack.cjs");
    writeFileSync(join(work, "package.json"), `{ "scripts": { "build": "true" } }`);
    writeFileSync(file, "one");
    execFileSync("bash", ["-e", "-c", commandOf("The single file and its checksum")], {
      cwd: work,
      stdio: "pipe",
    });
    const checked = (): number | null =>
      spawnSync("sha256sum", ["--check", "aks-network-policy-pack.cjs.sha256"], { cwd: join(work, "dist") })
        .status;
    expect(checked()).toBe(0);
    writeFileSync(file, "two");
    expect(checked()).not.toBe(0);
    rmSync(work, { recursive: true });

    const attached = [...commandOf("The release").matchAll(/\bdist\/\S+/g)].map(([name]) => name);
    expect(attached).toEqual([
      "dist/aks-network-policy-pack.cjs",
      "dist/aks-network-policy-pack.cjs.sha256",
      "dist/aks-network-policy-*.tgz",
      "dist/aks-network-policy-*.json",
    ]);
    expect(existsSync(join(root, attached[0] ?? ""))).toBe(true);
  });

  test("attaches the Azure Policy definitions", () => {
    const work = mkdtempSync(join(tmpdir(), "release-"));
    mkdirSync(join(work, "dist"));
    cpSync(singleFile, join(work, "dist", "aks-network-policy-pack.cjs"));
    execFileSync("bash", ["-e", "-c", commandOf("The definitions of Azure Policy")], { cwd: work });
    for (const name of ["aks-network-policy-cluster", "aks-network-policy-node-pool"])
      expect(JSON.parse(readFileSync(join(work, "dist", `${name}.json`), "utf8"))).toMatchObject({ name });
    rmSync(work, { recursive: true });
  });

  test("attaches the folder to publish as an archive", () => {
    const work = mkdtempSync(join(tmpdir(), "release-"));
    cpSync(publishedFolder, join(work, "dist", "policy-pack"), { recursive: true });
    execFileSync("bash", ["-e", "-c", commandOf("The folder that `pulumi policy publish` takes")], {
      cwd: work,
      stdio: "pipe",
    });
    expect(readdirSync(join(work, "dist")).sort()).toEqual([
      `aks-network-policy-${version}.tgz`,
      "policy-pack",
    ]);
    rmSync(work, { recursive: true });
  });
});
