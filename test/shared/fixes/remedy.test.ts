import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withPools } from "../../../shared/cluster/cluster";
import type { Declaration } from "../../../shared/cluster/declaration";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { pulumiDialects } from "../../../shared/dialects";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurermTyped } from "../../../shared/dialects/azurerm";
import type { Dialect } from "../../../shared/dialects/dialect";
import { wroteFinding } from "../../../shared/findings/auto-set";
import type { Assignment } from "../../../shared/fixes/choice";
import { assignments } from "../../../shared/fixes/choice";
import type { Remedy, RemedyCircumstances } from "../../../shared/fixes/remedy";
import { remedyOf } from "../../../shared/fixes/remedy";
import { effectOf } from "../../../shared/fixes/replacement";
import { messageOf } from "../../../shared/messages/message";
import { readConfiguration } from "../../../shared/policy/configuration";
import { readCluster } from "../../../shared/reading/cluster";
import { readPool } from "../../../shared/reading/pool";
import { writeAt } from "../../../shared/reading/spell";
import { rules } from "../../../shared/rules";
import type { AutoSet } from "../../../shared/rules/network-policy-configured/options";
import { autoSetDefaults } from "../../../shared/rules/network-policy-configured/options";
import type { ToolName } from "../../support/auto-set-rows";
import { calico, pair, rows, tools, whole, windows } from "../../support/auto-set-rows";
import { exemption } from "../../support/configurations";
import { evaluate, exampleDay, plainField, pulumiVoice, spellings } from "../../support/evaluate";
import { azureNativeBefore2023 } from "../../support/old-dialects";
import { propertyRuns } from "../../support/property-runs";

const address = "urn:cluster";

function remedy(
  declaration: Declaration,
  tool: ToolName,
  autoSet: Partial<AutoSet> = {},
  dialect: Dialect = azureClassic,
  more: Pick<RemedyCircumstances, "ignores" | "isProtected" | "notSentBecauseOf"> = {},
): Remedy {
  const [spelling] = spellings(declaration, [dialect]);
  if (spelling === undefined) throw new Error(`${dialect.name} cannot say it`);
  const pools = spelling.spelled.separatePools.map((pool) => readPool(plainField(pool), dialect));
  const cluster = withPools(readCluster(plainField(spelling.spelled.cluster), dialect), pools);
  return remedyOf(cluster, dialect, {
    today: exampleDay,
    autoSet: { ...autoSetDefaults, ...autoSet },
    address,
    effectOf: tools[tool],
    ...more,
  });
}

function shown(remedied: Remedy): string {
  const list = (settings: readonly Assignment[]): string =>
    settings.map(({ setting, value }) => `${setting}=${String(value)}`).join(" ");
  if (remedied.writes) return list(remedied.settings);
  switch (remedied.because) {
    case "replacement":
      return `nothing: would replace by ${list(remedied.settings)}`;
    case "ignored":
    case "protected":
    case "not sent":
      return `nothing: ${remedied.because}: ${list(remedied.settings)}`;
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
    case "made by a module":
    case "made by a template":
    case "a bug":
      return `nothing: ${remedied.because}`;
  }
}

