import { engines } from "../../shared/cluster/cluster";
import { dialects } from "../../shared/dialects";
import { documentKinds, documentNotes } from "../../shared/documents/document";
import { reportedVerdicts } from "../../shared/messages/report";
import { causeNames, ruleNames } from "../../shared/rules";

const text = { type: "string" } as const;
const orNull = (schema: object): object => ({ anyOf: [schema, { type: "null" }] });
const oneOf = (values: readonly string[]): object => ({ type: "string", enum: [...values] });
const count = { type: "integer", minimum: 0 } as const;
const day = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" } as const;
const list = (items: object): object => ({ type: "array", items });

/** An object with exactly these members. */
function object(properties: Readonly<Record<string, object>>): object {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** The causes of findings that belong to no rule's cause. */
const otherCauses = ["unknown", "bug"];

/** The JSON Schema of `check --format json`, built from the lists in the code. */
export const reportSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "What aks-network-policy-pack check found",
  ...object({
    version: { const: 1 },
    tool: object({ name: { const: "aks-network-policy-pack" }, version: text }),
    judgedOn: day,
    inputs: list(
      object({
        file: orNull(text),
        kind: oneOf(documentKinds),
        clusters: count,
        notes: list(oneOf(documentNotes)),
      }),
    ),
    unreadable: list(object({ file: text, reason: text })),
    clusters: list(
      object({
        address: text,
        input: count,
        location: orNull(object({ file: text, line: { type: "integer", minimum: 1 } })),
        tool: orNull(oneOf([...new Set(dialects.map(({ tool }) => tool)), "arm"])),
        engine: orNull(oneOf(engines)),
        verdicts: object(Object.fromEntries(ruleNames.map((name) => [name, oneOf(reportedVerdicts)]))),
        findings: list(
          object({
            rule: oneOf(ruleNames),
            level: oneOf(["error", "warning"]),
            kind: oneOf(["failure", "notice", "unknown", "exempt"]),
            cause: oneOf([...causeNames, ...otherCauses]),
            found: text,
            why: orNull(text),
            fix: list(text),
            effect: orNull(text),
            exemption: orNull(
              object({ id: text, reason: text, owner: orNull(text), expiresOn: orNull(day) }),
            ),
            baseline: orNull(object({ since: day })),
            url: { type: "string", pattern: "^https://" },
            fingerprint: text,
            message: text,
          }),
        ),
      }),
    ),
    unusedExemptions: list(object({ rule: oneOf(ruleNames), id: text, target: text, message: text })),
    baseline: orNull(
      object({
        writtenOn: day,
        owner: orNull(text),
        oldest: orNull(day),
        isOld: { type: "boolean" },
        gone: list(
          object({ rule: oneOf(ruleNames), in: orNull(text), address: text, since: day, fingerprint: text }),
        ),
      }),
    ),
    summary: object({
      clusters: count,
      failing: count,
      baselined: count,
      unknown: count,
      exempt: count,
      passing: count,
    }),
  }),
};
