import fc from "fast-check";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CauseName, Dialect, Options, Rule } from "../shared";
import {
  azureClassic,
  azureNative,
  defaultOptions,
  dialects,
  readCluster,
  readPool,
  rules,
  terraformDialects,
  withPools,
} from "../shared";
import { realEngines } from "../shared/cluster";
import type { Declaration, Inputs } from "../shared/declaration";
import { notKnownYet, write } from "../shared/declaration";
import { fixOf } from "../shared/fix";
import type { Example } from "../shared/rule";
import { organisationExamples, saidUnder } from "./pages/organisations";
import { accepting, evaluate, exampleDay, plainField, pulumiVoice, spellings } from "./support/evaluate";

/** Fixed, so that a failure is the same everywhere; printed, so that it can be changed. */
const seed = 20261123;
fc.configureGlobal({ seed, numRuns: 3000 });
console.log(`property tests: seed ${seed}, 3000 runs each`);

function verdictOf(example: Example): { kinds: string[]; causes: string[] } {
  switch (example.expect.verdict) {
    case "pass":
    case "not applicable":
      return { kinds: [], causes: [] };
    case "unknown":
      return { kinds: ["unknown"], causes: [] };
    case "fail":
      return { kinds: example.expect.causes.map(() => "failure"), causes: [...example.expect.causes] };
    case "notice":
      return { kinds: example.expect.causes.map(() => "notice"), causes: [...example.expect.causes] };
  }
}

