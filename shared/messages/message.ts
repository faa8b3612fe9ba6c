import type { BugFinding, CauseFinding, Finding, UnknownFinding } from "../findings/finding";
import { describeCause } from "../rules";
import { autoSetWords, remarkLines } from "./auto-set";
import { baselineLine } from "./baseline";
import { exemptionLine } from "./exemptions";
import { effectLine, fixLines } from "./fixes";
import { ruleLine } from "./pages";
import { versionLines } from "./versions";
import type { Voice } from "./voice";
import type { Words } from "./words";

/** The whole text of a finding: what is wrong, why, the fix, its effect, and where to read on. */
export function messageOf(finding: Finding, voice: Voice): string {
  const { found, unseen = [], why, fix = [], effect, notes = [], more } = wordsOf(finding, voice);
  const exemption = finding.exemption === undefined ? undefined : exemptionLine(finding.exemption);
  const known = finding.baselinedSince === undefined ? undefined : baselineLine(finding.baselinedSince);
  return [found, ...unseen, why, ...fix, effect, ...notes, more, exemption, known].filter(isLine).join("\n");
}

function isLine(line: string | undefined): line is string {
  return line !== undefined;
}

/** A finding in words, without its exemption and its baseline. */
export function wordsOf(finding: Finding, voice: Voice): Words {
  switch (finding.about) {
    case "cause":
      return causeWords(finding, voice);
    case "unknown":
      return unknownWords(finding, voice);
    case "bug":
      return bugWords(finding);
    case "auto-set wrote":
    case "auto-set lost":
    case "auto-set unseen":
      return autoSetWords(finding, voice);
  }
}

function causeWords(finding: CauseFinding, voice: Voice): Words {
  const { cause, subject, advised, ignoredBy, autoSet } = finding;
  const { keepCni } = advised;
  return {
    ...describeCause(cause, subject.cluster),
    unseen: versionLines(subject),
    fix: fixLines(advised, subject, voice),
    effect: effectLine(advised, subject, voice),
    notes: [
      ...(ignoredBy === undefined ? [] : [ignoredLine(ignoredBy)]),
      ...(keepCni === undefined ? [] : [keepCniLine(keepCni)]),
      ...remarkLines(autoSet),
    ],
    more: ruleLine(finding.rule),
  };
}

function ignoredLine(option: string): string {
  return `The program ignores changes of it (\`${option}\`): a cluster that exists keeps what it has, and this finding, as long as that covers the fix.`;
}

function keepCniLine(consent: "accepted" | "needs consent"): string {
  return consent === "accepted"
    ? "Or keep your CNI, if it enforces NetworkPolicy: your organisation lets such clusters pass with this warning."
    : "Or keep your CNI, if it enforces NetworkPolicy: your platform team can exempt this cluster, or accept such clusters (`bringYourOwnCni`).";
}

function unknownWords(finding: UnknownFinding, voice: Voice): Words {
  const { kind, subject, dependsOn, autoSet } = finding;
  const { dialect } = subject;
  const settings = Object.values(dialect.settings).flat();
  const parts = dependsOn.map((part) => {
    if (part === "") return dialect.whole ?? "this cluster";
    // Users wrote most of the block and wonder why none of it is known.
    const isBlock = settings.some((path) => path.startsWith(`${part}.`)) || part === dialect.poolsInside.path;
    return isBlock ? `${part} (one unknown value in it is enough)` : part;
  });
  return {
    found: `Unknown: ${parts.join(", ")} ${parts.length === 1 ? "is" : "are"} not known before ${voice.late}.`,
    unseen: versionLines(subject),
    why: voice.then,
    fix:
      kind === "unknown"
        ? []
        : [
            "Your organisation treats unknown as a failure (`unknown`): write a literal value where the cluster is declared.",
          ],
    notes: remarkLines(autoSet),
    more: ruleLine(finding.rule),
  };
}

function bugWords(finding: BugFinding): Words {
  return {
    found: `This cluster could not be judged: ${finding.error} inside the rule ${finding.rule}.`,
    why: "That is a bug in aks-network-policy-pack. The cluster fails, because nothing shows that it is safe.",
    fix: [
      "Fix: report it with the pack's version. Until it is fixed, an exemption lets this cluster through.",
    ],
    more: ruleLine(finding.rule),
  };
}
