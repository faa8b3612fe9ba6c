import { Ajv } from "ajv";
import { toJsonSchema } from "@valibot/to-json-schema";
import { Construct } from "constructs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Configuration } from "../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../cdktf-aspect";
import type { Dialect } from "../shared";
import { azureNative, configurationSchema, ruleNames } from "../shared";
import type { Declaration } from "../shared/declaration";
import { notKnownYet, spell } from "../shared/declaration";
import type { PackConfig, Props, StackResource } from "./engine/analyzer";
import { unknown, urnOf } from "./engine/analyzer";
import { analyze, preview, stateOf } from "./pulumi-cli/cli";
import { describeWithPulumi } from "./pulumi-cli/describe";
import type { ClockedPack } from "./support/clocked-pack";
import { bootClockedPack, packFolder } from "./support/clocked-pack";
import { badConfigurations, exemption } from "./support/configurations";
import { withUnknowns } from "./support/evaluate";
import { annotationsOf, appWith, libraries, synthesised } from "./support/terraform";
import { typed } from "./support/terraform-shapes";

const refusal = "The configuration of aks-network-policy-pack is not valid, so no cluster is judged:";
const more = "More: https://www.npmjs.com/package/aks-network-policy-pack#configuration";
const bad = Object.entries(badConfigurations);
const clusterType = "azure-native:containerservice:ManagedCluster";
const rootType = "pulumi:pulumi:Stack";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterAll(() => clocked.stop());

function resourceOf(name: string, props: Props, type = clusterType): StackResource {
  return { type, name, urn: urnOf(type, name), props };
}

describe("a configuration that is not understood is refused before any cluster is judged,", () => {
  test.each(bad)("by the Aspect: %s", (_title, { file, problems }) => {
    const configuration = JSON.parse(JSON.stringify(file)) as Configuration;
    const message = [refusal, ...problems.map((problem) => `- ${problem}`), more].join("\n");
    expect(() => new AksNetworkPolicyAspect(configuration)).toThrow(new Error(message));
    for (const { lib } of libraries) {
      const app = lib.Testing.app();
      expect(() => AksNetworkPolicyAspect.applyTo(app, lib.Aspects, configuration)).toThrow(
        new Error(message),
      );
    }
  });

  test.each(bad)("by the pack, once: %s", async (_title, { file, problems, engine, dropped }) => {
    const configured = clocked.pack.configure(file as PackConfig);
    if (engine !== undefined) {
      await expect(configured).rejects.toThrow();
      return;
    }
    await configured;
    const resources = [
      resourceOf("project-dev", {}, rootType),
      resourceOf("one", { resourceGroupName: "rg" }),
      resourceOf("two", { resourceGroupName: "rg" }),
    ];
    const said = [];
    for (const resource of resources) said.push(...(await clocked.pack.analyze(resource)).violations);
    said.push(...(await clocked.pack.analyzeStack(resources)).violations);
    const told = said.filter(({ message }) => message.startsWith(refusal));
    if (dropped === true) {
      expect(told).toEqual([]);
      return;
    }
    const message = [refusal, ...problems.map((problem) => `- ${problem}`), more].join("\n");
    expect(told.map((each) => [each.enforcementLevel, each.urn, each.message])).toEqual([
      ["mandatory", resources[0]?.urn, message],
    ]);
    // The rule whose configuration it is judges nothing.
    const rule = told[0]?.policyName;
    expect(said.filter((each) => each.policyName === rule)).toHaveLength(1);
  });

  test("a configuration that is no object", () => {
    for (const [file, what] of [
      [null, "null"],
      ["mandatory", '"mandatory"'],
      [[], "an empty list"],
      [5, "5"],
    ] as const) {
      expect(() => new AksNetworkPolicyAspect(file as unknown as Configuration)).toThrow(
        new Error(`${refusal}\n- the configuration is ${what}; expected an object\n${more}`),
      );
    }
  });
});

