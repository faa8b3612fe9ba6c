import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { CustomResource, CustomResourceOptions, Output } from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { azureNative } from "../../shared/dialects/azure-native";
import type { Dialect } from "../../shared/dialects/dialect";
import { rules } from "../../shared/rules";
import type { Analysis, ExportedStack, PolicyEvent, Program, ProgramContext, Run } from "../pulumi-cli/cli";
import { analyze, preview, stateOf, withStack } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { azureNativeV2, describeWithAzureNativeV2 } from "../support/azure-native-v2";
import { singleFile } from "../support/clocked-pack";
import { evaluate } from "../support/evaluate";

// --- Kinds of resources, by their SDK's class or, if this install has none, by their type token ---

type Inputs = Readonly<Record<string, unknown>>;

interface Kind {
  readonly type: string;
  readonly sdk?: readonly [module: string, className: string];
  /** What its SDK requires besides the network. */
  readonly required?: Inputs;
  /** Its spelling of a network that passes every rule. */
  readonly good?: Inputs;
}

const cilium = { networkPlugin: "azure", networkPluginMode: "overlay", networkPolicy: "cilium" };
const goodNative = { ...cilium, networkDataplane: "cilium" };
const goodClassic = { ...cilium, networkDataPlane: "cilium" };
const onePool = { defaultNodePool: { name: "system", vmSize: "Standard_D2s_v5", nodeCount: 1 } };
const nativeModule = "@pulumi/azure-native/containerservice";
const classicModule = "@pulumi/azure/containerservice";

const native: Kind = {
  type: "azure-native:containerservice:ManagedCluster",
  sdk: [nativeModule, "ManagedCluster"],
  good: goodNative,
};
const nativeByYaml: Kind = { type: native.type, good: goodNative };
const localPackage = "azure-native_containerservice_v20240901";
const nativeAsLocalPackage: Kind = {
  type: `${localPackage}:containerservice:ManagedCluster`,
  good: goodNative,
};
const classic: Kind = {
  type: "azure:containerservice/kubernetesCluster:KubernetesCluster",
  sdk: [classicModule, "KubernetesCluster"],
  required: onePool,
  good: goodClassic,
};
const bridged: Kind = {
  type: "azurerm:index/kubernetesCluster:KubernetesCluster",
  required: onePool,
  good: goodClassic,
};

const nativePool: Kind = {
  type: "azure-native:containerservice:AgentPool",
  sdk: [nativeModule, "AgentPool"],
};
const classicPool: Kind = {
  type: "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool",
  sdk: [classicModule, "KubernetesClusterNodePool"],
  required: { vmSize: "Standard_D2s_v5" },
};
const bridgedPool: Kind = { type: "azurerm:index/kubernetesClusterNodePool:KubernetesClusterNodePool" };

const group: Kind = {
  type: "azure-native:resources:ResourceGroup",
  sdk: ["@pulumi/azure-native/resources", "ResourceGroup"],
};

function versioned(version: string): Kind {
  return {
    type: `azure-native:containerservice/${version}:ManagedCluster`,
    sdk: [`${nativeModule}/${version}`, "ManagedCluster"],
  };
}

type Declared = CustomResource & { readonly name: Output<string> };
type ResourceClass = (new (name: string, inputs: Inputs, options?: CustomResourceOptions) => Declared) & {
  get(name: string, id: string): Declared;
};

function classOf({ sdk }: Kind, context: ProgramContext): ResourceClass | undefined {
  if (sdk === undefined) return undefined;
  const [module, className] = sdk;
  return (context.require(module) as Readonly<Record<string, ResourceClass>>)[className];
}

function declare(
  context: ProgramContext,
  kind: Kind,
  name: string,
  inputs: Inputs,
  options: CustomResourceOptions = {},
): Declared {
  const Class = classOf(kind, context);
  const all = { resourceGroupName: "rg", ...kind.required, ...inputs };
  return Class === undefined
    ? (context.resource(kind.type, name, all, options) as Declared)
    : new Class(name, all, options);
}

