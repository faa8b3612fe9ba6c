import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  bootPack,
  secret,
  unknown,
  unknownOf,
  type Pack,
  type Props,
  type Resource,
} from "../engine/analyzer";
import { preview, render, type PreviewOptions, type PreviewResult } from "../engine/preview";
import { azureNativeCheck } from "../engine/program";

const fixture = (name: string): string => join(__dirname, "..", "engine", "fixtures", name);

const thing = (props: Props, more: Partial<Resource> = {}): Resource => ({
  type: "test:index:Thing",
  name: "thing",
  props,
  ...more,
});

/** What the fixture's policies report is JSON after their description. */
function echoedBack(message: string | undefined): unknown {
  return JSON.parse(message?.split("\n").slice(1).join("\n") ?? "null");
}

let pack: Pack;
beforeAll(async () => {
  pack = await bootPack(fixture("pack"));
});
afterAll(async () => {
  await pack.stop();
});

async function echo(resource: Resource): Promise<unknown> {
  const { violations } = await pack.analyze(resource);
  return echoedBack(violations.find(({ policyName }) => policyName === "echo")?.message);
}

describe("a booted pack", () => {
  it("describes itself completely", async () => {
    const info = await pack.info();
    expect(info).toMatchObject({ name: "echo", version: "1.2.3", supportsConfig: true, initialConfig: {} });
    expect(info.policies.map(({ name, type }) => [name, type])).toEqual([
      ["echo", "resource"],
      ["leveled", "resource"],
      ["painter", "resource"],
      ["stack", "stack"],
    ]);
    expect(info.policies[0]).toMatchObject({
      enforcementLevel: "advisory",
      severity: "low",
      tags: ["test"],
      framework: { name: "none", version: "1", reference: "r", specification: "s" },
      configSchema: {
        properties: {
          word: { type: "string", default: "hello", enum: ["hello", "bye"] },
          list: { type: "array", items: { type: "string" } },
        },
        required: [],
      },
    });
  });

  it("recognizes plain, unknown and secret values", async () => {
    const props = {
      plain: [1, "two", true, null, { three: 3 }],
      absent: undefined,
      unknown,
      kinds: [unknownOf("number"), unknownOf("array"), unknownOf("object"), unknownOf("bool")],
      secret: secret({ in: "side", not: unknown }),
      __internal: true,
    };
    expect(await echo(thing(props))).toMatchObject({
      props: {
        plain: [1, "two", true, null, { three: 3 }],
        unknown: "<unknown>",
        kinds: ["<unknown>", "<unknown>", "<unknown>", "<unknown>"],
        secret: { in: "side", not: "<unknown>" },
      },
    });
    expect(Object.keys(((await echo(thing(props))) as { props: object }).props)).not.toContain("__internal");
  });

  it("sees options and provider", async () => {
    const provider = { type: "pulumi:providers:test", name: "p", urn: "urn:p", props: { region: "r" } };
    const options = {
      protect: true,
      ignoreChanges: ["a"],
      deleteBeforeReplace: false,
      aliases: ["urn:old"],
      parent: "urn:parent",
      customTimeouts: { create: 60 },
    };
    expect(await echo(thing({}, { options, provider, urn: "urn:mine" }))).toMatchObject({
      urn: "urn:mine",
      provider,
      opts: { ...options, customTimeouts: { createSeconds: 60, updateSeconds: 0, deleteSeconds: 0 } },
    });
  });

  it("returns remediated inputs with their secrets and unknowns, and its internal keys", async () => {
    await pack.configure({ painter: "remediate" });
    const wall = thing(
      { color: "red", gold: secret("gold"), later: unknown, __internal: true },
      { type: "test:index:Wall" },
    );
    const { remediations } = await pack.remediate(wall);
    expect(remediations).toEqual([
      {
        policyName: "painter",
        policyPackName: "echo",
        policyPackVersion: "1.2.3",
        description: "Everything is painted blue.",
        props: { color: "blue", gold: secret("gold"), later: unknown, __internal: true },
      },
    ]);
    await pack.configure({});
    expect(await pack.remediate(wall)).toMatchObject({ remediations: [] });
  });

  it("links a stack's resources", async () => {
    const { violations } = await pack.analyzeStack([
      thing({ id: "known" }, { urn: "urn:a" }),
      {
        ...thing({ uses: unknown }, { urn: "urn:b", name: "b" }),
        parent: "urn:a",
        dependencies: ["urn:a"],
        propertyDependencies: { uses: ["urn:a"], other: [] },
      },
    ]);
    expect(echoedBack(violations[0]?.message)).toMatchObject([
      { name: "thing", props: { id: "known" } },
      {
        name: "b",
        parent: "urn:a",
        props: { uses: "<unknown>" },
        dependencies: ["urn:a"],
        propertyDependencies: { uses: ["urn:a"] },
      },
    ]);
  });

  it("answers many calls at once", async () => {
    const names = Array.from({ length: 200 }, (_, index) => `thing-${index}`);
    const answers = await Promise.all(names.map((name) => echo(thing({}, { name }))));
    expect(answers.map((answer) => (answer as { name: string }).name)).toEqual(names);
    const cpu = pack.cpu();
    if (process.platform === "linux") expect(cpu?.user).toBeGreaterThan(100);
  });

  it("fails a call if a policy fails, and stays up", async () => {
    await expect(pack.analyze(thing({ crash: true }))).rejects.toThrow(/Analyze: .*crashed on purpose/s);
    expect(await echo(thing({}))).toMatchObject({ name: "thing" });
  });
});

