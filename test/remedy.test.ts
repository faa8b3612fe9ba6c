import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dialect } from "../shared";
import { azureClassic, azureNative, dialects, readCluster, readPool, rules, withPools } from "../shared";
import type { Declaration } from "../shared/declaration";
import { notKnownYet, write } from "../shared/declaration";
import type { Assignment } from "../shared/fix";
import type { AutoSet } from "../shared/configuration";
import { autoSetDefaults } from "../shared/configuration";
import type { Remedy } from "../shared/remedy";
import { remedyOf } from "../shared/remedy";
import type { Effect } from "../shared/replacement";
import { evaluate, exampleDay, plainField, spellings } from "./support/evaluate";

const address = "urn:cluster";

/** What three kinds of tool do: all of section 5 of the specification that auto-set can meet. */
const tools = {
  "replaces always": () => "replaced",
  "adds an engine in place": (settings) =>
    settings.every(({ setting }) => setting === "engine") ? "in place" : "replaced",
  "moves to Cilium in place": (settings) =>
    settings.every(({ setting }) => setting === "engine" || setting === "dataplane")
      ? "in place"
      : "replaced",
} as const satisfies Record<string, (settings: readonly Assignment[]) => Effect>;
type ToolName = keyof typeof tools;

function remedy(
  declaration: Declaration,
  tool: ToolName,
  autoSet: Partial<AutoSet> = {},
  dialect: Dialect = azureClassic,
): Remedy {
  const [spelling] = spellings(declaration, [dialect]);
  if (spelling === undefined) throw new Error(`${dialect.name} cannot say it`);
  const pools = spelling.spelled.poolsApart.map((pool) => readPool(plainField(pool), dialect));
  const cluster = withPools(readCluster(plainField(spelling.spelled.cluster), dialect), pools);
  return remedyOf(cluster, dialect, {
    today: exampleDay,
    autoSet: { ...autoSetDefaults, ...autoSet },
    address,
    effectOf: tools[tool],
  });
}

function shown(remedied: Remedy): string {
  const list = (settings: readonly Assignment[]): string =>
    settings.map(({ setting, value }) => `${setting}=${String(value)}`).join(" ");
  if (remedied.writes) return list(remedied.settings);
  switch (remedied.because) {
    case "replacement":
      return `nothing: would replace by ${list(remedied.settings)}`;
    case "not known":
      return `nothing: not known: ${remedied.parts.join(", ")}`;
    case "nothing to do":
    case "exempted":
    case "an engine is written":
    case "bring your own CNI":
    case "no network profile":
    case "no plugin":
    case "nothing fits":
    case "out of reach":
      return `nothing: ${remedied.because}`;
  }
}

const calico = "engine=calico";
const pair = "dataplane=cilium engine=cilium";
const whole = "plugin=azure mode=overlay dataplane=cilium engine=cilium";
const windows = [{ count: 3 }, { os: "Windows", apart: true }] as const;

