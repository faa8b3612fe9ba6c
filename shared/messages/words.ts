import type { Assignment, Fix } from "../fixes/fix";
import { fixOf, linesOf } from "../fixes/fix";
import type { Refusal } from "../fixes/remedy";
import { effectSentence } from "../fixes/replacement";
import type { Exemption, Standing } from "../policy/exemptions";
import type { Subject } from "../reading/subject";
import type { Cause } from "../rules";
import { defaultOptions, describeCause } from "../rules";
import type { Advice } from "../rules/cause";
import type { OnUnknown } from "../rules/options";
import type { Circumstances, Rule } from "../rules/rule";
import { days } from "../rules/wording";
import { pageOf } from "./pages";

/** What a host calls its own steps, so that every host says the rest in the same words. */
export interface Voice {
  /** The step that knows every value. */
  readonly late: string;
  /** What that step does with this cluster, as a sentence. */
  readonly then: string;
}

/** The whole text of a failure or a notice: what was found, why it matters, what to write, what that does, where to read on. */
export function explain(rule: Rule, cause: Cause, subject: Subject, circumstances: Circumstances): string {
  const { found, why, advice } = describeCause(cause, subject.cluster);
  const remedy = remedyOf(advice, subject, circumstances);
  return [found, why, ...remedy, ...autoSetLines(rule, subject), `Rule: ${pageOf(rule.name)}`].join("\n");
}

/** Auto-set belongs to one rule, and says there what it did. */
function autoSetLines(rule: Rule, subject: Subject): readonly string[] {
  return rule.name === "network-policy-configured" ? (subject.autoSet ?? []) : [];
}

/** What auto-set did to a cluster: old and new values, what they do to a cluster that exists, and what keeps them. */
export function explainWritten(subject: Subject, settings: readonly Assignment[]): string {
  return [
    `Auto-set wrote ${changesOf(settings)}.`,
    `If the cluster exists: ${effectSentence(subject, settings)}`,
    `Write it in the program too: ${linesOf(settings).join(", ")}`,
    `If auto-set stops writing it: ${effectSentence(subject, [])}`,
    `More: ${pageOf("auto-set")}`,
  ].join("\n");
}

/** What auto-set wrote did not arrive in the inputs that are judged. */
export function explainNotApplied(settings: readonly Assignment[]): string {
  return `Auto-set wrote ${changesOf(settings)}, and nothing of it arrived here: an analysis of a state applies no remediation, and a later policy pack may have taken it back.`;
}

/** What auto-set wrote is not in what is deployed. `address` is the cluster's. */
export function explainLost(
  rule: Rule,
  subject: Subject,
  settings: readonly Assignment[],
  address: string,
): string {
  return [
    `Auto-set wrote ${changesOf(settings)}, but Pulumi deploys this cluster without it.`,
    "Where a change replaces a cluster, Pulumi makes the new one from the program's own inputs, without what a policy wrote; and a cluster that is no target of a run is not changed by it.",
    `Fix (keep the other settings): write it in the program: ${linesOf(settings).join("\n     ")}`,
    `If the cluster exists: ${effectSentence(subject, settings)}`,
    `Or replace the cluster with \`pulumi up --replace '${address}'\`, which keeps what a policy wrote.`,
    `Rule: ${pageOf(rule.name)}`,
  ].join("\n");
}

/** It cannot be seen yet whether what auto-set wrote arrives in what is deployed. */
export function explainUnseen(rule: Rule, settings: readonly Assignment[], late: string): string {
  return [
    `Not decided yet: auto-set wrote ${changesOf(settings)}; whether Pulumi deploys it is not known before ${late}, because the cluster's provider hangs on what is not known.`,
    "Where the cluster exists and that step replaces it, the new one is made without it. To be sure, write it in the program.",
    `Rule: ${pageOf(rule.name)}`,
  ].join("\n");
}

function changesOf(settings: readonly Assignment[]): string {
  return settings.map(({ path, value }) => `${path}: not set -> ${JSON.stringify(value)}`).join(", ");
}