describe("the configuration", () => {
  it("is merged from the policies' own to all to the rule", async () => {
    expect(await pack.configure({})).toEqual({
      echo: { enforcementLevel: "advisory", properties: { word: "hello" } },
      leveled: { enforcementLevel: "mandatory", properties: {} },
      painter: { enforcementLevel: "disabled", properties: {} },
      stack: { enforcementLevel: "advisory", properties: {} },
    });
    const merged = await pack.configure({
      all: "mandatory",
      echo: { word: "bye", extra: 1 },
      stack: "disabled",
    });
    expect(merged).toMatchObject({
      echo: { enforcementLevel: "mandatory", properties: { word: "bye", extra: 1 } },
      painter: { enforcementLevel: "mandatory" },
      stack: { enforcementLevel: "disabled" },
    });
    expect(await echo(thing({}))).toMatchObject({ config: { word: "bye", extra: 1 } });
    await pack.configure({});
  });

  it.each([
    [{ echo: "strict" }, 'parsing enforcement level for "echo": "strict" is not a valid enforcement level'],
    [{ echo: 1 }, 'parsing "echo": 1 is not a valid value; must be a string or object'],
    [{ ecko: { word: "bye" } }, 'configuring policy pack "echo": invalid enforcement level ""'],
    [{ echo: { word: "hi" } }, 'echo: word: word must be one of the following: "hello", "bye"'],
    [{ echo: { list: ["a", 1] } }, "echo: list.1: Invalid type. Expected: string, given: integer"],
  ])("%j is rejected as the engine rejects it", async (config, message) => {
    await expect(pack.configure(config)).rejects.toThrow(message);
  });

  it("silently drops a misspelled rule with a level", async () => {
    await pack.configure({ ecko: "mandatory" });
    expect(await pack.analyze(thing({}))).toMatchObject({ violations: [{ enforcementLevel: "advisory" }] });
    await pack.configure({});
  });
});

describe("a pack that does not start", () => {
  it.each([
    [
      "prints something else first",
      "garbage",
      /wrote an invalid port to stdout: could not parse port: "hello"/,
    ],
    ["throws", "broken", /ended before it printed a port: exit status \d+[^]*broken on purpose/],
    ["is no pack", "program", /failed to load Pulumi policy project located at/],
  ])("%s", async (_, name, message) => {
    await expect(bootPack(fixture(name))).rejects.toThrow(message);
  });

  it("takes too long", async () => {
    await expect(bootPack(fixture("pack"), { bootTimeoutMs: 10 })).rejects.toThrow(
      "did not print a port within 10 ms",
    );
  });
});

