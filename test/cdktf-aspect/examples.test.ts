import { describe, expect, test } from "vitest";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { spell } from "../../shared/reading/spell";
import { rules } from "../../shared/rules";
import type { Example } from "../../shared/rules/rule";
import { aspectVoice, evaluate, exampleDay } from "../support/evaluate";
import type { Library } from "../support/terraform";
import { annotationsOf, appWith, libraries, synthesised } from "../support/terraform";
import { otherShapes, plainShapes, typed } from "../support/terraform-shapes";

const cases = rules.flatMap((rule) => rule.examples.map((example) => ({ rule, example })));

function expectedKinds({ expect: expected }: Example): string[] {
  switch (expected.verdict) {
    case "pass":
    case "not applicable":
      return [];
    case "unknown":
      return ["unknown"];
    case "fail":
      return expected.causes.map(() => "failure");
    case "notice":
      return expected.causes.map(() => "notice");
  }
}

/** The forms in which the example can be expressed. */
function sayable(example: Example, library: Library) {
  return [...plainShapes, ...otherShapes].flatMap((shape) => {
    const spelled = spell(example.cluster, shape.dialect);
    if (spelled === undefined || (spelled.separatePools.length > 0 && !shape.takesPoolsApart)) return [];
    // The older bindings have no class for it.
    if (shape === typed && "nodeProvisioningProfile" in spelled.cluster && library.name === "cdktf")
      return [];
    return [{ shape, spelled }];
  });
}

describe.each(libraries)("$name", (library) => {
  const said = cases.flatMap(({ rule, example }) =>
    sayable(example, library).map((how) => ({ rule, example, ...how })),
  );

  test.each(
    said.map((each) => [`${each.rule.name}, ${each.example.title}, as ${each.shape.name}`, each] as const),
  )("%s", (_title, { rule, example, shape, spelled }) => {
    const today = example.today ?? exampleDay;
    const { app, stack } = appWith(library, {}, { today: () => today });
    shape.declare(library, stack, spelled);
    synthesised(app);

    const toolVersion = shape.toolVersion(library);
    const inputs = { cluster: shape.inputs(spelled.cluster), separatePools: spelled.separatePools };
    const findings = rules.map((each) => ({
      name: each.name,
      found: evaluate(each, inputs, shape.dialect, today, aspectVoice, toolVersion),
    }));
    const expected = findings.flatMap(({ name, found }) =>
      found.map(({ kind, message }) => `${kind === "failure" ? "error" : "warn"} ${name}: ${message}`),
    );
    const got = annotationsOf(app).map(
      ({ level, message }) => `${level} ${message.replace(/ \(template_content resources\[0\]\)/, "")}`,
    );
    expect(got).toEqual(expected);
    if (plainShapes.includes(shape)) {
      const own = findings.find(({ name }) => name === rule.name)?.found ?? [];
      expect(own.map(({ kind }) => kind)).toEqual(expectedKinds(example));
    }
  });

  test.each([...plainShapes, ...otherShapes].map((shape) => [shape.name, shape] as const))(
    "%s can be expressed often enough for the test to mean something",
    (_name, shape) => {
      const count = said.filter((each) => each.shape === shape).length;
      expect(count).toBeGreaterThan(shape.name === "the automatic cluster" ? 0 : cases.length / 2);
    },
  );
});

describe("the same cluster gets the same verdict in every spelling:", () => {
  test.each(cases.map(({ rule, example }) => [`${rule.name}, ${example.title}`, rule, example] as const))(
    "%s",
    (_title, rule, example) => {
      const dialects = [azureNative, azureClassic, ...plainShapes.map(({ dialect }) => dialect)];
      const verdicts = dialects.flatMap((dialect) => {
        const spelled = spell(example.cluster, dialect);
        if (spelled === undefined) return [];
        const found = evaluate(rule, spelled, dialect, example.today);
        return [found.map(({ kind, cause = "" }) => `${kind} ${cause}`).join("; ")];
      });
      expect(verdicts.length).toBeGreaterThanOrEqual(3);
      expect(new Set(verdicts).size).toBe(1);
    },
  );
});
