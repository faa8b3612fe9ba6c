import { withPools } from "../../../shared/cluster/cluster";
import type { Declaration } from "../../../shared/cluster/declaration";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { azapi } from "../../../shared/dialects/azapi";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm } from "../../../shared/dialects/azurerm";
import { azurermAutomatic } from "../../../shared/dialects/azurerm-automatic";
import type { Dialect } from "../../../shared/dialects/dialect";
import { productionModule } from "../../../shared/dialects/module-avm-production";
import { aksModule } from "../../../shared/dialects/module-azure-aks";
import { opaqueModule } from "../../../shared/dialects/module-opaque";
import { isBefore } from "../../../shared/dialects/version";
import { lostFinding, unseenFindings, withAutoSetRemark } from "../../../shared/findings/auto-set";
import { withExemption } from "../../../shared/findings/exempted";
import type { Finding } from "../../../shared/findings/finding";
import { bugFinding, findingsOf } from "../../../shared/findings/judge";
import { unusedExemptions } from "../../../shared/findings/unused-exemptions";
import type { Assignment } from "../../../shared/fixes/choice";
import { assignments } from "../../../shared/fixes/choice";
import type { Refusal } from "../../../shared/fixes/remedy";
import { has } from "../../../shared/fixes/remedy";
import { effectOf } from "../../../shared/fixes/replacement";
import { unusedExemptionMessage } from "../../../shared/messages/exemptions";
import type { Policy } from "../../../shared/policy/configuration";
import { readConfiguration } from "../../../shared/policy/configuration";
import { standingOf } from "../../../shared/policy/exemptions";
import { readCluster } from "../../../shared/reading/cluster";
import { unknownField } from "../../../shared/reading/field";
import { readPool } from "../../../shared/reading/pool";
import { spell } from "../../../shared/reading/spell";
import type { Subject } from "../../../shared/reading/subject";
import type { Options } from "../../../shared/rules";
import { defaultOptions, rules } from "../../../shared/rules";
import { dayNumber } from "../../../shared/rules/days";
import type { OnUnknown } from "../../../shared/rules/options";
import { exemption, policyOf } from "../../support/configurations";
import { exampleDay, findingsTold, plainField, pulumiVoice, tell } from "../../support/evaluate";
import type { Said } from "../../support/exemption-cases";
import { bad, cases, configurationFor, expectedOf, good, telling } from "../../support/exemption-cases";
import { azureNativeBefore2023 } from "../../support/old-dialects";
import { refusalText, remarkText, wroteText } from "../../support/words";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const [configured] = rules;
if (configured === undefined) throw new Error("no rules");

function subjectOf(networkProfile: object, dialect: Dialect = azureNative, toolVersion?: string): Subject {
  return { cluster: readCluster(plainField({ networkProfile }), dialect), dialect, toolVersion };
}

function declared(declaration: Declaration, dialect: Dialect, toolVersion?: string): Subject {
  const spelled = spell(declaration, dialect);
  if (spelled === undefined) throw new Error(`${dialect.name} cannot say it`);
  const pools = spelled.separatePools.map((pool) => readPool(plainField(pool), dialect));
  const cluster = withPools(readCluster(plainField(spelled.cluster), dialect), pools);
  return { cluster, dialect, toolVersion };
}

function optionsOf(configuration: unknown): Policy["options"] {
  return policyOf(configuration).options;
}

const pageOfWords = (name: string): string => join(__dirname, "..", "..", "words", `${name}.txt`);

