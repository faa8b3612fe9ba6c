import { Ajv } from "ajv";
import { toJsonSchema } from "@valibot/to-json-schema";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../../cdktf-aspect";
import { azureNative } from "../../../shared/dialects/azure-native";
import { configurationMessage } from "../../../shared/messages/configuration";
import { readConfiguration, readRuleOptions } from "../../../shared/policy/configuration";
import { exemptionOf, standingOf } from "../../../shared/policy/exemptions";
import type { OptionOutline } from "../../../shared/policy/outline";
import { outlineOf } from "../../../shared/policy/outline";
import { readCluster } from "../../../shared/reading/cluster";
import { configurationSchema, ruleSchemas } from "../../../shared/policy/schema";
import type { RuleName } from "../../../shared/rules";
import { ruleNames, rules } from "../../../shared/rules";
import { declared, files, inEitherVersion, refusalOf, shown } from "../../support/configuration-files";
import { badConfigurations, exemption, policyOf } from "../../support/configurations";
import { exampleDay, findingsTold, plainField, pulumiVoice } from "../../support/evaluate";

const bad = Object.entries(badConfigurations);

describe("an invalid configuration is refused, with the problem and the allowed values:", () => {
  test.each(bad)("%s", (_title, { file, problems }) => {
    const reading = readConfiguration(JSON.parse(JSON.stringify(file)));
    expect(reading.valid ? "accepted" : configurationMessage(reading.problems)).toBe(refusalOf(problems));
  });
});

test.each([null, undefined, "version", 5, true, []])(
  "a configuration that is %j is refused",
  (configuration) => {
    const reading = readConfiguration(configuration);
    expect(reading.valid ? [] : reading.problems).toEqual([expect.stringContaining("configuration")]);
  },
);

