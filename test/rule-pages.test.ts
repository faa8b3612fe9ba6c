import { parse } from "yaml";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import type { Rule } from "../shared";
import { rules, sections } from "../shared";
import type { Inputs } from "../shared/declaration";
import type { Example } from "../shared/rule";
import { headings } from "./pages/causes";
import { messages, messagesPage } from "./pages/messages-page";
import { replacementPage } from "./pages/replacement-page";
import { rulePage, shownFixes } from "./pages/rule-page";
import type { Notation, Repair } from "./pages/snippets";
import { exampleCalled, notations, repairOf, snippet } from "./pages/snippets";
import { verdictTable } from "./pages/verdict-table";
import { evaluate } from "./support/evaluate";
import { profileIn } from "./support/hcl";
import { anchorsOf } from "./support/markdown";
import { libraries, required } from "./support/terraform";
import { diagnosticsOf } from "./support/typescript";

const root = join(__dirname, "..");
const docs = join(root, "docs");

describe("the generated pages are what the rules say", () => {
  test.each(rules.map((rule) => [rule.name, rule] as const))("%s", async (name, rule) => {
    await expect(rulePage(rule)).toMatchFileSnapshot(join(docs, "rules", `${name}.md`));
  });

  test("replaced or in place", async () => {
    await expect(replacementPage()).toMatchFileSnapshot(join(docs, "replacement.md"));
  });

  test("every other message", async () => {
    await expect(messagesPage()).toMatchFileSnapshot(join(docs, "messages.md"));
  });

  test("the table of verdicts in the README", () => {
    const readme = readFileSync(join(docs, "..", "README.md"), "utf8");
    const [, shown] = /<!-- verdicts -->\n([^]*)<!-- \/verdicts -->/.exec(readme) ?? [];
    expect(shown).toBe(verdictTable());
  });
});

