import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { pageOf } from "../../shared/messages/pages";
import type { RuleName } from "../../shared/rules";
import { rules } from "../../shared/rules";
import { autoSetDefaults } from "../../shared/rules/network-policy-configured/options";
import type { PackConfig } from "../engine/analyzer";
import type { PreviewResult } from "../engine/preview";
import { preview } from "../engine/preview";
import { demoFinding, pictureOf } from "../pages/picture";
import type { pagesWithSections } from "../pages/readme-sections";
import { optionsOfRules, withGeneratedSection } from "../pages/readme-sections";
import { bootClockedPack } from "../support/clocked-pack";
import { anchorsOf } from "../support/markdown";

const root = join(__dirname, "..", "..");
const page = (name: string): string => readFileSync(join(root, name), "utf8");
// test/docs/rule-pages.test.ts compares the generated sections with the files.
const generated = (name: keyof typeof pagesWithSections): string => withGeneratedSection(name, page(name));
const readme = generated("README.md");
const configuration = generated("docs/configuration.md");
const anchors = anchorsOf(readme);

describe("the README", () => {
  test("has the section of every rule, which messages link to", () => {
    for (const { name } of rules) {
      expect(pageOf(name)).toBe(`https://www.npmjs.com/package/aks-network-policy-pack#${name}`);
      expect([...anchors]).toContain(name);
    }
  });

  test("lists every option with its default, and no unknown ones", () => {
    const rows = [...configuration.matchAll(/^\| `(\w+)` \| ([\w, ]+) \| .* \| (.*) \|$/gm)];
    const listed = rows.map(([, key = "", ofRules = "", byDefault = ""]) => ({ key, ofRules, byDefault }));
    const options = new Map<string, RuleName[]>();
    for (const rule of rules) {
      for (const key of ["enforcementLevel", ...Object.keys(optionsOfRules()[rule.name])])
        options.set(key, [...(options.get(key) ?? []), rule.name]);
    }
    expect(listed.map(({ key }) => key).sort()).toEqual([...options.keys()].sort());
    for (const { key, ofRules, byDefault } of listed) {
      const having = options.get(key) ?? [];
      const named = having.map((name) => name.replace("network-policy-", "")).join(", ");
      expect([key, ofRules]).toEqual([key, having.length === rules.length ? "each" : named]);
      const [rule] = having;
      const value: unknown = rule === undefined ? undefined : Reflect.get(optionsOfRules()[rule], key);
      const isSpelt = /^`(.*)`$/.exec(byDefault)?.[1];
      if (isSpelt !== undefined && key !== "enforcementLevel") expect(JSON.stringify(value)).toBe(isSpelt);
    }
  });

  test("lists every auto-set option with its default", () => {
    const [, table = ""] =
      /^\| `autoSet` \| meaning .*\n.*\n((?:\|.*\n)*)/m.exec(page("docs/auto-set.md")) ?? [];
    const listed = [...table.matchAll(/^\| `(\w+)` \| .* \| `(.*)` \|$/gm)].map(([, key, byDefault]) => [
      key,
      byDefault,
    ]);
    const options = Object.entries(autoSetDefaults);
    expect(listed).toEqual(options.map(([key, byDefault]) => [key, JSON.stringify(byDefault)]));
  });

  test("promises the existing entry points", () => {
    const [, list = ""] = /^- The entry points are ([^]*?)\.\n- /m.exec(page("docs/versions.md")) ?? [];
    const promised = [...list.matchAll(/`([^`]+)`/g)].map(([, door = ""]) => door);
    const { name, exports, bin, files, scripts } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    ) as Record<"exports" | "bin" | "scripts", Record<string, unknown>> & { name: string; files: string[] };
    const [, single = ""] = /`dist\/(\S+\.cjs)`/.exec(page("CONTRIBUTING.md")) ?? [];
    expect(files).toContain("pulumi-pack/PulumiPolicy.yaml");
    expect(Object.keys(scripts)).toContain("bundle");
    expect(promised).toEqual([
      ...Object.keys(exports).map((door) => door.replace(".", name)),
      "pulumi-pack",
      ...Object.keys(bin),
      single,
    ]);
  });

  test("stays readable", () => {
    expect(readme.split("\n").length).toBeLessThanOrEqual(180);
  });
});

describe("the example programs, as the demo previews them", () => {
  let bad: PreviewResult;
  let good: PreviewResult;
  let advisory: PreviewResult;
  beforeAll(async () => {
    const clocked = await bootClockedPack();
    try {
      bad = await preview({ program: join(root, "examples", "pulumi-azure-native"), packs: [clocked.pack] });
    } finally {
      await clocked.stop();
    }
    // The pack's process remembers what a run declares, and every run has its own process.
    const another = await bootClockedPack();
    try {
      good = await preview({
        program: join(root, "examples", "pulumi-azure-native-fixed"),
        packs: [another.pack],
      });
    } finally {
      await another.stop();
    }
    const [, config = ""] = /\*\*Look\.\*\* Put `([^`]+)`/.exec(page("docs/roll-out.md")) ?? [];
    const relaxed = await bootClockedPack();
    try {
      advisory = await preview({
        program: join(root, "examples", "pulumi-azure-native"),
        packs: [relaxed.pack],
        config: JSON.parse(config) as PackConfig,
      });
    } finally {
      await relaxed.stop();
    }
  });

  test("are stopped and let through", () => {
    expect([bad.error, bad.exitCode, good.error, good.exitCode]).toEqual([undefined, 1, undefined, 0]);
  });

  test("have the same messages and are not stopped in the first step of a roll-out", () => {
    const messages = ({ findings }: PreviewResult): string[] => findings.map(({ message }) => message).sort();
    expect([advisory.error, advisory.exitCode]).toEqual([undefined, 0]);
    expect(messages(advisory)).toEqual(messages(bad));
  });

  test("print what the Pulumi page and the README's picture show", async () => {
    // Started with a fake clock, the pack is in another folder.
    const asInDemo = { ...bad, packs: bad.packs.map((pack) => ({ ...pack, path: "pulumi-pack" })) };
    const shown = /<!-- demo -->\n```\n([^]*?)\n```/.exec(page("docs/pulumi.md"))?.[1];
    expect(shown).toBe(demoFinding(asInDemo));
    await expect(pictureOf(asInDemo)).toMatchFileSnapshot(join(root, "docs", "blocked-preview.svg"));
  });

  test("are stopped for these reasons and no others", () => {
    const table = ({ findings }: PreviewResult): string[] =>
      findings
        .map(
          ({ urn, enforcementLevel, policyName }) =>
            `${urn.split("::").at(-1) ?? ""}: ${enforcementLevel} ${policyName}`,
        )
        .sort();
    expect(table(bad)).toEqual([
      "later: advisory network-policy-configured",
      "no-dataplane: mandatory network-policy-compatible",
      "none: mandatory network-policy-configured",
      "nothing-set: mandatory network-policy-configured",
      "retiring: advisory network-policy-supported",
      "windows: mandatory network-policy-compatible",
    ]);
    expect(table(good)).toEqual(["later: advisory network-policy-configured"]);
  });
});