/** An output that a preview does not know: a resource group's own name is one. */
function outputOf(context: ProgramContext, value: string): Output<string> {
  return declare(context, group, `group-${value}`, { resourceGroupName: value }).name;
}

// --- Findings ---

type Said = readonly [level: "mandatory" | "advisory", rule: string, firstLine: string];

const configured = "network-policy-configured";
const compatible = "network-policy-compatible";
const noEngine = "this cluster has no network policy engine.";
const fails = {
  notSet: ["mandatory", configured, `networkProfile.networkPolicy is not set: ${noEngine}`],
  none: ["mandatory", configured, `networkProfile.networkPolicy is "none": ${noEngine}`],
  notAnEngine: [
    "mandatory",
    configured,
    `networkProfile.networkPolicy is not one of azure, calico, cilium: ${noEngine}`,
  ],
  misspelt: [
    "mandatory",
    configured,
    `networkProfile.networkPolicy is not one of azure, calico, cilium (did you mean "azure"?): ${noEngine}`,
  ],
  ciliumAlone: [
    "mandatory",
    compatible,
    'networkProfile.networkPolicy is "cilium" but networkProfile.networkDataplane is not set: engine cilium needs the Cilium dataplane.',
  ],
  azureOnKubenet: [
    "mandatory",
    compatible,
    'networkProfile.networkPolicy is "azure" and networkProfile.networkPlugin is "kubenet": engine azure needs plugin azure.',
  ],
  windows: [
    "mandatory",
    compatible,
    "This cluster has a Windows node pool (osType of a separate node pool) and the engine is Cilium, which runs on Linux nodes only.",
  ],
} as const satisfies Record<string, Said>;

const notKnown = (what: string, rule = configured): Said => [
  "advisory",
  rule,
  `Unknown: ${what} is not known before \`pulumi up\`.`,
];
const profileNotKnown = notKnown("networkProfile (one unknown value in it is enough)");

/** For what depends on the day, because the pack uses the system's clock here. */
function today(networkProfile: Inputs, dialect: Dialect = azureNative): Said[] {
  return rules.flatMap((rule) =>
    evaluate(rule, { cluster: { networkProfile } }, dialect, new Date()).map(({ kind, message }): Said => [
      kind === "failure" ? "mandatory" : "advisory",
      rule.name,
      firstLine(message),
    ]),
  );
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

function urnOf({ type }: Kind, name: string, component?: string): string {
  return `urn:pulumi:dev::test::${component === undefined ? "" : `${component}$`}${type}::${name}`;
}

function expectRun(run: Run | Analysis, said: readonly string[], end: "goes through" | "stops"): void {
  const told = run.events.map(({ urn, enforcementLevel, policyName, message }) =>
    line(urn, [enforcementLevel, policyName, firstLine(message)]),
  );
  const output = run.stdout + run.stderr;
  // The engine reports resources in the order in which they happen to register.
  expect(told.sort(), output).toEqual([...said].sort());
  expect(run.exitCode === 0 ? "goes through" : "stops", output).toBe(end);
}

function line(urn: string, [level, rule, text]: readonly [string, string, string]): string {
  return `${urn} [${level}] ${rule}: ${text}`;
}

// --- Programs from tables ---

interface Row {
  readonly name: string;
  readonly kind: Kind;
  readonly network?: Inputs | ((context: ProgramContext) => unknown);
  /** The type of the component that it is a part of. */
  readonly component?: string;
  readonly says: readonly Said[];
}

function expected(rows: readonly Row[]): string[] {
  return rows.flatMap(({ kind, name, component, says }) =>
    says.map((said) => line(urnOf(kind, name, component), said)),
  );
}

function programOf(rows: readonly Row[]): Program {
  return (context) => {
    for (const { kind, name, network, component } of rows) {
      const networkProfile = typeof network === "function" ? network(context) : network;
      const inputs = networkProfile === undefined ? {} : { networkProfile };
      const options =
        component === undefined
          ? {}
          : { parent: new context.pulumi.ComponentResource(component, `component-of-${name}`) };
      declare(context, kind, name, inputs, options);
    }
  };
}

function corrected(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, network: row.kind.good ?? {}, says: [] }));
}