describe("an exemption", () => {
  const stackOf = (): Map<string, Subject[]> =>
    new Map([
      ["s/aks", [subjectOf(bad)]],
      ["s/good", [subjectOf(good)]],
    ]);
  const belongs = (target: string): boolean => target.startsWith("s/");

  test.each(cases.map((each) => [each.title, each] as const))("%s", (_title, each) => {
    const options = optionsOf(configurationFor(each, "s/aks", "s/good"));
    const circumstances = { today: new Date(each.today ?? exampleDay), options };
    const stack = stackOf();
    const said: Said[] = [...stack].flatMap(([address, subjects]) =>
      rules.flatMap((rule) => {
        const exempting = options[rule.name].exemptions.find(({ target }) => target === address);
        return subjects
          .flatMap((subject) => findingsOf(rule, subject, circumstances))
          .flatMap((finding) => withExemption([finding], exempting, circumstances))
          .map((finding) => tell(finding))
          .map(({ kind, message }): Said => [
            kind === "failure" ? "STOPS" : "tells",
            address === "s/aks" ? "aks" : "good",
            telling(message),
          ]);
      }),
    );
    for (const rule of rules) {
      for (const unused of unusedExemptions(rule, stack, belongs, circumstances)) {
        const { address } = unused;
        const where = address === undefined ? "the stack" : address === "s/aks" ? "aks" : "good";
        said.push(["tells", where, telling(unusedExemptionMessage(unused))]);
      }
    }
    expect(said).toEqual(expectedOf(each.said, "s/aks"));
  });

  test("changes only failures", () => {
    const findings: Finding[] = (["notice", "unknown", "failure"] as const).map((kind) => ({
      ...bugFinding(configured, undefined),
      kind,
    }));
    const circumstances = { today: exampleDay };
    const [notice, unknown, failure] = withExemption(findings, exemption(), circumstances);
    expect([notice, unknown]).toEqual(findings.slice(0, 2));
    if (failure === undefined) throw new Error("a finding has gone");
    expect(failure.kind).toBe("exempt");
    expect(tell(failure).message).toMatch(/^This cluster could not be judged[^]*\nExempted until /);
    expect(withExemption(findings, undefined, circumstances)).toBe(findings);
  });

  test("reports that it does nothing, in these words", async () => {
    const surplus = (target: string, clusters: readonly (Subject | undefined)[] | undefined): string[] => {
      const options = optionsOf({ [configured.name]: { exemptions: [exemption({ target })] } });
      const all = new Map([["s/aks", clusters ?? []]]);
      if (clusters === undefined) all.set("s/gone", []);
      return unusedExemptions(configured, all, belongs, { today: exampleDay, options }).map(
        (each) => `[${each.address ?? "the stack"}] ${unusedExemptionMessage(each)}\n`,
      );
    };
    const page = [
      ["for a cluster that does not exist", surplus("s/other", [])],
      ["in another case", surplus("s/AKS", [])],
      ["for several clusters", surplus("s/aks", [subjectOf(bad), subjectOf(good)])],
      ["for a cluster that complies", surplus("s/aks", [subjectOf(good)])],
      ["for a cluster that fails", surplus("s/aks", [subjectOf(bad)])],
      ["for a cluster that is not decided", surplus("s/aks", [subjectOf({ networkPolicy: notKnownYet })])],
      ["for a cluster that could not be read", surplus("s/aks", [undefined])],
      ["for another stack", surplus("t/aks", undefined)],
    ].map(([title, said]) => `## ${String(title)}\n${[said].flat().join("") || "[nothing to say]\n"}`);
    await expect(page.join("\n")).toMatchFileSnapshot(pageOfWords("surplus-exemptions"));
  });

  test("is still needed if the rule itself fails on a bug", () => {
    const buggy = {
      ...configured,
      judge: () => {
        throw new Error("a bug");
      },
    };
    const options = optionsOf({ [configured.name]: { exemptions: [exemption({ target: "s/aks" })] } });
    const circumstances = { today: exampleDay, options };
    expect(unusedExemptions(buggy, stackOf(), belongs, circumstances)).toEqual([]);
  });

  test("does not exist without options", () => {
    expect(unusedExemptions(configured, stackOf(), belongs, { today: exampleDay })).toEqual([]);
  });
});

