/**
 * What one Aspect reports at the end of its pass: in its own scope, with the notes for each cluster, by its
 * own clock.
 */
import { afterEach, describe, expect, test, vi } from "vitest";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { exemption } from "../support/configurations";
import type { Library } from "../support/terraform";
import { annotationsOf, appWith, libraries, required, stackOf, synthesised } from "../support/terraform";

afterEach(() => {
  vi.useRealTimers();
});

const disabled = { all: "disabled" } as const;
const calico = { networkPlugin: "azure", networkPolicy: "calico" };

describe.each(libraries)("$name", (library) => {
  const { lib } = library;
  const messagesOf = (app: ReturnType<Library["lib"]["Testing"]["app"]>): string[] =>
    annotationsOf(app).map(({ level, message }) => `${level} ${message}`);

  test("an Aspect on two constructs reports the unused exemptions of both, and no others", () => {
    const app = lib.Testing.app();
    const stack = stackOf(library, app, "s");
    const aspect = new AksNetworkPolicyAspect({
      "network-policy-configured": {
        exemptions: ["s/one/gone", "s/two/gone", "s/three/gone"].map((target, i) =>
          exemption({ target, id: `EXM-${i}` }),
        ),
      },
    });
    for (const name of ["one", "two", "three"]) {
      const construct = new lib.TerraformElement(stack, name);
      new library.KubernetesCluster(construct, "aks", { ...required, networkProfile: calico });
      if (name !== "three") lib.Aspects.of(construct).add(aspect);
    }
    synthesised(app);
    const unused = messagesOf(app).filter((each) => each.includes("matches no cluster"));
    expect(unused.map((each) => /"(s\/\w+\/gone)"/.exec(each)?.[1])).toEqual(["s/one/gone", "s/two/gone"]);
  });

  test("a note mentions an override for a generated class only", () => {
    const { app, stack } = appWith(library);
    const typed = new library.KubernetesCluster(stack, "typed", { ...required, networkProfile: calico });
    const raw = new lib.TerraformResource(stack, "raw", {
      terraformResourceType: "azurerm_kubernetes_cluster",
    });
    for (const each of [typed, raw]) each.addOverride("network_profile", { network_policy: "none" });
    synthesised(app);
    const notes = annotationsOf(app).filter(({ message }) => message.includes("Note: an override"));
    expect(new Set(notes.map(({ path }) => path))).toEqual(new Set(["s/typed"]));
  });

  test("a note tells of an override of the stack that is of this cluster, and of no other", () => {
    const { app, stack } = appWith(library);
    for (const name of ["touched", "other"])
      new library.KubernetesCluster(stack, name, { ...required, networkProfile: { networkPlugin: "azure" } });
    stack.addOverride("resource.azurerm_kubernetes_cluster.touched.tags", { a: "b" });
    stack.addOverride("resource.azurerm_resource_group.rg.name", "rg");
    synthesised(app);
    const notes = annotationsOf(app).map(({ path, message }) => [
      path,
      message.includes("Note: an override"),
    ]);
    expect(notes).toEqual([
      ["s/touched", true],
      ["s/other", false],
    ]);
  });

  test("the day is the system's where no clock is handed in", () => {
    const said = (day: string): string => {
      vi.useFakeTimers({ now: new Date(day), toFake: ["Date"] });
      const { app, stack } = appWith(library, disabled);
      new library.KubernetesCluster(stack, "aks", {
        ...required,
        networkProfile: { networkPlugin: "azure", networkPolicy: "azure" },
      });
      lib.Aspects.of(stack).add(new AksNetworkPolicyAspect());
      synthesised(app);
      return messagesOf(app)
        .filter((each) => each.includes("network-policy-supported"))
        .join("\n");
    };
    const before = said("2026-11-01T00:00:00Z");
    const after = said("2029-01-01T00:00:00Z");
    expect(before).toMatch(/^warn/);
    expect(after).toMatch(/^error/);
  });
});
