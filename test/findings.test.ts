import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Dialect, Finding, Options, Refusal, Subject } from "../shared";
import {
  azapi,
  azureClassic,
  azureNative,
  azurerm,
  bugFinding,
  defaultOptions,
  explainNotApplied,
  explainRefusal,
  explainWritten,
  findingsOf,
  lostFinding,
  readCluster,
  readConfiguration,
  readPool,
  rules,
  surplusExemptions,
  unseenFindings,
  withExemption,
  withPools,
} from "../shared";
import type { OnUnknown } from "../shared/configuration";
import { dayNumber } from "../shared/days";
import type { Declaration } from "../shared/declaration";
import { notKnownYet, spell } from "../shared/declaration";
import { standingOf } from "../shared/exemptions";
import { assignments } from "../shared/fix";
import { exemption } from "./support/configurations";
import type { Said } from "./support/exemption-cases";
import { bad, cases, configurationFor, expectedOf, good, telling } from "./support/exemption-cases";
import { exampleDay, plainField, pulumiVoice } from "./support/evaluate";

const [configured] = rules;
if (configured === undefined) throw new Error("no rules");

function subjectOf(networkProfile: object, dialect: Dialect = azureNative, toolVersion?: string): Subject {
  return { cluster: readCluster(plainField({ networkProfile }), dialect), dialect, toolVersion };
}

function declared(declaration: Declaration, dialect: Dialect, toolVersion?: string): Subject {
  const spelled = spell(declaration, dialect);
  if (spelled === undefined) throw new Error(`${dialect.name} cannot say it`);
  const pools = spelled.poolsApart.map((pool) => readPool(plainField(pool), dialect));
  const cluster = withPools(readCluster(plainField(spelled.cluster), dialect), pools);
  return { cluster, dialect, toolVersion };
}

function optionsOf(configuration: unknown): Options {
  const reading = readConfiguration(configuration);
  if (!reading.valid) throw new Error(reading.problems.join());
  return reading.value.options;
}

const pageOfWords = (name: string): string => join(__dirname, "words", `${name}.txt`);

describe("an exemption", () => {
  const stack = new Map([
    ["s/aks", [subjectOf(bad)]],
    ["s/good", [subjectOf(good)]],
  ]);
  const belongs = (target: string): boolean => target.startsWith("s/");

  test.each(cases.map((each) => [each.title, each] as const))("%s", (_title, each) => {
    const options = optionsOf(configurationFor(each, "s/aks", "s/good"));
    const circumstances = { today: new Date(each.today ?? exampleDay), options };
    const said: Said[] = [...stack].flatMap(([address, subjects]) =>
      rules.flatMap((rule) => {
        const exempting = options[rule.name].exemptions.find(({ target }) => target === address);
        return subjects
          .flatMap((subject) => findingsOf(rule, subject, circumstances, pulumiVoice))
          .flatMap((finding) => withExemption([finding], exempting, circumstances))
          .map(({ kind, message }): Said => [
            kind === "failure" ? "STOPS" : "tells",
            address === "s/aks" ? "aks" : "good",
            telling(message),
          ]);
      }),
    );
    for (const rule of rules) {
      for (const { address, message } of surplusExemptions(rule, stack, belongs, circumstances)) {
        const where = address === undefined ? "the stack" : address === "s/aks" ? "aks" : "good";
        said.push(["tells", where, telling(message)]);
      }
    }
    expect(said).toEqual(expectedOf(each.said, "s/aks"));
  });

  test("leaves all but failures as they are", () => {
    const findings: Finding[] = (["notice", "unknown", "failure"] as const).map((kind) => ({
      kind,
      key: kind,
      message: kind,
    }));
    const circumstances = { today: exampleDay };
    const kinds = (of: readonly Finding[]): string[] => of.map(({ kind, message }) => `${kind} ${message}`);
    const [notice, unknown, failure] = kinds(withExemption(findings, exemption(), circumstances));
    expect([notice, unknown]).toEqual(["notice notice", "unknown unknown"]);
    expect(failure).toMatch(/^exempt failure\nExempted until /);
    expect(withExemption(findings, undefined, circumstances)).toBe(findings);
  });

  test("says that it does nothing, in these words", async () => {
    const surplus = (target: string, clusters: readonly (Subject | undefined)[] | undefined): string[] => {
      const options = optionsOf({ [configured.name]: { exemptions: [exemption({ target })] } });
      const all = new Map([["s/aks", clusters ?? []]]);
      if (clusters === undefined) all.set("s/gone", []);
      return surplusExemptions(configured, all, belongs, { today: exampleDay, options }).map(
        ({ address, message }) => `[${address ?? "the stack"}] ${message}\n`,
      );
    };
    const page = [
      ["for a cluster that is not there", surplus("s/other", [])],
      ["in other letters", surplus("s/AKS", [])],
      ["for several clusters", surplus("s/aks", [subjectOf(bad), subjectOf(good)])],
      ["for a cluster that complies", surplus("s/aks", [subjectOf(good)])],
      ["for a cluster that fails", surplus("s/aks", [subjectOf(bad)])],
      ["for a cluster that is not decided", surplus("s/aks", [subjectOf({ networkPolicy: notKnownYet })])],
      ["for a cluster that could not be read", surplus("s/aks", [undefined])],
      ["of another stack", surplus("t/aks", undefined)],
    ].map(([title, said]) => `## ${String(title)}\n${[said].flat().join("") || "[nothing to say]\n"}`);
    await expect(page.join("\n")).toMatchFileSnapshot(pageOfWords("surplus-exemptions"));
  });

  test("is still needed where the rule itself fails on a bug", () => {
    const buggy = {
      ...configured,
      judge: () => {
        throw new Error("a bug");
      },
    };
    const options = optionsOf({ [configured.name]: { exemptions: [exemption({ target: "s/aks" })] } });
    const circumstances = { today: exampleDay, options };
    expect(surplusExemptions(buggy, stack, belongs, circumstances)).toEqual([]);
  });

  test("is none where no options are given", () => {
    expect(surplusExemptions(configured, stack, belongs, { today: exampleDay })).toEqual([]);
  });
});