describe("a day that does not exist", () => {
  test.each([
    ["2026-11-23", "2026-11-23", "in force"],
    ["2026-11-01", "2027-02-30", "expired"],
    ["2026-02-30", "2027-02-01", "not yet"],
  ])("exempts nothing: %s to %s is %s", (createdOn, expiresOn, state) => {
    expect(standingOf({ ...exemption(), createdOn, expiresOn }, exampleDay).state).toBe(state);
  });

  test("is not a day", () => {
    expect(() => dayNumber(new Date(NaN))).toThrow(new RangeError("not a date"));
  });
});

describe("an exemption's duration", () => {
  const problems = (createdOn: string, expiresOn: string, maxExemptionDays?: number): number => {
    const exemptions = [exemption({ createdOn, expiresOn })];
    const reading = readConfiguration({ [configured.name]: { exemptions, maxExemptionDays } });
    return reading.valid ? 0 : reading.problems.length;
  };
  test.each<[createdOn: string, expiresOn: string, days: number | undefined, count: number]>([
    ["2026-11-01", "2026-11-01", undefined, 0],
    ["2026-11-02", "2026-11-01", undefined, 1],
    ["2026-01-01", "2026-06-30", undefined, 0],
    ["2026-01-01", "2026-07-01", undefined, 1],
    ["2026-11-01", "2026-11-11", 10, 0],
    ["2026-11-01", "2026-11-12", 10, 1],
  ])("from %s to %s, of at most %s days: %i problems", (createdOn, expiresOn, days, count) => {
    expect(problems(createdOn, expiresOn, days)).toBe(count);
  });
});

test("an exemption's texts and days are texts", () => {
  const exemptions = [exemption({ id: 5, createdOn: 5 })];
  expect(readConfiguration({ [configured.name]: { exemptions } })).toEqual({
    valid: false,
    problems: [
      "network-policy-configured.exemptions[0].id is 5; expected an id in one line",
      "network-policy-configured.exemptions[0].createdOn is 5; expected a date such as 2027-01-31 (UTC)",
    ],
  });
});

describe("a cluster that is not decided is", () => {
  test.each<[unknown: OnUnknown, kinds: readonly string[], counts: boolean]>([
    ["warn", ["unknown"], false],
    ["fail", ["failure"], true],
    ["ignore", [], false],
  ])("treated as the organisation says: %s", (unknown, kinds, counts) => {
    const options = optionsOf({ [configured.name]: { unknown } });
    const subject = subjectOf({ networkPolicy: notKnownYet });
    const found = findingsTold(configured, subject, { today: exampleDay, options }, pulumiVoice);
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
    expect(
      found.some(({ message }) => message.includes("Your organisation treats unknown as a failure")),
    ).toBe(counts);
  });
});

describe("a finding's key", () => {
  test.each([
    [bad, ["failure not-configured"]],
    [{ networkPlugin: "kubenet", networkPolicy: "calico" }, ["notice kubenet-ends"]],
    [
      { networkPlugin: "azure", networkPolicy: "istio" },
      ["failure not-an-engine networkProfile.networkPolicy"],
    ],
    [
      { networkPlugin: "flannel", networkPluginMode: "under", networkPolicy: "calico" },
      [
        "failure unrecognized-value networkProfile.networkPlugin",
        "failure unrecognized-value networkProfile.networkPluginMode",
      ],
    ],
    [{ networkPlugin: "azure", networkPolicy: notKnownYet }, ["unknown"]],
  ])("%j", (profile, keys) => {
    const subject = subjectOf(profile);
    const found = rules.flatMap((rule) => findingsTold(rule, subject, { today: exampleDay }, pulumiVoice));
    expect(found.map(({ key }) => key)).toEqual(keys);
  });
});

