import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pulumiDialects } from "../shared/dialects";
import { azureClassic } from "../shared/dialects/azure-classic";
import { azureNative } from "../shared/dialects/azure-native";
import { rules } from "../shared/rules";
import type { Example, Rule } from "../shared/rules/rule";
import type { CauseName } from "../shared/rules/verdict";
import { organisationExamples, saidUnder } from "./pages/organisations";
import { evaluate, spellings } from "./support/evaluate";

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
    spellings(example.cluster, pulumiDialects).map((spelling) => ({ example, ...spelling })),
  );

  test.each(cases.map((c) => [`${c.example.title}, in ${c.dialect.name}`, c] as const))("%s", (_title, c) => {
    const findings = evaluate(rule, c.spelled, c.dialect, c.example.today);
    const expected = verdictOf(c.example);
    expect(findings.map(({ kind }) => kind)).toEqual(expected.kinds);
    if (expected.causes.length > 0) expect(findings.map(({ cause }) => cause)).toEqual(expected.causes);
  });

  test("every dialect can say most of them, so that conformance means something", () => {
    for (const dialect of pulumiDialects) {
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
          const [spelling] = spellings(example.cluster, pulumiDialects);
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
