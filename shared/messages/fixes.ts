import type { Dialect } from "../dialects/dialect";
import type { AdvisedFix } from "../fixes/advised-fix";
import type { Subject } from "../reading/subject";
import { expectedIn } from "../rules/wording";
import { azureCommands } from "./azure-cli";
import { effectSentence, mayReplace } from "./effects";
import { instructionIn, newLine } from "./lines";
import { pageOf } from "./pages";
import type { Voice } from "./voice";

/** What to do about a cause. */
export function fixLines(advised: AdvisedFix, subject: Subject, voice: Voice): readonly string[] {
  const line = fixLine(advised, subject, voice);
  return advised.onlyWithWindowsPools
    ? ["If it has no Windows node pools, there is nothing to do. If it does:", line]
    : [line];
}

function fixLine(
  { fix, effect }: AdvisedFix,
  { cluster, dialect, readOnly }: Subject,
  { language = "program" }: Voice,
): string {
  const label = readOnly === true ? "Fix, where the cluster is declared (this program only reads it)" : "Fix";
  switch (fix.kind) {
    case "split the cluster":
      return `${label}: move the Windows node pools to a separate cluster with engine calico: no engine supports both Windows and what this cluster needs from Cilium.`;
    case "no accepted engine":
      return `${label}: no engine that your organisation accepts (${fix.accepted.join(", ")}) will do for this cluster as it is. Change the cluster, or ask your platform team to accept another engine.`;
    case "remove":
      return `${label}: remove ${fix.paths.join(", ")}.`;
    case "write": {
      if (typeof language === "object")
        return [`${label}:`, ...azureCommands(fix.settings, effect, cluster, language)].join(newLine);
      const newerApi = fix.newerApi ? `${newerVersion(dialect)}, and ` : "";
      return `${label}: ${newerApi}${instructionIn(language, fix.settings, dialect)}`;
    }
    case "another Windows":
      return `${label}: keep Windows node pools on Windows Server 2022 (up to Kubernetes 1.36, until ${fix.end}), or test that your policies hold.`;
    case "correct":
      return `${label}: ${fix.wrong.at} must be ${expectedIn(fix.wrong)}, or be left out.`;
  }
}

const toKeepIt = `To keep the cluster: ${pageOf("clusters-that-exist")}`;

/** The version that has the Cilium dataplane, if the one in use does not. */
function newerVersion({ versions }: Dialect): string {
  switch (versions?.of) {
    case "module":
      return "take a newer version of the module";
    case "provider":
      return "take a newer version of the provider";
    case "API":
    case undefined:
      return "declare the cluster with an API version of 2023 or later";
  }
}

/**
 * What the fix does to an existing cluster; not for a cluster declared elsewhere, because that depends on
 * another tool.
 */
export function effectLine(
  { fix, effect }: AdvisedFix,
  { readOnly }: Subject,
  { existence = "may exist" }: Voice,
): string | undefined {
  const sentence = sentenceOf(fix, effect);
  if (readOnly === true || sentence === undefined) return undefined;
  if (typeof existence === "object") return replacedAlready(existence.replacedBecauseOf);
  switch (existence) {
    case "may exist":
      return `If the cluster exists: ${sentence}`;
    case "exists":
      return `The cluster exists: ${sentence}`;
    case "is created":
      return "This cluster does not exist yet, so the fix replaces nothing.";
  }
}

function replacedAlready(paths: readonly string[]): string {
  const because = paths.length === 0 ? "" : ` because of ${paths.join(", ")}`;
  return `This run REPLACES the cluster already${because}; with the fix it is replaced once.`;
}

function sentenceOf(fix: AdvisedFix["fix"], effect: AdvisedFix["effect"]): string | undefined {
  switch (fix.kind) {
    case "split the cluster":
      return "it stays; only its Windows node pools are deleted and recreated elsewhere.";
    case "no accepted engine":
    case "another Windows":
      return undefined;
    case "correct":
      return "read the preview before you accept it.";
    case "write":
    case "remove":
      if (effect === undefined) return undefined;
      return mayReplace(effect) ? `${effectSentence(effect)} ${toKeepIt}` : effectSentence(effect);
  }
}
