import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import type { Library, NetworkProfile } from "../support/terraform";
import { annotationsOf, appWith, libraries, required, synthesised, told } from "../support/terraform";

beforeEach(() => {
  // The files are written whatever is reported.
  process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "1";
});
afterEach(() => {
  delete process.env["SYNTH_HCL_OUTPUT"];
  delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
});

type Output = "json" | "hcl";
type AutoSet = Exclude<Configuration["network-policy-configured"], string | undefined>["autoSet"];
type Cluster = ReturnType<typeof clusterIn>;

const remediate = (autoSet: AutoSet = {}): Configuration => ({
  "network-policy-configured": { enforcementLevel: "remediate", autoSet },
});

function clusterIn(library: Library, stack: TerraformStack, networkProfile?: NetworkProfile, more = {}) {
  return new library.KubernetesCluster(stack, "aks", {
    ...required,
    ...(networkProfile === undefined ? {} : { networkProfile }),
    ...more,
  });
}

/** The network settings in the written file, in the requested language. */
function written(outdir: string, output: Output): Record<string, string> {
  const text = readFileSync(
    join(outdir, "stacks", "s", output === "json" ? "cdk.tf.json" : "cdk.tf"),
    "utf8",
  );
  const found = text.matchAll(/"?(network_(?:plugin|plugin_mode|policy|data_plane))"?\s*[:=]\s*"(\w*)"/g);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, value]));
}

interface Run {
  readonly written: Record<string, string>;
  readonly told: string[];
  readonly info: string | undefined;
  readonly error: string | undefined;
}

function run(
  library: Library,
  output: Output,
  configuration: Configuration,
  declare: (stack: TerraformStack) => Cluster,
  version?: string,
): Run {
  if (output === "hcl") process.env["SYNTH_HCL_OUTPUT"] = "true";
  const { app, stack } = appWith(library, configuration);
  const cluster = declare(stack);
  if (version !== undefined) {
    const value = { providerName: "azurerm", providerVersion: version };
    Object.defineProperty(cluster, "terraformGeneratorMetadata", { value });
  }
  synthesised(app);
  const said = (level: string): string | undefined =>
    annotationsOf(app).find((each) => each.level === level)?.message;
  return { written: written(app.outdir, output), told: told(app), info: said("info"), error: said("error") };
}

const azure: NetworkProfile = { networkPlugin: "azure" };
const pair = { network_plugin: "azure", network_data_plane: "cilium", network_policy: "cilium" };
const calico = { network_plugin: "azure", network_policy: "calico" };
const untouched = { network_plugin: "azure" };

/**
 * What is written with the bindings of 4.55 (cdktf) and 4.73 (cdktn), and with those of an azurerm before
 * 3.108.
 */
interface Row {
  readonly title: string;
  readonly profile?: NetworkProfile;
  readonly more?: object;
  readonly windowsPool?: true;
  /** If nothing is written: no finding, another rule's finding, or undecided. */
  readonly left?: "right" | "wrong" | "undecided";
  /** The other library's bindings cannot express it. */
  readonly only?: Library["name"];
  readonly autoSet?: AutoSet;
  readonly "4.55.0": Record<string, string>;
  readonly "4.73.0": Record<string, string>;
  readonly "3.90.0": Record<string, string>;
}

const everywhere = (choice: Record<string, string>): Pick<Row, "4.55.0" | "4.73.0" | "3.90.0"> => ({
  "4.55.0": choice,
  "4.73.0": choice,
  "3.90.0": choice,
});
const kubenet = { network_plugin: "kubenet" };
const whole = { ...pair, network_plugin_mode: "overlay" };

