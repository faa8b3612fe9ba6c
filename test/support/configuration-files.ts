import type { Configuration } from "../../cdktf-aspect";
import type { Declaration } from "../../shared/cluster/declaration";
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Dialect } from "../../shared/dialects/dialect";
import { spell } from "../../shared/reading/spell";

/** The beginning of the message about an invalid configuration. */
export const refusal = "The configuration of aks-network-policy-pack is invalid, so no cluster is checked:";

/** The whole message about an invalid configuration. */
export function refusalOf(problems: readonly string[]): string {
  const more = "More: https://www.npmjs.com/package/aks-network-policy-pack#configuration";
  return [refusal, ...problems.map((problem) => `- ${problem}`), more].join("\n");
}

const clusters: Readonly<Record<string, Declaration>> = {
  "no-engine": { plugin: "azure" },
  calico: { plugin: "azure", engine: "calico" },
  npm: { plugin: "azure", engine: "azure" },
  kubenet: { plugin: "kubenet", engine: "calico" },
  "own-cni": { plugin: "none" },
  "own-cni-perhaps": { plugin: "none", engine: notKnownYet },
  implied: { plugin: "azure", dataplane: "cilium" },
  "engine-unknown": { plugin: "azure", engine: notKnownYet },
  "plugin-unknown": { plugin: notKnownYet, engine: "calico" },
  misfit: { plugin: "kubenet", engine: "azure" },
};

/** Each rule's finding on each cluster: `E` stops the run, `w` does not. */
type Said = Readonly<Record<string, string>>;

const letters: Readonly<Record<string, string>> = {
  "network-policy-configured": "c",
  "network-policy-compatible": "f",
  "network-policy-supported": "s",
};

export function shown(findings: readonly { stops: boolean; rule: string; cluster: string }[]): Said {
  const said: Record<string, string> = {};
  for (const { stops, rule, cluster } of findings) {
    const letter = letters[rule] ?? "?";
    said[cluster] = `${said[cluster] ?? ""}${stops ? letter.toUpperCase() : letter}`;
  }
  return said;
}

/**
 * Capitals stop the run: C for configured, F for compatible (fits), S for supported; small letters are
 * advisory.
 */
const byDefault: Said = {
  "no-engine": "C",
  npm: "s",
  kubenet: "s",
  "own-cni": "C",
  "own-cni-perhaps": "C",
  "engine-unknown": "c",
  "plugin-unknown": "f",
  misfit: "F",
};

const allAdvisory = Object.fromEntries(
  Object.entries(byDefault).map(([name, letters]) => [name, letters.toLowerCase()]),
);

/** The same file means the same in both hosts. */
export const files: readonly (readonly [title: string, file: Configuration, said: Said])[] = [
  ["nothing", {}, byDefault],
  ["all advisory", { all: "advisory" }, allAdvisory],
  [
    "all advisory, one rule mandatory",
    { all: "advisory", "network-policy-configured": "mandatory" },
    { ...byDefault, misfit: "f" },
  ],
  [
    "all advisory, as an object, and an object without a level",
    { all: { enforcementLevel: "advisory" }, "network-policy-configured": {} },
    allAdvisory,
  ],
  [
    "remediate on a rule without auto-set",
    { "network-policy-compatible": "remediate", "network-policy-supported": "remediate" },
    byDefault,
  ],
  ["all disabled", { all: "disabled" }, {}],
  [
    "the rule for the engine disabled: the next one reports what is unknown",
    { "network-policy-configured": "disabled" },
    {
      npm: "s",
      kubenet: "s",
      "own-cni-perhaps": "f",
      "engine-unknown": "f",
      "plugin-unknown": "f",
      misfit: "F",
    },
  ],
  [
    "calico alone accepted",
    { "network-policy-configured": { engines: ["calico"] } },
    { ...byDefault, npm: "Cs", implied: "C", misfit: "CF" },
  ],
  [
    "calico alone accepted, advisory",
    { "network-policy-configured": { enforcementLevel: "advisory", engines: ["calico"] } },
    { ...allAdvisory, npm: "cs", implied: "c", misfit: "cF" },
  ],
  [
    "own CNI warns",
    { "network-policy-configured": { bringYourOwnCni: "warn" } },
    { ...byDefault, "own-cni": "c", "own-cni-perhaps": "c" },
  ],
  [
    "own CNI allowed",
    { "network-policy-configured": { bringYourOwnCni: "allow" } },
    Object.fromEntries(
      Object.entries({ ...byDefault, "own-cni-perhaps": "c" }).filter(([name]) => name !== "own-cni"),
    ),
  ],
  [
    "unknown fails",
    { "network-policy-configured": { unknown: "fail" }, "network-policy-compatible": { unknown: "fail" } },
    { ...byDefault, "engine-unknown": "C", "plugin-unknown": "F" },
  ],
  [
    "unknown fails if the rule is advisory",
    { all: "advisory", "network-policy-configured": { unknown: "fail" } },
    allAdvisory,
  ],
  [
    "unknown is ignored",
    {
      "network-policy-configured": { unknown: "ignore" },
      "network-policy-compatible": { unknown: "ignore" },
    },
    Object.fromEntries(Object.entries(byDefault).filter(([name]) => !name.endsWith("unknown"))),
  ],
  [
    "unknown is ignored by one rule: the next one reports it by its own option",
    {
      "network-policy-configured": { unknown: "ignore" },
      "network-policy-compatible": { unknown: "fail" },
    },
    { ...byDefault, "engine-unknown": "F", "plugin-unknown": "F" },
  ],
  [
    "no notices",
    { "network-policy-supported": { noticeDays: 0 } },
    Object.fromEntries(Object.entries(byDefault).filter(([name]) => !["npm", "kubenet"].includes(name))),
  ],
  // 2026-11-23 is 494 days before the end of kubenet and 677 before that of engine azure on Linux.
  [
    "notices from the first day of kubenet's notice",
    { "network-policy-supported": { noticeDays: 494 } },
    Object.fromEntries(Object.entries(byDefault).filter(([name]) => name !== "npm")),
  ],
  [
    "notices a day later",
    { "network-policy-supported": { noticeDays: 493 } },
    Object.fromEntries(Object.entries(byDefault).filter(([name]) => !["npm", "kubenet"].includes(name))),
  ],
];

export function declared(dialect: Dialect): [string, NonNullable<ReturnType<typeof spell>>][] {
  return Object.entries(clusters).map(([name, declaration]) => {
    const spelled = spell(declaration, dialect);
    if (spelled === undefined) throw new Error(`${dialect.name} cannot say ${name}`);
    return [name, spelled];
  });
}

/** A file, and the same in Pulumi's version 2. */
export function inEitherVersion([title, file, said]: (typeof files)[number]): (typeof files)[number][] {
  return [
    [title, file, said],
    [`${title}, in version 2`, { version: 2, policies: file }, said],
  ];
}
