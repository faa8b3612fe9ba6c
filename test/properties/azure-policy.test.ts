/**
 * The definitions compared with the rules: they deny nothing that passes, and allow only the exceptions
 * listed on the page.
 */
import { afterEach, describe, expect, test, vi } from "vitest";
import { questions } from "../../shared/azure-policy/asking";
import type { QuestionName } from "../../shared/azure-policy/asking";
import { nothing } from "../../shared/azure-policy/conditions";
import type { Cluster } from "../../shared/cluster/cluster";
import { is } from "../../shared/cluster/setting";
import { armTemplate } from "../../shared/dialects/arm-template";
import { dialectAt } from "../../shared/dialects/at-version";
import { readCluster } from "../../shared/reading/cluster";
import { ruleNames, rules } from "../../shared/rules";
import { hasUnknown, plainField } from "../support/evaluate";
import { propertyRuns } from "../support/property-runs";
import type { Assignment } from "../shared/azure-policy/comparison";
import { byDefault, compared, definitionFor, denies, fails, unseen } from "../shared/azure-policy/comparison";
import { generated } from "../shared/azure-policy/generated";
import { interpreted } from "../shared/azure-policy/interpreter";
import type { Written } from "../shared/azure-policy/requests";
import { answerOf, clusterOf, poolRequestOf, requestOf, writtenOf } from "../shared/azure-policy/requests";

const forms = [
  ["a request", (written: Written): Written => written],
  ["an answer", answerOf],
] as const;
const [nodes, encryption, apart, shapes] = unseen.map(({ what }) => what);

describe("every worked example", () => {
  const examples = rules.flatMap((rule) => [...rule.examples]);
  const known = examples.filter(({ cluster }) => !hasUnknown(cluster));

  test("is included, unless something in it is unknown, which no request has", () => {
    expect(known.length).toBeGreaterThan(100);
    expect(examples.length - known.length).toBeLessThan(40);
  });

  const everywhere = {
    "WireGuard encryption, engine calico": [encryption],
    "engine azure, 251 nodes declared": [nodes],
  };
  const inRequests = {
    ...everywhere,
    "engine azure, 251 nodes declared": [nodes, apart],
    "separate Windows pool, Cilium with its dataplane": [apart],
    "Windows credentials, and a separate Windows pool, Cilium with its dataplane": [apart],
    "engine azure with a separate Windows pool": [apart],
    "engine azure with Windows credentials, and a separate Windows pool": [apart],
  };
  test.each([
    [...forms[0], inRequests],
    [...forms[1], everywhere],
  ] as const)("as %s: both agree, except for what cannot be seen", (_, formOf, expected) => {
    const others = known.flatMap(({ title, cluster, today = byDefault.today }) => {
      const outcome = compared(formOf(writtenOf(cluster)), { ...byDefault, today });
      if (outcome.says === "right") return [];
      return [[title, outcome.says === "lets through" ? outcome.because : outcome.says]];
    });
    expect(Object.fromEntries(others)).toEqual(expected);
  });
});

/** What no definition tests in a cluster, and why: a new setting must be tested, or listed here. */
const notAsked: Readonly<Record<Exclude<keyof Cluster, QuestionName>, string>> = {
  profile: "it is there, or its settings are not",
  transitEncryption: "no alias",
  kubernetesVersion: "for a notice alone",
  windowsProfile: "for a notice alone",
  separatePools: "another resource",
  possiblePools: "another resource",
  podSubnet: "for a fix alone",
  notInVersion: "Azure refuses it",
};

test("every setting of a cluster is tested, or listed as not tested", () => {
  const settings = Object.keys(clusterOf(writtenOf({})));
  const told = [...Object.keys(questions), ...Object.keys(notAsked)];
  expect(settings.filter((name) => !told.includes(name))).toEqual([]);
});