/** Why auto-set left a cluster alone. `address` is the cluster's, as the configuration names it. */
export function explainRefusal(refusal: Refusal, address: string): string {
  switch (refusal.because) {
    case "nothing to do":
      return "Auto-set wrote nothing: this cluster needs no engine of its own.";
    case "exempted":
      return "Auto-set wrote nothing: an exemption is in force for this cluster. If it wrote an engine in an earlier run, that is taken away now, which may replace the cluster: read the preview before you accept it.";
    case "an engine is written":
      return "Auto-set wrote nothing: a value stands there, and auto-set changes none.";
    case "bring your own CNI":
      return "Auto-set wrote nothing: with your own CNI AKS installs no engine.";
    case "not known":
      return `Auto-set wrote nothing: its choice hangs on what is not known, ${refusal.parts.join(", ")}.`;
    case "no network profile":
      return "Auto-set wrote nothing: there is no network profile, and it makes one only with `autoSet.wholeProfile`.";
    case "no plugin":
      return "Auto-set wrote nothing: the network profile names no plugin.";
    case "nothing fits":
      return "Auto-set wrote nothing: no engine fits this cluster that could be added without changing a value.";
    case "out of reach":
      return "Auto-set wrote nothing: an override, a token or something other than a generated azurerm class decides here.";
    case "ignored":
      return `Auto-set wrote nothing: the program ignores changes (\`ignoreChanges\`) of what it would write: ${linesOf(refusal.settings).join(", ")}.`;
    case "protected":
      return [
        `Auto-set wrote nothing, because this may replace a cluster that exists, and the program protects it (\`protect\`): ${linesOf(refusal.settings).join(", ")}.`,
        `It is written where the configuration says that the cluster is new: \`autoSet.newClusters\` with ${JSON.stringify(address)}.`,
      ].join("\n");
    case "a bug":
      return "Auto-set wrote nothing: it failed, by a bug in aks-network-policy-pack.";
    case "replacement":
      return [
        `Auto-set wrote nothing, because this may replace a cluster that exists: ${linesOf(refusal.settings).join(", ")}.`,
        `It is written where the configuration says that this is meant: \`autoSet.newClusters\` with ${JSON.stringify(address)}, or \`autoSet.acceptReplacement\`.`,
      ].join("\n");
  }
}

/** The text of a verdict that has to wait: what is not known, and who decides. */
export function explainUnknown(
  rule: Rule,
  dependsOn: readonly string[],
  subject: Subject,
  voice: Voice,
  weight: Exclude<OnUnknown, "ignore">,
): string {
  const { dialect } = subject;
  const settings = Object.values(dialect.settings).flat();
  const parts = dependsOn.map((part) => {
    if (part === "") return dialect.whole ?? "this cluster";
    // Users wrote most of the block down, and wonder why none of it is known.
    const block = settings.some((path) => path.startsWith(`${part}.`)) || part === dialect.poolsInside.path;
    return block ? `${part} (one unknown value in it is enough)` : part;
  });
  return [
    `Not decided yet: ${parts.join(", ")} ${parts.length === 1 ? "is" : "are"} not known before ${voice.late}.`,
    voice.then,
    ...(weight === "fail"
      ? [
          "Your organisation counts that as a failure (`unknown`): write the value down where the cluster is declared.",
        ]
      : []),
    ...autoSetLines(rule, subject),
    `Rule: ${pageOf(rule.name)}`,
  ].join("\n");
}

/** What an exemption does to a finding that it is about. */
export function explainExemption(
  { id, category, owner, createdOn, expiresOn }: Exemption,
  standing: Standing,
): string {
  switch (standing.state) {
    case "in force": {
      const renew = standing.endsSoon ? " It ends soon: fix the cluster, or have the exemption renewed." : "";
      return `Exempted until ${expiresOn} (${daysLeft(standing.daysLeft)}): ${id}, ${category}, owner ${owner}.${renew}`;
    }
    case "expired":
      return `Exemption ${id} (owner ${owner}) expired on ${expiresOn}, ${days(standing.daysAgo)} ago.`;
    case "not yet":
      return `Exemption ${id} (owner ${owner}) starts on ${createdOn} and is not in force yet.`;
  }
}

/** An exemption that does nothing. */
export function explainSurplus(
  rule: Rule,
  { id, owner, target }: Exemption,
  why:
    | { readonly matches: "no cluster"; readonly near: string | undefined }
    | { readonly matches: "several clusters" }
    | { readonly matches: "a cluster that complies" },
): string {
  const exemption = `Exemption ${id} from ${rule.name} (owner ${owner})`;
  const more = `More: ${pageOf("exemptions")}`;
  switch (why.matches) {
    case "no cluster": {
      const near =
        why.near === undefined
          ? "Correct its target, or remove it from the configuration."
          : `Did you mean ${JSON.stringify(why.near)}? Upper and lower case count.`;
      return `${exemption} matches no cluster of this stack: ${JSON.stringify(target)}.\n${near}\n${more}`;
    }
    case "several clusters":
      return `${exemption} exempts nothing: this construct holds several clusters.\nAn exemption is for one cluster: declare the one that it is for as a construct of its own.\n${more}`;
    case "a cluster that complies":
      return `${exemption} is not needed: this cluster complies with that rule by now.\nRemove it from the configuration.\n${more}`;
  }
}

/** A configuration that was refused, for the one who wrote it. */
export function explainConfiguration(problems: readonly string[]): string {
  return [
    "The configuration of aks-network-policy-pack is not valid, so no cluster is judged:",
    ...problems.map((each) => `- ${each}`),
    `More: ${pageOf("configuration")}`,
  ].join("\n");
}

