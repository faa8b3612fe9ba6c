import { describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import type { PreviewRun } from "../pulumi-cli/cli";
import { analyze, preview, stateOf } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { packFolder } from "../support/clocked-pack";
import { exemption } from "../support/configurations";
import { bad, good } from "../support/exemption-cases";
import type { Library, NetworkProfile } from "../support/terraform";
import { appWith, libraries, required, synthesised } from "../support/terraform";

const clusterType = "azure-native:containerservice:ManagedCluster";

describeWithPulumi("the real CLI", () => {
  const urn = (name: string): string => `urn:pulumi:dev::test::${clusterType}::${name}`;
  const run = (
    clusters: Readonly<Record<string, object>>,
    packConfig: Readonly<Record<string, unknown>>,
  ): Promise<PreviewRun> =>
    preview({
      program: ({ resource }) => {
        for (const [name, networkProfile] of Object.entries(clusters))
          resource(clusterType, name, { resourceGroupName: "rg", resourceName: name, networkProfile });
      },
      pack: packFolder,
      packConfig,
    });
  const inTerraform = (
    library: Library,
    clusters: Readonly<Record<string, object>>,
    configuration: unknown,
  ): string[] => {
    const { app, stack: own } = appWith(library, configuration as Configuration, { today: () => new Date() });
    for (const [name, networkProfile] of Object.entries(clusters))
      new library.KubernetesCluster(own, name, {
        ...required,
        networkProfile: networkProfile as NetworkProfile,
      });
    return synthesised(app).map((line) => line.split(" ")[0] ?? "");
  };
  const day = (days: number): string =>
    new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const inForce = { createdOn: day(-10), expiresOn: day(60) };

  test("one file works for both hosts: an exempted cluster is reported and does not stop the run, another one does", async () => {
    const packConfig = {
      "network-policy-configured": {
        exemptions: [
          exemption({ target: urn("aks"), ...inForce }),
          exemption({ id: "EXM-1", target: urn("gone"), ...inForce }),
          exemption({ id: "EXM-2", target: "s/aks", ...inForce }),
        ],
      },
    };
    const exempted = await run({ aks: bad }, packConfig);
    expect(exempted.exitCode).toBe(0);
    expect(exempted.events.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["advisory", "advisory"]);
    expect(exempted.stdout).toContain("(60 days left): EXM-0007, mitigated, owner team-shop@example.com.");
    expect(exempted.stdout).toContain(
      `EXM-1 from network-policy-configured (owner team-shop@example.com) matches no cluster`,
    );
    const neighbour = await run({ aks: bad, other: bad }, packConfig);
    expect(neighbour.exitCode).not.toBe(0);
    expect(neighbour.events.filter(({ enforcementLevel }) => enforcementLevel === "mandatory")).toHaveLength(
      1,
    );

    for (const library of libraries) expect(inTerraform(library, { aks: bad }, packConfig)).toEqual(["warn"]);
  });

  describe("accepts a configuration of version 2, which means the same in both hosts:", () => {
    const configured = "network-policy-configured";
    const ciliumAlone = { networkPlugin: "azure", networkPolicy: "cilium" };
    const exceptions = {
      "EXC-1": {
        reason: "Its owners run Calico themselves",
        match: [{ policies: [configured], targets: [urn("aks")] }],
      },
    };
    // Pulumi rejects a construct path as the target of an exception, so a file for both hosts has it in an
    // exemption.
    const inCdktf = { [configured]: { exemptions: [exemption({ target: "s/aks", ...inForce })] } };
    /** What stops the run and what does not, by cluster and in both hosts. */
    const cases: readonly (readonly [
      title: string,
      file: Readonly<Record<string, unknown>>,
      clusters: Readonly<Record<string, object>>,
      inPulumi: readonly string[],
      inTerraform: readonly string[],
    ])[] = [
      ["its policies are the rules", { policies: {} }, { aks: bad }, [`aks stops`], ["error"]],
      ["without any", {}, { aks: bad }, ["aks stops"], ["error"]],
      ["a level for all rules", { policies: { all: "advisory" } }, { aks: bad }, ["aks tells"], ["warn"]],
      ["a level for one rule", { policies: { [configured]: "disabled" } }, { aks: bad }, [], []],
      [
        "options of a rule",
        { policies: { [configured]: { engines: ["cilium"] } } },
        { aks: good },
        ["aks stops"],
        ["error"],
      ],
      [
        "an exception exempts one cluster",
        { policies: inCdktf, exceptions },
        { aks: bad },
        ["aks exempted by EXC-1"],
        ["warn"],
      ],
      [
        "and not its neighbour",
        { policies: inCdktf, exceptions },
        { aks: bad, other: bad },
        ["aks exempted by EXC-1", "other stops"],
        ["warn", "error"],
      ],
      [
        "and from no other rule",
        { policies: inCdktf, exceptions },
        { aks: ciliumAlone },
        ["aks stops"],
        // The exemption is not needed, and reports that; a Pulumi exception does not.
        ["error", "warn"],
      ],
      ["environments are left to Pulumi", { environments: [] }, { aks: bad }, ["aks stops"], ["error"]],
    ];
    test.concurrent.each(cases)("%s", async (_title, file, clusters, inPulumi, expected) => {
      const configuration = { version: 2, ...file };
      const { exitCode, stdout, events } = await run(clusters, configuration);
      const told = events
        .filter(({ urn: target }) => target.includes(clusterType))
        .map(({ urn: target, enforcementLevel, exceptions: by }) => {
          const word = enforcementLevel === "mandatory" ? "stops" : "tells";
          return `${target.split("::").at(-1) ?? ""} ${by === undefined ? word : `exempted by ${by.join()}`}`;
        });
      expect(told.sort()).toEqual(inPulumi);
      expect(exitCode !== 0).toBe(inPulumi.some((each) => each.endsWith("stops")));
      if (inPulumi.some((each) => each.includes("exempted")))
        expect(stdout).toContain(`[exempted]  ${configured}  (1 violation)`);
      for (const library of libraries)
        expect(inTerraform(library, clusters, configuration).sort()).toEqual([...expected].sort());
    });

    test("an exception requires an exact URN in Pulumi, also in an analysis of a state", async () => {
      const state = stateOf([
        { type: clusterType, name: "aks", inputs: { networkProfile: bad } },
        { type: clusterType, name: "other", inputs: { networkProfile: bad } },
      ]);
      const { exitCode, events } = await analyze({
        state,
        pack: packFolder,
        packConfig: { version: 2, exceptions },
      });
      expect(exitCode).toBe(1);
      expect(events.map(({ urn: target, exceptions: by }) => [target, by])).toEqual([
        [urn("aks"), ["EXC-1"]],
        [urn("other"), undefined],
      ]);
    });

    test("a rule next to the version is dropped silently by Pulumi, and refused in CDKTF", async () => {
      const file = { version: 2, [configured]: "disabled" };
      const { exitCode, events } = await run({ aks: bad }, file);
      expect([exitCode === 0, events.map(({ enforcementLevel }) => enforcementLevel)]).toEqual([
        false,
        ["mandatory"],
      ]);
      for (const library of libraries)
        expect(() => inTerraform(library, { aks: bad }, file)).toThrow(
          `the configuration has "${configured}" beside a version; expected it under policies`,
        );
    });

    test("an exception keeps auto-set away in CDKTF; Pulumi keeps exceptions to itself, so auto-set writes", async () => {
      const policies = {
        [configured]: {
          enforcementLevel: "remediate",
          autoSet: { newClusters: [urn("aks"), "s/aks"] },
          ...inCdktf[configured],
        },
      };
      const { exitCode, remediations, registered } = await run(
        { aks: bad },
        { version: 2, policies, exceptions },
      );
      expect(exitCode).toBe(0);
      expect(remediations.map(({ urn: target }) => target)).toEqual([urn("aks")]);
      expect(registered[urn("aks")]?.["networkProfile"]).toMatchObject({ networkPolicy: "cilium" });
      for (const library of libraries)
        expect(inTerraform(library, { aks: bad }, { version: 2, policies, exceptions })).toEqual(["warn"]);
    });

    const matching = (match: unknown): unknown => ({ "EXC-1": { reason: "A reason for it", match } });
    test.concurrent.each<[title: string, file: Readonly<Record<string, unknown>>, words: string]>([
      ["another version", { version: 3, policies: {} }, "policy pack config version 3 isn't supported"],
      ["an older version", { version: 1, policies: {} }, '"version" must be 2'],
      ["an exception without a reason", { version: 2, exceptions: { "EXC-1": {} } }, '"reason" is required'],
      [
        "an exception from all rules",
        { version: 2, exceptions: matching([{ policies: ["all"], targets: [urn("aks")] }]) },
        '"all" isn\'t allowed',
      ],
      [
        "an exception for no cluster",
        { version: 2, exceptions: matching([{ policies: [configured], targets: [] }]) },
        '"targets" must list at least one URN',
      ],
      [
        "an exception that matches nothing",
        { version: 2, exceptions: matching([]) },
        '"match" must list at least one',
      ],
    ])("refused: %s", async (_title, packConfig, words) => {
      const { exitCode, stdout, stderr } = await run({ good }, packConfig);
      expect(exitCode).not.toBe(0);
      expect(stdout + stderr).toContain(words);
      for (const library of libraries) expect(() => inTerraform(library, { good }, packConfig)).toThrow();
    });
  });
});