const table: readonly Row[] = [
  { title: "dataplane cilium", profile: { ...azure, networkDataPlane: "cilium" }, ...everywhere(pair) },
  {
    title: "plugin azure, Linux only",
    profile: azure,
    "4.55.0": calico,
    "4.73.0": pair,
    "3.90.0": untouched,
  },
  {
    title: "plugin azure, replacement allowed",
    profile: azure,
    autoSet: { acceptReplacement: true },
    ...everywhere(pair),
  },
  {
    title: "plugin azure, a new cluster",
    profile: azure,
    autoSet: { newClusters: ["s/aks"] },
    ...everywhere(pair),
  },
  {
    title: "plugin azure, Windows pools",
    profile: azure,
    windowsPool: true,
    "4.55.0": calico,
    "4.73.0": calico,
    "3.90.0": untouched,
  },
  {
    title: "plugin azure, Windows hinted",
    profile: azure,
    more: { windowsProfile: { adminUsername: "azureuser", adminPassword: "${var.password}" } },
    "4.55.0": calico,
    "4.73.0": calico,
    "3.90.0": untouched,
  },
  {
    title: "plugin azure, dual stack",
    profile: { ...azure, ipVersions: ["IPv4", "IPv6"] },
    "4.55.0": untouched,
    "4.73.0": pair,
    "3.90.0": untouched,
  },
  {
    title: "plugin azure, node auto-provisioning",
    only: "cdktn",
    profile: azure,
    more: { nodeProvisioningProfile: { mode: "Auto" } },
    "4.55.0": untouched,
    "4.73.0": pair,
    "3.90.0": untouched,
  },
  {
    title: "plugin azure, dual stack, replacement allowed",
    profile: { ...azure, ipVersions: ["IPv4", "IPv6"] },
    autoSet: { acceptReplacement: true },
    ...everywhere(pair),
  },
  {
    title: "plugin azure, node auto-provisioning, Windows pools",
    only: "cdktn",
    profile: azure,
    more: { nodeProvisioningProfile: { mode: "Auto" } },
    windowsPool: true,
    autoSet: { acceptReplacement: true },
    ...everywhere(untouched),
  },
  {
    title: "plugin azure, dual stack, Windows pools",
    profile: { ...azure, ipVersions: ["IPv4", "IPv6"] },
    windowsPool: true,
    ...everywhere(untouched),
  },
  {
    title: "kubenet",
    profile: { networkPlugin: "kubenet" },
    "4.55.0": { ...kubenet, network_policy: "calico" },
    "4.73.0": { ...kubenet, network_policy: "calico" },
    "3.90.0": kubenet,
  },
  {
    title: "kubenet, Windows pools",
    profile: { networkPlugin: "kubenet" },
    windowsPool: true,
    ...everywhere(kubenet),
  },
  {
    title: "kubenet, dual stack",
    profile: { networkPlugin: "kubenet", ipVersions: ["IPv4", "IPv6"] },
    autoSet: { acceptReplacement: true },
    ...everywhere(kubenet),
  },
  {
    title: "kubenet, node auto-provisioning",
    only: "cdktn",
    profile: { networkPlugin: "kubenet" },
    more: { nodeProvisioningProfile: { mode: "Auto" } },
    autoSet: { acceptReplacement: true },
    ...everywhere(kubenet),
  },
  { title: "no network profile", ...everywhere({}) },
  { title: "no network profile, a whole one requested", autoSet: { wholeProfile: true }, ...everywhere({}) },
  {
    title: "no network profile, a whole one requested and replacement allowed",
    autoSet: { wholeProfile: true, newClusters: ["s/aks"] },
    ...everywhere(whole),
  },
  {
    title: "plugin none",
    profile: { networkPlugin: "none" },
    autoSet: { acceptReplacement: true },
    ...everywhere({ network_plugin: "none" }),
  },
  {
    title: "a profile without a plugin",
    profile: { networkPluginMode: "overlay" } as NetworkProfile,
    autoSet: { acceptReplacement: true },
    ...everywhere({ network_plugin_mode: "overlay" }),
  },
  {
    title: "a plugin that only Terraform knows",
    profile: { networkPlugin: "${var.plugin}" },
    autoSet: { acceptReplacement: true },
    ...everywhere({}),
  },
  {
    title: "a dataplane that only Terraform knows",
    left: "undecided",
    profile: { ...azure, networkDataPlane: "${var.dataplane}" },
    autoSet: { acceptReplacement: true },
    ...everywhere(untouched),
  },
  {
    title: "a correct engine",
    left: "right",
    profile: { ...azure, networkPolicy: "calico" },
    autoSet: { acceptReplacement: true },
    ...everywhere(calico),
  },
  {
    title: "a wrong engine",
    left: "wrong",
    profile: { networkPlugin: "kubenet", networkPolicy: "azure" },
    autoSet: { acceptReplacement: true },
    ...everywhere({ ...kubenet, network_policy: "azure" }),
  },
  {
    title: "an existing dataplane, which is not changed",
    profile: { ...azure, networkDataPlane: "azure" },
    autoSet: { acceptReplacement: true },
    ...everywhere({ ...calico, network_data_plane: "azure" }),
  },
  {
    title: "a named engine that fits",
    profile: azure,
    autoSet: { engine: "azure" },
    "4.55.0": { ...untouched, network_policy: "azure" },
    "4.73.0": { ...untouched, network_policy: "azure" },
    "3.90.0": untouched,
  },
  {
    title: "a named engine that does not fit",
    profile: { networkPlugin: "kubenet" },
    autoSet: { engine: "cilium", acceptReplacement: true },
    ...everywhere(kubenet),
  },
];