describe("a bug is reported only by its kind:", () => {
  class OwnError extends Error {
    override readonly name = "HunterError";
  }
  test.each([
    [new TypeError("x"), "TypeError"],
    [new RangeError("x"), "RangeError"],
    [new ReferenceError("x"), "ReferenceError"],
    [new SyntaxError("x"), "SyntaxError"],
    [new URIError("x"), "URIError"],
    [new EvalError("x"), "EvalError"],
    [new OwnError("x"), "an error"],
    [{ name: "TypeError" }, "an error"],
    ["TypeError", "an error"],
    [undefined, "an error"],
  ])("%s", (error, told) => {
    expect(tell(bugFinding(configured, error))).toEqual({
      kind: "failure",
      key: "bug",
      message: [
        `This cluster could not be judged: ${told} inside the rule network-policy-configured.`,
        "That is a bug in aks-network-policy-pack. The cluster fails, because nothing shows that it is safe.",
        "Fix: report it with the pack's version. Until it is fixed, an exemption lets this cluster through.",
        "Rule: https://www.npmjs.com/package/aks-network-policy-pack#network-policy-configured",
      ].join("\n"),
    });
  });
});

test("what no worked example covers, in these words", async () => {
  const engines = (...accepted: string[]): Options => optionsOf({ [configured.name]: { engines: accepted } });
  const ipFamilies = ["IPv4", "IPv6"];
  const unread = (dialect: Dialect): Subject => ({ cluster: readCluster(unknownField, dialect), dialect });
  const inputs = (of: object): Subject => ({
    cluster: readCluster(plainField(of), azureNative),
    dialect: azureNative,
  });
  const windows = [{ os: "Windows" }] as const;
  const said: readonly (readonly [
    title: string,
    subject: Subject,
    more?: { options?: Options; day?: string },
  ])[] = [
    ["a cluster that is only read", { ...declared({ plugin: "azure" }, azureNative), readOnly: true }],
    [
      "Automatic, only read",
      { ...declared({ sku: "Automatic", engine: "none" }, azureNative), readOnly: true },
    ],
    [
      "a wrong value, only read",
      { ...declared({ plugin: "x", engine: "calico" }, azureNative), readOnly: true },
    ],
    [
      "no accepted engine fits",
      declared({ plugin: "azure", ipFamilies }, azureNative),
      { options: engines("azure", "calico") },
    ],
    ["Windows with dual stack", declared({ plugin: "azure", ipFamilies, pools: windows }, azureNative)],
    [
      "Automatic with several errors",
      declared({ sku: "Automatic", plugin: "x", mode: "y", engine: "none" }, azureNative),
    ],
    ["an old module", declared({ plugin: "azure", ipFamilies }, azureNativeBefore2023)],
    ["a module's variables", declared({ plugin: "azure" }, aksModule)],
    [
      "engine azure, if nothing else is accepted",
      declared({ plugin: "azure", engine: "azure" }, azureNative),
      { options: engines("azure") },
    ],
    [
      "engine azure with dual stack, if Cilium is not accepted",
      declared({ plugin: "azure", engine: "azure", ipFamilies }, azureNative),
      { options: engines("azure", "calico") },
    ],
    [
      "a wrong value, with Windows and dual stack",
      declared({ plugin: "azure", mode: "x", ipFamilies, pools: windows }, azureNative),
    ],
    ["an unknown module", unread(opaqueModule)],
    ["an unknown cluster", unread(azureNative)],
    ["an unknown block", inputs({ networkProfile: notKnownYet })],
    [
      "unknown pools",
      inputs({
        networkProfile: { networkPlugin: "azure", networkPolicy: "azure" },
        agentPoolProfiles: notKnownYet,
      }),
    ],
    ["two unknown parts", declared({ plugin: notKnownYet, dataplane: notKnownYet }, azureNative)],
    [
      "no truth",
      inputs({
        networkProfile: {
          networkPlugin: "azure",
          networkPolicy: "calico",
          advancedNetworking: { security: { enabled: "yes" } },
        },
      }),
    ],
    ["a number as the engine", inputs({ networkProfile: { networkPlugin: "azure", networkPolicy: 5 } })],
    [
      "366 days before an end",
      declared({ plugin: "kubenet", engine: "calico" }, azureNative),
      { day: "2027-03-31" },
    ],
    [
      "365 days before an end",
      declared({ plugin: "kubenet", engine: "calico" }, azureNative),
      { day: "2027-04-01" },
    ],
    ["azurerm 3.50.0", declared({ plugin: "azure" }, azurerm, "3.50.0")],
    ["azurerm 3.80.0", declared({ plugin: "azure" }, azurerm, "3.80.0")],
    ["azurerm 4.58.0", declared({ plugin: "azure", engine: "azure" }, azurerm, "4.58.0")],
    ["azurerm 4.50.0", declared({ plugin: "azure", engine: "azure" }, azurerm, "4.50.0")],
    [
      "a kind that is always Automatic, where Cilium is not accepted",
      { cluster: readCluster(plainField({}), azurermAutomatic), dialect: azurermAutomatic },
      { options: engines("calico") },
    ],
    [
      "a module's own engine, where it is not accepted",
      { cluster: readCluster(plainField({}), productionModule), dialect: productionModule },
      { options: engines("azure") },
    ],
  ];
  const page = said.map(([title, subject, { options = defaultOptions, day } = {}]) => {
    const today = day === undefined ? exampleDay : new Date(day);
    const found = rules.flatMap((rule) => findingsTold(rule, subject, { today, options }, pulumiVoice));
    return `## ${title}\n${found.map(({ kind, message }) => `[${kind}] ${message}\n`).join("")}`;
  });
  await expect(page.join("\n")).toMatchFileSnapshot(pageOfWords("findings"));
});

