import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { notKnownYet } from "../../shared/cluster/declaration";
import { pulumiDialects } from "../../shared/dialects";
import { armTemplate } from "../../shared/dialects/arm-template";
import { azurerm } from "../../shared/dialects/azurerm";
import type { Dialect } from "../../shared/dialects/dialect";
import type { Inputs } from "../../shared/reading/spell";
import { spell } from "../../shared/reading/spell";
import { rules } from "../../shared/rules";
import type { Case } from "../pages/comparison";
import { asArmTemplate, asHcl, cases, declare } from "../pages/comparison";
import { evaluate } from "../support/evaluate";
import { profileIn } from "../support/hcl";
import { annotationsOf, bothLibraries, onExampleDay, synthesised } from "../support/terraform";

const folder = join(__dirname, "..", "..", "examples", "comparison");
const [cdktf, cdktn] = bothLibraries;
const titled = cases.map((each) => [each.name, each] as const);

/** A file's values, with values that are only known at deployment marked. */
function withUnknowns(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === "string" && /^(?:\$\{var\.|\[parameters\()/.test(value) ? notKnownYet : value,
  );
}

function verdictOn(cluster: unknown, dialect: Dialect): Case["right"] {
  const kinds = rules.flatMap((rule) => evaluate(rule, { cluster }, dialect).map(({ kind }) => kind));
  if (kinds.includes("failure")) return "fail";
  return kinds.includes("unknown") ? "unknown" : "pass";
}

/** An end of support in the future: the cluster passes. */
function isNotice(message: string): boolean {
  return message.includes("loses Azure's support");
}

describe.each(titled)("%s", (name, each) => {
  const json = `${cdktf.lib.Testing.synth(declare(each, cdktf, name).stack)}\n`;
  const template = asArmTemplate(each);

  test("is in the files", async () => {
    await expect(asHcl(each)).toMatchFileSnapshot(join(folder, "hcl", name, "main.tf"));
    await expect(json).toMatchFileSnapshot(join(folder, "cdktf", name, "cdk.tf.json"));
    await expect(template).toMatchFileSnapshot(join(folder, "arm", name, "template.json"));
  });

  test("gets the right verdict from its files, and in every dialect of Pulumi", () => {
    const { resource } = withUnknowns(json) as {
      resource: { azurerm_kubernetes_cluster: { aks: Inputs } };
    };
    const { resources } = withUnknowns(template) as { resources: Inputs[] };
    expect(verdictOn(resource.azurerm_kubernetes_cluster.aks, azurerm)).toBe(each.right);
    expect(resources.map((cluster) => verdictOn(cluster, armTemplate))).toEqual([each.right]);
    for (const dialect of pulumiDialects)
      expect(verdictOn(spell(each.cluster, dialect)?.cluster, dialect)).toBe(each.right);
  });

  test.each([cdktf, cdktn])(
    "gets it from the Aspect in a program of $name, which writes this HCL",
    (library) => {
      const { app, stack } = declare(each, library, name);
      library.lib.Aspects.of(stack).add(new AksNetworkPolicyAspect({}, onExampleDay));
      synthesised(app);
      const levels = new Set(
        annotationsOf(app)
          .filter(({ message }) => !isNotice(message))
          .map(({ level }) => level),
      );
      const verdict = levels.has("error") ? "fail" : levels.has("warn") ? "unknown" : "pass";
      expect(verdict).toBe(each.right);
      const hcl = String(library.lib.Testing.synthHcl(declare(each, library, name).stack));
      expect(profileIn(hcl)).toEqual(profileIn(asHcl(each)));
    },
  );
});

describe("the table of results", () => {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| `(.*)` \| (\w+) \| (.*) \|$/gm)].map(
    ([, name = "", right = "", cells = ""]) => ({
      name,
      right,
      cells: cells.split(" | "),
    }),
  );

  test("has exactly the cases of the folders", () => {
    expect(rows.map(({ name, right }) => ({ name, right }))).toEqual(
      cases.map(({ name, right }) => ({ name, right })),
    );
    for (const form of ["hcl", "cdktf", "arm"])
      expect(readdirSync(join(folder, form)).sort()).toEqual(cases.map(({ name }) => name).sort());
  });

  test("marks wrong results, and counts correct ones", () => {
    const [, totals = ""] = /^\| \*\*right of 16\*\* \| \| (.*) \|$/m.exec(readme) ?? [];
    const counted = totals.split(" | ").map(
      (_, column) =>
        rows.filter(({ right, cells }) => {
          const [answer = "", mark] = (cells[column] ?? "").split(" ✗");
          const isRight = right === (answer === "no report" ? "pass" : answer);
          expect([answer, mark === undefined]).toEqual([answer, isRight]);
          return isRight;
        }).length,
    );
    expect(counted.map((count) => `**${count}**`).join(" | ")).toBe(totals);
    const always = (answer: string): number => cases.filter(({ right }) => right === answer).length;
    expect(readme).toContain(`fails every cluster would be right ${always("fail")} times`);
    expect(readme).toContain(`passes every cluster ${always("pass")} times`);
  });
});
