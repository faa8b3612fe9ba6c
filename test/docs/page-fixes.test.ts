import { parse } from "yaml";
import { join } from "node:path";
import ts from "typescript";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import type { Inputs } from "../../shared/reading/spell";
import { rules } from "../../shared/rules";
import type { Example, Rule } from "../../shared/rules/rule";
import { rulePage } from "../pages/rule-page";
import type { Notation, Repair } from "../pages/snippets";
import { exampleCalled, notations, repairOf, snippet } from "../pages/snippets";
import { evaluate } from "../support/evaluate";
import { profileIn } from "../support/hcl";
import { libraries, required } from "../support/terraform";
import { diagnosticsOf } from "../support/typescript";

const root = join(__dirname, "..", "..");

/** Every fix that a page shows, in every notation. */
interface Shown {
  readonly rule: Rule;
  readonly example: Example;
  readonly notation: Notation;
  readonly repair: Repair;
  readonly text: string;
}
const shown: readonly Shown[] = rules.flatMap((rule) =>
  rule.fixesShown.flatMap(({ example: title }) =>
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

describe("a fix on a page", () => {
  /** The snippet's content, read by the language's own parser. */
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
        evaluate(
          every,
          { cluster: inputs, separatePools: repair.separatePools },
          notation.dialect,
          example.today,
        )
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
    // A misspelled property is reported, so the types are really checked.
    const misspelt = { "misspelt.ts": programs["native.ts"].replace("networkPolicy:", "netwrkPolicy:") };
    const found = diagnosticsOf({ ...programs, ...misspelt }, root);
    expect(found.filter((each) => !each.startsWith("misspelt.ts"))).toEqual([]);
    expect(found.join()).toContain("'netwrkPolicy' does not exist");
  });

  test.each(inLanguage("hcl").map(titled))(
    "matches the HCL of CDKTF and CDK Terrain: %s",
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
