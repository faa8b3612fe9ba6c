import type { Declaration } from "../../shared/cluster/declaration";
import { notKnownYet } from "../../shared/cluster/declaration";
import { azureNative } from "../../shared/dialects/azure-native";
import { spell } from "../../shared/reading/spell";
import type { RuleName } from "../../shared/rules";
import { rules } from "../../shared/rules";
import { evaluate } from "../support/evaluate";

const columns: readonly (readonly [title: string, engine: Declaration])[] = [
  ["no engine", {}],
  ["`none`", { engine: "none" }],
  ["`azure`", { engine: "azure" }],
  ["`calico`", { engine: "calico" }],
  ["`cilium`", { engine: "cilium" }],
  ["other text", { engine: "istio" }],
  ["not known yet", { engine: notKnownYet }],
];

const azure = { plugin: "azure" } as const;
const cilium = { ...azure, dataplane: "cilium" } as const;
const dualStack = { ipFamilies: ["IPv4", "IPv6"] } as const;
const autoProvisioning = { nodeProvisioning: "Auto" } as const;
const security = { advancedNetworkSecurity: true } as const;
const wireGuard = { transitEncryption: "WireGuard" } as const;
const acceleration = { accelerationMode: "BpfVeth" } as const;
const manyNodes = { pools: [{ count: 251 }] } as const;
const windows = { pools: [{ count: 3 }, { os: "Windows" }] } as const;
const windows2025 = { pools: [{ count: 3 }, { os: "Windows", osSku: "Windows2025" }] } as const;

/** Each row with every way of writing it; all of them must get the same verdicts. */
const rows: readonly (readonly [title: string, ...ways: readonly Declaration[]])[] = [
  ["plugin azure", azure, { ...azure, dataplane: "azure" }, { ...azure, mode: "overlay" }],
  [
    "plugin azure, dataplane cilium; also with dual stack, node auto-provisioning, network security, WireGuard, eBPF acceleration or more than 250 nodes",
    cilium,
    { ...cilium, ...dualStack },
    { ...cilium, ...autoProvisioning },
    { ...cilium, ...security },
    { ...cilium, ...wireGuard },
    { ...cilium, ...acceleration },
    { ...cilium, ...manyNodes },
  ],
  ["no plugin", {}, { dataplane: "azure" }, { sku: "Base" }],
  ["no plugin, dataplane cilium", { dataplane: "cilium" }],
  ["kubenet", { plugin: "kubenet" }, { plugin: "kubenet", dataplane: "azure" }],
  ["kubenet, dataplane cilium", { plugin: "kubenet", dataplane: "cilium" }],
  [
    "plugin none (bring your own CNI)",
    { plugin: "none" },
    { plugin: "none", dataplane: "azure" },
    { plugin: "none", dataplane: "cilium" },
  ],
  ["SKU Automatic", { sku: "Automatic" }, { sku: "Automatic", ...azure }, { sku: "Automatic", ...dualStack }],
  ["plugin azure, Windows pools", { ...azure, ...windows }],
  [
    "plugin azure, Windows Server 2025 pools",
    { ...azure, ...windows2025 },
    { ...azure, ...windows, kubernetesVersion: "1.37" },
  ],
  ["plugin azure, dataplane cilium, Windows pools", { ...cilium, ...windows }],
  ["plugin azure, dual stack", { ...azure, ...dualStack }],
  ["plugin azure, node auto-provisioning", { ...azure, ...autoProvisioning }],
  [
    "plugin azure, advanced network security, WireGuard or eBPF acceleration",
    { ...azure, ...security },
    { ...azure, ...wireGuard },
    { ...azure, ...acceleration },
  ],
  ["plugin azure, more than 250 nodes", { ...azure, ...manyNodes }],
];

/** The last part of a rule's name, which is enough to distinguish the three. */
export function shortName(name: RuleName): string {
  return name.replace("network-policy-", "");
}

function verdictOn(declaration: Declaration): string {
  const spelled = spell(declaration, azureNative);
  if (spelled === undefined) throw new Error("azure-native can say every row");
  const found = rules.map((rule) => ({
    name: shortName(rule.name),
    kinds: evaluate(rule, spelled, azureNative).map(({ kind }) => kind),
  }));
  const having = (kind: string): string[] =>
    found.filter(({ kinds }) => kinds.some((each) => each === kind)).map(({ name }) => name);
  const failing = having("failure");
  if (failing.length > 0) return `**fails**: ${failing.join(", ")}`;
  const open = having("unknown");
  if (open.length > 0) return "unknown";
  const noticing = having("notice");
  return noticing.length > 0 ? `passes; notice: ${noticing.join(", ")}` : "passes";
}

/**
 * The combined verdicts of the three rules for each network and engine, with the default configuration, as
 * shown in the README.
 */
export function verdictTable(): string {
  const lines = rows.map(([title, ...ways]) => {
    const cells = columns.map(([column, engine]) => {
      const verdicts = new Set(ways.map((way) => verdictOn({ ...way, ...engine })));
      const [verdict] = verdicts;
      if (verdict === undefined || verdicts.size > 1)
        throw new Error(`${title}, ${column}: ${[...verdicts].join(" or ")}`);
      return verdict;
    });
    return `| ${[title, ...cells].join(" | ")} |`;
  });
  const titles = ["cluster", ...columns.map(([title]) => title)];
  return [`| ${titles.join(" | ")} |`, `| ${titles.map(() => "---").join(" | ")} |`, ...lines, ""].join("\n");
}
