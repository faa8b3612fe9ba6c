/** An app cannot have the Aspect and not be checked: what `applyTo` attaches to, and what it rejects. */
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as cdktf from "cdktf";
import { Construct } from "constructs";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ConstructLike } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { pageOf } from "../../shared/messages/pages";
import type { Library } from "../support/terraform";
import {
  annotationsOf,
  bothLibraries,
  libraries,
  onExampleDay,
  stackOf,
  synthesised,
  told,
} from "../support/terraform";
import { resource } from "../support/terraform-shapes";

afterEach(() => {
  vi.unstubAllEnvs();
});

function openCluster(library: Library, stack: cdktf.TerraformStack, id = "aks"): void {
  resource(library, stack, id, "azurerm_kubernetes_cluster", {
    network_profile: { network_plugin: "azure" },
  });
}

/** The same library, loaded a second time. */
function secondCopyOf({ name }: Library): typeof cdktf {
  const load = createRequire(__filename);
  const mine = (file: string): boolean => file.includes(`/node_modules/${name}/`);
  const loaded = Object.entries(load.cache).filter(([file]) => mine(file));
  for (const [file] of loaded) Reflect.deleteProperty(load.cache, file);
  const copy: unknown = load(name);
  for (const file of Object.keys(load.cache).filter(mine)) Reflect.deleteProperty(load.cache, file);
  for (const [file, module] of loaded) load.cache[file] = module;
  return copy as typeof cdktf;
}