describeWithPulumi("the real CLI", () => {
  test.concurrent.each(bad)("refuses: %s", async (_title, { file, problems, engine, dropped }) => {
    const state = stateOf([{ type: clusterType, name: "aks", inputs: { resourceGroupName: "rg" } }]);
    const packConfig = file as Readonly<Record<string, unknown>>;
    const { exitCode, stderr, events } = await analyze({ state, pack: packFolder, packConfig });
    expect(exitCode).not.toBe(0);
    if (engine !== undefined) {
      expect(stderr).toContain(engine);
      expect(events).toEqual([]);
      return;
    }
    const told = events.filter(({ message }) => message.startsWith(refusal));
    if (dropped === true) {
      expect(told).toEqual([]);
      return;
    }
    const message = [refusal, ...problems.map((problem) => `- ${problem}`), more].join("\n");
    expect(told.map((each) => [each.enforcementLevel, each.message])).toEqual([["mandatory", message]]);
  });

  test("says it once in a preview of many clusters, and the run fails although every rule is advisory", async () => {
    const { exitCode, stdout, events } = await preview({
      program: ({ resource }) => {
        for (const name of ["one", "two", "three"])
          resource(clusterType, name, { resourceGroupName: "rg", resourceName: name });
      },
      pack: packFolder,
      packConfig: { all: "advisory", "network-policy-configured": { engins: ["cilium"] } },
    });
    expect(exitCode).not.toBe(0);
    expect(stdout.split(refusal)).toHaveLength(2);
    expect(events.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["mandatory"]);
  });
});

// --- The same file means the same in both hosts ---

const clusters: Readonly<Record<string, Declaration>> = {
  "no-engine": { plugin: "azure" },
  calico: { plugin: "azure", engine: "calico" },
  npm: { plugin: "azure", engine: "azure" },
  kubenet: { plugin: "kubenet", engine: "calico" },
  "own-cni": { plugin: "none" },
  "own-cni-perhaps": { plugin: "none", engine: notKnownYet },
  implied: { plugin: "azure", dataplane: "cilium" },
  "engine-unknown": { plugin: "azure", engine: notKnownYet },
  "plugin-unknown": { plugin: notKnownYet, engine: "calico" },
  misfit: { plugin: "kubenet", engine: "azure" },
};

/** What each rule says of each cluster: `E` for what stops, `w` for what does not. */
type Said = Readonly<Record<string, string>>;

const letters: Readonly<Record<string, string>> = {
  "network-policy-configured": "c",
  "network-policy-compatible": "f",
  "network-policy-supported": "s",
};

function shown(findings: readonly { stops: boolean; rule: string; cluster: string }[]): Said {
  const said: Record<string, string> = {};
  for (const { stops, rule, cluster } of findings) {
    const letter = letters[rule] ?? "?";
    said[cluster] = `${said[cluster] ?? ""}${stops ? letter.toUpperCase() : letter}`;
  }
  return said;
}

/** Capitals stop the run: C for configured, F for compatible (fits), S for supported; small letters are advisory. */
const byDefault: Said = {
  "no-engine": "C",
  npm: "s",
  kubenet: "s",
  "own-cni": "C",
  "own-cni-perhaps": "C",
  "engine-unknown": "c",
  "plugin-unknown": "f",
  misfit: "F",
};

const allAdvisory = Object.fromEntries(
  Object.entries(byDefault).map(([name, letters]) => [name, letters.toLowerCase()]),
);