const nonsense = "hunter2-hunter2";

const clusters: readonly Row[] = [
  { name: "calico", kind: native, network: { networkPlugin: "azure", networkPolicy: "calico" }, says: [] },
  { name: "cilium", kind: native, network: goodNative, says: [] },
  {
    name: "npm",
    kind: native,
    network: { networkPlugin: "azure", networkPolicy: "azure" },
    says: today({ networkPlugin: "azure", networkPolicy: "azure" }),
  },
  { name: "nothing", kind: native, says: [fails.notSet] },
  { name: "empty", kind: native, network: {}, says: [fails.notSet] },
  { name: "none", kind: native, network: { networkPolicy: "none" }, says: [fails.none] },
  {
    name: "cilium-alone",
    kind: native,
    network: { networkPlugin: "azure", networkPolicy: "cilium" },
    says: [fails.ciliumAlone],
  },
  {
    name: "kubenet",
    kind: native,
    network: { networkPlugin: "kubenet", networkPolicy: "azure" },
    says: [fails.azureOnKubenet],
  },
  { name: "in-a-component", kind: native, component: "shop:index:Platform", says: [fails.notSet] },
  { name: "junk", kind: native, network: { networkPolicy: "azrue" }, says: [fails.misspelt] },
  {
    name: "unknown",
    kind: native,
    network: (context) => ({ networkPlugin: "azure", networkPolicy: outputOf(context, "calico") }),
    says: [profileNotKnown],
  },
  {
    // In a Node program one unknown leaf makes the SDK's whole profile unknown.
    name: "unknown-beside",
    kind: native,
    network: (context) => ({ networkPolicy: "calico", dnsServiceIP: outputOf(context, "10.0.0.10") }),
    says: [profileNotKnown],
  },
  {
    name: "secret",
    kind: native,
    network: ({ pulumi }) => ({ networkPlugin: "azure", networkPolicy: pulumi.secret("none") }),
    says: [fails.none],
  },
  {
    name: "secret-good",
    kind: native,
    network: ({ pulumi }) => pulumi.secret({ networkPlugin: "azure", networkPolicy: "calico" }),
    says: [],
  },
  {
    name: "secret-nonsense",
    kind: native,
    network: ({ pulumi }) => ({ networkPlugin: "azure", networkPolicy: pulumi.secret(nonsense) }),
    says: [fails.notAnEngine],
  },
  { name: "yaml-nothing", kind: nativeByYaml, says: [fails.notSet] },
  { name: "yaml-null", kind: nativeByYaml, network: { networkPolicy: null }, says: [fails.notSet] },
  {
    name: "yaml-kubenet",
    kind: nativeByYaml,
    network: { networkPlugin: "kubenet", networkPolicy: "azure" },
    says: [fails.azureOnKubenet],
  },
  {
    // Without an SDK the other leaves stay known, and no rule depends on this one.
    name: "yaml-unknown-beside",
    kind: nativeByYaml,
    network: (context) => ({
      networkPlugin: "azure",
      networkPolicy: "calico",
      dnsServiceIP: outputOf(context, "10.0.0.11"),
    }),
    says: [],
  },
  {
    name: "yaml-unknown",
    kind: nativeByYaml,
    network: (context) => ({ networkPlugin: "azure", networkPolicy: outputOf(context, "yaml") }),
    says: [notKnown("networkProfile.networkPolicy")],
  },
  { name: "local-none", kind: nativeAsLocalPackage, network: { networkPolicy: "none" }, says: [fails.none] },
  { name: "local-good", kind: nativeAsLocalPackage, network: goodNative, says: [] },
  { name: "classic-nothing", kind: classic, says: [fails.notSet] },
  {
    name: "classic-junk",
    kind: classic,
    network: { networkPlugin: "azure", networkPolicy: "azrue" },
    says: [fails.misspelt],
  },
  { name: "classic-good", kind: classic, network: goodClassic, says: [] },
  { name: "bridged-nothing", kind: bridged, network: { networkPlugin: "azure" }, says: [fails.notSet] },
  { name: "bridged-good", kind: bridged, network: goodClassic, says: [] },
];

