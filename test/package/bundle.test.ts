import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { azureNative } from "../../shared/dialects/azure-native";
import { bootPack } from "../engine/analyzer";
import type { Analysis, StateResource } from "../pulumi-cli/cli.js";
import { UNKNOWN, analyze, stateOf } from "../pulumi-cli/cli.js";
import { describeWithPulumi } from "../pulumi-cli/describe.js";
import { packFolder, publishedFolder, singleFile } from "../support/clocked-pack";
import { withUnknowns } from "../support/evaluate";
import { clusterTypesOf, poolTypeOf, truthTable } from "../support/pulumi-resources";

const root = join(__dirname, "..", "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "single-file-"));
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** One entry of the truth table in Pulumi's form. */
function asResources({ dialect, spelled }: (typeof truthTable)[number], index: number): StateResource[] {
  const name = `aks${index}`;
  const link = dialect.poolsCluster.path;
  const inputs = { [dialect.identity.name]: name, ...withUnknowns(spelled.cluster, UNKNOWN) };
  return [
    { type: clusterTypesOf(dialect)[0], name, inputs },
    ...spelled.separatePools.map((pool, i) => ({
      type: poolTypeOf(dialect),
      name: `${name}-pool${i}`,
      inputs: { ...withUnknowns(pool, UNKNOWN), [link]: UNKNOWN },
      dependencies: [name],
      propertyDependencies: { [link]: [name] },
    })),
  ];
}

const red = {
  type: clusterTypesOf(azureNative)[0],
  name: "aks",
  inputs: { networkProfile: { networkPlugin: "azure", networkPolicy: "none" } },
};

async function messagesOf(path: string): Promise<string> {
  const booted = await bootPack(path);
  try {
    const { violations } = await booted.analyze({ ...red, props: red.inputs });
    return violations.map(({ message }) => message).join("\n");
  } finally {
    await booted.stop();
  }
}

describe("the single file", () => {
  test("is executable, and small", () => {
    const { mode, size } = statSync(singleFile);
    expect(mode & 0o111).toBe(0o111);
    expect(size).toBeLessThan(1_500_000);
  });

  test.each([
    [
      "next to another project's package.json",
      `{ "name": "stranger", "version": "9.9.9", "type": "module" }`,
    ],
    ["next to a broken package.json", "{"],
    ["from a deleted folder", undefined],
  ])("runs alone, with its own version: %s", async (_where, packageJson) => {
    const folder = mkdtempSync(join(work, "caller-"));
    const alone = join(folder, basename(singleFile));
    cpSync(singleFile, alone);
    const start = join(work, "start");
    const leaving = packageJson === undefined ? `cd "$(mktemp -d)" && rmdir "$PWD" && ` : "";
    writeFileSync(start, `#!/bin/sh\n${leaving}exec ${alone} "$@"\n`, { mode: 0o755 });
    if (packageJson !== undefined) writeFileSync(join(folder, "package.json"), packageJson);
    const booted = await bootPack(start, { cwd: folder });
    try {
      expect(await booted.info()).toMatchObject({ name: "aks-network-policy", version });
    } finally {
      await booted.stop();
    }
  });

  test("requires only Node's own modules", () => {
    const asked = new Set(
      [...readFileSync(singleFile, "utf8").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name),
    );
    expect(asked.size).toBeGreaterThan(5);
    expect([...asked].filter((name) => !isBuiltin(name))).toEqual([]);
  });

  test("contains the licences of the bundled packages, and only those", () => {
    const [, ...notices] = readFileSync(singleFile, "utf8").split("\n/*\nThis file contains");
    const named = [...(notices[0] ?? "").matchAll(/^--- (.*) ---$/gm)].flatMap(([, names = ""]) =>
      names.split(", ").map((name) => name.split(" ")[0]),
    );
    expect(named.sort()).toEqual([
      "@grpc/grpc-js",
      "@js-sdsl/ordered-map",
      "@opentelemetry/api",
      "@pulumi/policy",
      "@pulumi/pulumi",
      "fastest-levenshtein",
      "google-protobuf",
      "semver",
      "valibot",
    ]);
    expect(notices[0]).toContain("Apache License");
  });

  test("prints its usage when started manually", () => {
    const { status, stdout, stderr } = spawnSync(singleFile, ["--help"], { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`aks-network-policy-pack ${version}\n`);
    expect(stdout).toContain("pulumi preview --policy-pack ./aks-network-policy-pack.cjs\n");
    expect(spawnSync(singleFile, { encoding: "utf8" })).toMatchObject({ status: 2, stdout: "" });
  });
});

describeWithPulumi("under the real Pulumi CLI and over the whole truth table", () => {
  const state = stateOf(truthTable.flatMap(asResources));
  const told = ({ events }: Analysis): string[] =>
    [
      ...new Set(events.map(({ policyName, enforcementLevel }) => `${enforcementLevel} ${policyName}`)),
    ].sort();
  const [configured, compatible, supported] = [
    "network-policy-configured",
    "network-policy-compatible",
    "network-policy-supported",
  ] as const;
  const both = (rule: string): string[] => [`advisory ${rule}`, `mandatory ${rule}`];

  test.each([
    {
      configuration: "none",
      packConfig: {},
      tells: [...both(configured), ...both(compatible), ...both(supported)],
      writes: false,
    },
    {
      configuration: "levels, options and auto-set",
      packConfig: {
        all: "advisory",
        [configured]: {
          enforcementLevel: "remediate",
          bringYourOwnCni: "warn",
          autoSet: { engine: "calico", wholeProfile: true, acceptReplacement: true },
        },
        [supported]: "disabled",
      },
      tells: [...both(configured), `advisory ${compatible}`],
      writes: true,
    },
    {
      configuration: "a mistake",
      packConfig: { [configured]: { engines: ["cillium"] } },
      tells: [`mandatory ${configured}`, ...both(compatible), ...both(supported)],
      writes: false,
    },
  ])("file and directory give the same answers, configuration: $configuration", async (row) => {
    const { packConfig } = row;
    const byFolder = await analyze({ state, pack: packFolder, packConfig });
    const byFile = await analyze({ state, pack: singleFile, packConfig });
    expect(told(byFolder)).toEqual([...row.tells].sort());
    expect(byFolder.remediations.length > 0).toBe(row.writes);
    expect([byFile.exitCode, byFile.events, byFile.remediations]).toEqual([
      byFolder.exitCode,
      byFolder.events,
      byFolder.remediations,
    ]);
  });

  test("people see the same version in both", async () => {
    const small = stateOf([red]);
    const [byFolder, byFile] = await Promise.all([
      analyze({ state: small, pack: packFolder, json: false }),
      analyze({ state: small, pack: singleFile, json: false }),
    ]);
    expect(byFolder.stdout).toContain(`aks-network-policy@v${version}\n`);
    expect(byFile.stdout).toBe(byFolder.stdout);
  });
});

describe("what the single file leaves out", () => {
  const uses = {
    "The Automation API of @pulumi/pulumi": "pulumi.automation.LocalWorkspace.createStack({})",
    "@pulumi/pulumi/dynamic (dynamic providers)": `new pulumi.dynamic.Resource({}, "x", {})`,
    "@pulumi/pulumi/provider": "pulumi.provider.main({}, [])",
    "The closure serialisation of @pulumi/pulumi": "pulumi.runtime.serializeFunction(() => 1)",
    "@grpc/proto-loader (gRPC's Channelz and ORCA services)":
      "grpc.addAdminServicesToServer(new grpc.Server())",
  };
  const ways = {
    ...Object.fromEntries(Object.entries(uses).map(([what, use]) => [use, what])),
    "pulumi.runtime.computeCodePaths()": "The closure serialisation of @pulumi/pulumi",
    "class extends pulumi.dynamic.Resource {}": "@pulumi/pulumi/dynamic (dynamic providers)",
    "({}) instanceof pulumi.automation.Stack": "The Automation API of @pulumi/pulumi",
    "({ ...pulumi.automation })": "The Automation API of @pulumi/pulumi",
    "`${pulumi.provider.anything}`": "@pulumi/pulumi/provider",
  };

  /** The same build with another entry point, which uses what the pack does not; the message of each use. */
  let said: Readonly<Record<string, string>>;
  beforeAll(() => {
    const attempts = Object.keys(ways).map((way) => `[${JSON.stringify(way)}, () => ${way}]`);
    const entry = `
      require("@pulumi/policy");
      const pulumi = require("@pulumi/pulumi");
      const grpc = require("@grpc/grpc-js");
      const attempt = (use) => { try { return "nothing: " + typeof use(); } catch (error) { return error.message; } };
      console.log(JSON.stringify(Object.fromEntries([${attempts.join()}].map(([way, use]) => [way, attempt(use)]))));
      process.exit();`;
    const outfile = join(work, "uses.cjs");
    const script = `
      import { build } from ${JSON.stringify(join(root, "node_modules", "esbuild", "lib", "main.js"))};
      import { singleFile } from ${JSON.stringify(join(root, "bundle", "bundle.mjs"))};
      const stdin = { contents: ${JSON.stringify(entry)}, resolveDir: ${JSON.stringify(root)} };
      await build({ ...singleFile, entryPoints: [], stdin, outfile: ${JSON.stringify(outfile)}, write: true });`;
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { stdio: "pipe" });
    said = JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" })) as typeof said;
  });

  test("matches the build's list", () => {
    const listed = [
      ...readFileSync(join(root, "bundle", "bundle.mjs"), "utf8").matchAll(/^ {2}\["@.*", "(.*)"\],$/gm),
    ].map(([, what]) => what);
    expect([...new Set(listed)].sort()).toEqual(Object.keys(uses).sort());
  });

  test.each(Object.entries(ways))("fails by name: %s", (way, what) => {
    expect(said[way]).toBe(
      `${what} is not in the single-file build of aks-network-policy-pack. Use the npm package instead, and report this: a policy pack should never get here.`,
    );
  });
});

describe("a build", () => {
  const contentsOf = (folder: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(folder)
        .sort()
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );

  test("from the same sources has the same bytes, and these are in dist", () => {
    const again = join(work, "again");
    execFileSync(process.execPath, [join(root, "bundle", "bundle.mjs"), again], { cwd: work });
    expect(
      readFileSync(join(again, basename(singleFile))).equals(readFileSync(singleFile)),
      "the single file",
    ).toBe(true);
    expect(contentsOf(join(again, "policy-pack"))).toEqual(contentsOf(publishedFolder));
  });

  describe("in a clone", () => {
    let clone: string;
    const words = (): string => join(clone, "shared", "rules", "network-policy-configured", "causes.ts");
    const forms = (): string[] =>
      [packFolder, join(root, "dist", "cli", "bin.js"), singleFile, publishedFolder].map((form) =>
        form.replace(root, clone),
      );
    const build = (): number | null => spawnSync("npm", ["run", "build"], { cwd: clone }).status;
    beforeAll(() => {
      clone = join(work, "clone");
      mkdirSync(clone);
      const folders = ["bundle", "cdktf-aspect", "cli", "dist", "docs", "pulumi-pack", "shared"];
      for (const name of [...folders, "LICENSE", "package.json", "tsconfig.json"])
        cpSync(join(root, name), join(clone, name), { recursive: true });
      symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
    });

    test("no form of the pack starts from changed sources, and every form is rebuilt with them", async () => {
      const phrase = "this cluster has no network policy engine";
      const before = readFileSync(words(), "utf8");
      expect(before).toContain(phrase);
      writeFileSync(words(), before.replaceAll(phrase, "nobody guards this cluster"));
      for (const booted of await Promise.allSettled(forms().map(messagesOf)))
        expect(String(booted.status === "rejected" && booted.reason)).toContain(
          `dist was built from other sources than those in ${clone}. Run there: npm run build`,
        );

      const leftOver = join(clone, "dist", "shared", "rules", "of-an-older-version.js");
      writeFileSync(leftOver, "");
      expect(build()).toBe(0);
      expect(existsSync(leftOver)).toBe(false);
      for (const messages of await Promise.all(forms().map(messagesOf)))
        expect(messages).toContain("nobody guards this cluster");
    }, 180_000);

    test("a failed build leaves no form of the pack", () => {
      writeFileSync(words(), "export const broken: number = 'text';");
      expect(build()).not.toBe(0);
      expect(existsSync(join(clone, "dist"))).toBe(false);
    }, 120_000);
  });
});
