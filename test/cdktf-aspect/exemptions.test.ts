import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { exemption } from "../support/configurations";
import type { Said } from "../support/exemption-cases";
import {
  bad,
  cases,
  configurationFor,
  expectedOf,
  good,
  telling,
  undecided,
} from "../support/exemption-cases";
import type { Library, NetworkProfile } from "../support/terraform";
import { annotationsOf, appWith, libraries, required, stackOf, synthesised } from "../support/terraform";

const pathOfAks = "s/aks";
const pathOfGood = "s/good";

function clusterOf(library: Library, scope: Construct, name: string, networkProfile: NetworkProfile) {
  return new library.KubernetesCluster(scope, name, { ...required, name, networkProfile });
}

describe.each(libraries)("in $name, an exemption", (library) => {
  const whereOf = (path: string): Said[1] =>
    path === pathOfAks ? "aks" : path === pathOfGood ? "good" : path === "s" ? "the stack" : "aks";

  test.each(cases.map((each) => [each.title, each] as const))("%s", (_title, each) => {
    const today = new Date(each.today ?? "2026-11-23T12:00:00Z");
    const configuration = configurationFor(each, pathOfAks, pathOfGood);
    const { app, stack: own } = appWith(library, configuration, { today: () => today });
    clusterOf(library, own, "aks", bad);
    clusterOf(library, own, "good", good);
    synthesised(app);
    const said = (): Said[] =>
      annotationsOf(app).map(({ path, level, message }): Said => [
        level === "error" ? "STOPS" : "tells",
        whereOf(path),
        telling(message),
      ]);
    const byPlace = (all: readonly Said[]): Said[] =>
      [...all].sort(([, one], [, other]) => one.localeCompare(other));
    expect(byPlace(said())).toEqual(byPlace(expectedOf(each.said, pathOfAks)));
    const first = said();
    synthesised(app);
    expect(said()).toEqual(first);
  });

  test("keeps auto-set away from its cluster until it has expired", () => {
    const synth = (today: string): { wrote: boolean; told: string[] } => {
      const { app, stack: own } = appWith(
        library,
        {
          "network-policy-configured": {
            enforcementLevel: "remediate",
            exemptions: [exemption({ target: pathOfAks })],
            autoSet: { acceptReplacement: true },
          },
        },
        { today: () => new Date(today) },
      );
      const made = clusterOf(library, own, "aks", bad);
      synthesised(app);
      const told = annotationsOf(app).map(({ level, message }) => `${level} ${message}`);
      return { wrote: made.networkProfile.networkPolicyInput !== undefined, told };
    };
    const exempted = synth("2026-11-23");
    expect(exempted.wrote).toBe(false);
    expect(exempted.told).toHaveLength(1);
    expect(exempted.told[0]).toMatch(/^warn network-policy-configured: /);
    expect(exempted.told[0]).toContain("Auto-set wrote nothing: an exemption is in force for this cluster.");
    const later = synth("2027-02-02");
    expect(later.wrote).toBe(true);
    expect(later.told[0]).toMatch(/^info network-policy-configured: Auto-set wrote /);
  });

  test("from an exception in a version 2 configuration has no end, and keeps auto-set away", () => {
    const match = [{ policies: ["network-policy-configured" as const], targets: [pathOfAks, "s/gone"] }];
    const { app, stack: own } = appWith(
      library,
      {
        version: 2,
        policies: {
          "network-policy-configured": {
            enforcementLevel: "remediate",
            autoSet: { acceptReplacement: true },
            exemptions: [exemption({ target: pathOfAks })],
          },
        },
        exceptions: { "EXC-1": { reason: "Ends soon", match } },
      },
      { today: () => new Date("2099-01-01") },
    );
    const made = clusterOf(library, own, "aks", bad);
    synthesised(app);
    expect(made.networkProfile.networkPolicyInput).toBeUndefined();
    const said = annotationsOf(app).map(({ path, level, message }) => `${level} ${path} ${telling(message)}`);
    expect(said.sort()).toEqual([
      `warn s Exemption EXC-1 from network-policy-configured (an exception in the configuration) matches no cluster of this stack: "s/gone".`,
      "warn s/aks Exempted by the exception EXC-1 in the configuration.",
    ]);
  });

  test("for a cluster that is not decided yet is still needed", () => {
    const { app, stack: own } = appWith(library, undecided(pathOfAks));
    const engine = new library.lib.TerraformVariable(own, "engine", { type: "string" });
    clusterOf(library, own, "aks", { ...bad, networkPolicy: engine.stringValue });
    expect(synthesised(app)).toEqual([]);
  });

  test("for a cluster that could not be read is reported by the rule that reports the cluster, and by no other", () => {
    const exemptions = [exemption({ target: pathOfAks })];
    const { app, stack: own } = appWith(library, {
      "network-policy-configured": { exemptions },
      "network-policy-compatible": { exemptions },
    });
    const broken = clusterOf(library, own, "aks", bad);
    Object.defineProperty(broken, "terraformGeneratorMetadata", {
      get: () => {
        if (/cdktf-aspect.inventory/.test(new Error().stack ?? "")) throw new TypeError("broken");
        return undefined;
      },
    });
    expect(synthesised(app).filter((line) => line.startsWith("warn"))).toEqual([
      expect.stringMatching(/^warn network-policy-configured: This cluster could not be judged/),
    ]);
  });

  test("for a construct with several clusters exempts none of them", () => {
    const { TerraformResource } = library.lib;
    const names = (count: number): string[] => ["one", "two"].slice(0, count);
    const synth = (count: number): string[] => {
      const { app, stack: own } = appWith(library, {
        "network-policy-configured": {
          exemptions: [exemption({ id: "EXM-1", target: "s/arm" }), exemption({ id: "EXM-2", target: "s" })],
        },
      });
      const arm = new TerraformResource(own, "arm", {
        terraformResourceType: "azurerm_subscription_template_deployment",
      });
      const type = "Microsoft.ContainerService/managedClusters";
      arm.addOverride(
        "template_content",
        JSON.stringify({
          resources: names(count).map((name) => ({ type, name, properties: { dnsPrefix: name } })),
        }),
      );
      for (const name of names(count))
        own.addOverride(`resource.azurerm_kubernetes_cluster.${name}`, { name, network_profile: [] });
      synthesised(app);
      return annotationsOf(app).map(({ path, level, message }) => {
        const said = /exempts nothing: this construct holds several clusters|Exempted until/.exec(message);
        return `${level} ${path} ${said?.[0] ?? ""}`.trim();
      });
    };
    expect(synth(1)).toEqual(["warn s Exempted until", "warn s/arm Exempted until"]);
    const several = "exempts nothing: this construct holds several clusters";
    expect(synth(2)).toEqual([
      "error s",
      "error s",
      `warn s ${several}`,
      "error s/arm",
      "error s/arm",
      `warn s/arm ${several}`,
    ]);
  });

  test("in a nested stack belongs to that stack only", () => {
    const {
      app,
      stack: own,
      aspect,
    } = appWith(library, {
      "network-policy-configured": { exemptions: [exemption({ target: "s/inner/aks" })] },
    });
    const inner = stackOf(library, own, "inner");
    library.lib.Aspects.of(inner).add(aspect);
    clusterOf(library, inner, "aks", bad);
    synthesised(app);
    const said = annotationsOf(app).map(({ path, level }) => `${level} ${path}`);
    expect(said).toEqual(["warn s/inner/aks"]);
  });

  test("is ignored by an Aspect that sees another part of the stack", () => {
    const { lib } = library;
    const app = lib.Testing.app();
    const own = stackOf(library, app, "s");
    const [one, other] = [new Construct(own, "one"), new Construct(own, "other")];
    const configuration: Configuration = {
      "network-policy-configured": { exemptions: [exemption({ target: "s/other/aks" })] },
    };
    lib.Aspects.of(one).add(new AksNetworkPolicyAspect(configuration));
    clusterOf(library, one, "aks", good);
    clusterOf(library, other, "aks", bad);
    expect(synthesised(app)).toEqual([]);
  });

  test("never comes from what a cluster, its stack, the app's context or the environment says about itself", () => {
    const words = { "aks-network-policy": "exempt", "network-policy-configured": "disabled" };
    const environment = {
      AKS_NETWORK_POLICY: "disabled",
      NETWORK_POLICY_CONFIGURED: "disabled",
      CDKTF_CONTEXT_JSON: JSON.stringify(words),
    };
    const before = { ...process.env };
    Object.assign(process.env, environment);
    try {
      const { lib } = library;
      const app = lib.Testing.app({ context: words });
      const own = stackOf(library, app, "s");
      lib.Aspects.of(own).add(new AksNetworkPolicyAspect());
      const made = new library.KubernetesCluster(own, "aks", {
        ...required,
        networkProfile: bad,
        tags: words,
      });
      for (const [name, value] of Object.entries(words)) made.node.addMetadata(name, value);
      made.node.addMetadata("aks-network-policy-pack/withdrawn", "exempt");
      expect(synthesised(app)[0]).toMatch(/^error network-policy-configured: /);
    } finally {
      for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
    }
  });
});
