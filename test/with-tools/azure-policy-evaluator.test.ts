/** Microsoft's open evaluator agrees with our interpreter on Azure Policy's conditions. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Definition } from "../../shared/azure-policy/definition";
import { rules } from "../../shared/rules";
import { exampleDay, hasUnknown } from "../support/evaluate";
import { aliasesOfProvider } from "../shared/azure-policy/aliases";
import { definitionFor } from "../shared/azure-policy/comparison";
import { generated } from "../shared/azure-policy/generated";
import type { Parameters, Resource } from "../shared/azure-policy/interpreter";
import { interpreted } from "../shared/azure-policy/interpreter";
import { answerOf, poolRequestOf, requestOf, writtenOf } from "../shared/azure-policy/requests";

const folder = join(__dirname, "..", "azure-policy-evaluator", "target", "release");
const evaluator = join(
  folder,
  process.platform === "win32" ? "azure-policy-evaluator.exe" : "azure-policy-evaluator",
);
const isBuilt = existsSync(evaluator);
// Not even CI builds it: a clean clone does not need Rust.
if (!isBuilt)
  console.warn(
    "SKIPPED Microsoft's evaluator of Azure Policy: build it with `npm run azure-policy-evaluator`, which needs Rust",
  );

describe.skipIf(!isBuilt)(`Microsoft's evaluator${isBuilt ? "" : " (skipped: not built)"}`, () => {
  const work = mkdtempSync(join(tmpdir(), "azure-policy-"));
  afterAll(() => {
    rmSync(work, { recursive: true });
  });

  type Case = { readonly resource: Resource; readonly parameters: Parameters };

  /** The effects of a definition, `-` if there is none. */
  function effectsOf(definition: Definition, cases: readonly Case[]): string[] {
    const [file, aliases] = [join(work, "definition.json"), join(work, "aliases.json")];
    writeFileSync(file, JSON.stringify(definition, null, 2));
    writeFileSync(aliases, JSON.stringify([aliasesOfProvider]));
    const { status, stdout, stderr } = spawnSync(evaluator, [file, aliases], {
      input: cases.map((each) => JSON.stringify(each)).join("\n"),
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    expect([status, stderr]).toEqual([0, ""]);
    return stdout.trim().split("\n");
  }

  function expectTheSame(definition: Definition, cases: readonly Case[]): void {
    const effectOn = interpreted(definition);
    const effects = effectsOf(definition, cases);
    expect(effects.length).toBe(cases.length);
    const others = cases.flatMap(({ resource, parameters }, i) => {
      const ours = effectOn(resource, parameters) === undefined ? "-" : "Deny";
      return ours === effects[i] ? [] : [JSON.stringify({ resource, parameters, ours })];
    });
    expect(others).toEqual([]);
    expect(new Set(effects)).toEqual(new Set(["Deny", "-"]));
  }

  test("agrees on every worked example", () => {
    const known = rules.flatMap(({ examples }) => examples.filter(({ cluster }) => !hasUnknown(cluster)));
    const written = known.map(({ cluster }) => writtenOf(cluster));
    const cases = [...written, ...written.map(answerOf)].map((each) => ({
      resource: requestOf(each),
      parameters: {},
    }));
    expectTheSame(definitionFor("cluster"), cases);
  });

  test.each([5, 6, 7, 8])(
    "agrees on 25,000 generated clusters, as requests and as answers (seed %i)",
    (seed) => {
      const cases = generated(25_000, seed)
        .flatMap(({ written, assignment: { engines, bringYourOwnCni } }) =>
          [written, answerOf(written)].map((each) => ({
            resource: requestOf(each),
            parameters: { engines, bringYourOwnCni },
          })),
        )
        // It treats a Kelvin sign as a k, which .NET does not.
        .filter(({ resource }) => !JSON.stringify(resource).includes("\u212A"));
      expectTheSame(definitionFor("cluster", {}, exampleDay), cases);
    },
    300_000,
  );

  test("agrees on node pools", () => {
    const pools = [
      {},
      { osType: "Linux" },
      { osType: "WINDOWS" },
      { osType: "" },
      { osType: null },
      { osType: "Solaris" },
    ];
    const cases = pools.flatMap((pool) =>
      [["cilium"], ["azure", "calico"], []].map((engines) => ({
        resource: poolRequestOf(pool),
        parameters: { engines },
      })),
    );
    expectTheSame(definitionFor("node-pool"), cases);
  });
});