it.skipIf(process.platform === "win32")(
  "an executable file is a pack, and may exit during startup",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "engine-"));
    const file = join(folder, "pack");
    writeFileSync(file, `#!/usr/bin/env node\nrequire(${JSON.stringify(fixture("pack/index.js"))});\n`, {
      mode: 0o755,
    });
    try {
      const run = await bootPack(file, { cwd: fixture("pack"), config: { echo: "mandatory" } });
      expect((await run.analyze(thing({}))).violations[0]?.enforcementLevel).toBe("mandatory");
      await expect(run.analyze(thing({ die: true }))).rejects.toThrow("Analyze");
      await run.stop();
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

describe("a preview", () => {
  // A running pack keeps the configuration of the previous preview.
  beforeEach(async () => {
    await pack.configure({});
  });

  const stack = "urn:pulumi:dev::fixture::pulumi:pulumi:Stack::fixture-dev";
  const run = (options: Partial<PreviewOptions> = {}): Promise<PreviewResult> =>
    preview({ program: fixture("program"), packs: [pack], ...options });
  const shortCalls = ({ calls }: PreviewResult): string[] =>
    calls.map((call) => call.replace(/urn:.*::/, "")).filter((call) => !/ default|-dev$/.test(call));

  it("of a program calls the pack in Pulumi's order and applies remediations", async () => {
    const result = await run({ config: { painter: "remediate" } });
    expect(result.error).toBeUndefined();
    expect(result.exitCode).toBe(0);

    const calls = shortCalls(result);
    expect(calls.filter((call) => call.startsWith("Remediate")).sort()).toEqual(
      ["first", "group", "second", "wall"].map((name) => `Remediate ${name}`),
    );
    for (const [index, call] of calls.entries()) {
      const [what, name] = call.split(" ");
      if (what === "Remediate") expect(calls[index + 1]).toBe(`Analyze ${name ?? ""}`);
    }
    expect(calls.at(-1)).toBe("AnalyzeStack");

    const byName = new Map(result.resources.map((resource) => [resource.name, resource]));
    const first = "urn:pulumi:dev::fixture::test:index:Group$test:index:Thing::first";
    expect(byName.get("found")).toMatchObject({ kind: "read", id: "existing-id" });
    expect(byName.get("group")).toMatchObject({ parent: stack, outputs: { made: 1 }, custom: false });
    expect(byName.get("first")).toMatchObject({ urn: first, id: unknown, inputs: { word: "plain" } });
    expect(byName.get("second")).toMatchObject({
      inputs: {
        firstId: unknown,
        mixed: { known: 1, unknown },
        password: secret("hush"),
        reference: unknown,
        seen: "urn:pulumi:dev::fixture::test:index:Thing::found",
      },
      options: { protect: true, ignoreChanges: ["word"] },
      provider: { type: "pulumi:providers:test", name: "default_1_2_3", props: { version: "1.2.3" } },
      propertyDependencies: { mixed: [first], password: [] },
    });
    expect(byName.get("wall")?.outputs).toEqual({ color: "blue", later: unknown, paint: secret("gold") });
    expect(result.remediations).toMatchObject([{ before: { color: "red" }, after: { color: "blue" } }]);

    const seen = echoedBack(result.findings.find(({ from }) => from === "AnalyzeStack")?.message);
    const names = (seen as { name: string }[]).map(({ name }) => name);
    expect(names).toContain("wall");
    expect(names).not.toContain("found");
  });

  it("continues after a mandatory violation", async () => {
    const bad = thing({ level: "mandatory" }, { type: "test:index:Leveled" });
    const result = await preview({ resources: [bad, thing({}, { name: "next" })], packs: [pack] });
    expect(result.exitCode).toBe(1);
    expect(result.error).toBeUndefined();
    expect(shortCalls(result)).toEqual([
      ...["Remediate thing", "Analyze thing", "Remediate next", "Analyze next", "AnalyzeStack"],
    ]);
    expect(result.findings.find(({ policyName }) => policyName === "leveled")).toMatchObject({
      from: "Analyze",
      enforcementLevel: "mandatory",
      severity: "high",
      message: "first line\nsecond line",
    });
  });

  it("of an update stops at a mandatory violation", async () => {
    const update = await run({ stackConfig: { level: "mandatory" }, dryRun: false });
    expect(update).toMatchObject({
      exitCode: 1,
      error: "resource urn:pulumi:dev::fixture::test:index:Leveled::second is invalid",
    });
    expect(update.calls).not.toContain("AnalyzeStack");
    const byName = new Map(update.resources.map((resource) => [resource.name, resource]));
    expect(byName.get("first")?.id).toBe("/made-up/test/index/Thing/first");
    expect(byName.has("second")).toBe(false);
  });

  it("of a program that fails does not call the stack policies", async () => {
    const result = await run({ stackConfig: { fail: "yes" }, config: { echo: "disabled" } });
    expect(result).toMatchObject({ exitCode: 1, findings: [] });
    expect(result.error).toContain("failed on purpose");
    expect(result.logs.some(({ severity }) => severity === "error")).toBe(true);
    expect(result.calls).not.toContain("AnalyzeStack");
  });

  it("fails with a policy that crashes, and with a pack that does not start", async () => {
    const crashed = await preview({ resources: [thing({ crash: true })], packs: [pack] });
    expect(crashed.exitCode).toBe(1);
    expect(crashed.error).toMatch(/^failed to run policy: .*crashed on purpose/s);
    const broken = await preview({ resources: [], packs: [fixture("program")] });
    expect(broken).toMatchObject({ exitCode: 1, packs: [] });
    expect(render(broken)).toBe("");
  });

  it("prints findings like the CLI", async () => {
    const resources = [
      thing({ level: "advisory" }, { type: "test:index:Leveled", name: "mild" }),
      thing({ level: "mandatory" }, { type: "test:index:Leveled", name: "bad" }),
      thing({ color: "red" }, { type: "test:index:Wall", name: "wall" }),
      { ...thing({ level: "mandatory" }, { type: "test:index:Leveled", name: "other" }), read: true },
    ];
    const config = { echo: "disabled", stack: "disabled", painter: "remediate" };
    const result = await preview({ resources, packs: [pack], config });
    expect(result.exitCode).toBe(1);
    expect(render({ ...result, packs: result.packs.map((each) => ({ ...each, path: "policies" })) })).toBe(
      [
        "Policies:",
        "    ❌ echo@v1.2.3 (local: policies)",
        "        - [remediate]  painter  (1 resource)",
        "        - [mandatory] [severity: high]  leveled  (test:index:Leveled: bad)",
        "          first line",
        "          second line",
        "        - [advisory] [severity: high]  leveled  (test:index:Leveled: mild)",
        "          first line",
        "          second line",
        "",
      ].join("\n"),
    );
    const quiet = await preview({ resources: [], packs: [pack], config: { stack: "disabled" } });
    expect(quiet.exitCode).toBe(0);
    expect(render(quiet)).toMatch(/^Policies:\n {4}✅ echo@v1\.2\.3 \(local: [^)]*\)\n$/);
  });
});

it("the provider's check adds names and location, and nothing to a network profile", () => {
  const type = "azure-native:containerservice:ManagedCluster";
  const config = { "azure-native:location": "westeurope" };
  const checked = azureNativeCheck(type, "aks", { networkProfile: {} }, config);
  expect(checked).toMatchObject({ location: "westeurope", networkProfile: {}, __createBeforeDelete: true });
  expect(checked["resourceName"]).toMatch(/^aks[0-9a-f]{8}$/);
  expect(azureNativeCheck("azure-native:network:VirtualNetwork", "net", {}, config)).toEqual({});
});