describe.each(rules.map((rule) => [rule.name, rule] as const))("the examples of %s", (_, rule) => {
  const cases = rule.examples.flatMap((example) =>
    spellings(example.cluster, dialects).map((spelling) => ({ example, ...spelling })),
  );

  test.each(cases.map((c) => [`${c.example.title}, in ${c.dialect.name}`, c] as const))("%s", (_title, c) => {
    const findings = evaluate(rule, c.spelled, c.dialect, c.example.today);
    const expected = verdictOf(c.example);
    expect(findings.map(({ kind }) => kind)).toEqual(expected.kinds);
    if (expected.causes.length > 0) expect(findings.map(({ cause }) => cause)).toEqual(expected.causes);
  });

  test("every dialect can say most of them, so that conformance means something", () => {
    for (const dialect of dialects) {
      const said = cases.filter((c) => c.dialect === dialect).length;
      expect(said).toBeGreaterThan(rule.examples.length / 2);
    }
  });

  test("have titles of their own", () => {
    const titles = rule.examples.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test("say the words that users read", async () => {
    const page = rule.examples.map((example) => wordsOf(rule, example)).join("\n");
    await expect(page).toMatchFileSnapshot(join(__dirname, "words", `${rule.name}.txt`));
  });
});

function wordsOf(rule: Rule, example: Example): string {
  const blocks = spellings(example.cluster, [azureNative, azureClassic]).map(({ dialect, spelled }) => {
    const findings = evaluate(rule, spelled, dialect, example.today);
    const said = findings.map(({ kind, message }) => `[${kind}] ${message}\n`);
    return `## ${example.title} (${dialect.name})\n${said.join("") || "[nothing to say]\n"}`;
  });
  return blocks.join("\n");
}

test("an organisation's own words: engines and clusters that it accepts, or does not", async () => {
  const page = organisationExamples.map((example) => {
    const said = rules.flatMap((rule) =>
      saidUnder(example, rule).map(({ kind, message }) => `[${kind}] ${message}\n`),
    );
    return `## ${example.title}\n${said.join("")}`;
  });
  await expect(page.join("\n")).toMatchFileSnapshot(join(__dirname, "words", "configuration.txt"));
});

// A new cause that is not listed here does not compile, and one without an example fails below.
// `engine-not-accepted` takes an organisation that accepts fewer engines: test/pages/organisations.ts.
const everyCause: Readonly<Record<Exclude<CauseName, "engine-not-accepted">, true>> = {
  "automatic-has-cilium": true,
  "bring-your-own-cni": true,
  "calico-not-with-auto-provisioning": true,
  "cilium-is-linux-only": true,
  "cilium-needs-its-dataplane": true,
  "dataplane-needs-engine-cilium": true,
  "dataplane-needs-plugin-azure": true,
  "dual-stack-needs-cilium": true,
  "engine-azure-ends": true,
  "engine-azure-ends-on-windows": true,
  "engine-needs-plugin-azure": true,
  "kubenet-ends": true,
  "network-security-needs-cilium": true,
  "not-an-engine": true,
  "not-configured": true,
  "plugin-none-takes-no-engine": true,
  "plugin-not-written": true,
  "too-many-nodes": true,
  "unrecognized-value": true,
  "windows-needs-plugin-azure": true,
};

describe("the examples together", () => {
  test("reach every cause", () => {
    const reached = new Set(
      rules.flatMap((rule) =>
        rule.examples.flatMap(({ expect }) => ("causes" in expect ? expect.causes : [])),
      ),
    );
    expect([...reached].sort()).toEqual(Object.keys(everyCause).sort());
  });

  test("are red or green as a whole: an example that passes its own rule breaks no other, unless another rule's example says so", () => {
    const failing = rules.flatMap((rule) =>
      rule.examples
        .filter(({ expect }) => expect.verdict === "pass" || expect.verdict === "notice")
        .flatMap((example) => {
          const [spelling] = spellings(example.cluster, dialects);
          if (spelling === undefined) return [];
          const others = rules.filter((other) => other !== rule);
          return others.flatMap((other) =>
            evaluate(other, spelling.spelled, spelling.dialect, example.today)
              .filter(({ kind }) => kind === "failure")
              .map(({ cause }) => `${rule.name}: ${example.title} -> ${cause ?? "?"}`),
          );
        }),
    );
    expect(failing).toMatchInlineSnapshot(`
      [
        "network-policy-compatible: no engine at all: the rule for the engine says so -> not-configured",
        "network-policy-supported: engine azure that Azure refuses: the rule for what fits says so -> dataplane-needs-engine-cilium",
      ]
    `);
  });
});

const words = {
  engine: [undefined, null, "", "none", "azure", "calico", "cilium", "istio"],
  plugin: [undefined, "azure", "kubenet", "none", "flannel"],
  mode: [undefined, "overlay"],
  dataplane: [undefined, "azure", "cilium", "cilum"],
  sku: [undefined, "Base", "Automatic"],
  ipFamilies: [undefined, ["IPv4"], ["IPv4", "IPv6"]],
  nodeProvisioning: [undefined, "Auto", "Manual"],
  advancedNetworkSecurity: [undefined, true, false],
} as const;

const pool = fc.record(
  {
    os: fc.constantFrom("Linux", "Windows"),
    osSku: fc.constantFrom("Ubuntu", "Windows2022"),
    count: fc.constantFrom(1, 200, 300),
    apart: fc.constant(true as const),
  },
  { requiredKeys: [] },
);

const declarations: fc.Arbitrary<Declaration> = fc
  .record({
    ...(Object.fromEntries(
      Object.entries(words).map(([name, values]) => [name, fc.constantFrom<unknown>(...values)]),
    ) as { [Name in keyof typeof words]: fc.Arbitrary<unknown> }),
    windowsProfile: fc.constantFrom(undefined, undefined, { adminUsername: "azureuser" }),
    pools: fc.array(pool, { maxLength: 3 }),
  })
  .map(
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Declaration,
  );

const everyDialect = fc.constantFrom(...dialects, ...terraformDialects);
const acceptedEngines = fc.subarray([...realEngines], { minLength: 1 });

function judgeAll(
  declaration: Declaration,
  dialect: Dialect,
  options: Options = defaultOptions,
): { failures: (CauseName | undefined)[]; findings: number } | undefined {
  const [spelling] = spellings(declaration, [dialect]);
  if (spelling === undefined) return undefined;
  const findings = rules.flatMap((rule) =>
    evaluate(rule, spelling.spelled, dialect, exampleDay, pulumiVoice, undefined, options),
  );
  return {
    failures: findings.filter(({ kind }) => kind === "failure").map(({ cause }) => cause),
    findings: findings.length,
  };
}

// What holds of any input at all is in test/fuzz.
describe("for any cluster", () => {
  test("a finding says of a setting only what is written", () => {
    fc.assert(
      fc.property(
        declarations,
        fc.subarray(["engine", "plugin", "dataplane", "sku"] as const, { minLength: 1 }),
        fc.constantFrom("fail", "warn", "allow"),
        (declaration, hidden, bringYourOwnCni) => {
          const blurred = {
            ...declaration,
            ...Object.fromEntries(hidden.map((name) => [name, notKnownYet])),
          };
          const [spelling] = spellings(blurred, [azureNative]);
          if (spelling === undefined) return;
          const configured = { ...defaultOptions["network-policy-configured"], bringYourOwnCni };
          const options = { ...defaultOptions, "network-policy-configured": configured };
          const found = rules
            .flatMap((rule) =>
              evaluate(rule, spelling.spelled, azureNative, exampleDay, pulumiVoice, undefined, options),
            )
            .map(({ message }) => message.split("\n")[0] ?? "");
          for (const name of hidden) {
            for (const path of azureNative.settings[name]) expect(found.join()).not.toContain(`${path} is "`);
          }
        },
      ),
    );
  });

  test("a finding that asks for a fix says which", () => {
    fc.assert(
      fc.property(declarations, everyDialect, acceptedEngines, (declaration, dialect, engines) => {
        for (const { spelled } of spellings(declaration, [dialect])) {
          const found = rules.flatMap((rule) =>
            evaluate(rule, spelled, dialect, exampleDay, pulumiVoice, undefined, accepting(engines)),
          );
          for (const { message } of found) expect(message).not.toMatch(/\(keep the other settings\): *$/m);
        }
      }),
    );
  });

  test("the lines that a failure asks for make every rule pass", () => {
    let repaired = 0;
    fc.assert(
      fc.property(declarations, everyDialect, acceptedEngines, (declaration, dialect, engines) => {
        const options = accepting(engines);
        const [spelling] = spellings(declaration, [dialect]);
        const before = judgeAll(declaration, dialect, options);
        if (spelling === undefined || before === undefined || before.failures.length === 0) return;
        if (before.failures.every((cause) => cause === "unrecognized-value")) return;
        const cluster = readClusterOf(spelling.spelled.cluster, spelling.spelled.poolsApart, dialect);
        const fix = fixOf(cluster, dialect, { today: exampleDay, options });
        const fixed = structuredClone(spelling.spelled.cluster);
        switch (fix.kind) {
          case "split the cluster":
            expect(engines).toEqual(expect.arrayContaining(["calico", "cilium"]));
            return;
          case "no accepted engine":
            expect(engines.length).toBeLessThan(realEngines.length);
            return;
          case "remove":
            for (const path of fix.paths) write(fixed, path, undefined);
            break;
          case "write":
            for (const { path, value } of fix.settings) write(fixed, path, value);
            break;
        }
        repaired += 1;
        const after = rules.flatMap((rule) =>
          evaluate(
            rule,
            { cluster: fixed, poolsApart: spelling.spelled.poolsApart },
            dialect,
            exampleDay,
            pulumiVoice,
            undefined,
            options,
          ),
        );
        expect(after.filter(({ kind }) => kind === "failure").map(({ message }) => message)).toEqual([]);
      }),
    );
    expect(repaired).toBeGreaterThan(500);
  });

  test("azurerm cares about case", () => {
    expect(judgeAll({ plugin: "azure", engine: "Calico" }, azureClassic)?.failures).toEqual([
      "not-an-engine",
    ]);
  });
});

function readClusterOf(cluster: Inputs, poolsApart: readonly Inputs[], dialect: Dialect) {
  return withPools(
    readCluster(plainField(cluster), dialect),
    poolsApart.map((inputs) => readPool(plainField(inputs), dialect)),
  );
}

describe("for any text at all", () => {
  test("nothing outside a closed set is echoed", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 40 }),
        fc.constantFrom(...Object.keys(words)),
        (secret, name) => {
          const rare = `Zq${secret}`;
          const [spelling] = spellings({ [name]: name === "ipFamilies" ? [rare] : rare }, [azureNative]);
          if (spelling === undefined) throw new Error("azure-native can say everything");
          const messages = rules
            .flatMap((rule) => evaluate(rule, spelling.spelled, azureNative))
            .map(({ message }) => message);
          expect(messages.join("\n")).not.toContain(rare);
        },
      ),
    );
  });
});
