/**
 * The pure parts of a baseline: what is valid, when it is old, what it tolerates, and which findings are
 * gone.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DocumentKind, DocumentNote } from "../../../shared/documents/document";
import { readDocument } from "../../../shared/documents/read";
import type { NamedDocument } from "../../../shared/findings/judged-documents";
import { judgeDocuments } from "../../../shared/findings/judged-documents";
import { circumstancesOf } from "../../../shared/findings/judgement";
import type { BaselineOfRun, NextBaseline } from "../../../shared/messages/baselined";
import { nextBaseline } from "../../../shared/messages/baselined";
import { scopeOf } from "../../../shared/messages/fingerprints";
import type { Report } from "../../../shared/messages/report";
import { reportOf } from "../../../shared/messages/reporting";
import type { Baseline, BaselineEntry } from "../../../shared/policy/baseline";
import { isOldSince, readBaseline } from "../../../shared/policy/baseline";
import { policyOf } from "../../support/configurations";
import { exampleDay } from "../../support/evaluate";
import { propertyRuns } from "../../support/property-runs";

const entry = {
  since: "2026-11-01",
  rule: "network-policy-configured",
  in: "shop",
  address: "aks",
  fingerprint: "network-policy-configured|failure not-configured|shop|aks",
} as const satisfies BaselineEntry;
const empty: Baseline = { version: 1, writtenOn: "2026-11-01", findings: [] };

describe("a baseline is valid", () => {
  test.each<readonly [string, unknown]>([
    ["without findings", empty],
    ["with an owner", { ...empty, owner: "team-shop" }],
    ["with a finding", { ...empty, findings: [entry] }],
    [
      "with a finding at a unique address",
      {
        ...empty,
        findings: [
          {
            since: entry.since,
            rule: entry.rule,
            address: "aks",
            fingerprint: "network-policy-configured|x|aks",
          },
        ],
      },
    ],
    [
      "with a second finding at the same address",
      { ...empty, findings: [{ ...entry, fingerprint: `${entry.fingerprint}|2` }] },
    ],
    [
      "with a twelfth finding at an address with a number",
      {
        ...empty,
        findings: [
          {
            ...entry,
            in: "shop|2",
            fingerprint: "network-policy-configured|failure not-configured|shop|2|aks|12",
          },
        ],
      },
    ],
    [
      "with a finding on a leap day",
      { ...empty, writtenOn: "2028-03-01", findings: [{ ...entry, since: "2028-02-29" }] },
    ],
  ])("%s", (_title, content) => {
    expect(readBaseline(content)).toEqual({ valid: true, value: content });
  });

  const of = (changes: object): object => ({ ...empty, findings: [{ ...entry, ...changes }] });
  const fingerprint =
    "baseline.findings[0] is an object; expected one whose fingerprint has its rule, in and address";
  test.each<readonly [string, unknown, string]>([
    ["null", null, "baseline is null; expected an object"],
    ["a text", "x", 'baseline is "x"; expected an object'],
    ["a list", [], "baseline.version is missing"],
    ["another version", { ...empty, version: 2 }, "baseline.version is 2; expected 1"],
    [
      "another key",
      { ...empty, clusters: [] },
      'baseline has an unknown key "clusters"; expected one of version, writtenOn, owner, findings',
    ],
    [
      "a blank owner",
      { ...empty, owner: " " },
      'baseline.owner is " "; expected who is responsible for the findings, in one line',
    ],
    ["no list", { ...empty, findings: {} }, "baseline.findings is an object; expected a list of findings"],
    [
      "an invalid day",
      { ...empty, writtenOn: "2027-02-29" },
      'baseline.writtenOn is "2027-02-29"; expected a date such as 2027-01-31 (UTC) that exists in the calendar',
    ],
    [
      "a finding on a later day",
      of({ since: "2026-11-02" }),
      "baseline is an object; expected no finding since a later day than writtenOn",
    ],
    ["another rule than the fingerprint's", of({ rule: "network-policy-supported" }), fingerprint],
    ["another address than the fingerprint's", of({ address: "other" }), fingerprint],
    ["another place than the fingerprint's", of({ in: "hop" }), fingerprint],
    ["the end of an address", of({ in: undefined, address: "ks" }), fingerprint],
    ["an address before the fingerprint's last", of({ fingerprint: `${entry.fingerprint}|x` }), fingerprint],
    ["no object as a finding", { ...empty, findings: [5] }, "baseline.findings[0] is 5; expected a finding"],
    ["no fingerprint", of({ fingerprint: undefined }), "baseline.findings[0].fingerprint is missing"],
  ])("never with %s", (_title, content, problem) => {
    const read = readBaseline(content);
    expect(read.valid ? [] : read.problems).toContain(problem);
  });
});

test.each([
  ["2026-05-27", "2026-11-23", false],
  ["2026-05-26", "2026-11-23", true],
  // In a leap year there is one more day between the same days of two months.
  ["2028-02-29", "2028-08-27", false],
  ["2028-02-29", "2028-08-28", true],
  ["2028-01-01", "2028-06-29", false],
  ["2027-01-01", "2027-06-30", false],
  ["2027-01-01", "2027-07-01", true],
  ["2026-11-24", "2026-11-23", false],
])("a finding since %s is old on %s: %s", (since, today, isOld) => {
  expect(isOldSince(since, new Date(`${today}T00:00:00Z`))).toBe(isOld);
  expect(isOldSince(since, new Date(`${today}T23:59:59Z`))).toBe(isOld);
});

/** A document of the caller, after reading. */
interface Given {
  readonly kind: DocumentKind;
  readonly content: unknown;
  readonly stack?: string;
  readonly notes?: readonly DocumentNote[];
}

