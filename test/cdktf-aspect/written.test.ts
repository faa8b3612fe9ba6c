/** Whatever a program does, its annotations match what the evaluator reports on the written file. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App, TerraformStack } from "cdktf";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { snakeCase } from "../../shared/dialects/spelling";
import { exampleDay } from "../support/evaluate";
import { describeWith } from "../support/needs";
import type { WrittenFinding } from "../support/judge-written";
import { propertyRuns } from "../support/property-runs";
import { terraformClis } from "../support/terraform-clis";
import type { Library, NetworkProfile } from "../support/terraform";
import { annotationsOf, libraries, onExampleDay, required, stackOf } from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const engines = [
  "nothing",
  "azure",
  "calico",
  "cilium",
  "none",
  "",
  "istio",
  "${var.np}",
  "lazy",
  "lazy nothing",
  "alternating",
] as const;
const someCluster = fc.record({
  engine: fc.constantFrom(...engines),
  plugin: fc.constantFrom("azure", "azure", "kubenet", "none", "${var.plugin}"),
  dataplane: fc.constantFrom(undefined, undefined, "cilium", "azure"),
  made: fc.constantFrom("by its class", "by its class", "raw", "azapi", "by a module"),
  override: fc.constantFrom("none", "none", "an engine", "no profile", "a list", "a dynamic block"),
  windowsProfile: fc.boolean(),
  ignores: fc.boolean(),
});
const somePool = fc.record({
  link: fc.constantFrom("the first", "the last", "a local", "a variable", "an id", "a module", "either"),
  os: fc.constantFrom(undefined, "Linux", "Windows", "Windows", "${var.os}"),
  count: fc.constantFrom(3, 300),
});
const someApp = fc.record({
  clusters: fc.array(someCluster, { minLength: 1, maxLength: 4 }),
  pools: fc.array(somePool, { maxLength: 3 }),
  onStack: fc.constantFrom("none", "none", "an engine", "one more", "one less"),
  later: fc.constantFrom("nothing", "an override", "a setter", "a cluster"),
  nested: fc.boolean(),
  aspects: fc.constantFrom("applyTo", "on the stack", "two of them"),
  configuration: fc.constantFrom<Configuration>(
    {},
    { all: "advisory" },
    { "network-policy-configured": { unknown: "fail", engines: ["cilium", "calico"] } },
    { "network-policy-configured": { enforcementLevel: "remediate", autoSet: { acceptReplacement: true } } },
  ),
});
type SomeApp = typeof someApp extends fc.Arbitrary<infer T> ? T : never;
type Output = "json" | "hcl";

function profileOf(
  { lib }: Library,
  { engine, plugin, dataplane }: SomeApp["clusters"][number],
): NetworkProfile {
  let asked = 0;
  const lazy = (produce: () => string | undefined): string => lib.Lazy.stringValue({ produce });
  const policy: Readonly<Record<string, string>> = {
    lazy: lazy(() => "calico"),
    "lazy nothing": lazy(() => undefined),
    alternating: lazy(() => (asked++ % 2 === 0 ? "calico" : "none")),
  };
  return {
    networkPlugin: plugin,
    ...(engine === "nothing" ? {} : { networkPolicy: policy[engine] ?? engine }),
    ...(dataplane === undefined ? {} : { networkDataPlane: dataplane }),
  };
}

function declareCluster(
  library: Library,
  stack: TerraformStack,
  id: string,
  each: SomeApp["clusters"][number],
): string {
  const profile = profileOf(library, each);
  const written = { network_plugin: profile.networkPlugin, network_policy: profile.networkPolicy };
  switch (each.made) {
    case "by its class": {
      const made = new library.KubernetesCluster(stack, id, {
        ...required,
        name: id,
        networkProfile: profile,
        ...(each.windowsProfile ? { windowsProfile: { adminUsername: "a", adminPassword: "${var.x}" } } : {}),
        ...(each.ignores ? { lifecycle: { ignoreChanges: ["network_profile"] } } : {}),
      });
      if (each.override === "an engine") made.addOverride("network_profile.network_policy", "calico");
      if (each.override === "no profile") made.addOverride("network_profile", undefined);
      if (each.override === "a list") made.addOverride("network_profile", [{ network_plugin: "azure" }]);
      if (each.override === "a dynamic block")
        made.addOverride("dynamic.network_profile", { for_each: [1], content: { network_plugin: "azure" } });
      return made.id;
    }
    case "raw":
      return resource(library, stack, id, "azurerm_kubernetes_cluster", {
        name: id,
        network_profile: written,
      }).getStringAttribute("id");
    case "azapi":
      return resource(library, stack, id, "azapi_resource", {
        type: "Microsoft.ContainerService/managedClusters@2025-07-01",
        name: id,
        body: {
          properties: {
            networkProfile: { networkPlugin: each.plugin, networkPolicy: profile.networkPolicy },
          },
        },
      }).getStringAttribute("id");
    case "by a module":
      return new library.lib.TerraformHclModule(stack, id, {
        source: "Azure/aks/azurerm",
        variables: written,
      }).getString("aks_id");
  }
}

function declarePool(
  library: Library,
  stack: TerraformStack,
  i: number,
  last: number,
  { link, os, count }: SomeApp["pools"][number],
): void {
  const first = "${azurerm_kubernetes_cluster.aks0.id}";
  const links: Readonly<Record<typeof link, () => string>> = {
    "the first": () => first,
    "the last": () => `\${azurerm_kubernetes_cluster.aks${last}.id}`,
    "a local": () => new library.lib.TerraformLocal(stack, `id${i}`, first).asString,
    "a variable": () => "${var.id}",
    "an id": () =>
      "/subscriptions/${var.s}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks0",
    "a module": () => "${module.platform.aks_id}",
    either: () => `\${var.x ? azurerm_kubernetes_cluster.aks0.id : azurerm_kubernetes_cluster.aks${last}.id}`,
  };
  new library.KubernetesClusterNodePool(stack, `pool${i}`, {
    name: `pool${i}`,
    vmSize: "x",
    nodeCount: count,
    ...(os === undefined ? {} : { osType: os }),
    kubernetesClusterId: links[link](),
  });
}

function declared(library: Library, some: SomeApp, outdir: string): App {
  const { lib } = library;
  const app = new lib.App({ outdir });
  if (some.aspects !== "on the stack")
    AksNetworkPolicyAspect.applyTo(app, lib.Aspects, some.configuration, onExampleDay);
  const stack = stackOf(library, app, "s");
  const last = some.clusters.length - 1;
  const ids = some.clusters.map((each, i) => declareCluster(library, stack, `aks${i}`, each));
  some.pools.forEach((each, i) => {
    declarePool(library, stack, i, last, each);
  });
  const first = "resource.azurerm_kubernetes_cluster.aks0";
  if (some.onStack === "an engine") stack.addOverride(`${first}.network_profile.network_policy`, "calico");
  if (some.onStack === "one less") stack.addOverride(first, undefined);
  if (some.onStack === "one more")
    stack.addOverride("resource.azurerm_kubernetes_cluster.more", {
      network_profile: [{ network_plugin: "azure" }],
    });
  if (some.nested) {
    const inner = stackOf(library, stack, "inner");
    const [cluster, pool] = [some.clusters[0] as SomeApp["clusters"][number], some.pools[0]];
    const id = declareCluster(library, inner, "nested", cluster);
    // Pools refer to the other stack in one direction only: with both, Terraform could deploy neither.
    const across = { name: "across", vmSize: "x", ...(pool?.os === undefined ? {} : { osType: pool.os }) };
    if (pool?.count === 3)
      new library.KubernetesClusterNodePool(stack, "across", { ...across, kubernetesClusterId: id });
    if (pool?.count === 300)
      new library.KubernetesClusterNodePool(inner, "across", {
        ...across,
        kubernetesClusterId: ids[0] ?? "",
      });
    if (some.aspects === "on the stack")
      lib.Aspects.of(inner).add(new AksNetworkPolicyAspect(some.configuration, onExampleDay));
  }
  if (some.aspects !== "applyTo")
    lib.Aspects.of(stack).add(new AksNetworkPolicyAspect(some.configuration, onExampleDay));
  lib.Aspects.of(stack).add({
    visit: (node) => {
      if (node === stack && some.later === "a cluster")
        resource(library, stack, "late", "azurerm_kubernetes_cluster", { name: "late" });
      if (!(node instanceof library.KubernetesCluster)) return;
      if (some.later === "an override") node.addOverride("network_profile.network_policy", "cilium");
      if (some.later === "a setter") node.networkProfile.networkPolicy = "calico";
    },
  });
  return app;
}

/** The messages for each address, worded as for the file's reader. */
function annotated(stack: TerraformStack, inner: boolean): string[] {
  const found = annotationsOf(stack).filter(
    ({ path, level }) => level !== "info" && path.startsWith("s/inner") === inner,
  );
  const constructs = new Map(stack.node.findAll().map((each) => [each.node.path, each]));
  return found.map(({ path, level, message }) => {
    const element = constructs.get(path) as unknown as {
      terraformResourceType?: string;
      friendlyUniqueId?: string;
    };
    const own = `${element.terraformResourceType ?? "module"}.${element.friendlyUniqueId ?? ""}`;
    const address = /^It belongs to no construct of this stack: (.*)\.$/m.exec(message)?.[1] ?? own;
    return lineOf(address, level === "warn" ? "warning" : level, message);
  });
}