const files: readonly (readonly [title: string, file: Configuration, said: Said])[] = [
  ["nothing", {}, byDefault],
  ["all advisory", { all: "advisory" }, allAdvisory],
  [
    "all advisory, one rule mandatory",
    { all: "advisory", "network-policy-configured": "mandatory" },
    { ...byDefault, misfit: "f" },
  ],
  [
    "all advisory, as an object, and an object without a level",
    { all: { enforcementLevel: "advisory" }, "network-policy-configured": {} },
    allAdvisory,
  ],
  [
    "remediate on a rule that has nothing to set",
    { "network-policy-compatible": "remediate", "network-policy-supported": "remediate" },
    byDefault,
  ],
  ["all disabled", { all: "disabled" }, {}],
  [
    "the rule for the engine disabled: what it would have reported as unknown, the next one does",
    { "network-policy-configured": "disabled" },
    {
      npm: "s",
      kubenet: "s",
      "own-cni-perhaps": "f",
      "engine-unknown": "f",
      "plugin-unknown": "f",
      misfit: "F",
    },
  ],
  [
    "calico alone accepted",
    { "network-policy-configured": { engines: ["calico"] } },
    { ...byDefault, npm: "Cs", implied: "C", misfit: "CF" },
  ],
  [
    "calico alone accepted, advisory",
    { "network-policy-configured": { enforcementLevel: "advisory", engines: ["calico"] } },
    { ...allAdvisory, npm: "cs", implied: "c", misfit: "cF" },
  ],
  [
    "own CNI warns",
    { "network-policy-configured": { bringYourOwnCni: "warn" } },
    { ...byDefault, "own-cni": "c", "own-cni-perhaps": "c" },
  ],
  [
    "own CNI allowed",
    { "network-policy-configured": { bringYourOwnCni: "allow" } },
    Object.fromEntries(
      Object.entries({ ...byDefault, "own-cni-perhaps": "c" }).filter(([name]) => name !== "own-cni"),
    ),
  ],
  [
    "unknown fails",
    { "network-policy-configured": { unknown: "fail" }, "network-policy-compatible": { unknown: "fail" } },
    { ...byDefault, "engine-unknown": "C", "plugin-unknown": "F" },
  ],
  [
    "unknown fails where the rule is advisory",
    { all: "advisory", "network-policy-configured": { unknown: "fail" } },
    allAdvisory,
  ],
  [
    "unknown is ignored",
    {
      "network-policy-configured": { unknown: "ignore" },
      "network-policy-compatible": { unknown: "ignore" },
    },
    Object.fromEntries(Object.entries(byDefault).filter(([name]) => !name.endsWith("unknown"))),
  ],
  [
    "unknown is ignored by one rule: the next one reports it, as it is told to",
    {
      "network-policy-configured": { unknown: "ignore" },
      "network-policy-compatible": { unknown: "fail" },
    },
    { ...byDefault, "engine-unknown": "F", "plugin-unknown": "F" },
  ],
  [
    "no notices",
    { "network-policy-supported": { noticeDays: 0 } },
    Object.fromEntries(Object.entries(byDefault).filter(([name]) => !["npm", "kubenet"].includes(name))),
  ],
  // 2026-11-23 is 494 days before the end of kubenet and 677 before that of engine azure on Linux.
  [
    "notices from the day on which kubenet's starts",
    { "network-policy-supported": { noticeDays: 494 } },
    Object.fromEntries(Object.entries(byDefault).filter(([name]) => name !== "npm")),
  ],
  [
    "notices a day later",
    { "network-policy-supported": { noticeDays: 493 } },
    Object.fromEntries(Object.entries(byDefault).filter(([name]) => !["npm", "kubenet"].includes(name))),
  ],
];

function declared(dialect: Dialect): [string, NonNullable<ReturnType<typeof spell>>][] {
  return Object.entries(clusters).map(([name, declaration]) => {
    const spelled = spell(declaration, dialect);
    if (spelled === undefined) throw new Error(`${dialect.name} cannot say ${name}`);
    return [name, spelled];
  });
}

