import type { Configuration } from "../../cdktf-aspect";
import type { RuleName } from "../../shared/rules";
import type { PackConfig } from "../engine/analyzer";
import { exemption } from "./configurations";

/** One stack in either host: a cluster without an engine, and a good one. */
export const bad = { networkPlugin: "azure" };
export const good = { networkPlugin: "azure", networkPolicy: "calico" };

/**
 * `configured` in capitals stops the run, in small letters it is advisory; then the cluster or the stack,
 * then the last line but one.
 */
export type Said = readonly [level: "STOPS" | "tells", where: "aks" | "good" | "the stack", line: string];

interface Case {
  readonly title: string;
  /**
   * The entries, with `{aks}` and `{good}` as placeholders for the addresses of the two clusters in this
   * host.
   */
  readonly exemptions: readonly Readonly<Record<string, unknown>>[];
  readonly rule?: RuleName;
  readonly today?: string;
  readonly said: readonly Said[];
}

const fails = (line = "If the cluster exists"): Said => ["STOPS", "aks", line];
const exempt = "EXM-0007, mitigated, owner team-shop@example.com.";
const of = "Exemption EXM-0007 from network-policy-configured (owner team-shop@example.com)";
const mine = { target: "{aks}" };

export const cases: readonly Case[] = [
  { title: "none", exemptions: [], said: [fails()] },
  {
    title: "in force",
    exemptions: [mine],
    said: [["tells", "aks", `Exempted until 2027-02-01 (70 days left): ${exempt}`]],
  },
  {
    title: "in force from its first day",
    exemptions: [mine],
    today: "2026-11-01T00:00:00Z",
    said: [["tells", "aks", `Exempted until 2027-02-01 (92 days left): ${exempt}`]],
  },
  {
    title: "not in force before its first day",
    exemptions: [mine],
    today: "2026-10-31T23:59:59Z",
    said: [
      fails("Exemption EXM-0007 (owner team-shop@example.com) starts on 2026-11-01 and is not in force yet."),
    ],
  },
  {
    title: "31 days before its end",
    exemptions: [mine],
    today: "2027-01-01T12:00:00Z",
    said: [["tells", "aks", `Exempted until 2027-02-01 (31 days left): ${exempt}`]],
  },
  {
    title: "30 days before its end",
    exemptions: [mine],
    today: "2027-01-02T12:00:00Z",
    said: [
      [
        "tells",
        "aks",
        `Exempted until 2027-02-01 (30 days left): ${exempt} It expires soon: fix the cluster or renew the exemption.`,
      ],
    ],
  },
  {
    title: "on its last day, in its last second",
    exemptions: [mine],
    today: "2027-02-01T23:59:59Z",
    said: [
      [
        "tells",
        "aks",
        `Exempted until 2027-02-01 (its last day): ${exempt} It expires soon: fix the cluster or renew the exemption.`,
      ],
    ],
  },
  {
    title: "a second later",
    exemptions: [mine],
    today: "2027-02-02T00:00:00Z",
    said: [fails("Exemption EXM-0007 (owner team-shop@example.com) expired on 2027-02-01, 1 day ago.")],
  },
  {
    title: "long expired",
    exemptions: [mine],
    today: "2027-03-03T00:00:00Z",
    said: [fails("Exemption EXM-0007 (owner team-shop@example.com) expired on 2027-02-01, 30 days ago.")],
  },
  {
    title: "for a cluster that is not in this stack",
    exemptions: [{ target: "{aks}2" }],
    said: [fails(), ["tells", "the stack", `${of} matches no cluster of this stack: "{aks}2".`]],
  },
  {
    title: "expired, for a cluster that is not in this stack",
    exemptions: [{ target: "{aks}2" }],
    today: "2027-03-03T00:00:00Z",
    said: [fails(), ["tells", "the stack", `${of} matches no cluster of this stack: "{aks}2".`]],
  },
  {
    title: "in the wrong case",
    exemptions: [{ target: "{AKS}" }],
    said: [fails(), ["tells", "the stack", `${of} matches no cluster of this stack: "{AKS}".`]],
  },
  {
    title: "for a cluster that now complies",
    exemptions: [{ target: "{good}" }],
    said: [fails(), ["tells", "good", `${of} is no longer needed: this cluster now complies with the rule.`]],
  },
  {
    title: "under the wrong rule",
    rule: "network-policy-compatible",
    exemptions: [mine],
    said: [
      fails(),
      [
        "tells",
        "aks",
        "Exemption EXM-0007 from network-policy-compatible (owner team-shop@example.com) is no longer needed: this cluster now complies with the rule.",
      ],
    ],
  },
  {
    title: "for other stacks, other projects and the other host",
    exemptions: [
      "urn:pulumi:prod::project::azure-native:containerservice:ManagedCluster::aks",
      "urn:pulumi:dev::shop::azure-native:containerservice:ManagedCluster::aks",
      "prod/aks",
      "s2/aks",
    ].map((target, i) => ({ id: `EXM-${i}`, target })),
    said: [fails()],
  },
];

export function configurationFor(
  { exemptions, rule = "network-policy-configured" }: Case,
  aks: string,
  good: string,
): Configuration & PackConfig {
  const written = exemptions.map((entry) =>
    exemption({
      ...entry,
      target: String(entry["target"])
        .replace("{aks}", aks)
        .replace("{AKS}", aks.replace(/aks$/, "AKS"))
        .replace("{good}", good),
    }),
  );
  return JSON.parse(JSON.stringify({ [rule]: { exemptions: written } })) as Configuration & PackConfig;
}

/** Two rules exempt the cluster, and neither reports a cluster that is not decided. */
export function undecided(target: string): Configuration {
  const exemptions = [exemption({ target })];
  return {
    "network-policy-configured": { unknown: "ignore", exemptions },
    "network-policy-compatible": { unknown: "ignore", exemptions },
  };
}

/** The line that an exemption adds, or the last line of every message on a failing cluster. */
export function telling(message: string): string {
  const lines = message.split("\n").map((line) => line.replace(/^network-policy-\w+: /, ""));
  const own = lines.find((line) => /^Exempt/.test(line));
  return own ?? (lines.at(-2) ?? "").replace(/:.*/, "");
}

export function expectedOf(said: readonly Said[], aks: string): Said[] {
  return said.map(([level, where, line]) => [
    level,
    where,
    line.replace("{aks}", aks).replace("{AKS}", aks.replace(/aks$/, "AKS")),
  ]);
}