describe("the choice if nothing is set:", () => {
  const cases = rows.flatMap(([title, declaration, by]) =>
    (Object.keys(tools) as ToolName[]).map((tool) => [title, tool, declaration, by[tool]] as const),
  );
  test.each(cases)("%s, with a tool that %s", (_title, tool, declaration, choice) => {
    expect(shown(remedy(declaration, tool))).toBe(choice);
  });

  test.each([{ newClusters: [address] }, { acceptReplacement: true }])(
    "an allowed replacement is written: %j",
    (meant) => {
      expect(shown(remedy({ plugin: "azure" }, "replaces always", meant))).toBe(pair);
    },
  );

  test("a replacement allowed for another cluster is not written", () => {
    const other = { newClusters: [`${address}2`] };
    expect(shown(remedy({ plugin: "azure" }, "replaces always", other))).toBe(
      `nothing: would replace by ${pair}`,
    );
  });

  const engineIgnored = (path: string): boolean => path.endsWith("networkPolicy");
  const dataplaneIgnored = (path: string): boolean => path.endsWith("DataPlane");
  const meant = { acceptReplacement: true };
  const isNew = { newClusters: [address] };
  test.each([
    ["ignores the engine", { ignores: engineIgnored }, isNew, `nothing: ignored: ${pair}`],
    ["ignores the dataplane", { ignores: dataplaneIgnored }, {}, calico],
    ["ignores something else", { ignores: () => false }, {}, pair],
    ["protects the cluster", { isProtected: true }, meant, pair],
  ] as const)(
    "a program that %s, with a tool that moves to Cilium in place",
    (_title, more, autoSet, choice) => {
      const tool = "moves to Cilium in place";
      expect(shown(remedy({ plugin: "azure" }, tool, autoSet, azureClassic, more))).toBe(choice);
    },
  );
  test.each([
    [{}, `nothing: protected: ${pair}`],
    [meant, `nothing: protected: ${pair}`],
    [isNew, pair],
  ] as const)("a protected cluster, with a tool that always replaces: %j", (autoSet, choice) => {
    const more = { isProtected: true };
    expect(shown(remedy({ plugin: "azure" }, "replaces always", autoSet, azureClassic, more))).toBe(choice);
  });

  test("options have Pulumi's names by default", () => {
    const optionOf = (more: Pick<RemedyCircumstances, "ignores" | "isProtected">): unknown => {
      const found = remedy({ plugin: "azure" }, "replaces always", {}, azureClassic, more);
      return "option" in found ? found.option : undefined;
    };
    expect(optionOf({ ignores: engineIgnored })).toBe("ignoreChanges");
    expect(optionOf({ isProtected: true })).toBe("protect");
  });

  test.each([
    ["moves to Cilium in place", {}, `nothing: not sent: ${pair}`],
    ["moves to Cilium in place", isNew, pair],
    ["replaces always", {}, `nothing: would replace by ${pair}`],
    ["replaces always", meant, pair],
  ] as const)("a cluster whose changes are not sent, with a tool that %s: %j", (tool, autoSet, choice) => {
    const more = { notSentBecauseOf: "networkProfile.outboundType" };
    expect(shown(remedy({ plugin: "azure" }, tool, autoSet, azureClassic, more))).toBe(choice);
  });

  test.each([
    ["5.89.0", undefined, undefined],
    ["6.0.0", "in place", undefined],
    ["6.31.0", "in place", undefined],
    ["6.32.0", "in place", "in place"],
    ["6.40.0", "in place", "in place"],
    ["7.0.0", "in place", "in place"],
    ["latest", undefined, undefined],
    [undefined, undefined, undefined],
  ] as const)("what @pulumi/azure %s does in place", (toolVersion, engineAlone, both) => {
    const dialect = azureClassic;
    const cluster = readCluster(plainField({ networkProfile: { networkPlugin: "azure" } }), dialect);
    const engine = { setting: "engine", path: "networkProfile.networkPolicy", value: "calico" } as const;
    const dataplane = {
      setting: "dataplane",
      path: "networkProfile.networkDataPlane",
      value: "cilium",
    } as const;
    const deployed = { cluster, dialect, toolVersion };
    expect(effectOf(deployed, [engine])).toBe(engineAlone);
    expect(effectOf(deployed, [dataplane, { ...engine, value: "cilium" }])).toBe(both);
  });

  test("a whole profile is written only if requested and allowed", () => {
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
  ] as const)("a named engine is written if it fits: %s into %j", (engine, declaration, choice) => {
    expect(shown(remedy(declaration, "moves to Cilium in place", { engine }))).toBe(choice);
  });

  const wordless = { ...azureClassic, settings: { ...azureClassic.settings, dataplane: [] } };
  test.each<[title: string, declaration: Declaration, dialect: Dialect, choice: string]>([
    ["azure-native takes a plugin alone", { plugin: "azure" }, azureNative, pair],
    [
      "azure-native implies no Cilium without a plugin",
      { dataplane: "cilium" },
      azureNative,
      "nothing: no plugin",
    ],
    ["an old module cannot write a dataplane", { plugin: "azure" }, azureNativeBefore2023, calico],
    ["a dialect without a dataplane setting", { plugin: "azure" }, wordless, calico],
  ])("%s", (_title, declaration, dialect, choice) => {
    expect(shown(remedy(declaration, "moves to Cilium in place", {}, dialect))).toBe(choice);
  });

  test.each([
    ["in force", address, exampleDay, "nothing: exempted"],
    ["expired", address, new Date("2027-02-02"), pair],
    ["for another cluster", `${address}2`, exampleDay, pair],
  ])("an exemption %s", (_title, target, today, choice) => {
    const reading = readConfiguration({
      "network-policy-configured": { exemptions: [exemption({ target })] },
    });
    if (!reading.valid) throw new Error(reading.problems.join());
    const cluster = readCluster(plainField({ networkProfile: { networkPlugin: "azure" } }), azureClassic);
    const circumstances: RemedyCircumstances = {
      today,
      options: reading.value.options,
      autoSet: autoSetDefaults,
      address,
      effectOf: () => "in place",
    };
    expect(shown(remedyOf(cluster, azureClassic, circumstances))).toBe(choice);
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

describe("by the actual effect of this tool and version", () => {
  const kubenet = { plugin: "kubenet" };
  const nap = { plugin: "azure", nodeProvisioning: "Auto" };
  const dual = { plugin: "azure", ipFamilies: ["IPv4", "IPv6"] };
  const wouldReplace = (settings: string): string => `nothing: would replace by ${settings}`;
  const real = (
    declaration: Declaration,
    dialect: Dialect,
    toolVersion: string | undefined,
    autoSet: Partial<AutoSet> = {},
  ): string => {
    const [spelling] = spellings(declaration, [dialect]);
    if (spelling === undefined) throw new Error(`${dialect.name} cannot say it`);
    const pools = spelling.spelled.separatePools.map((pool) => readPool(plainField(pool), dialect));
    const cluster = withPools(readCluster(plainField(spelling.spelled.cluster), dialect), pools);
    const remedied = remedyOf(cluster, dialect, {
      today: exampleDay,
      autoSet: { ...autoSetDefaults, ...autoSet },
      address,
      effectOf: (settings) => effectOf({ cluster, dialect, toolVersion }, settings),
    });
    return shown(remedied);
  };

  test.each<[declaration: Declaration, dialect: Dialect, version: string | undefined, choice: string]>([
    [{ plugin: "azure" }, azurermTyped, "4.58.0", pair],
    [{ plugin: "azure" }, azurermTyped, "4.57.0", calico],
    [{ plugin: "azure" }, azurermTyped, "3.107.0", wouldReplace(pair)],
    [{ plugin: "azure" }, azurermTyped, undefined, wouldReplace(pair)],
    [{ plugin: "azure" }, azureClassic, "6.40.0", pair],
    [{ plugin: "azure" }, azureClassic, "6.31.0", calico],
    [{ plugin: "azure" }, azureClassic, undefined, wouldReplace(pair)],
    [{ plugin: "azure" }, azureNative, "3.28.0", wouldReplace(pair)],
    [{ plugin: "azure", dataplane: "cilium" }, azurermTyped, "3.75.0", "engine=cilium"],
    [{ plugin: "azure", dataplane: "cilium" }, azurermTyped, "3.74.0", wouldReplace("engine=cilium")],
    // Never the plugin: kubenet's calico, which is in place, with kubenet's notice.
    [kubenet, azurermTyped, "4.73.0", calico],
    [kubenet, azurermTyped, "3.108.0", calico],
    [kubenet, azurermTyped, "3.107.0", wouldReplace(calico)],
    [kubenet, azureClassic, "6.0.0", calico],
    [kubenet, azureNative, "3.28.0", wouldReplace(calico)],
    // Auto-provisioning and dual stack need Cilium, and auto-provisioning prevents nothing.
    [nap, azurermTyped, "4.73.0", pair],
    [nap, azurermTyped, "4.55.0", wouldReplace(pair)],
    [dual, azurermTyped, "4.73.0", pair],
    [dual, azurermTyped, "4.55.0", wouldReplace(pair)],
    [{ ...kubenet, nodeProvisioning: "Auto" }, azurermTyped, "4.73.0", "nothing: nothing fits"],
    [{ ...kubenet, pools: windows }, azurermTyped, "4.73.0", "nothing: nothing fits"],
  ])("%o, %#", (declaration, dialect, version, choice) => {
    expect(real(declaration, dialect, version)).toBe(choice);
  });

  test.each(["4.65.0", "4.66.0", "5.2.0"])(
    "a whole profile is more than azurerm %s can do at once, so it must be allowed",
    (version) => {
      const wholeProfile = { wholeProfile: true };
      expect(real({}, azurermTyped, version, wholeProfile)).toBe(wouldReplace(whole));
      expect(real({}, azurermTyped, version, { ...wholeProfile, newClusters: [address] })).toBe(whole);
    },
  );

  test("what is written with node auto-provisioning on says that it must be off meanwhile", () => {
    const cluster = readCluster(plainField(spellings(nap, [azurermTyped])[0]?.spelled.cluster), azurermTyped);
    const subject = { cluster, dialect: azurermTyped, toolVersion: "4.73.0" };
    const settings = assignments(cluster, { dataplane: "cilium", engine: "cilium" }, azurermTyped);
    expect(messageOf(wroteFinding(subject, settings), pulumiVoice)).toContain(
      "\nIf the cluster exists: azurerm 4.73.0 (this program's version) changes it in place (every node pool is reimaged). Switch node auto-provisioning off first, and on again afterwards.\n",
    );
  });

  test("kubenet with what auto-set writes has only kubenet's notice", () => {
    const [after] = spellings({ ...kubenet, engine: "calico" }, [azurermTyped]);
    if (after === undefined) throw new Error("azurerm can say it");
    const found = rules.flatMap((rule) => evaluate(rule, after.spelled, azurermTyped));
    expect(found.map(({ kind, cause }) => [kind, cause])).toEqual([["notice", "kubenet-ends"]]);
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

  test("what is written makes every rule pass, changes no existing value, and is written once", () => {
    const runs = propertyRuns(20_000);
    let written = 0;
    fc.assert(
      fc.property(
        declarations,
        autoSets,
        fc.constantFrom(...(Object.keys(tools) as ToolName[])),
        fc.constantFrom(...pulumiDialects),
        (declaration, autoSet, tool, dialect) => {
          const remedied = remedy(declaration, tool, autoSet, dialect);
          if (!remedied.writes) return;
          written += 1;
          const [spelling] = spellings(declaration, [dialect]);
          if (spelling === undefined) throw new Error("it was just spelt");
          const after = structuredCloneWithSymbols(spelling.spelled.cluster);
          for (const { path, value } of remedied.settings) {
            expect(plainFieldAt(after, path)).toBeOneOf([undefined, null, ""]);
            writeAt(after, path, value);
          }
          const inputs = { cluster: after, separatePools: spelling.spelled.separatePools };
          const kinds = rules.flatMap((rule) => evaluate(rule, inputs, dialect)).map(({ kind }) => kind);
          expect(kinds.filter((kind) => kind !== "notice")).toEqual([]);
          const meant = autoSet.acceptReplacement === true || autoSet.newClusters?.includes(address) === true;
          expect(meant || tools[tool](remedied.settings) === "in place").toBe(true);
          const pools = spelling.spelled.separatePools.map((pool) => readPool(plainField(pool), dialect));
          const again = remedyOf(withPools(readCluster(plainField(after), dialect), pools), dialect, {
            today: exampleDay,
            autoSet: { ...autoSetDefaults, ...autoSet },
            address,
            effectOf: tools[tool],
          });
          expect(again.writes).toBe(false);
        },
      ),
      { seed: 20261123, ...runs },
    );
    expect(written).toBeGreaterThan(runs.numRuns / 200);
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
