import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pulumiDialects } from "../../../shared/dialects";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import type { CauseName } from "../../../shared/rules";
import { causeNames, rules } from "../../../shared/rules";
import type { Example, Rule } from "../../../shared/rules/rule";
import { organisationExamples, saidUnder } from "../../pages/organisations";
import { evaluate, expectedOf, spellings } from "../../support/evaluate";

describe.each(rules.map((rule) => [rule.name, rule] as const))("the examples of %s", (_, rule) => {
  const cases = rule.examples.flatMap((example) =>
    spellings(example.cluster, pulumiDialects).map((spelling) => ({ example, ...spelling })),
  );

  test.each(cases.map((c) => [`${c.example.title}, in ${c.dialect.name}`, c] as const))("%s", (_title, c) => {
    const findings = evaluate(rule, c.spelled, c.dialect, c.example.today);
    const expected = expectedOf(c.example);
    expect(findings.map(({ kind }) => kind)).toEqual(expected.kinds);
    if (expected.causes.length > 0) expect(findings.map(({ cause }) => cause)).toEqual(expected.causes);
  });

  test("every dialect can express most of them, so that conformance means something", () => {
    for (const dialect of pulumiDialects) {
      const said = cases.filter((c) => c.dialect === dialect).length;
      expect(said).toBeGreaterThan(rule.examples.length / 2);
    }
  });

  test("have unique titles", () => {
    const titles = rule.examples.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test("have the texts that users read", async () => {
    const page = rule.examples.map((example) => wordsOf(rule, example)).join("\n");
    const file = join(__dirname, "..", "..", "words", `${rule.name}.txt`);
    await expect(
      page,
      `test/words/${rule.name}.txt is missing or is not what users read: run \`npx vitest run --update\` and read what changed`,
    ).toMatchFileSnapshot(file);
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

test("an organisation's own choices: engines and clusters that it accepts, or not", async () => {
  const page = organisationExamples.map((example) => {
    const said = rules.flatMap((rule) =>
      saidUnder(example, rule).map(({ kind, message }) => `[${kind}] ${message}\n`),
    );
    return `## ${example.title}\n${said.join("")}`;
  });
  await expect(page.join("\n")).toMatchFileSnapshot(
    join(__dirname, "..", "..", "words", "configuration.txt"),
  );
});

describe("the examples together", () => {
  test("reach every cause", () => {
    const ofExamples = rules.flatMap((rule) =>
      rule.examples.flatMap(({ expect }) => ("causes" in expect ? expect.causes : [])),
    );
    const ofOrganisations = organisationExamples.flatMap((example) =>
      rules.flatMap((rule) => saidUnder(example, rule).flatMap(({ cause }) => cause ?? [])),
    );
    const reached = new Set<CauseName>([...ofExamples, ...ofOrganisations]);
    expect(
      causeNames.filter((cause) => !reached.has(cause)),
      "causes that no example of their rule reaches: add one to its examples.ts",
    ).toEqual([]);
  });

  test("pass or fail as a whole: an example that passes its own rule breaks no other, unless another rule's example says so", () => {
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
        "network-policy-compatible: Windows pool of Windows Server 2025, engine azure -> engine-azure-ends-on-windows",
        "network-policy-compatible: no engine at all: network-policy-configured reports it -> not-configured",
        "network-policy-supported: engine azure that Azure refuses: network-policy-compatible reports it -> dataplane-needs-engine-cilium",
      ]
    `);
  });
});