function lineOf(address: string, level: string, message: string): string {
  const [first = ""] = message.split("\n");
  return `${address} ${level} ${first.replace(/\b[a-z]+[A-Z]\w*/g, snakeCase)}`;
}

const runs = propertyRuns(60);

afterEach(() => {
  vi.unstubAllEnvs();
});

describeWith(terraformClis.cdktf.need, "what is annotated equals what is said of the written file", () => {
  test.each(
    libraries.flatMap((library) =>
      (["json", "hcl"] as const).map((output) => [library.name, output, library] as const),
    ),
  )("%s, %s", (_name, output: Output, library) => {
    vi.stubEnv("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", "true");
    if (output === "hcl") vi.stubEnv("SYNTH_HCL_OUTPUT", "true");
    const folder = mkdtempSync(join(tmpdir(), "written-"));
    const files: {
      readonly file: string;
      readonly others: readonly string[];
      readonly configuration: Configuration;
    }[] = [];
    const said: string[][] = [];
    const made: SomeApp[] = [];
    fc.sample(someApp, { numRuns: runs.numRuns, seed: 20261126 }).forEach((some, i) => {
      const app = declared(library, some, join(folder, String(i)));
      app.synth();
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the app created it
      const stack = app.node.findChild("s") as TerraformStack;
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the app created it, too
      const stacks = some.nested ? [stack, stack.node.findChild("inner") as TerraformStack] : [stack];
      const written = stacks.map((each) => {
        const { workingDirectory } = app.manifest.forStack(each);
        return join(app.outdir, workingDirectory, output === "json" ? "cdk.tf.json" : "cdk.tf");
      });
      for (const file of written) {
        expect(existsSync(file)).toBe(true);
        const inner = file !== written[0];
        const others = written.filter((each) => each !== file);
        files.push({ file, others, configuration: some.configuration });
        said.push(annotated(stack, inner));
        made.push(some);
      }
    });
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(__dirname, "..", "support", "judge-files.cjs")],
      { input: JSON.stringify({ today: exampleDay, files }), encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    expect([status, stderr]).toEqual([0, ""]);
    const found = JSON.parse(stdout) as readonly (readonly WrittenFinding[])[];
    found.forEach((each, i) => {
      const lines = each.map(({ address, level, message }) => lineOf(address, level, message));
      expect([...new Set(said[i])].sort(), JSON.stringify(made[i])).toEqual([...new Set(lines)].sort());
    });
    expect(found.filter((each) => each.length > 0).length).toBeGreaterThan(runs.numRuns / 4);
    rmSync(folder, { recursive: true });
  });
});