describe("the options of one rule, as Pulumi passes them", () => {
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

  test("keep the given values and fill in the defaults", () => {
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
  const names = [
    "network-policy-configured",
    "network-policy-compatible",
    "network-policy-supported",
  ] as const;
  expect(reading.valid && names.map((name) => reading.value.levels[name]).join(" ")).toBe(levels);
  expect(reading.valid && Object.keys(reading.value.levels)).toEqual(ruleNames);
});

test("the options of a disabled rule have no effect", () => {
  const of = (enforcementLevel: string): unknown => {
    const reading = readConfiguration({ "network-policy-configured": { enforcementLevel, unknown: "fail" } });
    return reading.valid && reading.value.options["network-policy-configured"].unknown;
  };
  expect([of("advisory"), of("disabled")]).toEqual(["fail", "warn"]);
});

test.each(files.flatMap(inEitherVersion))("one file, %s, with the evaluator alone", (_title, file, said) => {
  const { levels, options } = policyOf(JSON.parse(JSON.stringify(file)));
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

const urn = "urn:pulumi:prod::shop::azure-native:containerservice:ManagedCluster::aks";
const withExceptions: Configuration = {
  version: 2,
  environments: ["shared"],
  policies: { "network-policy-supported": { exemptions: [exemption({ target: urn })] } },
  exceptions: {
    "EXC-1": {
      reason: "Ends in March",
      match: [
        { policies: ["network-policy-supported"], targets: [urn, "prod/aks"] },
        { policies: ["network-policy-configured", "network-policy-supported"], targets: [urn] },
      ],
    },
  },
};

const exceptions = (change: Readonly<Record<string, unknown>>): unknown => ({
  version: 2,
  exceptions: {
    "EXC-1": { reason: "Why not", match: [{ policies: [ruleNames[0]], targets: [urn] }], ...change },
  },
});
const badVersion2: [title: string, file: unknown, problems: readonly string[]][] = [
  ["an older version", { version: 1, policies: {} }, ["version is 1; expected 2"]],
  ["a newer version", { version: 3 }, ["version is 3; expected 2"]],
  ["a version that is a text", { version: "2" }, ['version is "2"; expected 2']],
  [
    "no version",
    { policies: {}, exceptions: {} },
    [
      'the configuration has "policies" without a version; expected "version": 2',
      'the configuration has "exceptions" without a version; expected "version": 2',
    ],
  ],
  [
    "rules at the top level",
    { version: 2, all: "advisory", "network-policy-configured": "disabled", policies: {} },
    [
      'the configuration has "all" beside a version; expected it under policies',
      'the configuration has "network-policy-configured" beside a version; expected it under policies',
    ],
  ],
  [
    "an unknown key",
    { version: 2, exception: {} },
    [
      'the configuration has an unknown key "exception"; expected one of version, environments, policies, exceptions (did you mean "exceptions"?)',
    ],
  ],
  [
    "an unknown rule",
    { version: 2, policies: { "network-policy-configurd": "advisory" } },
    [
      'policies has an unknown key "network-policy-configurd"; expected one of all, network-policy-configured, network-policy-compatible, network-policy-supported (did you mean "network-policy-configured"?)',
    ],
  ],
  [
    "an unknown level",
    { version: 2, policies: { all: "advisry" } },
    [
      'policies.all is "advisry"; expected one of advisory, mandatory, remediate, disabled (did you mean "advisory"?)',
    ],
  ],
  [
    "an exception from a misspelt rule",
    exceptions({ match: [{ policies: ["network-policy-suported"], targets: [urn] }] }),
    [
      'exceptions.EXC-1.match[0].policies[0] is "network-policy-suported"; expected one of network-policy-configured, network-policy-compatible, network-policy-supported (did you mean "network-policy-supported"?)',
    ],
  ],
  [
    "an exception from all rules",
    exceptions({ match: [{ policies: ["all"], targets: [urn] }] }),
    [
      'exceptions.EXC-1.match[0].policies[0] is "all"; expected one of network-policy-configured, network-policy-compatible, network-policy-supported',
    ],
  ],
  [
    "an exception from no rule",
    exceptions({ match: [{ policies: [], targets: [urn] }] }),
    ["exceptions.EXC-1.match[0].policies is an empty list; expected at least one rule"],
  ],
  [
    "an exception for no cluster",
    exceptions({ match: [{ policies: [ruleNames[0]], targets: [] }] }),
    ["exceptions.EXC-1.match[0].targets is an empty list; expected at least one target"],
  ],
  [
    "an exception for a pattern",
    exceptions({ match: [{ policies: [ruleNames[0]], targets: ["urn:pulumi:prod::*"] }] }),
    [
      'exceptions.EXC-1.match[0].targets[0] is "urn:pulumi:prod::*"; expected one exact Pulumi URN, CDKTF construct path, STACK:ADDRESS of Terraform or ARM, or Azure resource id; no pattern',
    ],
  ],
  [
    "an exception that matches nothing",
    exceptions({ match: [] }),
    ["exceptions.EXC-1.match is an empty list; expected at least one object with policies and targets"],
  ],
  [
    "an exception without a reason",
    exceptions({ reason: undefined }),
    ["exceptions.EXC-1.reason is missing"],
  ],
  [
    "an exception with a blank reason",
    exceptions({ reason: " " }),
    ['exceptions.EXC-1.reason is " "; expected a reason'],
  ],
  [
    "an exception with an end",
    exceptions({ expiresOn: "2027-01-31" }),
    ['exceptions.EXC-1 has an unknown key "expiresOn"; expected one of reason, match'],
  ],
  [
    "an ID that Pulumi does not accept",
    {
      version: 2,
      exceptions: { "EXC 1": { reason: "x", match: [{ policies: [ruleNames[0]], targets: [urn] }] } },
    },
    ['exceptions.EXC 1 is "EXC 1"; expected an id of letters, digits, -, . and _'],
  ],
  [
    "exceptions that are a number",
    { version: 2, exceptions: 5 },
    ["exceptions is 5; expected an object of exceptions by their ids"],
  ],
  [
    "an exception that is a number",
    { version: 2, exceptions: { "EXC-1": 5 } },
    ["exceptions.EXC-1 is 5; expected an exception"],
  ],
  [
    "a reason that is a number",
    exceptions({ reason: 5 }),
    ["exceptions.EXC-1.reason is 5; expected a reason"],
  ],
  [
    "matches that are a number",
    exceptions({ match: 5 }),
    ["exceptions.EXC-1.match is 5; expected a list of objects with policies and targets"],
  ],
  [
    "a match that is a number",
    exceptions({ match: [5] }),
    ["exceptions.EXC-1.match[0] is 5; expected an object with policies and targets"],
  ],
  [
    "a match with texts for lists",
    exceptions({ match: [{ policies: "all", targets: "prod/aks" }] }),
    [
      'exceptions.EXC-1.match[0].policies is "all"; expected a list of rules',
      'exceptions.EXC-1.match[0].targets is "prod/aks"; expected a list of exact Pulumi URNs or CDKTF construct paths',
    ],
  ],
  [
    "exceptions in a list",
    { version: 2, exceptions: [] },
    ["exceptions is an empty list; expected an object"],
  ],
  [
    "environments that are not a list",
    { version: 2, environments: "shared" },
    ['environments is "shared"; expected a list of names of environments'],
  ],
  [
    "two exemptions with one ID",
    {
      version: 2,
      policies: { "network-policy-supported": { exemptions: [exemption(), exemption({ target: "a/b" })] } },
    },
    ['policies.network-policy-supported.exemptions[1].id is "EXM-0007", which another exemption has, too'],
  ],
];

describe("a configuration of Pulumi's version 2", () => {
  test.each(badVersion2)("is refused with %s", (_title, file, problems) => {
    expect(readConfiguration(JSON.parse(JSON.stringify(file)))).toEqual({ valid: false, problems });
  });

  test("has exceptions that exempt from each of their rules, before exemptions that may have expired", () => {
    const reading = readConfiguration(withExceptions);
    const exempted = { id: "EXC-1", reason: "Ends in March" };
    expect(reading.valid && ruleNames.map((name) => reading.value.options[name].exemptions)).toEqual([
      [{ ...exempted, target: urn }],
      [],
      [{ ...exempted, target: urn }, { ...exempted, target: "prod/aks" }, exemption({ target: urn })],
    ]);
  });

  test("excepts nothing from a disabled rule", () => {
    const reading = readConfiguration({ ...withExceptions, policies: { all: "disabled" } });
    expect(reading.valid && ruleNames.flatMap((name) => reading.value.options[name].exemptions)).toEqual([]);
  });

  test("with only a version is the default", () => {
    expect(readConfiguration({ version: 2 })).toEqual(readConfiguration({}));
  });
});

describe("the outline of a rule's options", () => {
  const common = { maxExemptionDays: ["integer", 180], exemptions: ["array of object", []] };
  const unknown = ["string", "warn"];
  test.each<[rule: RuleName, options: Readonly<Record<string, readonly unknown[]>>]>([
    [
      "network-policy-configured",
      {
        ...common,
        engines: ["array of string", ["azure", "calico", "cilium"]],
        bringYourOwnCni: ["string", "fail"],
        unknown,
        autoSet: ["object", {}],
      },
    ],
    ["network-policy-compatible", { ...common, unknown }],
    ["network-policy-supported", { ...common, noticeDays: ["integer or null", null] }],
  ])("%s has types, defaults and descriptions", (rule, options) => {
    const outline = outlineOf(rule);
    const typesOf = ({ type, items, default: byDefault }: OptionOutline): readonly unknown[] => [
      [[type].flat().join(" or "), ...(items === undefined ? [] : [String(items.type)])].join(" of "),
      byDefault,
    ];
    expect(Object.fromEntries(Object.entries(outline).map(([name, each]) => [name, typesOf(each)]))).toEqual(
      options,
    );
    for (const { description, items } of Object.values(outline)) {
      expect(description).toMatch(/^[A-Z].*\.$/);
      expect(Object.keys(items ?? {})).toEqual(items === undefined ? [] : ["type"]);
    }
  });
});

test.each([
  ["aaaa bbbb cccc ddddd", true],
  ["aaaa bbbb cccc dddd", false],
  ["aaaa  bbbb cccc dddd", false],
  ["\u200b aaaa bbbb cccc dddd", false],
  ["aaaa bbbb cccc dddd \u200b", false],
])("the reason %j has 20 visible characters: %s", (reason, valid) => {
  const reading = readConfiguration({ "network-policy-supported": { exemptions: [exemption({ reason })] } });
  expect(reading.valid).toBe(valid);
});

test.each([
  ["/subscriptions/A/b", "/SUBSCRIPTIONS/a/B", true],
  ["s:/subscriptions/A", "s:/subscriptions/a", false],
  ["s:/subscriptions/A", "s:/subscriptions/A", true],
  ["s/aks", "s/AKS", false],
])("the exemption of %s is that of %s: %s", (target, address, isSame) => {
  const [one, two] = [exemption({ target: "other" }), exemption({ target })];
  expect(exemptionOf([one, two], address)).toBe(isSame ? two : undefined);
});

test("an exception without an end is in force", () => {
  const exception = { id: "EXC-1", target: "s/aks", reason: "Ends in March" };
  expect(standingOf(exception, new Date("2099-01-01"))).toEqual({
    state: "in force",
    daysLeft: Infinity,
    endsSoon: false,
  });
});

describe("the JSON Schema for editors", () => {
  const file = join(__dirname, "..", "..", "..", "shared", "configuration.schema.json");

  const schema = toJsonSchema(configurationSchema, {
    target: "draft-07",
    errorMode: "ignore",
    typeMode: "input",
  });

  test("matches the code", async () => {
    await expect(
      `${JSON.stringify(schema, null, 2)}\n`,
      "shared/configuration.schema.json is not what the rules' options say: run `npx vitest run --update`",
    ).toMatchFileSnapshot(file);
  });

  const accepts = new Ajv({ allErrors: true }).compile(schema as object);

  test.each(files.flatMap(inEitherVersion))("accepts what the code accepts: %s", (_title, good) => {
    expect([accepts(good), accepts.errors]).toEqual([true, null]);
  });

  // Only the code can check what depends on two values, on a calendar, or on invisible characters.
  const beyondIt = [
    "an exemption with a reason of blanks between two letters",
    "an exemption with a reason of characters without width",
    "an engine that is auto-set and not accepted",
    "a day that does not exist",
    "an end before the beginning",
    "an exemption that lasts too long",
    "an exemption that lasts longer than this organisation allows",
    "two exemptions with one ID",
    "two exemptions of one cluster",
  ];

  test.each(bad)("rejects what the code rejects: %s", (title, { file: refused }) => {
    expect(accepts(JSON.parse(JSON.stringify(refused)))).toBe(beyondIt.includes(title));
  });

  test.each(badVersion2)("rejects what the code rejects in version 2: %s", (title, refused) => {
    expect(accepts(refused)).toBe(beyondIt.includes(title));
  });

  test("accepts exceptions", () => {
    expect([accepts(withExceptions), accepts.errors]).toEqual([true, null]);
  });

  test("accepts the example, and so does the Aspect", () => {
    const example = JSON.parse(
      readFileSync(join(__dirname, "..", "..", "..", "examples", "aks-network-policy.json"), "utf8"),
    ) as Configuration;
    expect([accepts(example), accepts.errors]).toEqual([true, null]);
    expect(() => new AksNetworkPolicyAspect(example)).not.toThrow();
  });

  test("describes every option of every rule", () => {
    const {
      anyOf: [{ properties }],
    } = schema as unknown as {
      anyOf: [
        {
          properties: Record<string, { anyOf: { properties?: Record<string, { description?: string }> }[] }>;
        },
      ];
    };
    for (const rule of ruleNames) {
      const options = Object.entries(properties[rule]?.anyOf[1]?.properties ?? {});
      expect(options.map(([option]) => option)).toEqual(Object.keys(ruleSchemas[rule].entries));
      expect(options.length).toBeGreaterThan(2);
      expect(options.filter(([, { description }]) => description === undefined)).toEqual([]);
    }
  });
});

test("the exemption used in tests is valid", () => {
  expect(
    () => new AksNetworkPolicyAspect({ "network-policy-configured": { exemptions: [exemption()] } }),
  ).not.toThrow();
});

// Checked by the compiler, for users who write the configuration in TypeScript.
test("the static types know the allowed values, and accept the configuration as a constant", () => {
  const constant = {
    all: "advisory",
    "network-policy-configured": { engines: ["cilium"], unknown: "fail" },
  } as const;
  const accepted: Configuration = constant;
  expect(() => new AksNetworkPolicyAspect(accepted)).not.toThrow();
  // @ts-expect-error a misspelled level
  const level: Configuration = { all: "mandatry" };
  // @ts-expect-error a misspelled engine
  const engine: Configuration = { "network-policy-configured": { engines: ["cilum"] } };
  // @ts-expect-error an option of another rule
  const option: Configuration = { "network-policy-supported": { engines: ["cilium"] } };
  for (const wrong of [level, engine, option]) expect(() => new AksNetworkPolicyAspect(wrong)).toThrow();
});