describe.each(files)("one file, %s,", (_title, file, said) => {
  test("in Pulumi", async () => {
    const config = JSON.parse(JSON.stringify(file)) as PackConfig;
    // A pack that has heard of a rule in an earlier run cannot tell that it is disabled in this one.
    const own = JSON.stringify(file).includes("disabled") ? await bootClockedPack() : undefined;
    const { pack } = own ?? clocked;
    await pack.configure(config);
    try {
      const resources = [
        resourceOf("project-dev", {}, rootType),
        ...declared(azureNative).map(([name, { cluster }]) =>
          resourceOf(name, withUnknowns({ resourceName: name, ...cluster }, unknown) as Props),
        ),
      ];
      const violations = [];
      for (const resource of resources) violations.push(...(await pack.analyze(resource)).violations);
      violations.push(...(await pack.analyzeStack(resources)).violations);
      const findings = violations.map(({ policyName, enforcementLevel, urn = "" }) => ({
        stops: enforcementLevel === "mandatory",
        rule: policyName,
        cluster: urn.split("::").at(-1) ?? "",
      }));
      expect(shown(findings)).toEqual(said);
    } finally {
      await own?.stop();
    }
  });

  test.each(libraries)("in $name", (library) => {
    const { app, stack } = appWith(library, JSON.parse(JSON.stringify(file)) as Configuration);
    for (const [name, spelled] of declared(typed.dialect)) {
      typed.declare(library, new Construct(stack, name), spelled);
    }
    synthesised(app);
    const findings = annotationsOf(app).map(({ path, level, message }) => ({
      stops: level === "error",
      rule: message.split(":")[0] ?? "",
      cluster: path.split("/")[1] ?? "",
    }));
    expect(shown(findings)).toEqual(said);
  });
});

describe("the JSON Schema for editors", () => {
  const file = join(__dirname, "..", "shared", "configuration.schema.json");

  test("is what the code says", async () => {
    const schema = toJsonSchema(configurationSchema, {
      target: "draft-07",
      errorMode: "ignore",
      typeMode: "input",
    });
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  const accepts = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(file, "utf8")) as object);

  test.each(files)("accepts what the code accepts: %s", (_title, good) => {
    expect([accepts(good), accepts.errors]).toEqual([true, null]);
  });

  // Whatever hangs on two values, or on a calendar, only the code can tell.
  const beyondIt = [
    "an engine that is auto-set and not accepted",
    "a day that is in no calendar",
    "an end before the beginning",
    "an exemption that lasts too long",
    "an exemption that lasts longer than this organisation allows",
    "two exemptions of one id",
    "two exemptions of one cluster",
  ];

  test.each(bad)("refuses what the code refuses: %s", (title, { file: refused }) => {
    expect(accepts(JSON.parse(JSON.stringify(refused)))).toBe(beyondIt.includes(title));
  });

  test("accepts the example, and so do both hosts", async () => {
    const example = JSON.parse(
      readFileSync(join(__dirname, "..", "examples", "aks-network-policy.json"), "utf8"),
    ) as Configuration & PackConfig;
    expect([accepts(example), accepts.errors]).toEqual([true, null]);
    expect(() => new AksNetworkPolicyAspect(example)).not.toThrow();
    await clocked.pack.configure(example);
    const { violations } = await clocked.pack.analyze(resourceOf("project-dev", {}, rootType));
    expect(violations).toEqual([]);
  });

  test("describes every option of every rule", () => {
    const { properties } = JSON.parse(readFileSync(file, "utf8")) as {
      properties: Record<string, { anyOf: { properties?: Record<string, { description?: string }> }[] }>;
    };
    for (const rule of ruleNames) {
      const options = Object.entries(properties[rule]?.anyOf[1]?.properties ?? {});
      expect(options.length).toBeGreaterThan(3);
      expect(options.filter(([, { description }]) => description === undefined)).toEqual([]);
    }
  });
});

test("an exemption of the tests is one that is accepted", () => {
  expect(
    () => new AksNetworkPolicyAspect({ "network-policy-configured": { exemptions: [exemption()] } }),
  ).not.toThrow();
});

// Checked by the compiler, for those who write the configuration in TypeScript.
test("the static types know the words, and the configuration as a constant", () => {
  const constant = {
    all: "advisory",
    "network-policy-configured": { engines: ["cilium"], unknown: "fail" },
  } as const;
  const accepted: Configuration = constant;
  expect(() => new AksNetworkPolicyAspect(accepted)).not.toThrow();
  // @ts-expect-error a misspelt level
  const level: Configuration = { all: "mandatry" };
  // @ts-expect-error a misspelt engine
  const engine: Configuration = { "network-policy-configured": { engines: ["cilum"] } };
  // @ts-expect-error an option of another rule
  const option: Configuration = { "network-policy-supported": { engines: ["cilium"] } };
  for (const wrong of [level, engine, option]) expect(() => new AksNetworkPolicyAspect(wrong)).toThrow();
});