function namesDataplane(row: Row): boolean {
  return row.profile?.networkDataPlane !== undefined || row["3.90.0"]["network_data_plane"] !== undefined;
}

function declareRow(library: Library, row: Row) {
  return (stack: TerraformStack): Cluster => {
    const cluster = clusterIn(library, stack, row.profile, row.more);
    if (row.windowsPool === true) {
      new library.KubernetesClusterNodePool(stack, "windows", {
        name: "win",
        kubernetesClusterId: cluster.id,
        osType: "Windows",
        vmSize: "Standard_D4s_v5",
      });
    }
    return cluster;
  };
}

describe.each(libraries)("auto-set with $name", (library) => {
  const sayable = table.filter(({ only }) => only === undefined || only === library.name);
  const cases = sayable.flatMap((row) =>
    (["json", "hcl"] as const).flatMap((output) =>
      ([library.azurerm as "4.55.0" | "4.73.0", "3.90.0"] as const)
        // These classes cannot write the dataplane under its name before 4.0.
        .filter((version) => version !== "3.90.0" || !namesDataplane(row))
        .map((version) => ({ row, output, version })),
    ),
  );

  test.each(cases)("writes what fits: $row.title, $output, azurerm $version", ({ row, output, version }) => {
    const own = version === library.azurerm ? undefined : version;
    const result = run(library, output, remediate(row.autoSet), declareRow(library, row), own);
    expect(result.written).toEqual(row[version]);
    const before = run(library, output, {}, declareRow(library, row), own);
    const wrote = JSON.stringify(before.written) !== JSON.stringify(result.written);
    // What was written is always reported, and then nothing fails; otherwise the failure and the reason are
    // reported.
    expect(
      result.info?.split("\n")[0]?.startsWith("network-policy-configured: Auto-set wrote") ?? false,
    ).toBe(wrote);
    if (wrote || row.left === "right" || row.left === "undecided") expect(result.error).toBeUndefined();
    // An existing engine is another rule's concern.
    else expect(result.error).toContain(row.left === "wrong" ? "compatible" : "Auto-set wrote nothing");
    expect(result.told.some((line) => line.includes("Unknown: "))).toBe(row.left === "undecided");
  });

  test("reports the old and new value, and what this provider does to an existing cluster", () => {
    const { info } = run(
      library,
      "json",
      remediate(),
      declareRow(library, { ...table[1], title: "" } as Row),
    );
    const lines = info?.split("\n") ?? [];
    expect(lines[0]).toBe(
      library.azurerm === "4.55.0"
        ? 'network-policy-configured: Auto-set wrote networkProfile.networkPolicy: not set -> "calico".'
        : 'network-policy-configured: Auto-set wrote networkProfile.networkDataPlane: not set -> "cilium", networkProfile.networkPolicy: not set -> "cilium".',
    );
    expect(lines[1]).toContain(`azurerm ${library.azurerm}`);
    expect(lines[1]).toContain("in place");
  });

  test("takes node auto-provisioning from an override", () => {
    const provisioned = (stack: TerraformStack): Cluster => {
      const cluster = clusterIn(library, stack, azure);
      cluster.addOverride("node_provisioning_profile", { mode: "Auto" });
      return cluster;
    };
    const choice = library.azurerm === "4.55.0" ? untouched : pair;
    expect(run(library, "json", remediate(), provisioned).written).toEqual(choice);
  });

  test("gives the reason for writing nothing, in the remaining finding", () => {
    const { error } = run(library, "json", remediate(), (stack) => clusterIn(library, stack));
    expect(error).toContain(
      "Auto-set wrote nothing: the cluster has no network profile, and auto-set adds one only with `autoSet.wholeProfile`.",
    );
    const meant = run(library, "json", remediate({ wholeProfile: true }), (stack) =>
      clusterIn(library, stack),
    );
    expect(meant.error).toContain('`autoSet.newClusters` with "s/aks", or `autoSet.acceptReplacement`');
  });

  test("does so for each of two identical clusters, with its own address", () => {
    const { app, stack } = appWith(library, remediate({ wholeProfile: true, newClusters: ["s/two"] }));
    for (const id of ["one", "two", "three"]) new library.KubernetesCluster(stack, id, required);
    synthesised(app);
    expect(
      annotationsOf(app).map(({ path, level, message }) => [path, level, message.includes(`"${path}"`)]),
    ).toEqual([
      ["s/one", "error", true],
      ["s/two", "info", false],
      ["s/three", "error", true],
    ]);
  });

  const inTheWay: readonly (readonly [string, (cluster: Cluster, stack: TerraformStack) => void])[] = [
    [
      "an override of the block",
      (cluster) => {
        cluster.addOverride("network_profile.network_mode", "transparent");
      },
    ],
    [
      "a dynamic block",
      (cluster) => {
        cluster.addOverride("dynamic.network_profile", { for_each: [], content: {} });
      },
    ],
    [
      "an override on the stack",
      (_, stack) => {
        stack.addOverride("resource.azurerm_kubernetes_cluster.aks.tags", { a: "b" });
      },
    ],
  ];
  test.each(inTheWay)("leaves a cluster alone if %s decides", (_title, disturb) => {
    const {
      written: file,
      info,
      error,
    } = run(library, "json", remediate(), (stack) => {
      const cluster = clusterIn(library, stack, azure);
      disturb(cluster, stack);
      return cluster;
    });
    expect(file["network_policy"]).toBeUndefined();
    expect(info).toBeUndefined();
    expect(error ?? "Auto-set wrote nothing").toContain("Auto-set wrote nothing");
  });

  test("leaves a token alone, even one that resolves to nothing, and what only Terraform knows", () => {
    const { lib } = library;
    const lazy = lib.Lazy.stringValue({ produce: () => undefined });
    for (const networkPolicy of [lazy, "${var.np}"]) {
      const { info } = run(library, "json", remediate(), (stack) =>
        clusterIn(library, stack, { ...azure, networkPolicy }),
      );
      expect(info).toBeUndefined();
    }
  });

  test("leaves alone what is not a generated class", () => {
    const { app, stack } = appWith(library, remediate());
    const raw = new library.lib.TerraformResource(stack, "raw", {
      terraformResourceType: "azurerm_kubernetes_cluster",
    });
    raw.addOverride("network_profile", { network_plugin: "azure" });
    synthesised(app);
    expect(annotationsOf(app).map(({ level }) => level)).toEqual(["error"]);
  });

  test("keeps the other settings, leaves the user's own object alone, and reports everything once", () => {
    const profile = { networkPlugin: "azure", serviceCidr: "10.9.0.0/16", dnsServiceIp: "10.9.0.10" };
    const { app, stack } = appWith(library, remediate());
    clusterIn(library, stack, profile);
    const first = synthesised(app);
    expect(profile).toEqual({
      networkPlugin: "azure",
      serviceCidr: "10.9.0.0/16",
      dnsServiceIp: "10.9.0.10",
    });
    const text = readFileSync(join(app.outdir, "stacks", "s", "cdk.tf.json"), "utf8");
    expect(text).toContain('"service_cidr": "10.9.0.0/16"');
    expect(synthesised(app)).toEqual(first);
    expect(first).toHaveLength(1);
  });

  test("is off by default", () => {
    for (const level of ["mandatory", "advisory", "disabled"] as const) {
      const { written: file, info } = run(library, "json", { all: level }, (stack) =>
        clusterIn(library, stack, azure),
      );
      expect([file, info]).toEqual([untouched, undefined]);
    }
  });
});
