import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as cdktf from "cdktf";
import { Construct } from "constructs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { AksNetworkPolicyAspect, type Configuration } from "../../cdktf-aspect";
import type { Library } from "../support/terraform";
import {
  annotationsOf,
  appWith,
  libraries,
  onExampleDay,
  stackOf,
  synthesised,
  told,
} from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const root = join(__dirname, "..", "..");

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

/** Runs a program in a process of its own, as `node main.js` does. */
function run(
  library: Library,
  body: string,
  env: NodeJS.ProcessEnv = {},
): { status: number | null; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  const file = join(folder, "main.cjs");
  writeFileSync(
    file,
    `const { createRequire } = require("node:module");
const load = createRequire(${JSON.stringify(join(root, "package.json"))});
const { App, TerraformStack, TerraformResource, Aspects } = load(${JSON.stringify(library.name)});
const { AksNetworkPolicyAspect } = load(${JSON.stringify(join(root, "dist", "cdktf-aspect"))});
const app = new App({ outdir: ${JSON.stringify(join(folder, "out"))}, skipValidation: true });
const aks = (stack, profile) => {
  const made = new TerraformResource(stack, "aks", { terraformResourceType: "azurerm_kubernetes_cluster" });
  made.addOverride("network_profile", profile);
};
${body}`,
  );
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")),
  );
  const { status, stderr } = spawnSync(process.execPath, [file], {
    encoding: "utf8",
    env: { ...clean, ...env },
  });
  rmSync(folder, { recursive: true });
  return { status, stderr };
}