describe("a day that is in no calendar", () => {
  test.each([
    ["2026-11-23", "2026-11-23", "in force"],
    ["2026-11-01", "2027-02-30", "expired"],
    ["2026-02-30", "2027-02-01", "not yet"],
  ])("exempts nothing: %s to %s is %s", (createdOn, expiresOn, state) => {
    expect(standingOf({ ...exemption(), createdOn, expiresOn }, exampleDay).state).toBe(state);
  });

  test("is no day", () => {
    expect(() => dayNumber(new Date(NaN))).toThrow(new RangeError("not a date"));
  });
});

describe("an exemption's life", () => {
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

describe("a cluster that is not decided is", () => {
  test.each<[unknown: OnUnknown, kinds: readonly string[], counts: boolean]>([
    ["warn", ["unknown"], false],
    ["fail", ["failure"], true],
    ["ignore", [], false],
  ])("what the organisation says: %s", (unknown, kinds, counts) => {
    const options = optionsOf({ [configured.name]: { unknown } });
    const subject = subjectOf({ networkPolicy: notKnownYet });
    const found = findingsOf(configured, subject, { today: exampleDay, options }, pulumiVoice);
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
    expect(found.some(({ message }) => message.includes("Your organisation counts that as a failure"))).toBe(
      counts,
    );
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
    const found = rules.flatMap((rule) => findingsOf(rule, subject, { today: exampleDay }, pulumiVoice));
    expect(found.map(({ key }) => key)).toEqual(keys);
  });
});

describe("a bug is told by its kind alone:", () => {
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
    expect(bugFinding(configured, error)).toEqual({
      kind: "failure",
      key: "internal error",
      message: [
        `This cluster could not be judged: ${told} inside the rule network-policy-configured.`,
        "That is a bug in aks-network-policy-pack. The cluster counts as failing, because nothing shows that it is safe.",
        "Fix: report it with the pack's version; until it is mended an exemption of this cluster lets it through.",
        "Rule: https://www.npmjs.com/package/aks-network-policy-pack#network-policy-configured",
      ].join("\n"),
    });
  });
});

describe("auto-set", () => {
  const open = subjectOf(bad);
  const settings = assignments(open.cluster, { dataplane: "cilium", engine: "cilium" }, azureNative);

  test("says what it did, and why it did nothing, in these words", async () => {
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
      { because: "ignored", settings },
      { because: "replacement", settings },
      { because: "protected", settings },
      { because: "a bug" },
    ];
    const deployed: readonly (readonly [string, Subject])[] = [
      ["azure-native", open],
      ["azure, version not known", subjectOf(bad, azureClassic)],
      ["azure 6.40.0", subjectOf(bad, azureClassic, "6.40.0")],
      ["azurerm 4.73.0", declared({ plugin: "azure" }, azurerm, "4.73.0")],
      ["azapi", declared({ plugin: "azure" }, azapi)],
    ];
    const lost = lostFinding(configured, open, settings, "urn:aks");
    const page = [
      ...refusals.map((refusal) => `## ${refusal.because}\n${explainRefusal(refusal, "urn:aks")}\n`),
      ...deployed.map(([title, subject]) => {
        const choice = { dataplane: "cilium", engine: "cilium" } as const;
        const written = assignments(subject.cluster, choice, subject.dialect);
        return `## written, ${title}\n${explainWritten(subject, written)}\n`;
      }),
      `## not applied\n${explainNotApplied(settings)}\n`,
      `## lost\n[${lost.kind}, ${lost.key}] ${lost.message}\n`,
    ];
    await expect(page.join("\n")).toMatchFileSnapshot(pageOfWords("auto-set"));
  });

  test.each([
    [undefined, ["unknown"]],
    ["warn", ["unknown"]],
    ["fail", ["failure"]],
    ["ignore", []],
  ] as const)("says that it cannot see yet what is deployed, where unknown is %s", async (unknown, kinds) => {
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
    const found = unseenFindings(configured, settings, { today: exampleDay, options }, "`pulumi up`");
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
    for (const { key, message } of found) {
      await expect(`[${key}] ${message}\n`).toMatchFileSnapshot(pageOfWords("auto-set-unseen"));
    }
  });

  test("is told in the findings of its own rule, and in no other's", () => {
    const subject = {
      ...subjectOf({ networkPlugin: notKnownYet, networkPolicy: "istio" }),
      autoSet: ["TOLD"],
    };
    const unknown = { ...subjectOf({ networkPolicy: notKnownYet }), autoSet: ["TOLD"] };
    const misfit = { ...subjectOf({ networkPlugin: "kubenet", networkPolicy: "azure" }), autoSet: ["TOLD"] };
    const tells = (each: Subject): string[] =>
      rules.flatMap((rule) =>
        findingsOf(rule, each, { today: exampleDay }, pulumiVoice).map(
          ({ message }) => `${rule.name} ${String(message.split("\n").includes("TOLD"))}`,
        ),
      );
    expect(tells(subject)).toEqual(["network-policy-configured true"]);
    expect(tells(unknown)).toEqual(["network-policy-configured true"]);
    expect(tells(misfit)).toEqual(["network-policy-compatible false"]);
  });
});