describe("the choice where nothing is set:", () => {
  const table: readonly (readonly [string, Declaration, Readonly<Record<ToolName, string>>])[] = [
    [
      "dataplane cilium",
      { plugin: "azure", dataplane: "cilium" },
      {
        "replaces always": "nothing: would replace by engine=cilium",
        "adds an engine in place": "engine=cilium",
        "moves to Cilium in place": "engine=cilium",
      },
    ],
    [
      "plugin azure, Linux only",
      { plugin: "azure" },
      {
        "replaces always": `nothing: would replace by ${pair}`,
        "adds an engine in place": calico,
        "moves to Cilium in place": pair,
      },
    ],
    [
      "plugin azure, dataplane azure written down: no value that stands is changed",
      { plugin: "azure", dataplane: "azure" },
      {
        "replaces always": `nothing: would replace by ${calico}`,
        "adds an engine in place": calico,
        "moves to Cilium in place": calico,
      },
    ],
    [
      "plugin azure, Windows pools",
      { plugin: "azure", pools: windows },
      {
        "replaces always": `nothing: would replace by ${calico}`,
        "adds an engine in place": calico,
        "moves to Cilium in place": calico,
      },
    ],
    [
      "plugin azure, Windows hinted",
      { plugin: "azure", windowsProfile: { adminUsername: "azureuser" } },
      {
        "replaces always": `nothing: would replace by ${calico}`,
        "adds an engine in place": calico,
        "moves to Cilium in place": calico,
      },
    ],
    ...(["dual stack", "node auto-provisioning"] as const).flatMap((need) => {
      const asked: Declaration =
        need === "dual stack" ? { ipFamilies: ["IPv4", "IPv6"] } : { nodeProvisioning: "Auto" };
      const nothing = "nothing: nothing fits";
      return [
        [
          `plugin azure, ${need}`,
          { plugin: "azure", ...asked },
          {
            "replaces always": `nothing: would replace by ${pair}`,
            "adds an engine in place": `nothing: would replace by ${pair}`,
            "moves to Cilium in place": pair,
          },
        ],
        [
          `plugin azure, ${need}, Windows pools`,
          { plugin: "azure", ...asked, pools: windows },
          {
            "replaces always": nothing,
            "adds an engine in place": nothing,
            "moves to Cilium in place": nothing,
          },
        ],
      ] as const;
    }),
    [
      "kubenet",
      { plugin: "kubenet" },
      {
        "replaces always": `nothing: would replace by ${calico}`,
        "adds an engine in place": calico,
        "moves to Cilium in place": calico,
      },
    ],
    ...([{ pools: windows }, { nodeProvisioning: "Auto" }, { ipFamilies: ["IPv4", "IPv6"] }] as const).map(
      (more) =>
        [
          `kubenet with ${Object.keys(more).join()}`,
          { plugin: "kubenet", ...more },
          {
            "replaces always": "nothing: nothing fits",
            "adds an engine in place": "nothing: nothing fits",
            "moves to Cilium in place": "nothing: nothing fits",
          },
        ] as const,
    ),
    ...(
      [
        ["no network profile", {}, "no network profile"],
        ["a network profile without a plugin", { mode: "overlay" }, "no plugin"],
        ["plugin none", { plugin: "none" }, "bring your own CNI"],
        ["a right engine", { plugin: "azure", engine: "calico" }, "an engine is written"],
        ["a wrong engine", { plugin: "kubenet", engine: "azure" }, "an engine is written"],
        ["engine none", { plugin: "azure", engine: "none" }, "an engine is written"],
        ["a junk engine", { plugin: "azure", engine: "istio" }, "an engine is written"],
        [
          "an unknown engine",
          { plugin: "azure", engine: notKnownYet },
          "not known: networkProfile.networkPolicy",
        ],
        ["an unknown plugin", { plugin: notKnownYet }, "not known: networkProfile.networkPlugin"],
        [
          "an unknown dataplane",
          { plugin: "azure", dataplane: notKnownYet },
          "not known: networkProfile.networkDataPlane",
        ],
        [
          "an unknown operating system",
          { plugin: "azure", pools: [{ count: 1 }, { os: notKnownYet, apart: true }] },
          "not known: osType of a node pool declared apart",
        ],
      ] as const
    ).map(([title, declaration, why]) => {
      const nothing = `nothing: ${why}`;
      return [
        title,
        declaration,
        {
          "replaces always": nothing,
          "adds an engine in place": nothing,
          "moves to Cilium in place": nothing,
        },
      ] as const;
    }),
  ];
  const cases = table.flatMap(([title, declaration, by]) =>
    (Object.keys(tools) as ToolName[]).map((tool) => [title, tool, declaration, by[tool]] as const),
  );
  test.each(cases)("%s, by a tool that %s", (_title, tool, declaration, choice) => {
    expect(shown(remedy(declaration, tool))).toBe(choice);
  });

  test.each([{ newClusters: [address] }, { acceptReplacement: true }])(
    "a replacement that is meant is written: %j",
    (meant) => {
      expect(shown(remedy({ plugin: "azure" }, "replaces always", meant))).toBe(pair);
    },
  );

  test("a replacement that is meant for another cluster is not written", () => {
    const other = { newClusters: [`${address}2`] };
    expect(shown(remedy({ plugin: "azure" }, "replaces always", other))).toBe(
      `nothing: would replace by ${pair}`,
    );
  });

  test("a whole profile is written only where that is asked for, and meant", () => {
    const asked = { wholeProfile: true };
    expect(shown(remedy({}, "moves to Cilium in place", asked))).toBe(`nothing: would replace by ${whole}`);
    expect(shown(remedy({}, "moves to Cilium in place", { ...asked, acceptReplacement: true }))).toBe(whole);
    expect(
      shown(remedy({ pools: windows }, "moves to Cilium in place", { ...asked, acceptReplacement: true })),
    ).toBe("nothing: nothing fits");
  });

  test.each([
    ["cilium", { plugin: "azure" }, pair],
    ["calico", { plugin: "azure" }, calico],
    ["azure", { plugin: "azure" }, "engine=azure"],
    ["azure", { plugin: "azure", pools: windows }, "nothing: nothing fits"],
    ["azure", { plugin: "kubenet" }, "nothing: nothing fits"],
    ["cilium", { plugin: "azure", pools: windows }, "nothing: nothing fits"],
    ["calico", { plugin: "azure", nodeProvisioning: "Auto" }, "nothing: nothing fits"],
    ["cilium", { plugin: "azure", dataplane: "cilium" }, "engine=cilium"],
    ["calico", { plugin: "azure", dataplane: "cilium" }, "nothing: nothing fits"],
  ] as const)("a named engine is written where it fits: %s into %j", (engine, declaration, choice) => {
    expect(shown(remedy(declaration, "moves to Cilium in place", { engine }))).toBe(choice);
  });

  test("azure-native leaves what passes: an implied Cilium, and SKU Automatic", () => {
    for (const declaration of [{ plugin: "azure", dataplane: "cilium" }, { sku: "Automatic" }]) {
      expect(shown(remedy(declaration, "moves to Cilium in place", {}, azureNative))).toBe(
        "nothing: nothing to do",
      );
    }
    expect(
      shown(remedy({ plugin: "azure", sku: notKnownYet }, "moves to Cilium in place", {}, azureNative)),
    ).toBe("nothing: not known: sku.name");
  });
});