describe("what a change does to an existing cluster", () => {
  type Change = Partial<Record<"engine" | "dataplane" | "plugin", string>>;
  const did = (declaration: Declaration, change: Change, dialect: Dialect, version?: string): string =>
    String(
      effectOf(
        declared(declaration, dialect, version),
        Object.entries(change).map(([setting, value]) => ({
          setting: setting as keyof Change,
          path: setting,
          value,
        })),
      ),
    );
  const toCilium = { engine: "cilium", dataplane: "cilium" };
  test.each<
    [declaration: Declaration, change: Change, dialect: Dialect, version: string | undefined, effect: string]
  >([
    [{}, toCilium, azureNative, "3.0.0", "replaced"],
    [{}, toCilium, azapi, undefined, "in place"],
    [{}, toCilium, azurerm, undefined, "undefined"],
    [{}, toCilium, azurerm, "x4.58.0", "undefined"],
    [{}, toCilium, azurerm, "hunter2", "undefined"],
    [{}, toCilium, azurerm, "4.58", "in place"],
    [{}, toCilium, azurerm, "4.58.10", "in place"],
    [{}, toCilium, azurerm, "10.0.0", "in place"],
    [{}, toCilium, azurerm, "4.57.99", "replaced"],
    [{}, toCilium, azurerm, "4.58.0-beta.1", "replaced"],
    [{}, toCilium, azurerm, "4.58.0-beta", "replaced"],
    [{}, toCilium, azurerm, "4.58.0-beta.12", "replaced"],
    [{}, toCilium, azurerm, "4.58.0+de-1", "in place"],
    [{}, toCilium, azurerm, "4.58.0+ab12", "in place"],
    [{}, { engine: "cilium" }, azurerm, "3.75.0", "in place"],
    [{}, { engine: "cilium" }, azurerm, "3.74.0", "replaced"],
    [{}, { engine: "calico" }, azurerm, "3.107.0", "replaced"],
    [{}, { engine: "calico" }, azurerm, "3.108.0", "in place"],
    [{ engine: "none" }, { engine: "calico" }, azurerm, "3.108.0", "in place"],
    [{ engine: "azure" }, { engine: "cilium" }, azurerm, "4.58.0", "in place"],
    [{ engine: "calico" }, { engine: "cilium" }, azurerm, "4.58.0", "replaced"],
    [{ engine: "calico" }, { engine: "cilium" }, azurerm, "4.59.0", "in place"],
    [{ engine: "calico", dataplane: "azure" }, { dataplane: "cilium" }, azurerm, "4.58.0", "in place"],
    [{ engine: "azure", plugin: "kubenet" }, { plugin: "cilium" }, azurerm, "5.0.0", "replaced"],
    [{ dataplane: notKnownYet }, { dataplane: "cilium" }, azurerm, "5.0.0", "in place"],
    [{}, { plugin: "azure" }, azurerm, "5.0.0", "replaced"],
    [{}, {}, azurerm, "5.0.0", "replaced"],
    [{}, toCilium, azureClassic, undefined, "undefined"],
    [{}, toCilium, azureClassic, "5.0.0", "undefined"],
    [{}, toCilium, azureClassic, "6.31.0", "undefined"],
    [{}, toCilium, azureClassic, "6.32.0", "in place"],
    [{}, { engine: "calico" }, azureClassic, "6.0.0", "in place"],
    [{ engine: "calico" }, { engine: "cilium" }, azureClassic, "6.32.0", "undefined"],
    [{ engine: "calico" }, { engine: "cilium" }, azureClassic, "6.33.0", "in place"],
  ])("%o, then %j: %#", (declaration, change, dialect, version, effect) => {
    expect(did(declaration, change, dialect, version)).toBe(effect);
  });

  test.each([
    ["1.2.3", "1.2.3", false],
    ["1.2.3", "1.2.4", true],
    ["1.2.4", "1.2.3", false],
    ["1.9.0", "1.10.0", true],
    ["1.2", "1.2.1", true],
    ["1.2.1", "1.2", false],
    ["1.2.3-rc.1", "1.2.3", true],
    ["1.2.3", "1.2.3-rc.1", false],
    ["1.2.3-rc.1", "1.2.3-rc.2", false],
    ["1.2.3+a-b", "1.2.3", false],
    ["2.0.0", "1.9.9", false],
  ])("%s is before %s: %s", (version, other, before) => {
    expect(isBefore(version, other)).toBe(before);
  });
});