const folder = join(__dirname, "..", "..", "pulumi-pack");

describeWithPulumi("the pack under the real Pulumi CLI", () => {
  let temporary: string;
  let file: string;
  let PATH: string;
  beforeAll(() => {
    temporary = mkdtempSync(join(tmpdir(), "real-cli-"));
    const root = join(__dirname, "..", "..");
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly bin: { readonly "aks-network-policy-pack": string };
    };
    file = join(temporary, "node_modules", ".bin", "aks-network-policy-pack");
    mkdirSync(dirname(file), { recursive: true });
    symlinkSync(join(root, manifest.bin["aks-network-policy-pack"]), file);
    // A local package is served by azure-native under another name.
    const standIns = join(__dirname, "..", "pulumi-cli", "path");
    const plugins = join(temporary, "plugins");
    mkdirSync(plugins);
    symlinkSync(
      join(standIns, "pulumi-resource-azure-native"),
      join(plugins, `pulumi-resource-${localPackage}`),
    );
    PATH = [plugins, standIns, dirname(process.execPath), process.env["PATH"]].join(delimiter);
  });
  afterAll(() => {
    rmSync(temporary, { recursive: true });
  });

  describe("clusters on their own", () => {
    let run: Run;
    beforeAll(async () => {
      run = await preview({ program: programOf(clusters), pack: folder, env: { PATH } });
    });

    test("stop the preview, each with its own violations and each once", () => {
      expectRun(run, expected(clusters), "stops");
      expect(run.stdout.match(/^ {8}- \[(mandatory|advisory)\]/gm)).toHaveLength(expected(clusters).length);
    });

    test("are printed to the user word for word", () => {
      expect(run.stdout).toContain(`
        - [mandatory] [severity: high]  network-policy-configured  (azure-native:containerservice:ManagedCluster: none)
          networkProfile.networkPolicy is "none": this cluster has no network policy engine.
          Without an engine AKS accepts NetworkPolicy objects and ignores them: every pod can reach every pod.
          Fix: inside networkProfile, set networkPlugin: "azure", networkPluginMode: "overlay", networkDataplane: "cilium", networkPolicy: "cilium"
          If the cluster exists: azure-native REPLACES it: it deletes the old cluster first (last if Pulumi generated its name). Look for \`replace\` in the preview. To keep the cluster: https://www.npmjs.com/package/aks-network-policy-pack#clusters-that-exist
          Rule: https://www.npmjs.com/package/aks-network-policy-pack#network-policy-configured
`);
    });

    test("keep their secrets", () => {
      expect(run.stdout + run.stderr + JSON.stringify(run.events)).not.toContain("hunter2");
    });

    test.each([
      ["an executable file, through npm's link to it", () => file],
      ["the single file", () => singleFile],
    ])("get the same from the pack as %s", async (_form, pack) => {
      const byFile = await preview({ program: programOf(clusters), pack: pack(), env: { PATH } });
      const sorted = (events: readonly PolicyEvent[]): string[] =>
        events.map((event) => JSON.stringify(event)).sort();
      expect(sorted(byFile.events)).toEqual(sorted(run.events));
      expect(byFile.exitCode).toBe(run.exitCode);
    });

    test("pass silently once they are corrected", async () => {
      const again = await preview({ program: programOf(corrected(clusters)), pack: file, env: { PATH } });
      expectRun(again, [], "goes through");
      expect(again.stdout).toMatch(/^ {4}✅ aks-network-policy@v.+\n\n/m);
    });
  });

  test("an engine that only `up` knows is checked there, before the cluster is created", async () => {
    let engine = "none";
    const program: Program = (context) => {
      const networkPolicy = declare(context, group, "group", { resourceGroupName: engine }).name;
      declare(context, native, "late", { networkProfile: { networkPlugin: "azure", networkPolicy } });
    };
    const late = urnOf(native, "late");
    await withStack({ program }, async (stack) => {
      const before = await stack.preview({ pack: file });
      expectRun(before, [line(late, profileNotKnown)], "goes through");

      const stopped = await stack.up({ pack: file });
      expectRun(stopped, [line(late, fails.none)], "stops");
      expect(Object.keys(stopped.registered)).toEqual([urnOf(group, "group")]);

      engine = "calico";
      const created = await stack.up({ pack: file });
      expectRun(created, [], "goes through");
      expect(Object.keys(created.registered)).toContain(late);
    });
  });

  describe("what only the whole stack shows", () => {
    const existing = {
      "/existing/bad": { name: "bad", networkProfile: { networkPlugin: "azure", networkPolicy: "none" } },
      "/existing/good": { name: "good", networkProfile: goodNative },
    };
    const program: Program = (context) => {
      const { pulumi } = context;
      const cluster = (kind: Kind, name: string, inputs: Inputs = {}): Declared =>
        declare(context, kind, name, { networkProfile: kind.good, ...inputs });
      const pool = (name: string, inputs: Inputs, osType: unknown = "Windows"): Declared =>
        declare(context, nativePool, name, { osType, ...inputs });

      pool("win", { resourceName: cluster(native, "by-output").name });
      cluster(native, "by-name", { resourceName: "aks-by-name" });
      pool("win-by-name", { resourceName: "aks-by-name" });
      cluster(native, "elsewhere", { resourceName: "aks-elsewhere" });
      pool("win-elsewhere", { resourceName: "aks-elsewhere", resourceGroupName: "another" });
      pool("linux", { resourceName: cluster(native, "linux-only").name }, "Linux");
      pool("late", { resourceName: cluster(native, "late-os").name }, outputOf(context, "Linux"));
      for (const [kind, poolKind, name] of [
        [classic, classicPool, "classic"],
        [bridged, bridgedPool, "bridged"],
      ] as const) {
        declare(context, poolKind, `${name}-win`, {
          osType: "Windows",
          kubernetesClusterId: cluster(kind, name).id,
        });
      }
      cluster(native, "secret", {
        networkProfile: { networkPlugin: "azure", networkPolicy: pulumi.secret("calico") },
      });
      classOf(native, context)?.get("read-bad", "/existing/bad");
      classOf(native, context)?.get("read-good", "/existing/good");
    };

    const windows = [
      line(urnOf(native, "by-output"), fails.windows),
      line(urnOf(native, "by-name"), fails.windows),
      line(urnOf(classic, "classic"), fails.windows),
      line(urnOf(bridged, "bridged"), fails.windows),
    ];
    const read = line(urnOf(native, "read-bad"), ["advisory", configured, fails.none[2]]);
    const encrypted = line(urnOf(native, "secret"), profileNotKnown);

    let run: Run;
    let runOnExisting: Run;
    let state: ExportedStack;
    beforeAll(async () => {
      await withStack({ program, existing }, async (stack) => {
        run = await stack.preview({ pack: folder });
        expectRun(await stack.up(), [], "goes through");
        runOnExisting = await stack.up({ pack: file });
        state = await stack.exportStack();
      });
    });

    test("is found at the end of a preview, on the cluster and not on its pool", () => {
      const open = line(urnOf(native, "late-os"), notKnown("osType of a separate node pool", compatible));
      expectRun(run, [...windows, open], "stops");
    });

    test("is found by an `up` of existing clusters that do not change", () => {
      expectRun(runOnExisting, windows, "stops");
      expect(runOnExisting.registered).toEqual({});
    });

    test("is found by `pulumi policy analyze`, with the clusters that the program reads", async () => {
      expectRun(await analyze({ state, pack: folder }), [...windows, read], "stops");
    });

    test("is only advisory if a cluster is only read or a secret cannot be decrypted", async () => {
      const { version, deployment } = state;
      const withoutPools = {
        version,
        deployment: {
          ...deployment,
          resources: (deployment.resources ?? []).filter(({ type }) => !/Pool$/.test(type)),
        },
      };
      const env = { PULUMI_CONFIG_PASSPHRASE: "not the stack's" };
      const analysis = await analyze({ state: withoutPools, pack: file, env });
      expectRun(analysis, [encrypted, read], "goes through");
      expect(analysis.events.find(({ urn }) => urn === urnOf(native, "read-bad"))?.message).toMatch(
        /\nFix, where the cluster is declared \(this program only reads it\)/,
      );
    });
  });

  describe("levels in the configuration file", () => {
    const rows: readonly Row[] = [
      { name: "none", kind: native, network: { networkPolicy: "none" }, says: [fails.none] },
      {
        name: "kubenet",
        kind: native,
        network: { networkPlugin: "kubenet", networkPolicy: "azure" },
        says: [fails.azureOnKubenet],
      },
    ];
    const inState = stateOf(
      rows.map(({ name, kind, network }) => ({
        type: kind.type,
        name,
        inputs: { resourceGroupName: "rg", networkProfile: network },
      })),
    );

    test("apply to single rules", async () => {
      const run = await preview({
        program: programOf(rows),
        pack: folder,
        packConfig: { [configured]: "advisory", [compatible]: "disabled" },
      });
      const said = line(urnOf(native, "none"), ["advisory", configured, fails.none[2]]);
      expectRun(run, [said], "goes through");
    });

    test.each([
      ["advisory", "goes through", "advisory"],
      ["disabled", "goes through", undefined],
      ["mandatory", "stops", "mandatory"],
    ] as const)("apply to all: %s", async (all, end, level) => {
      const said = rows.flatMap(({ kind, name, says }) =>
        says.flatMap(([, rule, text]) =>
          level === undefined ? [] : [line(urnOf(kind, name), [level, rule, text])],
        ),
      );
      expectRun(await analyze({ state: inState, pack: file, packConfig: { all } }), said, end);
    });
  });

  describeWithAzureNativeV2("azure-native version 2", () => {
    const v2: Kind = { type: native.type, ...(native.sdk && { sdk: native.sdk }) };
    const rows: readonly Row[] = [
      // The SDK itself writes plugin kubenet if the program writes a network profile.
      { name: "azure", kind: v2, network: { networkPolicy: "azure" }, says: [fails.azureOnKubenet] },
      {
        name: "calico",
        kind: v2,
        network: { networkPolicy: "calico" },
        says: today({ networkPlugin: "kubenet", networkPolicy: "calico" }),
      },
      { name: "good", kind: v2, network: { networkPlugin: "azure", networkPolicy: "calico" }, says: [] },
      { name: "nothing", kind: v2, says: [fails.notSet] },
      {
        name: "unknown",
        kind: v2,
        network: (context) => ({ networkPolicy: "calico", dnsServiceIP: outputOf(context, "10.0.0.10") }),
        says: [profileNotKnown],
      },
      {
        name: "v20240501-azure",
        kind: versioned("v20240501"),
        network: { networkPolicy: "azure" },
        says: [fails.azureOnKubenet],
      },
      {
        // From here on the SDK leaves the plugin alone.
        name: "v20240901-azure",
        kind: versioned("v20240901"),
        network: { networkPolicy: "azure" },
        says: today({ networkPolicy: "azure" }),
      },
      {
        name: "v20240901-none",
        kind: versioned("v20240901"),
        network: { networkPolicy: "none" },
        says: [fails.none],
      },
      { name: "v20240901-good", kind: versioned("v20240901"), network: goodNative, says: [] },
      {
        name: "v20240102preview-cilium",
        kind: versioned("v20240102preview"),
        network: { networkPlugin: "azure", networkPolicy: "cilium" },
        says: [fails.ciliumAlone],
      },
    ];

    test("is checked with what its SDK writes into the inputs, in every module", async () => {
      const run = await preview({ program: programOf(rows), pack: file, install: azureNativeV2 });
      expectRun(run, expected(rows), "stops");
      expect(run.requested[urnOf(v2, "azure")]).toMatchObject({
        networkProfile: { networkPlugin: "kubenet" },
      });
    });
  });
});
