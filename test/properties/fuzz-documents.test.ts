/**
 * Hostile documents for `check`: a short version of `npm run fuzz`, and a test that its invariants can fail.
 */
import { describe, expect, test } from "vitest";
import { ownBug } from "../../cli/main";
import type { Report } from "../../shared/messages/report";
import type { Command, Run } from "../fuzz/documents/check-document";
import { command, timeLimit } from "../fuzz/documents/check-document";
import { processorTimeSince } from "../support/processor-time";
import { hasItsShape, isFitToPrint } from "../fuzz/documents/printed";
import { marker } from "../fuzz/generate";
import { documentSummary, run } from "../fuzz/jobs";
import { propertyRuns } from "../support/property-runs";

/** Fixed, so that a failure is reproducible. `npm run fuzz -- --stage documents` takes any seed. */
const seed = 20261127;

test("hostile documents hold every invariant of the command", async () => {
  const { numRuns: runs, endOnFailure } = propertyRuns(2500);
  const outcome = await run({ stage: "documents", seed, runs, endOnFailure });
  if ("failure" in outcome) throw new Error(outcome.failure);
  const { documents } = outcome;
  if (documents === undefined) throw new Error("no documents");
  console.log(`fuzz: seed ${seed}, ${documentSummary(documents)}`);
  // Documents that all end the same way, or are all unreadable, prove nothing.
  for (const outcomeOfMany of ["clean", "findings", "unknown", "not checked", "no cluster"])
    expect(documents.outcomes[outcomeOfMany], outcomeOfMany).toBeGreaterThan(runs / 100);
  expect(Object.keys(documents.kinds)).toHaveLength(7);
  for (const count of Object.values(documents.checked)) expect(count).toBeGreaterThan(runs / 10);
}, 120_000);

describe("a defective command is detected, because", () => {
  /** Changes the output of the command under test if it is a report of clusters. */
  const withDefect =
    (change: (ran: Run, report: Report) => Run | Promise<Run>): Command =>
    async (...args) => {
      const ran = await command(...args);
      if (ran.out === "") return ran;
      const report = JSON.parse(ran.out) as Report;
      return report.clusters.length === 0 ? ran : change(ran, report);
    };
  const said = (report: object): string => `${JSON.stringify(report)}\n`;
  const isFailing = ({ summary }: Report): boolean => summary.failing > 0;

  const defects: readonly (readonly [defect: string, Command, invariant: string])[] = [
    [
      "it echoes a value",
      withDefect((ran) => ({ ...ran, error: `${ran.error}Found ${marker}.\n` })),
      "no value outside the closed sets is echoed",
    ],
    [
      "it echoes a value in its report",
      withDefect((ran, report) => ({
        ...ran,
        out: said({
          ...report,
          unusedExemptions: [{ rule: "network-policy-configured", id: "x", target: "s:x", message: marker }],
        }),
      })),
      "no value outside the closed sets is echoed",
    ],
    [
      "it throws",
      withDefect(() => {
        throw new TypeError("planted");
      }),
      "planted",
    ],
    [
      "it catches an internal bug",
      () =>
        Promise.resolve({
          code: 2,
          out: "",
          error: `aks-network-policy-pack ${ownBug} (TypeError), so nothing was checked.\n`,
        }),
      "never throws",
    ],
    [
      "it takes too long",
      withDefect((ran) => {
        const before = process.cpuUsage();
        while (processorTimeSince(before) < timeLimit(1_000_000));
        return ran;
      }),
      "ends within",
    ],
    ["it exits with another code", withDefect((ran) => ({ ...ran, code: 7 })), "the exit code"],
    ["it succeeds in spite of failures", withDefect((ran) => ({ ...ran, code: 0 })), "the exit code is that"],
    [
      "it passes what fails",
      withDefect((ran, report) => {
        const passed = JSON.parse(JSON.stringify(report).replaceAll('"fail"', '"pass"')) as Report;
        return isFailing(report) ? { ...ran, code: 0, out: said(passed) } : ran;
      }),
      "never passes without an engine",
    ],
    [
      "it loses clusters",
      withDefect((ran, report) => ({ ...ran, code: 3, out: said({ ...report, clusters: [] }) })),
      "no declared cluster is left out",
    ],
    [
      "it cannot read a valid document",
      withDefect(() => ({ code: 2, out: "", error: "It is no JSON.\n" })),
      "reads what is whole",
    ],
    ["it prints nothing", withDefect(() => ({ code: 2, out: "", error: "" })), "says why"],
    [
      "it prints terminal control characters",
      withDefect((ran) => ({ ...ran, error: "\u001b[31mno\n" })),
      "no raw control character",
    ],
  ];
  test.each(defects)("%s", async (_defect, planted, invariant) => {
    const outcome = await run({ stage: "documents", seed, runs: 300, endOnFailure: true }, planted);
    const failure = "failure" in outcome ? outcome.failure : "";
    expect(failure).toContain("--stage documents");
    expect(failure).toContain(invariant);
  });

  test.each([
    ["json", "{\n"],
    ["sarif", '{"version": "2.1.0", "runs": [{}]}\n'],
    ["gitlab", '[{"fingerprint": "a"}, {"fingerprint": "a"}]\n'],
    ["junit", "<testsuites><testsuite></testsuites>\n"],
    ["junit", "<testsuites>a & b</testsuites>\n"],
    ["junit", '<testsuites name="\u0001"></testsuites>\n'],
    ["junit", "<testsuites>\n"],
    ["csv", 'a,b\r\n"c\r\n'],
    ["csv", "a,b\r\nc\r\n"],
    ["text", "no end"],
  ] as const)("its %s cannot be read back: %j", (name, text) => {
    expect(() => {
      hasItsShape(name, text);
    }).toThrow();
  });

  test.each([
    ["text", "::error::x\n"],
    ["github", "::set-output name=x::y\n"],
    ["azure", "##vso[task.complete]\n"],
    ["azure", "##vso[task.logissue type=error]a ##vso[task.complete]\n"],
    ["markdown", "a\u202eb\n"],
    ["csv", "a\rb\r\n"],
  ])("its %s has a command or a hidden character: %j", (name, text) => {
    expect(() => {
      isFitToPrint(name, text);
    }).toThrow();
  });
});
