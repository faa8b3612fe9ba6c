/**
 * Auto-set writes through a generated class's setters, either everything that it chose or nothing, whatever
 * the construct.
 */
import { describe, expect, test } from "vitest";
import { annotationsOf, appWith, libraries, required, synthesised } from "../support/terraform";

const remediate = {
  "network-policy-configured": {
    enforcementLevel: "remediate",
    autoSet: { wholeProfile: true, newClusters: ["s/aks"] },
  },
} as const;
const outOfReach = "Auto-set wrote nothing: an override, a token or something other";

describe.each(libraries)("$name: auto-set", (library) => {
  const { lib } = library;

  /** The Aspect's messages on a cluster that is changed after its creation. */
  function said(networkProfile: object | undefined, change: (cluster: object) => void): string {
    const { app, stack } = appWith(library, remediate);
    const cluster = new library.KubernetesCluster(stack, "aks", {
      ...required,
      ...(networkProfile === undefined ? {} : { networkProfile: networkProfile as never }),
    });
    change(cluster);
    synthesised(app);
    return annotationsOf(app)
      .map(({ message }) => message)
      .join("\n");
  }
  const having =
    (name: string, value: unknown) =>
    (cluster: object): void => {
      Object.defineProperty(cluster, name, { value });
    };
  const azure = { networkPlugin: "azure" };

  test.each([
    ["has no profile to write to", azure, having("networkProfile", undefined)],
    ["has null as its profile", azure, having("networkProfile", null)],
    ["has a text as its profile", azure, having("networkProfile", "azure")],
    ["has a profile without the setters", azure, having("networkProfile", {})],
    ["accepts no profile", undefined, having("putNetworkProfile", undefined)],
    ["hides its profile", azure, having("networkProfileInput", [azure])],
  ] as const)("leaves a construct alone that %s", (_what, profile, change) => {
    expect(said(profile, change)).toContain(outOfReach);
  });

  test.each(["", null])("writes over %j", (networkPolicy) => {
    expect(said({ ...azure, networkPolicy }, () => undefined)).toContain("Auto-set wrote networkProfile.");
  });

  test("writes again what the program has taken away since, and nothing else that it has put there", () => {
    const { app, stack } = appWith(library, remediate);
    const cluster = new library.KubernetesCluster(stack, "aks", { ...required, networkProfile: azure });
    let profile: object = azure;
    lib.Aspects.of(stack).add({
      visit: (node) => {
        if (node === cluster) cluster.putNetworkProfile(profile as never);
      },
    });
    const run = (): readonly string[] => {
      synthesised(app);
      return annotationsOf(app).map(({ level, message }) => `${level} ${message.split("\n")[0] ?? ""}`);
    };
    const wrote = run();
    expect(wrote).toEqual([expect.stringMatching(/^info network-policy-configured: Auto-set wrote /)]);
    // The profile of the program stands in the place of what was written.
    expect(run()).toEqual(wrote);
    profile = { ...azure, networkPolicy: "calico" };
    expect(run()).toEqual([]);
    profile = azure;
    expect(run()).toEqual(wrote);
  });

  test("writes nothing where one of its settings is a token that turns out to be nothing", () => {
    // Auto-set writes the engine alone with the bindings of cdktf here, and the data plane as well with those of cdktn.
    const name = library.name === "cdktf" ? "networkPolicy" : "networkDataPlane";
    const token = lib.Lazy.stringValue({ produce: () => undefined });
    expect(said({ ...azure, [name]: token }, () => undefined)).toContain(outOfReach);
  });

  test("reports its own failure", () => {
    const change = (cluster: object): void => {
      Object.defineProperty(cluster, "networkProfile", {
        get: () => {
          throw new Error("a bug");
        },
      });
    };
    expect(said(azure, change)).toContain("Auto-set wrote nothing: it failed because of a bug");
  });
});
