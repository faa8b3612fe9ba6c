import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { pageOf } from "../shared/messages/pages";
import type { RuleName } from "../shared/rules";
import { rules } from "../shared/rules";
import { autoSetDefaults } from "../shared/rules/network-policy-configured/options";
import type { PackConfig } from "./engine/analyzer";
import type { PreviewResult } from "./engine/preview";
import { preview } from "./engine/preview";
import { demoFinding, pictureOf } from "./pages/picture";
import { optionsOfRules, withGeneratedSections } from "./pages/readme-sections";
import { bootClockedPack } from "./support/clocked-pack";
import { anchorsOf } from "./support/markdown";

const root = join(__dirname, "..");
// test/rule-pages.test.ts compares the generated sections with the file.
const readme = withGeneratedSections(readFileSync(join(root, "README.md"), "utf8"));
const anchors = anchorsOf(readme);

describe("the README", () => {
  test("has the page of every rule, where messages lead to", () => {
    for (const { name } of rules) {
      expect(pageOf(name)).toBe(`https://www.npmjs.com/package/aks-network-policy-pack#${name}`);
      expect([...anchors]).toContain(name);
    }
  });

  test("lists every option with its default, and none that there is not", () => {
    const rows = [...readme.matchAll(/^\| `(\w+)` \| ([\w, ]+) \| .* \| (.*) \|$/gm)];
    const listed = rows.map(([, key = "", ofRules = "", byDefault = ""]) => ({ key, ofRules, byDefault }));
    const options = new Map<string, RuleName[]>();
    for (const rule of rules) {
      for (const key of ["enforcementLevel", ...Object.keys(optionsOfRules[rule.name])])
        options.set(key, [...(options.get(key) ?? []), rule.name]);
    }
    expect(listed.map(({ key }) => key).sort()).toEqual([...options.keys()].sort());
    for (const { key, ofRules, byDefault } of listed) {
      const having = options.get(key) ?? [];
      const named = having.map((name) => name.replace("network-policy-", "")).join(", ");
      expect([key, ofRules]).toEqual([key, having.length === rules.length ? "each" : named]);
      const [rule] = having;
      const value: unknown = rule === undefined ? undefined : Reflect.get(optionsOfRules[rule], key);
      const isSpelt = /^`(.*)`$/.exec(byDefault)?.[1];
      if (isSpelt !== undefined && key !== "enforcementLevel") expect(JSON.stringify(value)).toBe(isSpelt);
    }
  });

  test("lists every option of auto-set with its default", () => {
    const [, table = ""] = /^\| `autoSet` \| meaning .*\n.*\n((?:\|.*\n)*)/m.exec(readme) ?? [];
    const listed = [...table.matchAll(/^\| `(\w+)` \| .* \| `(.*)` \|$/gm)].map(([, key, byDefault]) => [
      key,
      byDefault,
    ]);
    const options = Object.entries(autoSetDefaults);
    expect(listed).toEqual(options.map(([key, byDefault]) => [key, JSON.stringify(byDefault)]));
  });

  test("promises the doors that there are", () => {
    const [, list = ""] = /^- The doors are ([^]*?)\.\n- /m.exec(readme) ?? [];
    const promised = [...list.matchAll(/`([^`]+)`/g)].map(([, door = ""]) => door);
    const { name, exports, bin, files, scripts } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    ) as Record<"exports" | "bin" | "scripts", Record<string, unknown>> & { name: string; files: string[] };
    const [, single = ""] = /`dist\/(\S+\.cjs)`/.exec(readme) ?? [];
    expect(files).toContain("pulumi-pack/PulumiPolicy.yaml");
    expect(Object.keys(scripts)).toContain("bundle");
    expect(promised).toEqual([
      ...Object.keys(exports).map((door) => door.replace(".", name)),
      "pulumi-pack",
      ...Object.keys(bin),
      single,
    ]);
  });

  test("counts of other tools what their table counts", () => {
    const table = readFileSync(join(root, "examples", "comparison", "README.md"), "utf8");
    const rowOf = (start: string): string[] => {
      const row = table.split("\n").find((line) => line.startsWith(`| ${start} |`)) ?? "";
      return row
        .split("|")
        .slice(3, -1)
        .map((cell) => cell.trim());
    };
    const titles = rowOf("case");
    const counts = rowOf("**right of 16**").map((cell) => Number(cell.replaceAll("*", "")));
    const [, line = ""] = /file: (.*); this pack 16\./.exec(readme) ?? [];
    const told = line.split(", ");
    const tools = [...new Set(titles.map((title) => title.replace(/,.*/, "")))];
    expect(tools.length).toBe(5);
    expect(told).toEqual(
      tools.map((tool) => {
        const [, version = ""] = new RegExp(`${tool} ([\\d.]+\\d)`).exec(table) ?? [];
        const ofTool = counts.filter((_, i) => titles[i]?.replace(/,.*/, "") === tool);
        const [worst, best] = [Math.min(...ofTool), Math.max(...ofTool)];
        return `${tool} ${version} ${worst === best ? best : `${worst} to ${best}`}`;
      }),
    );
    expect(readme).toMatch(/Failing every\ncluster would be right 10 times\./);
    expect(table).toContain("fails every cluster would be right 10 times");
  });

  test("stays readable", () => {
    const byHand = readme.replace(/<!-- (\w+) -->[^]*?<!-- \/\1 -->\n/g, "");
    expect(byHand.split("\n").length).toBeLessThan(359);
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
    // What a run declares is remembered by the pack's process, and every run has a process of its own.
    const another = await bootClockedPack();
    try {
      good = await preview({
        program: join(root, "examples", "pulumi-azure-native-fixed"),
        packs: [another.pack],
      });
    } finally {
      await another.stop();
    }
    const [, config = ""] = /\*\*Look\.\*\* Put `([^`]+)`/.exec(readme) ?? [];
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

  test("are told the same and not stopped in the first step of a roll-out", () => {
    const messages = ({ findings }: PreviewResult): string[] => findings.map(({ message }) => message).sort();
    expect([advisory.error, advisory.exitCode]).toEqual([undefined, 0]);
    expect(messages(advisory)).toEqual(messages(bad));
  });

  test("print what the README shows, and its picture", async () => {
    // Booted under a false clock, the pack is in another folder.
    const asInDemo = { ...bad, packs: bad.packs.map((pack) => ({ ...pack, path: "pulumi-pack" })) };
    const shown = /<!-- demo -->\n```\n([^]*?)\n```/.exec(readme)?.[1];
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
