import { describe, expect, test } from "vitest";
import { kindOf } from "../../../shared/documents/kind";
import { rules } from "../../../shared/rules";
import { documentWriters } from "../../support/document-writers";
import { exampleDay, expectedOf, findingsTold, pulumiVoice, spellings } from "../../support/evaluate";

describe.each(rules.map((rule) => [rule.name, rule] as const))("the examples of %s", (_, rule) => {
  const cases = documentWriters.flatMap((writer) =>
    rule.examples.flatMap((example) =>
      spellings(example.cluster, writer.dialects).flatMap(({ dialect, spelled }) => {
        const document = writer.write(spelled, dialect);
        return document === undefined
          ? []
          : [
              {
                title: `${example.title}, in ${writer.name} (${dialect.name})`,
                writer,
                dialect,
                example,
                document,
              },
            ];
      }),
    ),
  );

  test.each(cases.map((each) => [each.title, each] as const))(
    "%s",
    (_title, { writer, example, document }) => {
      expect(kindOf(document)).toBe(writer.kind);
      const { clusters, notes } = writer.read(document);
      expect([clusters.length, notes]).toEqual([1, []]);
      const [found] = clusters;
      if (found === undefined || "error" in found) throw new Error("it can be read");
      const circumstances = { today: example.today ?? exampleDay };
      const told = findingsTold(rule, found.subject, circumstances, pulumiVoice);
      const { kinds, causes } = expectedOf(example);
      expect(told.map(({ kind }) => kind)).toEqual(kinds);
      if (causes.length > 0) expect(told.map(({ cause }) => cause)).toEqual(causes);
    },
  );

  test("can mostly be expressed in every kind of document, or the test would mean little", () => {
    for (const { name, dialects } of documentWriters)
      for (const dialect of dialects) {
        const said = cases.filter((each) => each.writer.name === name && each.dialect === dialect);
        expect(said.length, `${name} (${dialect.name})`).toBeGreaterThan(rule.examples.length / 2);
      }
  });
});