describe("for any cluster and any configuration", () => {
  const values = {
    engine: [undefined, undefined, undefined, null, "", "none", "azure", notKnownYet],
    plugin: ["azure", "azure", "kubenet", "none", undefined, notKnownYet, "flannel"],
    mode: [undefined, "overlay", "underlay"],
    dataplane: [undefined, undefined, "azure", "cilium", notKnownYet],
    ipFamilies: [undefined, ["IPv4", "IPv6"], notKnownYet],
    nodeProvisioning: [undefined, "Auto", notKnownYet],
    advancedNetworkSecurity: [undefined, true],
    windowsProfile: [undefined, undefined, { adminUsername: "azureuser" }],
  } as const;
  const declarations = fc
    .record(
      Object.fromEntries(
        Object.entries(values).map(([name, list]) => [name, fc.constantFrom<unknown>(...list)]),
      ),
    )
    .chain((settings) =>
      fc
        .array(fc.record({ os: fc.constantFrom("Linux", "Windows", notKnownYet) }), { maxLength: 2 })
        .map((pools) => ({
          ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
          pools,
        })),
    ) as fc.Arbitrary<Declaration>;
  const autoSets: fc.Arbitrary<Partial<AutoSet>> = fc.record({
    engine: fc.constantFrom("auto", "cilium", "calico", "azure"),
    wholeProfile: fc.boolean(),
    newClusters: fc.constantFrom([], [address]),
    acceptReplacement: fc.boolean(),
  });

  test("what is written makes every rule pass, changes no value that stands, and is written once", () => {
    let written = 0;
    fc.assert(
      fc.property(
        declarations,
        autoSets,
        fc.constantFrom(...(Object.keys(tools) as ToolName[])),
        fc.constantFrom(...dialects),
        (declaration, autoSet, tool, dialect) => {
          const remedied = remedy(declaration, tool, autoSet, dialect);
          if (!remedied.writes) return;
          written += 1;
          const [spelling] = spellings(declaration, [dialect]);
          if (spelling === undefined) throw new Error("it was just spelt");
          const after = structuredCloneWithSymbols(spelling.spelled.cluster);
          for (const { path, value } of remedied.settings) {
            expect(plainFieldAt(after, path)).toBeOneOf([undefined, null, ""]);
            write(after, path, value);
          }
          const inputs = { cluster: after, poolsApart: spelling.spelled.poolsApart };
          const kinds = rules.flatMap((rule) => evaluate(rule, inputs, dialect)).map(({ kind }) => kind);
          expect(kinds.filter((kind) => kind !== "notice")).toEqual([]);
          const meant = autoSet.acceptReplacement === true || autoSet.newClusters?.includes(address) === true;
          expect(meant || tools[tool](remedied.settings) === "in place").toBe(true);
          const pools = spelling.spelled.poolsApart.map((pool) => readPool(plainField(pool), dialect));
          const again = remedyOf(withPools(readCluster(plainField(after), dialect), pools), dialect, {
            today: exampleDay,
            autoSet: { ...autoSetDefaults, ...autoSet },
            address,
            effectOf: tools[tool],
          });
          expect(again.writes).toBe(false);
        },
      ),
      { seed: 20261123, numRuns: 20_000 },
    );
    expect(written).toBeGreaterThan(200);
  });
});

function structuredCloneWithSymbols(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? structuredCloneWithSymbols(value as Record<string, unknown>)
        : value,
    ]),
  );
}

function plainFieldAt(inputs: Record<string, unknown>, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((block, name) => (block as Record<string, unknown> | undefined)?.[name], inputs);
}