function judge(
  given: readonly Given[],
  run?: Partial<BaselineOfRun>,
  configuration: object = {},
  unreadable: Report["unreadable"] = [],
): Report & { readonly next: NextBaseline } {
  const policy = policyOf(configuration);
  const documents = given.map(({ kind, content, stack, notes }): NamedDocument => {
    const read = readDocument(content, kind, undefined);
    if (read === "unsupported format") throw new Error(read);
    return { ...read, stack, notes: notes ?? read.notes };
  });
  const judged = judgeDocuments(
    documents,
    policy,
    circumstancesOf(policy, () => exampleDay),
  );
  const baseline = run && { known: empty, takesNew: false, ...run };
  const report = reportOf(documents, judged, {
    today: exampleDay,
    policy,
    files: documents.map((_, i) => `${i}.json`),
    unreadable,
    locate: () => undefined,
    baseline,
  });
  const scopes = documents.map((document, i) => scopeOf(document, `${i}.json`));
  return { ...report, next: nextBaseline(report, scopes, baseline?.known ?? empty, undefined) };
}

const profiles = {
  bad: { network_plugin: "azure" },
  noEngine: { network_plugin: "azure", network_policy: "istio" },
  calicoWithCilium: { network_plugin: "azure", network_data_plane: "cilium", network_policy: "calico" },
  open: { network_plugin: "azure", network_policy: "${var.engine}" },
  old: { network_plugin: "azure", network_policy: "azure" },
  good: { network_plugin: "azure", network_data_plane: "cilium", network_policy: "cilium" },
} as const;
type Profile = keyof typeof profiles;
type Clusters = Readonly<Record<string, Profile | "unreadable">>;

/** A state, which shows everything, including a cluster that cannot be read. */
function state(clusters: Clusters, stack?: string): Given {
  const resources = Object.entries(clusters).map(([name, profile]) => ({
    address: `azurerm_kubernetes_cluster.${name}`,
    mode: "managed",
    type: "azurerm_kubernetes_cluster",
    name,
    values: profile === "unreadable" ? 1 : { network_profile: [valuesOf(profile)] },
  }));
  const content = { format_version: "1.0", values: { root_module: { resources } } };
  return { kind: "terraform-state", content, ...(stack === undefined ? {} : { stack }) };
}

