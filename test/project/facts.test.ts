import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { dialects } from "../../shared/dialects";
import type { Dialect } from "../../shared/dialects/dialect";
import { compareSurface } from "../facts/compare";
import { considered } from "../facts/considered";
import { datedFacts, datedFactsIn, oldestFact, olderThan, readByPersons } from "../facts/dates";
import { committedEvidence, compareEvidence, evidenceOf, spansOf } from "../facts/evidence";
import { compareSurfaces, compareTables, pinnedFacts } from "../facts/facts";
import { azureApiTable, azureApiVersions, compareGenerated } from "../facts/generated";
import { packages } from "../facts/packages";
import { compareBridges, compareClaims, compareCli } from "../facts/pins";
import type { Surface } from "../facts/surface";
import { installed, root } from "../facts/surface";
import { ResourceType, declarationsOf } from "../facts/types";

const work = mkdtempSync(join(tmpdir(), "facts-test-"));
afterAll(() => {
  rmSync(work, { recursive: true });
});

describe("the facts agree", () => {
  test("with the pinned packages", { timeout: 120_000 }, async () => {
    const { differences, skipped, compared } = await pinnedFacts();
    expect(differences).toEqual([]);
    expect(compared.length + skipped.length).toBeGreaterThanOrEqual(packages.length);
    for (const each of skipped) console.warn(`SKIPPED: ${each}`);
    if (process.env["CI"] !== undefined) expect(skipped).toEqual([]);
  });

  test("and what a program cannot compare has a source and a day", () => {
    const evidence = committedEvidence();
    const list = readByPersons(evidence);
    expect(list.length).toBeGreaterThan(8);
    for (const each of list) expect(each).toMatch(/\b20\d\d-\d\d\b/);
    expect(datedFacts(evidence).length).toBeGreaterThan(20);
  });
});

