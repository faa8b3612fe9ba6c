import { Ajv } from "ajv";
import { toJsonSchema } from "@valibot/to-json-schema";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../cdktf-aspect";
import { azureNative } from "../shared/dialects/azure-native";
import { readConfiguration, readRuleOptions } from "../shared/policy/configuration";
import { configurationSchema } from "../shared/policy/schema";
import { readCluster } from "../shared/reading/cluster";
import { ruleNames, rules } from "../shared/rules";
import { declared, files, refusalOf, shown } from "./support/configuration-files";
import { badConfigurations, exemption } from "./support/configurations";
import { exampleDay, findingsTold, plainField, pulumiVoice } from "./support/evaluate";
import { libraries } from "./support/terraform";

const bad = Object.entries(badConfigurations);

describe("a configuration that is not understood is refused by the Aspect before any cluster is judged:", () => {
  test.each(bad)("%s", (_title, { file, problems }) => {
    const configuration = JSON.parse(JSON.stringify(file)) as Configuration;
    const message = refusalOf(problems);
    expect(() => new AksNetworkPolicyAspect(configuration)).toThrow(new Error(message));
    for (const { lib } of libraries) {
      const app = lib.Testing.app();
      expect(() => AksNetworkPolicyAspect.applyTo(app, lib.Aspects, configuration)).toThrow(
        new Error(message),
      );
    }
  });

  test("a configuration that is no object", () => {
    for (const [file, what] of [
      [null, "null"],
      ["mandatory", '"mandatory"'],
      [[], "an empty list"],
      [5, "5"],
    ] as const) {
      expect(() => new AksNetworkPolicyAspect(file as unknown as Configuration)).toThrow(
        new Error(refusalOf([`the configuration is ${what}; expected an object`])),
      );
    }
  });
});

describe("the options of one rule, as Pulumi hands them over", () => {
  const at = "network-policy-configured";
  const long = "x".repeat(61);
  test.each<[options: unknown, problem: string | undefined]>([
    [{}, undefined],
    [{ engines: ["azure"], exemptions: [exemption()] }, undefined],
    [null, `${at} is null; expected an object`],
    [[], `${at} is an empty list; expected an object`],
    [undefined, `${at} is missing`],
    [true, `${at} is true; expected an object`],
    [() => 5, `${at} is a function; expected an object`],
    [
      { engines: ["azure"], autoSet: { engine: "calico" } },
      `${at}.autoSet.engine is "calico", which engines does not accept`,
    ],
    [{ autoSet: [] }, `${at}.autoSet is an empty list; expected an object`],
    [{ autoSet: null }, `${at}.autoSet is null; expected an object`],
    [{ autoSet: { newClusters: [5] } }, `${at}.autoSet.newClusters[0] is 5; expected a text`],
    [{ autoSet: { newClusters: "x" } }, `${at}.autoSet.newClusters is "x"; expected a list of addresses`],
    [{ maxExemptionDays: "x" }, `${at}.maxExemptionDays is "x"; expected a whole number of days`],
    [{ maxExemptionDays: [1] }, `${at}.maxExemptionDays is a list; expected a whole number of days`],
    [{ maxExemptionDays: 1.5 }, `${at}.maxExemptionDays is 1.5; expected a whole number of days`],
    [{ unknown: {} }, `${at}.unknown is an object; expected one of fail, warn, ignore`],
    [{ unknown: long.slice(1) }, `${at}.unknown is "${long.slice(1)}"; expected one of fail, warn, ignore`],
    [{ unknown: long }, `${at}.unknown is "${long.slice(0, 57)}..."; expected one of fail, warn, ignore`],
  ])("%o", (options, problem) => {
    const reading = readRuleOptions(at, options);
    expect(reading.valid ? [] : reading.problems).toEqual(problem === undefined ? [] : [problem]);
  });

  test("keep what is given and fill in the rest", () => {
    const reading = readRuleOptions("network-policy-supported", { noticeDays: 5 });
    expect(reading).toEqual({ valid: true, value: { noticeDays: 5, maxExemptionDays: 180, exemptions: [] } });
    const problems = ['network-policy-supported.noticeDays is "x"; expected a whole number of days, or null'];
    expect(readRuleOptions("network-policy-supported", { noticeDays: "x" })).toEqual({
      valid: false,
      problems,
    });
  });
});

test.each([
  [{}, "mandatory mandatory mandatory"],
  [{ all: "advisory", "network-policy-supported": "disabled" }, "advisory advisory disabled"],
  [
    { all: { enforcementLevel: "remediate" }, "network-policy-configured": {} },
    "remediate remediate remediate",
  ],
  [{ "network-policy-compatible": { enforcementLevel: "advisory" } }, "mandatory advisory mandatory"],
])("the levels of %j are %s", (file, levels) => {
  const reading = readConfiguration(file);
  expect(reading.valid && ruleNames.map((name) => reading.value.levels[name]).join(" ")).toBe(levels);
});

test("what a disabled rule was told counts for nothing", () => {
  const of = (enforcementLevel: string): unknown => {
    const reading = readConfiguration({ "network-policy-configured": { enforcementLevel, unknown: "fail" } });
    return reading.valid && reading.value.options["network-policy-configured"].unknown;
  };
  expect([of("advisory"), of("disabled")]).toEqual(["fail", "warn"]);
});

test.each(files)("one file, %s, by the evaluator alone", (_title, file, said) => {
  const reading = readConfiguration(JSON.parse(JSON.stringify(file)));
  if (!reading.valid) throw new Error(reading.problems.join());
  const { levels, options } = reading.value;
  const disabled = ruleNames.filter((name) => levels[name] === "disabled");
  const findings = declared(azureNative).flatMap(([cluster, spelled]) =>
    rules
      .filter(({ name }) => !disabled.includes(name))
      .flatMap((rule) => {
        const subject = {
          cluster: readCluster(plainField(spelled.cluster), azureNative),
          dialect: azureNative,
        };
        return findingsTold(rule, subject, { today: exampleDay, options, disabled }, pulumiVoice).map(
          ({ kind }) => ({
            stops: kind === "failure" && levels[rule.name] !== "advisory",
            rule: rule.name,
            cluster,
          }),
        );
      }),
  );
  expect(shown(findings)).toEqual(said);
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

  test("accepts the example, and so does the Aspect", () => {
    const example = JSON.parse(
      readFileSync(join(__dirname, "..", "examples", "aks-network-policy.json"), "utf8"),
    ) as Configuration;
    expect([accepts(example), accepts.errors]).toEqual([true, null]);
    expect(() => new AksNetworkPolicyAspect(example)).not.toThrow();
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