/** A state knows every value. */
function valuesOf(profile: Profile): object {
  return profiles[profile === "open" ? "good" : profile];
}

function terraform(clusters: Clusters, stack?: string): Given {
  const blocks = Object.fromEntries(
    Object.entries(clusters).flatMap(([name, profile]) =>
      profile === "unreadable" ? [] : [[name, { network_profile: profiles[profile] }]],
    ),
  );
  const content = { resource: { azurerm_kubernetes_cluster: blocks } };
  return { kind: "terraform-json", content, ...(stack === undefined ? {} : { stack }) };
}

const urn = (name: string, stack = "dev"): string =>
  `urn:pulumi:${stack}::shop::azure-native:containerservice:ManagedCluster::${name}`;
function pulumi(engines: Readonly<Record<string, string | null>>, stack?: string): Given {
  const resources = Object.entries(engines).map(([name, networkPolicy]) => ({
    urn: urn(name, stack),
    type: "azure-native:containerservice:ManagedCluster",
    custom: true,
    inputs: { networkProfile: { networkPlugin: "azure", networkPolicy, networkDataplane: networkPolicy } },
    outputs: {},
  }));
  return { kind: "pulumi-stack", content: { version: 3, deployment: { resources } } };
}
const azureId = (name: string): string =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/${name}`;
function azure(engines: Readonly<Record<string, string>>): Given {
  const content = Object.entries(engines).map(([name, networkPolicy]) => ({
    id: azureId(name),
    name,
    type: "Microsoft.ContainerService/ManagedClusters",
    networkProfile: { networkPlugin: "azure", networkPolicy, networkDataplane: networkPolicy },
    agentPoolProfiles: [],
  }));
  return { kind: "azure", content };
}

/** The addresses of the gone findings of a baseline written over some documents, if others are checked. */
function gone(
  before: readonly Given[],
  after: readonly Given[],
  configuration: object = {},
  unreadable: Report["unreadable"] = [],
): readonly string[] {
  const known = judge(before, { takesNew: true }).next.baseline;
  expect(known.findings.length).toBeGreaterThan(0);
  const { baseline, next } = judge(after, { known }, configuration, unreadable);
  const addresses = baseline?.gone.map(({ address }) => address) ?? [];
  // Every finding lost is either gone or a warning now.
  expect(
    next.baseline.findings.filter(({ address }) => !addresses.includes(address)).length,
  ).toBeGreaterThanOrEqual(known.findings.length - addresses.length);
  return addresses.map((address) => address.replace(/^.*(?:::|[./])/, ""));
}

describe("a finding of a baseline is gone", () => {
  const bad: Clusters = { aks: "bad" };
  const partial: DocumentNote[] = ["the plan is incomplete"];
  const none = { aks: "none" };
  test.each<readonly [string, readonly Given[], readonly Given[], readonly string[]]>([
    ["if its cluster is fixed", [terraform(bad)], [terraform({ aks: "good" })], ["aks"]],
    ["if its cluster is removed", [terraform(bad)], [terraform({})], ["aks"]],
    ["if its cluster fails for another reason", [terraform(bad)], [terraform({ aks: "noEngine" })], ["aks"]],
    ["never if it still occurs", [terraform(bad)], [terraform(bad)], []],
    ["never if the file was not checked", [terraform(bad), terraform(bad)], [terraform(bad)], []],
    ["in the stack of that name", [terraform(bad, "shop")], [state({}, "shop")], ["aks"]],
    ["never by another stack", [terraform(bad, "shop")], [terraform({}, "other")], []],
    ["never if the cluster is not decided", [terraform(bad)], [terraform({ aks: "open" })], []],
    [
      "never if the document shows only a part",
      [terraform(bad)],
      [{ ...terraform({ aks: "good" }), notes: partial }],
      [],
    ],
    [
      "never if one of the stack's documents shows only a part",
      [terraform(bad, "s")],
      [terraform({}, "s"), { ...terraform({}, "s"), notes: partial }],
      [],
    ],
    ["never next to what could not be read", [state(bad)], [state({ b: "unreadable" })], []],
    [
      "in a Pulumi stack that is checked",
      [pulumi({ aks: null, b: null })],
      [pulumi({ b: "cilium" })],
      ["aks", "b"],
    ],
    [
      "never by another Pulumi stack",
      [pulumi({ aks: null })],
      [pulumi({ aks: "cilium", b: "cilium" }, "prod")],
      [],
    ],
    [
      "never by a part of its Pulumi stack",
      [pulumi({ aks: null, b: null })],
      [{ ...pulumi({ b: "cilium" }), notes: partial }],
      [],
    ],
    ["if Azure's output has its cluster", [azure(none)], [azure({ aks: "cilium" })], ["aks", "aks"]],
    ["never if Azure's output has another cluster", [azure(none)], [azure({ b: "cilium" })], []],
  ])("%s", (_title, before, after, expected) => {
    expect(gone(before, after)).toEqual(expected);
  });

  test("never if an input could not be read", () => {
    expect(gone([terraform(bad)], [terraform({})], {}, [{ file: "x", reason: "It is empty." }])).toEqual([]);
  });

  test("never of a rule that is disabled", () => {
    const disabled = { "network-policy-configured": "disabled" };
    expect(gone([terraform(bad)], [terraform({})], disabled)).toEqual([]);
  });
});

describe("a baseline", () => {
  const namesOf = ({ clusters }: Report, only: "all" | "errors"): readonly string[] =>
    clusters.flatMap(({ address, findings }) =>
      findings.flatMap(({ level, fingerprint }) =>
        only === "all" || level === "error" ? [`${address} ${fingerprint}`] : [],
      ),
    );
  const errorsIn = (report: Report): readonly string[] => namesOf(report, "errors");

  test("has the failures that must stop the run, and nothing else", () => {
    const clusters: Clusters = {
      bad: "bad",
      open: "open",
      old: "old",
      good: "good",
      two: "calicoWithCilium",
    };
    const { next } = judge([terraform(clusters)], { takesNew: true });
    expect(next.baseline.findings.map(({ rule, address }) => [rule, address])).toEqual([
      ["network-policy-compatible", "azurerm_kubernetes_cluster.two"],
      ["network-policy-configured", "azurerm_kubernetes_cluster.bad"],
    ]);
    const advisory = judge([terraform(clusters)], { takesNew: true }, { all: "advisory" });
    expect(advisory.next.baseline.findings).toEqual([]);
  });

  test("has undecided clusters if they fail, until they are decided", () => {
    const fails = { "network-policy-configured": { unknown: "fail" } };
    const known = judge([terraform({ aks: "open" })], { takesNew: true }, fails).next.baseline;
    expect(known.findings).toHaveLength(1);
    expect(errorsIn(judge([terraform({ aks: "open" })], { known }, fails))).toEqual([]);
    expect(errorsIn(judge([terraform({ aks: "bad" })], { known }, fails))).toHaveLength(1);
  });

  test("has a cluster only if it has all of its failures", () => {
    const given = [azure({ aks: "none" })];
    const { findings } = judge(given, { takesNew: true }).next.baseline;
    expect(findings).toHaveLength(2);
    const summaryWith = (known: readonly BaselineEntry[]): unknown =>
      judge(given, { known: { ...empty, findings: known } }).summary;
    expect(summaryWith(findings)).toMatchObject({ failing: 1, baselined: 1 });
    expect(summaryWith(findings.slice(1))).toMatchObject({ failing: 1, baselined: 0 });
  });

  test("has its findings in the order of their fingerprints", () => {
    const names = ["d", "a", "c", "e", "b", "B"];
    const clusters = Object.fromEntries(names.map((name) => [name, "bad" as const]));
    const { findings } = judge([terraform(clusters)], { takesNew: true }).next.baseline;
    expect(findings.map(({ address }) => address.replace(/^.*\./, ""))).toEqual([
      "B",
      "a",
      "b",
      "c",
      "d",
      "e",
    ]);
  });

  test("is as old as its oldest finding that still counts", () => {
    const { findings } = judge([terraform({ a: "bad", b: "bad", c: "bad" })], { takesNew: true }).next
      .baseline;
    const days = ["2026-11-03", "2026-11-01", "2026-11-02"];
    const known = { ...empty, findings: findings.map((each, i) => ({ ...each, since: days[i] ?? "" })) };
    const oldest = (after: Clusters): unknown => judge([terraform(after)], { known }).baseline?.oldest;
    expect(oldest({ a: "bad", b: "bad", c: "bad" })).toBe("2026-11-01");
    expect(oldest({ a: "bad", b: "good", c: "bad" })).toBe("2026-11-02");
    expect(oldest({ a: "bad", b: "good", c: "good" })).toBe("2026-11-03");
    expect(oldest({})).toBeNull();
  });

  test("that has a finding twice uses the earlier day", () => {
    const once = judge([terraform({ aks: "bad" })], { takesNew: true }).next.baseline.findings;
    const findings = ["2026-11-02", "2026-11-01", "2026-11-03"].flatMap((since) =>
      once.map((each) => ({ ...each, since })),
    );
    const { clusters, next } = judge([terraform({ aks: "bad" })], { known: { ...empty, findings } });
    expect(clusters[0]?.findings[0]?.baseline).toEqual({ since: "2026-11-01" });
    expect(next.baseline.findings.map(({ since }) => since)).toEqual(["2026-11-01"]);
  });

  const documents = fc.array(
    fc
      .record({
        of: fc.constantFrom(state, terraform),
        clusters: fc.dictionary(
          fc.constantFrom("a", "b", "c", "a|2", "2"),
          fc.constantFrom(...(Object.keys(profiles) as Profile[]), "unreadable" as const),
        ),
        stack: fc.constantFrom(undefined, "s", "s|azurerm_kubernetes_cluster.a"),
      })
      .map(({ of, clusters, stack }) => of(clusters, stack)),
    { maxLength: 3 },
  );
  const isBug = (name: string): boolean => / network-policy-[a-z]+\|bug\|/.test(name);

  test("that was just written leaves a clean run, except for what could not be checked", () => {
    fc.assert(
      fc.property(documents, (given) => {
        const bugs = errorsIn(judge(given)).filter(isBug);
        const first = judge(given, { takesNew: true });
        const known = first.next.baseline;
        expect(readBaseline(known)).toEqual({ valid: true, value: known });
        expect(errorsIn(first)).toEqual(bugs);
        const again = judge(given, { known });
        expect(errorsIn(again)).toEqual(bugs);
        expect(again.baseline?.gone).toEqual([]);
        expect(again.next).toEqual({ baseline: { ...known, writtenOn: again.judgedOn }, added: 0, kept: 0 });
      }),
      propertyRuns(300),
    );
  });

  test("reports an error for everything not in it, and loses no finding that is neither found nor gone", () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const known = judge(before, { takesNew: true }).next.baseline;
        const names = known.findings.map(({ address, fingerprint }) => `${address} ${fingerprint}`);
        const later = judge(after, { known });
        const news = errorsIn(judge(after)).filter((name) => isBug(name) || !names.includes(name));
        expect(errorsIn(later)).toEqual(news);
        const found = new Set(namesOf(later, "all"));
        const { length } = names.filter((name) => found.has(name));
        expect(known.findings).toHaveLength(length + (later.baseline?.gone.length ?? 0) + later.next.kept);
      }),
      propertyRuns(300),
    );
  });
});