describe("a row removed from a table by version is reported:", () => {
  const evidence = committedEvidence();
  const rows = dialects
    .filter(({ versions, matches, patch }) => {
      const isDerived = matches.azapi !== undefined || matches.template !== undefined || patch === true;
      return versions !== undefined && !isDerived;
    })
    .flatMap((dialect) =>
      Object.entries(dialect.versions?.names ?? {}).flatMap(([name, spans]) =>
        spans.map((span, i) => ({ dialect, name, i, row: JSON.stringify(span) })),
      ),
    );

  test.each(rows)("$dialect.name, $name, $row", ({ dialect, name, i }) => {
    const { versions } = dialect;
    if (versions === undefined) throw new Error("no versions");
    const { [name]: spans = [], ...others } = versions.names;
    const left = spans.filter((_, at) => at !== i);
    const altered: Dialect = {
      ...dialect,
      versions: { ...versions, names: left.length === 0 ? others : { ...others, [name]: left } },
    };
    const found = evidence.flatMap((each) => compareEvidence(each, [altered]));
    const isGone = left.length === 0 && !Object.values(dialect.settings).flat().includes(name);
    // For a name without a setting nothing is left to compare; the generated table covers that.
    if (isGone) expect(dialect.name).toBe("azure-native");
    else {
      expect(found).toHaveLength(1);
      const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      expect([name, snake].some((each) => found[0]?.what.includes(each))).toBe(true);
    }
  });

  test("a value's row too", () => {
    const azureNative = dialects.find(({ name }) => name === "azure-native");
    const { versions } = azureNative ?? {};
    if (azureNative === undefined || versions === undefined) throw new Error("no dialect");
    const altered: Dialect = {
      ...azureNative,
      versions: { ...versions, values: { sku: { Automatic: [] } } },
    };
    const found = evidence.flatMap((each) => compareEvidence(each, [altered]));
    expect(found.map(({ what }) => what)).toEqual([expect.stringContaining("sku.name=Automatic")]);
  });

  test("every line of the generated table", async () => {
    const ofApi = evidence.find(({ called }) => called === "API version");
    if (ofApi === undefined) throw new Error("no evidence");
    const made = await azureApiVersions(ofApi);
    const table = readFileSync(join(root, azureApiTable), "utf8");
    expect(compareGenerated(made, table)).toEqual([]);
    const lines = table.split("\n");
    for (const [i, line] of lines.entries()) {
      if (!/since|: \[\{/.test(line)) continue;
      const [difference] = compareGenerated(made, lines.filter((_, at) => at !== i).join("\n"));
      expect(difference?.what).toContain(azureApiTable);
    }
    const without = lines.filter((line) => !line.includes("ebpfDataplane")).join("\n");
    expect(compareGenerated(made, without)[0]?.what).toContain("networkProfile.ebpfDataplane");
    expect(await compareTables()).toEqual([]);
  });
});

/** A change in a copy of a pinned package, and the expected report. */
interface Alteration {
  readonly title: string;
  readonly name: string;
  readonly pinnedIn: string;
  readonly file: string;
  readonly find: RegExp;
  readonly replace: string;
  readonly named: string;
  readonly where: string;
}

const inputs = "types/input.d.ts";
const enums = "types/enums/containerservice/index.d.ts";
const native = { name: "@pulumi/azure-native", pinnedIn: "." };
const native2 = { name: "@pulumi/azure-native", pinnedIn: "test/azure-native-v2" };
const classic = { name: "@pulumi/azure", pinnedIn: "." };
const cdktf = { name: "@cdktf/provider-azurerm", pinnedIn: ".", file: "lib/kubernetes-cluster/index.d.ts" };
const cdktn = { ...cdktf, name: "@cdktn/provider-azurerm" };
const arm = {
  name: "@azure/arm-containerservice",
  pinnedIn: ".",
  file: "dist/commonjs/models/models.d.ts",
};
const consideredFile = "test/facts/considered.ts";
const enumerations = "shared/cluster/cluster.ts";

const alterations: readonly Alteration[] = [
  {
    ...native,
    title: "a property of the network profile",
    file: inputs,
    find: /(interface ContainerServiceNetworkProfileArgs \{)(?=[^}]*?advancedNetworking)/,
    replace: "$1\n networkFirewall?: pulumi.Input<string>;",
    named: "networkProfile.networkFirewall",
    where: consideredFile,
  },
  {
    ...native,
    title: "an engine",
    file: enums,
    find: /(declare const NetworkPolicy: \{)/,
    replace: '$1 readonly Antrea: "antrea";',
    named: '"antrea"',
    where: enumerations,
  },
  {
    ...native,
    title: "a node image",
    file: enums,
    find: /(declare const OSSKU: \{)/,
    replace: '$1 readonly Windows2031: "Windows2031";',
    named: '"Windows2031"',
    where: consideredFile,
  },
  {
    ...native,
    title: "another type token",
    file: "containerservice/managedCluster.js",
    find: /azure-native:containerservice:ManagedCluster/,
    replace: "azure-native:aks:ManagedCluster",
    named: "azure-native:aks:ManagedCluster",
    where: "shared/dialects/index.ts",
  },
  {
    ...native,
    title: "a setting under another name",
    file: inputs,
    find: /networkDataplane\?: pulumi\.Input<string \| enums\.containerservice\.NetworkDataplane/,
    replace: "networkDataPlane2?: pulumi.Input<string | enums.containerservice.NetworkDataplane",
    named: "networkProfile.networkDataplane is not in @pulumi/azure-native",
    where: azureApiTable,
  },
  {
    ...native2,
    title: "a value in one module",
    file: "types/enums/containerservice/v20240901/index.d.ts",
    find: /(declare const ManagedClusterSKUName: \{)/,
    replace: '$1 readonly Automatic: "Automatic";',
    named: 'sku.name takes "Automatic" in @pulumi/azure-native 2.92.3, containerservice/v20240901',
    where: azureApiTable,
  },
  {
    ...classic,
    title: "a property of the network profile",
    file: inputs,
    find: /(interface KubernetesClusterNetworkProfile \{)/,
    replace: "$1\n ciliumVersion?: pulumi.Input<string>;",
    named: "networkProfile.ciliumVersion",
    where: consideredFile,
  },
  {
    ...cdktf,
    title: "a property of the network profile",
    find: /(interface KubernetesClusterNetworkProfile \{)/,
    replace: "$1\n readonly ciliumVersion?: string;",
    named: "networkProfile.ciliumVersion",
    where: consideredFile,
  },
  {
    ...cdktn,
    title: "a removed setting",
    find: /readonly networkPolicy\?: string/,
    replace: "readonly policyEngine?: string",
    named: "networkProfile.networkPolicy is not in @cdktn/provider-azurerm",
    where: "shared/dialects/azurerm.ts",
  },
  {
    ...arm,
    title: "a mode",
    find: /(declare enum KnownNetworkPluginMode \{)/,
    replace: '$1 Underlay = "underlay",',
    named: '"underlay"',
    where: enumerations,
  },
  {
    ...arm,
    title: "a property of advanced networking",
    find: /(interface AdvancedNetworkingSecurity \{)/,
    replace: "$1 defaultDeny?: boolean;",
    named: "networkProfile.advancedNetworking.security.defaultDeny",
    where: consideredFile,
  },
];

describe("what is new in a copy of a pinned package is reported:", () => {
  test.each(alterations)("$name of $pinnedIn, $title", (alteration) => {
    const entry = packages.find(
      ({ name, pinnedIn }) => name === alteration.name && pinnedIn === alteration.pinnedIn,
    );
    const folder = installed(join(root, alteration.pinnedIn), alteration.name);
    if (entry === undefined) throw new Error("no such package");
    if (folder === undefined) {
      if (process.env["CI"] !== undefined) throw new Error(`${alteration.name} is not installed`);
      console.warn(`SKIPPED: ${alteration.name} of ${alteration.pinnedIn} is not installed`);
      return;
    }
    const copy = mkdtempSync(join(work, "copy-"));
    for (const part of ["package.json", ...entry.parts]) {
      mkdirSync(dirname(join(copy, part)), { recursive: true });
      cpSync(join(folder, part), join(copy, part), { recursive: true });
    }
    const file = join(copy, alteration.file);
    const text = readFileSync(file, "utf8");
    // Many services' namespaces have a type with this name.
    const start = Math.max(0, text.indexOf("export declare namespace containerservice {"));
    const altered = text.slice(0, start) + text.slice(start).replace(alteration.find, alteration.replace);
    expect(altered).not.toBe(text);
    writeFileSync(file, altered);

    const differences = compareSurfaces(entry.surfaces(copy), false);
    rmSync(copy, { recursive: true });
    const found = differences.find(({ what }) => what.includes(alteration.named));
    expect(found?.where).toBe(alteration.where);
    expect(found?.change).not.toBe("");
  });
});

describe("dated facts", () => {
  const today = new Date("2026-11-26");

  test("are found in sources", () => {
    const text = `/** the same API, read 2026-08. */\n  read: "2026-08-20",\n  reviewed: "2026-11-23",\n (2026-04-10)`;
    expect(datedFactsIn(text, "file.ts")).toEqual([
      { where: "file.ts:1", read: "2026-08" },
      { where: "file.ts:2", read: "2026-08-20" },
      { where: "file.ts:3", read: "2026-11-23" },
    ]);
  });

  test.each([
    ["2026-05-29", []],
    ["2026-05-30", []],
    ["2026-05-29", ["a"], 179],
    ["2026-05", ["a"]],
  ])("%s", (read, names, days = oldestFact + 2) => {
    expect(olderThan(days, [{ where: "a", read }], today).map(({ where }) => where)).toEqual(names);
  });
});

describe("versions on pages", () => {
  test.each([
    ["as `@pulumi/azure` 6.12.0 declares it", "@pulumi/azure 6.12.0"],
    ["(types of 2.80.0 and 3.28.0)", "@pulumi/azure-native 2.80.0"],
    ["cdktn 0.23.0", "cdktn 0.23.0"],
  ])("%s", (text, named) => {
    expect(compareClaims([{ file: "a.md", text }]).map(({ what }) => what)).toEqual([
      expect.stringContaining(named),
    ]);
  });

  test("may not be a CLI newer than the one that is built", () => {
    const module = "github.com/pulumi/pulumi/pkg/v3 v3.255.0";
    expect(compareCli([{ file: "a.md", text: "Pulumi CLI 3.255" }], module)).toEqual([]);
    expect(compareCli([{ file: "a.md", text: "Pulumi CLI 3.300" }], module)).toHaveLength(1);
  });

  test("a newer @pulumi/azure needs a row", () => {
    expect(compareBridges("6.40.3")).toEqual([]);
    expect(compareBridges("6.41.0")[0]?.what).toContain("6.41.0");
  });
});

describe("types are read", () => {
  const text = `
    export declare namespace a { interface Args { one?: Input<inputs.a.Block | undefined>; two?: Input<string | enums.Kind>; }
      interface Block extends Base { three?: Input<Input<string | enums.Kind>[]>; } interface Base { four: "x" | "y"; } }
    export declare const Kind: { readonly A: "a"; readonly B: "b" };
    export type Kind = (typeof Kind)[keyof typeof Kind];
    export declare enum KnownOther { C = "c" }
    export type Other = string;`;
  const spaces = [...declarationsOf(text).values()];
  const type = new ResourceType("Args", spaces);

  test("with blocks, base types, and enumerations", () => {
    expect(type.propertiesAt("")).toEqual(["one", "two"]);
    expect(type.propertiesAt("one")).toEqual(["four", "three"]);
    expect(type.propertiesAt("two")).toBeUndefined();
    expect(type.valuesAt("two")).toEqual(["a", "b"]);
    expect(type.valuesAt("one.three")).toEqual(["a", "b"]);
    expect(type.valuesAt("one.four")).toEqual(["x", "y"]);
    expect([type.has("one.three"), type.has("one.five"), type.has("six.seven")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(() => new ResourceType("Nothing", spaces)).toThrow("Nothing");
  });

  test("spans are derived from evidence", () => {
    const evidence = {
      called: "API version",
      source: "a test",
      read: "2026-11-26",
      names: ["a", "b"],
      versions: { "2020-01-01": "x-", "2021-01-01": "xx", "2021-02-01-preview": "-x", "2022-01-01": "-x" },
    };
    expect(spansOf(evidence, "a")).toEqual([{ of: "releases", until: "2022-01-01" }]);
    expect(spansOf(evidence, "b")).toEqual([{ of: "releases", since: "2021-01-01" }, { of: "previews" }]);
    const of = (label: string, version: string, names: string): Surface => ({
      label,
      family: "azurerm",
      what: "cluster",
      type: new ResourceType("C", [
        ...declarationsOf(`interface C { networkProfile?: N } interface N { ${names} }`).values(),
      ]),
      token: undefined,
      dialect: undefined,
      version,
    });
    const surfaces = [
      of("@cdktn/provider-azurerm 2", "4.0.0", "networkPolicy: string"),
      of("@cdktf/provider-azurerm 1", "3.9.0", "ebpfDataPlane: string"),
    ];
    expect(evidenceOf("azurerm", surfaces, new Date("2026-11-26")).versions).toEqual({
      "3.9.0": "----x--",
      "4.0.0": "x------",
    });
    expect(surfaces.flatMap((surface) => compareSurface(surface, considered))).toEqual([]);
  });
});
