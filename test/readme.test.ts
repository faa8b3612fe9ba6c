import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { RuleName } from "../shared";
import { defaultOptions, pageOf, readConfiguration, rules } from "../shared";
import type { PreviewResult } from "./engine/preview";
import { preview } from "./engine/preview";
import { demoFinding, pictureOf } from "./pages/picture";
import { bootClockedPack } from "./support/clocked-pack";
import { anchorsOf } from "./support/markdown";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const scripts = (
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> }
).scripts;

const anchors = anchorsOf(readme);

describe("the README", () => {
  test("names commands that exist", () => {
    const named = [...readme.matchAll(/npm run ([\w-]+)/g)].map(([, name = ""]) => name);
    expect(new Set(named).size).toBeGreaterThan(4);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
    expect(existsSync(join(root, ".ci", "run"))).toBe(true);
  });

  test("has the page of every rule, where messages lead to", () => {
    for (const { name } of rules) {
      expect(pageOf(name)).toBe(`https://www.npmjs.com/package/aks-network-policy-pack#${name}`);
      expect([...anchors]).toContain(name);
    }
  });

  test("leads nowhere that does not exist", () => {
    for (const [, anchor = ""] of readme.matchAll(/\]\(#([^)]+)\)/g)) expect([...anchors]).toContain(anchor);
  });

  test("lists every option with its default, and none that there is not", () => {
    const rows = [...readme.matchAll(/^\| `(\w+)` \| ([\w, ]+) \| .* \| (.*) \|$/gm)];
    const listed = rows.map(([, key = "", ofRules = "", byDefault = ""]) => ({ key, ofRules, byDefault }));
    const options = new Map<string, RuleName[]>();
    for (const rule of rules) {
      for (const key of ["enforcementLevel", ...Object.keys(defaultOptions[rule.name])])
        options.set(key, [...(options.get(key) ?? []), rule.name]);
    }
    expect(listed.map(({ key }) => key).sort()).toEqual([...options.keys()].sort());
    for (const { key, ofRules, byDefault } of listed) {
      const having = options.get(key) ?? [];
      const named = having.map((name) => name.replace("network-policy-", "")).join(", ");
      expect([key, ofRules]).toEqual([key, having.length === rules.length ? "each" : named]);
      const [rule] = having;
      const value: unknown = rule === undefined ? undefined : Reflect.get(defaultOptions[rule], key);
      const isSpelt = /^`(.*)`$/.exec(byDefault)?.[1];
      if (isSpelt !== undefined && key !== "enforcementLevel") expect(JSON.stringify(value)).toBe(isSpelt);
    }
  });

  test("shows configurations that are accepted", () => {
    const blocks = [...readme.matchAll(/```json\n([^`]*)```/g)].map(
      ([, text = ""]) => JSON.parse(text) as Readonly<Record<string, unknown>>,
    );
    const configurations = blocks.filter((block) => !("json.schemas" in block));
    expect(configurations.length).toBeGreaterThan(1);
    for (const configuration of configurations)
      expect(readConfiguration(configuration)).toMatchObject({ valid: true });
    const [schema] = blocks.flatMap(
      (block) => (block["json.schemas"] as { url: string }[] | undefined) ?? [],
    );
    expect(existsSync(join(root, (schema?.url ?? "").replace(/^.*aks-network-policy-pack/, ".")))).toBe(true);
  });

  test("stays readable", () => {
    expect(readme.split("\n").length).toBeLessThan(400);
  });
});

describe("the example programs, as the demo previews them", () => {
  let bad: PreviewResult;
  let good: PreviewResult;
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
  });

  test("are stopped and let through", () => {
    expect([bad.error, bad.exitCode, good.error, good.exitCode]).toEqual([undefined, 1, undefined, 0]);
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