describe("generated clusters", () => {
  /** How often each cause alone explains what is allowed, and how often both agree. */
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);

  const { numRuns } = propertyRuns(25_000);
  test.each([1, 2, 3, 4])(
    `${numRuns} of them, as requests and as answers (seed %i)`,
    (seed) => {
      for (const { written, assignment } of generated(numRuns, seed)) {
        for (const [form, formOf] of forms) {
          const seen = formOf(written);
          const outcome = compared(seen, assignment);
          const told = JSON.stringify([form, seen, assignment]);
          expect(outcome.says, told).not.toBe("denies what passes");
          if (outcome.says === "right") count(outcome.fails ? "both fail it" : "both let it pass");
          if (outcome.says !== "lets through") continue;
          expect(outcome.because, told).not.toContain("nothing explains it");
          if (outcome.because.length === 1) count(`${form}: ${outcome.because.join()}`);
        }
      }
    },
    300_000,
  );

  test("show each thing that cannot be seen, and no other", () => {
    console.log([...counts].map(([what, times]) => `${times} ${what}`).join("\n"));
    const shown = [...counts.keys()].filter((what) => /^an? /.test(what));
    const expected = [
      ...[nodes, encryption, apart, shapes].map((what) => `a request: ${what ?? ""}`),
      ...[nodes, encryption, shapes].map((what) => `an answer: ${what ?? ""}`),
    ];
    const together = "several things together";
    expect(shown.filter((what) => !what.endsWith(together)).sort()).toEqual(expected.sort());
    for (const what of ["both fail it", "both let it pass"])
      expect(counts.get(what)).toBeGreaterThan(numRuns / 4);
  });
});

test("a request at an API version without SKU Automatic is allowed, and rejected by Azure", () => {
  const written = writtenOf({ sku: "Automatic" });
  const dialect = dialectAt(armTemplate, "2021-05-01");
  const cluster = readCluster(plainField(written.cluster), dialect);
  expect([denies(written, byDefault), fails(cluster, byDefault)]).toEqual([false, true]);
});

