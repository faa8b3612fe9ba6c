import type { AdvisedFix } from "../fixes/advised-fix";
import type { Subject } from "../reading/subject";
import { effectSentence } from "./effects";
import { linesOf } from "./lines";

/** What to do about a cause. */
export function fixLines({ fix, onlyWithWindowsPools }: AdvisedFix, subject: Subject): readonly string[] {
  const line = fixLine(fix, subject);
  return onlyWithWindowsPools
    ? ["If it has no Windows node pools there is nothing to do. If it has:", line]
    : [line];
}

function fixLine(fix: AdvisedFix["fix"], { dialect, readOnly }: Subject): string {
  const label = readOnly === true ? "Fix, where the cluster is declared (this program only reads it)" : "Fix";
  switch (fix.kind) {
    case "split the cluster":
      return `${label}: move the Windows node pools to a cluster of their own with engine calico; no engine fits Windows together with what this cluster asks of Cilium.`;
    case "no accepted engine":
      return `${label}: no engine that your organisation accepts (${fix.accepted.join(", ")}) will do for this cluster as it is. Change the cluster, or ask your platform team to accept another engine.`;
    case "remove":
      return `${label}: remove ${fix.paths.join(", ")}.`;
    case "write": {
      const newerApi = fix.newerApi ? `${newerVersion(dialect)}, and ` : "";
      return `${label} (keep the other settings): ${newerApi}${linesOf(fix.settings).join("\n     ")}`;
    }
    case "another Windows":
      return `${label}: keep Windows node pools on Windows Server 2022 (up to Kubernetes 1.36, until ${fix.end}), or test that your policies hold.`;
    case "correct":
      return `${label}: ${fix.wrong.at} must be ${fix.wrong.expected}, or not be written.`;
  }
}

/** What has the Cilium dataplane, where the version at hand has not. */
function newerVersion({ versions }: Subject["dialect"]): string {
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

/** What the fix does to a cluster that exists; of a cluster that is declared elsewhere, that is another tool's answer. */
export function effectLine({ fix, effect }: AdvisedFix, { readOnly }: Subject): string | undefined {
  const sentence = sentenceOf(fix, effect);
  return readOnly === true || sentence === undefined ? undefined : `If the cluster exists: ${sentence}`;
}

function sentenceOf(fix: AdvisedFix["fix"], effect: AdvisedFix["effect"]): string | undefined {
  switch (fix.kind) {
    case "split the cluster":
      return "it stays; only its Windows node pools are deleted and made anew elsewhere.";
    case "no accepted engine":
    case "another Windows":
      return undefined;
    case "correct":
      return "read the preview before you accept it.";
    case "write":
    case "remove":
      return effect === undefined ? undefined : effectSentence(effect);
  }
}
