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
import type { BootOptions } from "./engine/analyzer";
import { bootPack, urnOf } from "./engine/analyzer";
import { analyze, stateOf } from "./pulumi-cli/cli.js";
import { describeWithPulumi } from "./pulumi-cli/describe.js";
import { packFolder, publishedFolder, singleFile } from "./support/clocked-pack";

const root = join(__dirname, "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

let work: string;
/** The file alone, in a folder whose package.json is a stranger's, and far from every node_modules. */
let file: string;
let caller: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "single-file-"));
  caller = join(work, "caller");
  file = join(work, basename(singleFile));
  mkdirSync(caller);
  cpSync(singleFile, file);
  writeFileSync(
    join(caller, "package.json"),
    JSON.stringify({ name: "stranger", version: "9.9.9", type: "module" }),
  );
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

const type = "azure-native:containerservice:ManagedCluster";
const cluster = {
  type,
  name: "aks",
  urn: urnOf(type, "aks"),
  props: { networkProfile: { networkPlugin: "azure", networkPolicy: "none" } },
};

async function messagesOf(pack: string, options: BootOptions = {}): Promise<string[]> {
  const booted = await bootPack(pack, options);
  try {
    const { violations } = await booted.analyze(cluster);
    return violations.map(
      ({ enforcementLevel, policyName, message }) => `${enforcementLevel} ${policyName}: ${message}`,
    );
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

  test("runs alone, with its own version and not the caller's", async () => {
    const booted = await bootPack(file, { cwd: caller });
    try {
      expect(await booted.info()).toMatchObject({ name: "aks-network-policy", version });
    } finally {
      await booted.stop();
    }
  });

  test("asks for nothing but what Node has", () => {
    const asked = new Set(
      [...readFileSync(singleFile, "utf8").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name),
    );
    expect(asked.size).toBeGreaterThan(5);
    expect([...asked].filter((name) => !isBuiltin(name))).toEqual([]);
  });

  test("carries the licences of what went into it, and only of that", () => {
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

  test("says how it is used when somebody starts it by hand", () => {
    const { status, stdout, stderr } = spawnSync(file, ["--help"], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toBe(
      `aks-network-policy-pack ${version}: a Pulumi policy pack, started by the Pulumi CLI:
  pulumi preview --policy-pack ./aks-network-policy-pack.cjs
`,
    );
    expect(spawnSync(file, { encoding: "utf8" }).status).toBe(2);
  });

  test.each([
    ["levels", { all: "advisory" }],
    ["options", { "network-policy-configured": { engines: ["calico"] } }],
    ["mistakes", { "network-policy-configured": { engines: ["cillium"] } }],
  ] as const)("reads its configuration as the directory does: %s", async (_what, config) => {
    const byFolder = await messagesOf(packFolder, { config });
    expect(byFolder.length).toBeGreaterThan(0);
    expect(byFolder).not.toEqual(await messagesOf(packFolder));
    expect(await messagesOf(file, { cwd: caller, config })).toEqual(byFolder);
  });
});

describeWithPulumi("the single file under the real Pulumi CLI", () => {
  test("says what the directory says", async () => {
    const state = stateOf([
      { type, name: "none", inputs: { networkProfile: { networkPolicy: "none" } } },
      { type, name: "own-cni", inputs: { networkProfile: { networkPlugin: "none" } } },
      { type, name: "good", inputs: { networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } } },
      { type: "azure-native:containerservice:AgentPool", name: "pool", inputs: { osType: "Windows" } },
    ]);
    const packConfig = { "network-policy-configured": { bringYourOwnCni: "warn" } };
    const [byFolder, byFile] = [
      await analyze({ state, pack: packFolder, packConfig }),
      await analyze({ state, pack: file, packConfig }),
    ];
    expect(byFolder.events.map(({ enforcementLevel }) => enforcementLevel).sort()).toEqual([
      "advisory",
      "mandatory",
    ]);
    expect(byFile.events).toEqual(byFolder.events);
    expect([byFile.exitCode, byFolder.exitCode]).toEqual([1, 1]);
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

  /** The same build over another entry, which uses what the pack does not; what each use says. */
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

  test("is what the build lists", () => {
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

  test("of the same sources has the same bytes, and these stand in dist", () => {
    const again = join(work, "again");
    execFileSync(process.execPath, [join(root, "bundle", "bundle.mjs"), again], { cwd: work });
    expect(
      readFileSync(join(again, basename(singleFile))).equals(readFileSync(singleFile)),
      "the single file",
    ).toBe(true);
    expect(contentsOf(join(again, "policy-pack"))).toEqual(contentsOf(publishedFolder));
  });

  describe("of other sources", () => {
    let clone: string;
    const words = (): string => join(clone, "shared", "words.ts");
    const build = (): number | null => spawnSync("npm", ["run", "build"], { cwd: clone }).status;
    beforeAll(() => {
      clone = join(work, "clone");
      mkdirSync(clone);
      for (const name of [
        "shared",
        "pulumi-pack",
        "cdktf-aspect",
        "bundle",
        "dist",
        "tsconfig.json",
        "package.json",
        "LICENSE",
      ])
        cpSync(join(root, name), join(clone, name), { recursive: true });
      symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
    });

    test("changes every form of the pack, and a build that fails leaves none", async () => {
      const before = readFileSync(words(), "utf8");
      const phrase = "this cluster has no network policy engine";
      expect(before.includes(phrase)).toBe(true);
      writeFileSync(words(), before.replaceAll(phrase, "nobody guards this cluster"));
      expect(build()).toBe(0);
      const forms = [packFolder, publishedFolder, singleFile].map((form) => form.replace(root, clone));
      for (const form of forms)
        expect((await messagesOf(form)).join("\n")).toContain("nobody guards this cluster");

      writeFileSync(words(), "export const broken: number = 'text';");
      expect(build()).not.toBe(0);
      expect(existsSync(join(clone, "dist"))).toBe(false);
      for (const form of forms) await expect(messagesOf(form)).rejects.toThrow();
    });
  });
});