describe("everything that the definition tests", () => {
  /** A cluster with these answers, as a request. */
  function requestWith(answers: Readonly<Record<string, string>>): Written {
    const { pools, ipFamilies, advancedNetworkSecurity, ...words } = Object.fromEntries(
      Object.entries(answers).filter(([, word]) => word !== nothing),
    );
    return writtenOf({
      ...words,
      ...(pools === undefined ? {} : { pools: [{ os: pools }] }),
      ...(ipFamilies === undefined ? {} : { ipFamilies: ["IPv4", "IPv6"] }),
      ...(advancedNetworkSecurity === undefined ? {} : { advancedNetworkSecurity: true }),
    });
  }

  function every(names: readonly QuestionName[]): Readonly<Record<string, string>>[] {
    let answers: Readonly<Record<string, string>>[] = [{}];
    for (const name of names)
      answers = answers.flatMap((each) => questions[name].all.map((word) => ({ ...each, [name]: word })));
    return answers;
  }

  const network: readonly QuestionName[] = ["engine", "sku", "dataplane", "plugin"];
  const beside: readonly QuestionName[] = [
    "mode",
    "pools",
    "ipFamilies",
    "nodeProvisioning",
    "advancedNetworkSecurity",
    "accelerationMode",
  ];
  const options = every(["azure", "calico", "cilium", "bringYourOwnCni"]).map(
    ({ bringYourOwnCni, ...accepted }) =>
      ({
        engines: Object.values(accepted).filter((engine) => engine !== nothing),
        bringYourOwnCni,
        today: byDefault.today,
      }) as Assignment,
  );

  /** The differences between both for all clusters with these answers. */
  function differences(
    names: readonly QuestionName[],
    assignments: readonly Assignment[] = [byDefault],
    configuration = {},
  ): string[] {
    const definition = definitionFor("cluster", configuration);
    const effectOn = interpreted(definition);
    // The parameters of a disabled rule are gone too.
    const isAsked = "engines" in definition.properties.parameters;
    const deny = (written: Written, { engines, bringYourOwnCni }: Assignment): boolean =>
      effectOn(requestOf(written), isAsked ? { engines, bringYourOwnCni } : {}) !== undefined;
    return every(names).flatMap((answers) => {
      const written = requestWith(answers);
      return assignments
        .filter((assignment) => compared(written, assignment, deny).says !== "right")
        .map((assignment) => JSON.stringify([answers, assignment]));
    });
  }
  const howToFix =
    "the table of a rule cannot be expressed: two settings beside the network decide together, or accepting more fails more";

  test("every network, whatever is accepted", () => {
    expect(options.length).toBe(24);
    expect(differences(network, options), howToFix).toEqual([]);
  });

  test.each(ruleNames)("every network, with %s disabled", (name) => {
    const assignment = { ...byDefault, disabled: [name] };
    expect(differences([...network, "pools"], [assignment], { [name]: "disabled" })).toEqual([]);
  });

  test("every network with every other setting", () => {
    expect(differences([...network, ...beside]), howToFix).toEqual([]);
  }, 300_000);

  test("every separate pool: what is denied passes in no cluster", () => {
    const effectOn = interpreted(definitionFor("node-pool"));
    const clusters = every(network).map(requestWith);
    const denied = options
      .filter(({ bringYourOwnCni }) => bringYourOwnCni === "fail")
      .flatMap((assignment) =>
        [{ osType: "Windows" }, { osType: "windows" }, { osType: "Linux" }, { osType: "" }, {}]
          .concat({ osType: "Solaris" })
          .flatMap((pool) => {
            const { engines } = assignment;
            const passes = clusters.some(
              (written) => !fails(clusterOf({ ...written, separatePools: [pool] }), assignment),
            );
            const isDenied = effectOn(poolRequestOf(pool), { engines }) !== undefined;
            // If no engine is accepted, no cluster passes, whatever its pools are.
            if (engines.length > 0) expect([pool, engines, isDenied]).toEqual([pool, engines, !passes]);
            return isDenied ? [`${pool.osType ?? ""} with ${engines.join(", ")}`] : [];
          }),
      );
    expect(denied).toContain("Windows with azure, cilium");
    expect(denied).not.toContain("Windows with azure, calico, cilium");
    expect(denied).toContain("Solaris with azure, calico, cilium");
  });

  describe("a changed rule", () => {
    const [configured, compatible] = rules;
    if (configured === undefined || compatible === undefined) throw new Error("there are rules");
    const spies: { mockRestore: () => void }[] = [];
    afterEach(() => {
      for (const spy of spies.splice(0)) spy.mockRestore();
    });
    /** As if the rule had one more row. */
    function withRow(holds: (cluster: Cluster) => ReturnType<typeof is>): void {
      const { judge } = compatible as typeof configured & object;
      spies.push(
        vi.spyOn(compatible as { judge: typeof judge }, "judge").mockImplementation((cluster, around) => {
          const { truth, dependsOn } = holds(cluster);
          if (truth === true) return { verdict: "fail", causes: [{ cause: "too-many-nodes" }] };
          const verdict = judge(cluster, around);
          return truth === false || verdict.verdict === "fail" ? verdict : { verdict: "unknown", dependsOn };
        }),
      );
    }

    test("changes the definition, and the two agree again", () => {
      const before = JSON.stringify(definitionFor("cluster"));
      withRow(({ engine }) => is(engine, "calico"));
      expect(JSON.stringify(definitionFor("cluster"))).not.toBe(before);
      expect(differences(network)).toEqual([]);
    });

    test("with two more settings together cannot be expressed, and is detected", () => {
      withRow(({ mode, nodeProvisioning }) => {
        const isOverlay = is(mode, "overlay");
        return isOverlay.truth === true ? is(nodeProvisioning, "Manual") : isOverlay;
      });
      expect(differences(["engine", "dataplane", "mode", "nodeProvisioning"])).not.toEqual([]);
    });
  });
});