describe.each(libraries)("$name: it cannot be installed and do nothing:", (library) => {
  const { lib } = library;
  const notSet =
    "error network-policy-configured: network_profile.network_policy is not set: this cluster has no network policy engine.";
  const newApp = (): cdktf.App => lib.Testing.app();

  test("applyTo judges every stack, also nested ones and those made later", () => {
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

  test("applyTo judges a later stack in a test of that stack alone", () => {
    const app = newApp();
    AksNetworkPolicyAspect.applyTo(app, lib.Aspects, {}, onExampleDay);
    const stack = stackOf(library, app, "later");
    openCluster(library, stack);
    expect(() => lib.Testing.synth(stack)).toThrow("this stack must not be written");
    expect(told(app)).toEqual([notSet]);
  });

  test("applyTo with an app without stacks", () => {
    const app = newApp();
    AksNetworkPolicyAspect.applyTo(app, lib.Aspects);
    expect(() => {
      app.synth();
    }).toThrow(/this app has no stack, so no cluster was judged/);
  });

  test("applyTo with another library's Aspects", () => {
    const [other] = libraries.filter(({ name }) => name !== library.name);
    const app = newApp();
    stackOf(library, app, "s");
    expect(() => AksNetworkPolicyAspect.applyTo(app, other?.lib.Aspects ?? lib.Aspects)).toThrow(
      `is that of ${other?.name ?? ""}`,
    );
  });

  test("applyTo with another library's Aspects, and a stack that is made later", () => {
    const [other] = libraries.filter(({ name }) => name !== library.name);
    const app = newApp();
    AksNetworkPolicyAspect.applyTo(app, other?.lib.Aspects ?? lib.Aspects);
    expect(() => stackOf(library, app, "s")).toThrow(
      /Import Aspects from where TerraformStack is imported from/,
    );
  });

  test.each([false, true])(
    "applyTo with the Aspects of a second copy, skipValidation %s",
    (skipValidation) => {
      const copy = secondCopyOf(library);
      expect(copy.Aspects).not.toBe(lib.Aspects);
      const app = new lib.App({ skipValidation, outdir: mkdtempSync(join(tmpdir(), "copy-")) });
      openCluster(library, stackOf(library, app, "s"));
      AksNetworkPolicyAspect.applyTo(app, copy.Aspects);
      expect(() => {
        app.synth();
      }).toThrow(/not judged, because the library never called the Aspect: s\. .*another copy/);
      rmSync(app.outdir, { recursive: true });
    },
  );

  test("applyTo with something else", () => {
    const app = newApp();
    const stack = stackOf(library, app, "s");
    expect(() => AksNetworkPolicyAspect.applyTo(app, undefined as never)).toThrow(
      /takes the class Aspects second/,
    );
    expect(() => AksNetworkPolicyAspect.applyTo(stack as never, lib.Aspects)).toThrow(
      /takes the App\. For one stack/,
    );
    expect(() => AksNetworkPolicyAspect.applyTo({ node: app.node } as never, lib.Aspects)).toThrow(
      /takes the App first/,
    );
  });

  describe("in a program of its own", () => {
    const open = '{ network_plugin: "azure" }';
    const fine = '{ network_plugin: "azure", network_policy: "calico" }';
    test("a cluster without an engine fails it, in so many words", () => {
      const { status, stderr } = run(
        library,
        `AksNetworkPolicyAspect.applyTo(app, Aspects); aks(new TerraformStack(app, "s"), ${open}); app.synth();`,
      );
      expect(status).toBe(1);
      expect(stderr).toContain(
        "[s/aks] network-policy-configured: network_profile.network_policy is not set",
      );
    });

    test("a cluster with an engine does not", () => {
      const program = `AksNetworkPolicyAspect.applyTo(app, Aspects); aks(new TerraformStack(app, "s"), ${fine}); app.synth();`;
      expect(run(library, program)).toEqual({
        status: 0,
        stderr: "aks-network-policy-pack: 1 cluster checked: 1 pass\n",
      });
    });

    const applied = (options = "{}", configuration = "{}"): string =>
      `AksNetworkPolicyAspect.applyTo(app, Aspects, ${configuration}, ${options}); const s = new TerraformStack(app, "s");`;
    const cluster = (id: string, profile: string): string =>
      `new TerraformResource(s, "${id}", { terraformResourceType: "azurerm_kubernetes_cluster" }).addOverride("network_profile", ${profile});`;
    const unknown = '{ network_plugin: "azure", network_policy: "${var.np}" }';
    const many = [cluster("a", fine), cluster("b", unknown), cluster("c", open)].join("");

    test("it prints its warnings, too, and at the end what was checked", () => {
      const { status, stderr } = run(library, `${applied("{}", '{ all: "advisory" }')} ${many} app.synth();`);
      expect(status).toBe(0);
      const lines = stderr.split("\n").filter((line) => /^\[|checked/.test(line));
      expect(lines).toEqual([
        expect.stringMatching(/^\[s\/b\] network-policy-configured: Unknown: /),
        expect.stringMatching(
          /^\[s\/c\] network-policy-configured: network_profile.network_policy is not set/,
        ),
        "aks-network-policy-pack: 3 clusters checked: 1 pass, 1 not decided, 1 fail",
      ]);
    });

    test("it says so once, where the synthesis fails and where two Aspects look at it as well", () => {
      const { status, stderr } = run(
        library,
        `${applied()} Aspects.of(s).add(new AksNetworkPolicyAspect()); ${many} app.synth();`,
      );
      expect(status).toBe(1);
      expect(stderr.match(/clusters checked/g)).toHaveLength(1);
      expect(stderr).toContain("3 clusters checked: 1 pass, 1 not decided, 1 fail");
      expect(stderr.match(/\[s\/b\]/g)).toHaveLength(1);
    });

    test.each([
      ["a stack without clusters is counted, too", "{}", "", "aks-network-policy-pack: 0 clusters checked\n"],
      ["an option silences the count", "{ summary: false }", cluster("a", fine), ""],
    ])("%s", (_title, options, body, stderr) => {
      expect(run(library, `${applied(options)} ${body} app.synth();`)).toEqual({ status: 0, stderr });
    });

    test("under the command lines, which print annotations themselves, the count is all", () => {
      const env = { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true", CDKTF_OUTDIR: "unused" };
      expect(run(library, `${applied()} ${many} app.synth();`, env)).toEqual({
        status: 0,
        stderr: "aks-network-policy-pack: 3 clusters checked: 1 pass, 1 not decided, 1 fail\n",
      });
    });

    test("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS is the user's own business", () => {
      const program = `AksNetworkPolicyAspect.applyTo(app, Aspects); aks(new TerraformStack(app, "s"), ${open}); app.synth();`;
      expect(run(library, program, { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "1" })).toEqual({
        status: 0,
        stderr: "aks-network-policy-pack: 1 cluster checked: 1 fail\n",
      });
    });

    test("an Aspect on the App, which the libraries never call, fails it and says what to write", () => {
      const { status, stderr } = run(
        library,
        `Aspects.of(app).add(new AksNetworkPolicyAspect()); aks(new TerraformStack(app, "s"), ${open}); app.synth();`,
      );
      expect(status).toBe(1);
      expect(stderr).toContain("AksNetworkPolicyAspect.applyTo(app, Aspects, config)");
    });

    test("an Aspect that was called says nothing of the kind", () => {
      const { status, stderr } = run(
        library,
        `const s = new TerraformStack(app, "s"); Aspects.of(s).add(new AksNetworkPolicyAspect()); aks(s, ${fine}); app.synth();`,
      );
      expect({ status, stderr }).toEqual({
        status: 0,
        stderr: "aks-network-policy-pack: 1 cluster checked: 1 pass\n",
      });
    });
  });

  describe("configuration", () => {
    const severities: readonly (readonly [Configuration, readonly string[]])[] = [
      [{}, ["error", "error"]],
      [{ all: "advisory" }, ["warn", "warn"]],
      [{ all: "disabled" }, []],
      [
        { all: { enforcementLevel: "advisory" }, "network-policy-configured": "mandatory" },
        ["error", "warn"],
      ],
      [{ "network-policy-configured": "disabled" }, ["error"]],
      [{ "network-policy-compatible": { enforcementLevel: "advisory" } }, ["error", "warn"]],
      [{ all: "disabled", "network-policy-compatible": "remediate" }, ["error"]],
    ];
    test.each(severities)("%j", (configuration, expected) => {
      const { app, stack } = appWith(library, configuration);
      openCluster(library, stack, "open");
      resource(library, stack, "wrong", "azurerm_kubernetes_cluster", {
        network_profile: { network_plugin: "kubenet", network_policy: "azure" },
      });
      synthesised(app);
      expect(annotationsOf(app).map(({ level }) => level)).toEqual(expected);
    });
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});