describe("the pages", () => {
  const pages = readdirSync(docs, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(docs, name));
  const textOf = (page: string): string => readFileSync(page, "utf8");

  test("are those of the rules, what they share, and what the README leaves to them", () => {
    const expected = [
      "auto-set",
      "messages",
      "replacement",
      "what-is-judged",
      ...rules.map(({ name }) => `rules/${name}`),
    ];
    expect(pages.sort()).toEqual(expected.map((name) => join(docs, `${name}.md`)).sort());
  });

  test("have a place for every cause, and for what is not known yet", () => {
    const anchors = new Set(rules.flatMap((rule) => [...anchorsOf(rulePage(rule))]));
    for (const cause of Object.keys(headings))
      expect(anchors.has(cause) || anchors.has(`${cause}-notice`) ? undefined : cause).toBeUndefined();
    for (const rule of rules) expect(anchorsOf(rulePage(rule))).toContain("not-known-yet");
  });

  test("have the place to which every message leads that names one", () => {
    const readme = textOf(join(root, "README.md"));
    const led = Object.values(messages())
      .flat()
      .flatMap(({ text }) => [...text.matchAll(/^(?:Rule|More): (.*)#(.*)$/gm)]);
    expect(new Set(led.map(([, , anchor]) => anchor)).size).toBe(1 + sections.length);
    for (const [, page, anchor] of led) {
      expect(page).toBe("https://www.npmjs.com/package/aks-network-policy-pack");
      expect(anchorsOf(readme)).toContain(anchor);
    }
  });
});

/** Every fix that a page shows, in every notation. */
interface Shown {
  readonly rule: Rule;
  readonly example: Example;
  readonly notation: Notation;
  readonly repair: Repair;
  readonly text: string;
}
const shown: readonly Shown[] = rules.flatMap((rule) =>
  shownFixes[rule.name].flatMap(([, title]) =>
    notations.map((notation) => {
      const example = exampleCalled(rule, title);
      const repair = repairOf(example, notation.dialect);
      return { rule, example, notation, repair, text: snippet(repair, notation) };
    }),
  ),
);
const inLanguage = (language: Notation["language"]): readonly Shown[] =>
  shown.filter(({ notation }) => notation.language === language);
const titled = (each: Shown): readonly [string, Shown] => [
  `${each.rule.name}, ${each.example.title}, ${each.notation.name}`,
  each,
];

describe("a fix as a page shows it", () => {
  /** What the snippet says, read by the language's own parser. */
  function parsed({ notation, text, repair }: Shown): Inputs {
    switch (notation.language) {
      case "ts": {
        const { outputText } = ts.transpileModule(`shown = {\n${text}\n};`, {});
        return runInNewContext(outputText, {}) as Inputs;
      }
      case "yaml":
        return parse(text) as Inputs;
      case "hcl":
        // Compared below with what CDKTF renders.
        return repair.after;
    }
  }

  test.each(shown.map(titled))("passes every rule: %s", (_, each) => {
    const { rule, example, notation, repair } = each;
    const cluster = { ...repair.before, ...(JSON.parse(JSON.stringify(parsed(each))) as Inputs) };
    const judge = (inputs: Inputs): string[] =>
      rules.flatMap((every) =>
        evaluate(every, { cluster: inputs, poolsApart: repair.poolsApart }, notation.dialect, example.today)
          .filter(({ kind, cause }) => kind === "failure" || cause?.endsWith("-ends") === true)
          .map(({ message }) => message),
      );
    expect(judge(repair.before).length).toBeGreaterThan(0);
    expect(judge(cluster)).toEqual([]);
    expect(rulePage(rule)).toContain(`\n${each.text}\n`);
  });

  test("compiles against the types of every SDK", () => {
    const wrapped = (
      importing: string,
      name: Notation["name"],
      one: (text: string, i: number) => string,
    ): string =>
      [
        importing,
        ...inLanguage("ts")
          .filter(({ notation }) => notation.name === name)
          .map(({ text }, i) => one(text, i)),
      ].join("\n");
    const [native = "", , classic = "", terraform = ""] = notations.map(({ name }) => name);
    const ofTerraform = (library: string): string =>
      wrapped(
        `import { KubernetesCluster } from "@${library}/provider-azurerm/lib/kubernetes-cluster";
         import { TerraformStack } from "${library}";
         declare const stack: TerraformStack;
         const others = ${JSON.stringify(required)};`,
        terraform,
        (text, i) => `new KubernetesCluster(stack, "aks${i}", { ...others,\n${text}\n});`,
      );
    const programs = {
      "native.ts": wrapped(
        `import { ManagedCluster } from "@pulumi/azure-native/containerservice";`,
        native,
        (text, i) => `new ManagedCluster("aks${i}", { resourceGroupName: "shop",\n${text}\n});`,
      ),
      "classic.ts": wrapped(
        `import { KubernetesCluster } from "@pulumi/azure/containerservice";
         const others = { resourceGroupName: "shop", defaultNodePool: { name: "system", vmSize: "Standard_D4s_v5" } };`,
        classic,
        (text, i) => `new KubernetesCluster("aks${i}", { ...others,\n${text}\n});`,
      ),
      "cdktf.ts": ofTerraform("cdktf"),
      "cdktn.ts": ofTerraform("cdktn"),
    };
    for (const program of Object.values(programs)) expect(program).toContain("networkProfile: {");
    // A misspelt property is told, so the types are read.
    const misspelt = { "misspelt.ts": programs["native.ts"].replace("networkPolicy:", "netwrkPolicy:") };
    const found = diagnosticsOf({ ...programs, ...misspelt }, root);
    expect(found.filter((each) => !each.startsWith("misspelt.ts"))).toEqual([]);
    expect(found.join()).toContain("'netwrkPolicy' does not exist");
  });

  test.each(inLanguage("hcl").map(titled))(
    "is the HCL of CDKTF and CDK Terrain: %s",
    (_, { example, text }) => {
      const typed = notations.find(({ dialect }) => dialect.name === "azurerm, typed");
      if (typed === undefined) throw new Error("CDKTF is shown");
      const networkProfile = repairOf(example, typed.dialect).after["networkProfile"] as {
        networkPlugin: string;
      };
      for (const { lib, KubernetesCluster } of libraries) {
        const stack = new lib.TerraformStack(lib.Testing.app(), "s");
        new KubernetesCluster(stack, "aks", { ...required, networkProfile });
        expect(profileIn(text).length).toBeGreaterThan(1);
        expect(profileIn(String(lib.Testing.synthHcl(stack)))).toEqual(profileIn(text));
      }
    },
  );
});