function daysLeft(count: number): string {
  return count === 0 ? "its last day" : `${days(count)} left`;
}

/** The text for a cluster that a bug of ours kept from being judged. The error's own text may hold a secret and is not told. */
export function explainBug(rule: Rule, error: unknown): string {
  const names = ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "URIError", "EvalError"];
  const name = names.find((candidate) => error instanceof Error && error.name === candidate) ?? "an error";
  return [
    `This cluster could not be judged: ${name} inside the rule ${rule.name}.`,
    "That is a bug in aks-network-policy-pack. The cluster counts as failing, because nothing shows that it is safe.",
    "Fix: report it with the pack's version; until it is mended an exemption of this cluster lets it through.",
    `Rule: ${pageOf(rule.name)}`,
  ].join("\n");
}

function remedyOf(advice: Advice, subject: Subject, circumstances: Circumstances): string[] {
  const { cluster, dialect } = subject;
  const { "network-policy-configured": configured } = circumstances.options ?? defaultOptions;
  const fixFor = (assume?: "Windows"): Fix => fixOf(cluster, dialect, circumstances, assume);
  switch (advice.fix) {
    case "write the plugin": {
      const settings = [{ setting: "plugin", path: cluster.plugin.path, value: "azure" }] as const;
      return remedyLines({ kind: "write", settings, newerApi: false }, subject);
    }
    case "correct the value": {
      const fix = fixFor();
      if (pathsOf(fix).includes(advice.path)) return remedyLines(fix, subject);
      return [
        `${fixLabel(subject)}: ${advice.found.at} must be ${advice.found.expected}, or not be written.`,
        ...ifItExists(subject, "read the preview before you accept it."),
      ];
    }
    case "of the cluster, with Windows pools": {
      const lines = remedyLines(fixFor("Windows"), subject);
      return advice.windows === "hinted"
        ? ["If it has no Windows node pools there is nothing to do. If it has:", ...lines]
        : lines;
    }
    case "of the cluster, or keep the CNI":
      return [
        ...remedyLines(fixFor(), subject),
        configured.bringYourOwnCni === "warn"
          ? "Or keep your CNI, if it enforces NetworkPolicy: your organisation lets such clusters pass with this warning."
          : "Or keep your CNI, if it enforces NetworkPolicy: your platform team can exempt this cluster, or accept such clusters (`bringYourOwnCni`).",
      ];
    case "of the cluster":
      return remedyLines(fixFor(), subject);
    case "of the cluster, if it changes the engine": {
      const fix = fixFor();
      if (pathsOf(fix).includes(cluster.engine.path)) return remedyLines(fix, subject);
      // The organisation accepts nothing else that fits.
      return remedyLines({ kind: "no accepted engine", accepted: configured.engines }, subject);
    }
  }
}

function pathsOf(fix: Fix): readonly string[] {
  switch (fix.kind) {
    case "write":
      return fix.settings.map(({ path }) => path);
    case "remove":
      return fix.paths;
    case "split the cluster":
    case "no accepted engine":
      return [];
  }
}

function remedyLines(fix: Fix, subject: Subject): string[] {
  const label = fixLabel(subject);
  switch (fix.kind) {
    case "split the cluster":
      return [
        `${label}: move the Windows node pools to a cluster of their own with engine calico; no engine fits Windows together with what this cluster asks of Cilium.`,
        ...ifItExists(subject, "it stays; only its Windows node pools are deleted and made anew elsewhere."),
      ];
    case "no accepted engine":
      return [
        `${label}: no engine that your organisation accepts (${fix.accepted.join(", ")}) will do for this cluster as it is. Change the cluster, or ask your platform team to accept another engine.`,
      ];
    case "remove":
      return [
        `${label}: remove ${fix.paths.join(", ")}.`,
        ...ifItExists(subject, effectSentence(subject, [])),
      ];
    case "write": {
      const lines = linesOf(fix.settings).join("\n     ");
      const newerApi = fix.newerApi ? "declare the cluster with an API version of 2023 or later, and " : "";
      return [
        `${label} (keep the other settings): ${newerApi}${lines}`,
        ...ifItExists(subject, effectSentence(subject, fix.settings)),
      ];
    }
  }
}

function fixLabel({ readOnly }: Subject): string {
  return readOnly === true ? "Fix, where the cluster is declared (this program only reads it)" : "Fix";
}

/** What a fix does to a cluster that exists; of a cluster that is declared elsewhere, that is another tool's answer. */
function ifItExists({ readOnly }: Subject, effect: string): string[] {
  return readOnly === true ? [] : [`If the cluster exists: ${effect}`];
}
