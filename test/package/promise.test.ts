/** The promises of SECURITY.md that no other test covers. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Props } from "../engine/analyzer";
import { bootPack, secret, unknown } from "../engine/analyzer";
import { packFolder, singleFile } from "../support/clocked-pack";
import type { Asked } from "../support/recording";
import { startRecording } from "../support/recording";

const root = join(__dirname, "..", "..");
const type = "azure-native:containerservice:ManagedCluster";
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
};

function details(asked: readonly Asked[], ...kinds: readonly Asked["kind"][]): string[] {
  return [...new Set(asked.filter(({ kind }) => kinds.includes(kind)).map(({ detail }) => detail))];
}

describe.each(["a directory", "a single file"])("the pack as %s", (form) => {
  let folder: string;
  let path: string;
  let booted: readonly Asked[];
  let judged: readonly Asked[];
  beforeAll(async () => {
    const recording = startRecording();
    folder = mkdtempSync(join(tmpdir(), "alone-"));
    path = packFolder;
    if (form === "a single file") {
      path = join(folder, "pack.cjs");
      copyFileSync(singleFile, path);
      chmodSync(path, 0o755);
    }
    const pack = await bootPack(path, { env: recording.env, cwd: folder, config: false });
    booted = recording.take();
    const inputs: readonly Props[] = [
      { networkProfile: { networkPlugin: "azure" } },
      { networkProfile: unknown, agentPoolProfiles: [{ name: "win", osType: "Windows" }] },
      { networkProfile: secret({ networkPlugin: "azure", networkPolicy: "azure" }) },
      { networkProfile: 7 },
    ];
    let told = 0;
    const rule = { enforcementLevel: "remediate", autoSet: { acceptReplacement: true } };
    for (const config of [
      {},
      { "network-policy-configured": rule },
      { "network-policy-supported": { noticeDays: -1 } },
    ]) {
      await pack.configure(config);
      for (const [i, props] of inputs.entries()) {
        const cluster = { type, name: `aks${i}`, props };
        await pack.remediate(cluster);
        told += (await pack.analyze(cluster)).violations.length;
        await pack.analyzeStack([cluster]);
      }
    }
    expect(told).toBeGreaterThan(inputs.length);
    judged = recording.take();
    await pack.stop();
    recording.stop();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("is recorded at all", () => {
    expect(details(booted, "read").length).toBeGreaterThan(0);
    expect(details(booted, "listen")).toEqual(["127.0.0.1:0"]);
  });

  test("opens no connection, resolves no host name, and listens only on its own machine", () => {
    const all = [...booted, ...judged];
    expect(details(all, "connect", "datagram")).toEqual([]);
    expect(details(all, "listen", "name").sort()).toEqual(["127.0.0.1", "127.0.0.1:0"]);
  });

  test("starts no process and writes no file", () => {
    const all = [...booted, ...judged];
    expect(details(all, "process")).toEqual([]);
    expect(
      details(
        all.filter(({ ours }) => ours),
        "write",
      ),
    ).toEqual([]);
    expect(details(judged, "write")).toEqual([]);
  });

  test("reads only its own code, and nothing after the start", () => {
    expect(details(judged, "read")).toEqual([]);
    const read = details(form === "a single file" ? booted : booted.filter(({ ours }) => ours), "read");
    const own = /^(bundle|cli|pulumi-pack|shared|dist)(\/|$)|^(package|tsconfig)\.json$/;
    if (form === "a single file") expect(read).toEqual([path]);
    // In a clone: the sources, to compare their digest with the build's.
    else expect(read.length).toBeGreaterThan(10);
    if (form === "a directory") for (const file of read) expect(relative(root, file)).toMatch(own);
  });

  test("reads no environment variable", () => {
    const ours = [...booted, ...judged].filter(({ ours }) => ours);
    expect(details(ours, "environment")).toEqual([]);
  });
});

const program = `
  const { App, Aspects, TerraformStack } = require("cdktf");
  const { AzurermProvider } = require("@cdktf/provider-azurerm/lib/provider");
  const { KubernetesCluster } = require("@cdktf/provider-azurerm/lib/kubernetes-cluster");
  const { AksNetworkPolicyAspect } = require(${JSON.stringify(join(root, "dist", "cdktf-aspect"))});
  const app = new App({ outdir: process.argv[1] });
  if (process.argv[2] === "applied") AksNetworkPolicyAspect.applyTo(app, Aspects);
  else Aspects.of(app).add(new AksNetworkPolicyAspect());
  const stack = new TerraformStack(app, "s");
  new AzurermProvider(stack, "azurerm", { features: [{}], subscriptionId: "0" });
  new KubernetesCluster(stack, "aks", { name: "aks", location: "x", resourceGroupName: "rg", dnsPrefix: "aks",
    identity: { type: "SystemAssigned" }, defaultNodePool: { name: "d", vmSize: "x", nodeCount: 3 },
    networkProfile: { networkPlugin: "azure" } });
  app.synth();`;

function run(code: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const own = { ...process.env, VITEST: undefined, ...env };
  return spawnSync(process.execPath, ["-e", code, ...args], { cwd: root, env: own, encoding: "utf8" });
}

describe("the Aspect", () => {
  const ofTestRunners = ["JEST_WORKER_ID", "VITEST", "NODE_TEST_CONTEXT"];
  const commandLines = ["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", "CDKTF_OUTDIR"] as const;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "synth-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("reads the environment only to detect a test runner or a command line", () => {
    const recording = startRecording();
    const { status, stderr } = run(program, [folder, "applied"], recording.env);
    const asked = recording.take();
    recording.stop();
    expect([status, stderr]).toEqual([1, expect.stringContaining("network-policy-configured")]);
    // The library reads and writes files, so the recorder works.
    expect(details(asked, "read", "write").length).toBeGreaterThan(1);
    const ours = asked.filter((each) => each.ours);
    expect(ours.filter(({ kind }) => kind !== "environment")).toEqual([]);
    expect(details(ours, "environment").sort()).toEqual([commandLines[0], ...ofTestRunners].sort());
  });

  test("is not turned off by a test runner's variable; it only stops reporting that nothing called it", () => {
    for (const name of ofTestRunners) {
      expect(run(program, [folder, "applied"], { [name]: "1" }).status).toBe(1);
      expect(run(program, [folder, "misapplied"], { [name]: "1" }).status).toBe(0);
    }
    expect(run(program, [folder, "misapplied"]).status).toBe(1);
  });

  test("has the same findings whatever the variables; they change only what is printed", () => {
    const all = [...ofTestRunners, ...commandLines].map((name) => ({ [name]: "1" }));
    const found = [{}, ...all, Object.assign({}, ...all) as Record<string, string>].map((env) => {
      const outdir = mkdtempSync(join(folder, "out-"));
      run(program, [outdir, "applied"], { ...env, CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "1" });
      const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
        stacks: Record<string, { annotations: readonly { readonly message: string }[] }>;
      };
      return stacks["s"]?.annotations.map(({ message }) => message);
    });
    expect(new Set(found.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(found[0]).toHaveLength(1);
  });
});

test("no source reads an environment variable except to detect who runs the program and who reads its output", () => {
  // What `npm install` runs in a clone is not shipped.
  const builds = join("bundle", "prepare.mjs");
  const asking = ["shared", "pulumi-pack", "cdktf-aspect", "cli", "bundle"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((name) => /\.[cm]?[jt]s$/.test(name))
      .filter((name) => /(?<!usr\/bin\/)\benv\b/.test(readFileSync(join(root, name), "utf8"))),
  );
  expect(asking.filter((name) => name !== builds)).toEqual([
    join("cdktf-aspect", "presence.ts"),
    join("cli", "streams.ts"),
  ]);
});

test.each(["shared", join("pulumi-pack", "policies"), "cdktf-aspect"])(
  "importing %s starts nothing: it reads only code, and has no process, no port, no timer",
  (door) => {
    const recording = startRecording();
    const { status, stdout, stderr } = run(
      `require(${JSON.stringify(join(root, "dist", door))})`,
      [],
      recording.env,
    );
    const asked = recording.take();
    recording.stop();
    // A port or a timer would keep it from exiting.
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
    expect(details(asked, "read").length).toBeGreaterThan(3);
    expect(details(asked, "connect", "listen", "datagram", "name", "process", "write")).toEqual([]);
    expect(asked.filter(({ ours }) => ours)).toEqual([]);
  },
);

test("two dependencies, each of one exact version, without dependencies and install scripts of their own", () => {
  const load = createRequire(__filename);
  const found = Object.entries(manifest.dependencies).map(([name, version]) => {
    let folder = dirname(load.resolve(name));
    while (!readdirSync(folder).includes("package.json")) folder = dirname(folder);
    // valibot has a package.json for each module format.
    const file = [folder, dirname(folder)]
      .map((each) => join(each, "package.json"))
      .find((each) => {
        try {
          return (JSON.parse(readFileSync(each, "utf8")) as { name?: string }).name === name;
        } catch {
          return false;
        }
      });
    const its = JSON.parse(readFileSync(file ?? "", "utf8")) as typeof manifest & {
      readonly version: string;
    };
    const installing = Object.keys(its.scripts).filter((script) => /^(pre|post)?install$/.test(script));
    return [
      name,
      version === its.version,
      Object.keys((its as Partial<typeof its>).dependencies ?? {}),
      installing,
    ];
  });
  expect(found).toEqual([
    ["fastest-levenshtein", true, [], []],
    ["valibot", true, [], []],
  ]);
  expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
});

test("the recorder detects what it looks for", () => {
  const code = `
    const fs = require("node:fs"), net = require("node:net"), dns = require("node:dns");
    fs.readFileSync(process.argv[1]); fs.writeFileSync(process.argv[1] + ".x", process.env.SECRET ?? "");
    net.connect(1, "127.0.0.2").on("error", () => {}); dns.lookup("127.0.0.3", () => {});
    require("node:child_process").spawnSync("true"); require("node:dgram").createSocket("udp4").close();
    fetch("http://127.0.0.4:1").catch(() => {}); net.createServer().listen(0, "127.0.0.5").close();
    new (require("node:worker_threads").Worker)("", { eval: true });`;
  const folder = mkdtempSync(join(tmpdir(), "recorded-"));
  const file = join(folder, "file");
  execFileSync("touch", [file]);
  const recording = startRecording();
  run(code, [file], recording.env);
  const kinds = new Set(recording.take().map(({ kind }) => kind));
  recording.stop();
  rmSync(folder, { recursive: true });
  expect([...kinds].sort()).toEqual(
    ["connect", "datagram", "environment", "listen", "name", "process", "read", "write"].sort(),
  );
});