describe.each(libraries)("$name:", (library) => {
  const { lib } = library;
  const notSet =
    "error network-policy-configured: network_profile.network_policy is not set: this cluster has no network policy engine.";
  const newApp = (): cdktf.App => lib.Testing.app();

  test("applyTo checks every stack, including nested and later ones", () => {
    const app = newApp();
    const before = stackOf(library, app, "before");
    openCluster(library, before);
    AksNetworkPolicyAspect.applyTo(app, lib.Aspects, {}, onExampleDay);
    const later = stackOf(library, app, "later");
    openCluster(library, later);
    openCluster(library, stackOf(library, later, "inner"), "nested");
    for (const stack of [before, later]) {
      try {
        lib.Testing.fullSynth(stack);
      } catch (error) {
        expect(String(error)).toContain("network-policy-configured");
      }
    }
    expect(annotationsOf(app).map(({ path }) => path)).toEqual(["before/aks", "later/aks"]);
  });

  test("applyTo with app.synth() reaches nested stacks and stacks in other constructs", () => {
    vi.stubEnv("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", "true");
    const app = new lib.App({ outdir: mkdtempSync(join(tmpdir(), "nested-")) });
    AksNetworkPolicyAspect.applyTo(app, lib.Aspects, {}, onExampleDay);
    const outer = stackOf(library, app, "outer");
    openCluster(library, stackOf(library, outer, "inner"));
    const group = new Construct(app, "group");
    openCluster(library, stackOf(library, group, "grouped"));
    expect(synthesised(app)).toEqual([notSet, notSet]);
    expect(annotationsOf(app).map(({ path }) => path)).toEqual(["outer/inner/aks", "group/grouped/aks"]);
    rmSync(app.outdir, { recursive: true });
  });

  test("applyTo checks a later stack in a test of that stack alone", () => {
    const app = newApp();
    AksNetworkPolicyAspect.applyTo(app, lib.Aspects, {}, onExampleDay);
    const stack = stackOf(library, app, "later");
    openCluster(library, stack);
    expect(() => lib.Testing.synth(stack)).toThrow("this stack must not be written");
    expect(told(app)).toEqual([notSet]);
  });

  const more = `\nMore: ${pageOf("use-it-with-cdktf-or-cdk-terrain")}`;
  const otherLibrary = bothLibraries.filter(({ name }) => name !== library.name);

  test("applyTo attaches the Aspect to each stack once, whenever the stack is created", () => {
    const added: ConstructLike[] = [];
    const aspects = { of: (construct: ConstructLike) => ({ add: () => added.push(construct) }) };
    const paths = (): string[] => added.map(({ node }) => node.path);
    const app = newApp();
    stackOf(library, app, "before");
    AksNetworkPolicyAspect.applyTo(app, aspects);
    expect(paths()).toEqual(["before"]);
    const later = stackOf(library, app, "later");
    expect(paths()).toEqual(["before", "later"]);
    new Construct(app, "no stack");
    stackOf(library, later, "inner");
    expect(paths()).toEqual(["before", "later"]);
    // The libraries reject an app with constructs outside any stack.
    app.node.tryRemoveChild("no stack");
    expect(() => {
      app.synth();
    }).toThrow("before, later, later/inner");
    expect(paths()).toEqual(["before", "later", "later/inner"]);
  });

  test("applyTo with an app without stacks", () => {
    const app = newApp();
    const synth = vi.fn();
    app.synth = synth;
    AksNetworkPolicyAspect.applyTo(app, lib.Aspects);
    expect(() => {
      app.synth();
    }).toThrow(
      `AksNetworkPolicyAspect.applyTo: this app has no stack, so no cluster was judged. Pass applyTo the App that contains the stacks.${more}`,
    );
    expect(synth).toHaveBeenCalledOnce();
  });

  const thrownBy = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      return error instanceof Error ? error.message : "no error";
    }
    return "nothing";
  };

  test.each(otherLibrary)("applyTo with the Aspects of $name", ({ name, lib: { Aspects } }) => {
    const version = { cdktf: "0.21.0", cdktn: "0.24.0" };
    const message = `AksNetworkPolicyAspect.applyTo got the Aspects of ${name} ${version[name]}, but the stacks of this app are of ${library.name} ${version[library.name]}, which would never call it. Import Aspects from the same library as TerraformStack.${more}`;
    const app = newApp();
    stackOf(library, app, "s");
    expect(thrownBy(() => AksNetworkPolicyAspect.applyTo(app, Aspects))).toBe(message);
    const empty = newApp();
    AksNetworkPolicyAspect.applyTo(empty, Aspects);
    expect(thrownBy(() => stackOf(library, empty, "s"))).toBe(message);
  });

  test.each([false, true])(
    "applyTo with the Aspects of a second copy, skipValidation %s",
    (skipValidation) => {
      const copy = secondCopyOf(library);
      expect(copy.Aspects).not.toBe(lib.Aspects);
      const app = new lib.App({ skipValidation, outdir: mkdtempSync(join(tmpdir(), "copy-")) });
      const s = stackOf(library, app, "s");
      openCluster(library, s);
      stackOf(library, s, "inner");
      AksNetworkPolicyAspect.applyTo(app, copy.Aspects);
      expect(
        thrownBy(() => {
          app.synth();
        }),
      ).toBe(
        `AksNetworkPolicyAspect.applyTo: not judged, because the library never called the Aspect: s, s/inner. The Aspects passed to it comes from another copy of the library than the stacks, or the stacks have a synthesizer that runs no Aspects. Import Aspects from the same library as TerraformStack, and see with \`npm ls cdktf cdktn\` that there is one copy.${more}`,
      );
      rmSync(app.outdir, { recursive: true });
    },
  );

  test.each([undefined, null, "Aspects", 5, {}, { of: "text" }, Date])(
    "applyTo with %s as Aspects",
    (aspects) => {
      expect(thrownBy(() => AksNetworkPolicyAspect.applyTo(newApp(), aspects as never))).toBe(
        `AksNetworkPolicyAspect.applyTo needs the class Aspects as its second argument: import { Aspects } from the library of your app ("cdktf" or "cdktn").${more}`,
      );
    },
  );

  test.each([undefined, null, "app", 5, {}, { synth: "text" }, { toTerraform: () => undefined }, lib.App])(
    "applyTo with %s as the app",
    (app) => {
      expect(thrownBy(() => AksNetworkPolicyAspect.applyTo(app as never, lib.Aspects))).toBe(
        `AksNetworkPolicyAspect.applyTo takes the App first: AksNetworkPolicyAspect.applyTo(app, Aspects).${more}`,
      );
    },
  );

  test("applyTo with a stack", () => {
    const stack = stackOf(library, newApp(), "s");
    expect(thrownBy(() => AksNetworkPolicyAspect.applyTo(stack as never, lib.Aspects))).toBe(
      `AksNetworkPolicyAspect.applyTo takes the App. For one stack write Aspects.of(stack).add(new AksNetworkPolicyAspect(config)).${more}`,
    );
  });

  test("applyTo with a stack of a library that does not tell its name", () => {
    const stack = { node: { path: "s", children: [] }, [Symbol.for("cdktf/TerraformStack")]: true };
    const app = { node: { children: [stack], addChild: () => undefined }, synth: () => undefined };
    expect(thrownBy(() => AksNetworkPolicyAspect.applyTo(app as never, lib.Aspects))).toBe("nothing");
  });

  test("applyTo with a custom app that has more methods", () => {
    const app = newApp();
    Reflect.set(app, "toTerraform", () => undefined);
    stackOf(library, app, "s");
    AksNetworkPolicyAspect.applyTo(app, lib.Aspects);
    expect(synthesised(app)).toEqual([]);
  });
});