describe("auto-set", () => {
  test.each<[declaration: Declaration, setting: Assignment["setting"], value: string, had: boolean]>([
    [{ engine: "calico" }, "engine", "calico", true],
    [{ engine: "azure" }, "engine", "calico", false],
    [{}, "engine", "calico", false],
    [{ engine: notKnownYet }, "engine", "calico", false],
  ])("finds in %o that %s is %s: %s", (declaration, setting, value, had) => {
    const { cluster } = declared(declaration, azureNative);
    expect(has(cluster, [{ setting, path: setting, value }])).toBe(had);
    expect(has(cluster, [])).toBe(true);
    expect(
      has(declared({ engine: "calico" }, azureNative).cluster, [
        { setting: "engine", path: "e", value: "calico" },
        { setting: "plugin", path: "p", value: "azure" },
      ]),
    ).toBe(false);
  });

  const open = (): Subject => subjectOf(bad);
  const settingsOf = ({ cluster }: Subject): readonly Assignment[] =>
    assignments(cluster, { dataplane: "cilium", engine: "cilium" }, azureNative);

  test("reports what it did, and why it did nothing, in these words", async () => {
    const settings = settingsOf(open());
    const refusals: readonly Refusal[] = [
      { because: "nothing to do" },
      { because: "exempted" },
      { because: "an engine is written" },
      { because: "bring your own CNI" },
      { because: "not known", parts: ["networkProfile.networkPlugin", "sku.name"] },
      { because: "no network profile" },
      { because: "no plugin" },
      { because: "nothing fits" },
      { because: "out of reach" },
      { because: "ignored", settings, option: "ignoreChanges" },
      { because: "replacement", settings },
      { because: "protected", settings, option: "protect" },
      { because: "not sent", settings, path: "network_profile.outbound_type" },
      { because: "a bug" },
    ];
    const deployed: readonly (readonly [string, Subject])[] = [
      ["azure-native", open()],
      ["azure, version unknown", subjectOf(bad, azureClassic)],
      ["azure 6.40.0", subjectOf(bad, azureClassic, "6.40.0")],
      ["azurerm 4.73.0", declared({ plugin: "azure" }, azurerm, "4.73.0")],
      ["azapi", declared({ plugin: "azure" }, azapi)],
      ["a module, in two blocks", declared({ plugin: "azure" }, aksModule)],
    ];
    const ofModule = declared({ plugin: "azure" }, aksModule).cluster;
    const apart = assignments(ofModule, { dataplane: "cilium", engine: "cilium" }, aksModule);
    const lost = tell(lostFinding(open(), settings, "urn:aks"));
    const page = [
      ...refusals.map((refusal) => `## ${refusal.because}\n${refusalText(refusal, "urn:aks")}\n`),
      ...deployed.map(([title, subject]) => {
        const choice = { dataplane: "cilium", engine: "cilium" } as const;
        const written = assignments(subject.cluster, choice, subject.dialect);
        return `## written, ${title}\n${wroteText(subject, written)}\n`;
      }),
      `## not applied\n${remarkText({ state: "not applied", settings })}\n`,
      ...refusals
        .flatMap((refusal) => ("settings" in refusal ? [{ ...refusal, settings: apart }] : []))
        .map((refusal) => `## ${refusal.because}, in two blocks\n${refusalText(refusal, "urn:aks")}\n`),
      `## lost, in two blocks\n${tell(lostFinding(open(), apart, "urn:aks")).message}\n`,
      `## lost\n[${lost.kind}, ${lost.key}] ${lost.message}\n`,
    ];
    await expect(page.join("\n")).toMatchFileSnapshot(pageOfWords("auto-set"));
  });

  test.each([
    [undefined, ["unknown"]],
    ["warn", ["unknown"]],
    ["fail", ["failure"]],
    ["ignore", []],
  ] as const)(
    "reports that it is not known yet what is deployed, with unknown set to %s",
    async (unknown, kinds) => {
      const options: Options = {
        ...defaultOptions,
        ...(unknown === undefined
          ? {}
          : {
              "network-policy-configured": {
                ...defaultOptions["network-policy-configured"],
                unknown: unknown satisfies OnUnknown,
              },
            }),
      };
      const found = unseenFindings(configured, settingsOf(open()), { today: exampleDay, options });
      expect(found.map(({ kind }) => kind)).toEqual(kinds);
      for (const { key, message } of found.map((finding) => tell(finding))) {
        await expect(`[${key}] ${message}\n`).toMatchFileSnapshot(pageOfWords("auto-set-unseen"));
      }
    },
  );

  test("is reported in the findings of its own rule only", () => {
    const remark = { state: "refused", refusal: { because: "no plugin" }, address: "urn:aks" } as const;
    const subject = subjectOf({ networkPlugin: notKnownYet, networkPolicy: "istio" });
    const unknown = subjectOf({ networkPolicy: notKnownYet });
    const misfit = subjectOf({ networkPlugin: "kubenet", networkPolicy: "azure" });
    const tells = (each: Subject): string[] =>
      rules.flatMap((rule) =>
        withAutoSetRemark(findingsOf(rule, each, { today: exampleDay }), remark).map((finding) => {
          const lines = tell(finding).message.split("\n");
          return `${rule.name} ${String(lines.includes(remarkText(remark)))}`;
        }),
      );
    expect(tells(subject)).toEqual(["network-policy-configured true"]);
    expect(tells(unknown)).toEqual(["network-policy-configured true"]);
    expect(tells(misfit)).toEqual(["network-policy-compatible false"]);
  });
});
