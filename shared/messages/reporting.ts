import { isUnrecognized } from "../cluster/setting";
import type { RealEngine, Tool } from "../cluster/cluster";
import type { DocumentKind, Place } from "../documents/document";
import { addressOfCluster } from "../documents/document";
import type { Finding } from "../findings/finding";
import { keyOf } from "../findings/finding";
import type { JudgedCluster, JudgedDocuments, NamedDocument } from "../findings/judged-documents";
import type { Outcome, RuleJudgement } from "../findings/judgement";
import { isError, worstOf } from "../findings/judgement";
import type { Policy } from "../policy/configuration";
import { isDated, targetKey } from "../policy/exemptions";
import type { RuleName } from "../rules";
import { ruleNames } from "../rules";
import type { BaselineOfRun } from "./baselined";
import { daysSince, reportedBaseline } from "./baselined";
import { documentVoice } from "./document-voice";
import { unusedExemptionMessage } from "./exemptions";
import { Fingerprints, scopeOf } from "./fingerprints";
import { messageOf, wordsOf } from "./message";
import { pageOf } from "./pages";
import { version } from "./version";
import type { Location, Report, ReportedCluster, ReportedFinding, ReportedVerdict, Summary } from "./report";

/** What a caller knows besides the documents. */
export interface ReportContext {
  readonly today: Date;
  readonly policy: Policy;
  /** The documents' files, if they have any. */
  readonly files: readonly (string | undefined)[];
  readonly unreadable: Report["unreadable"];
  readonly locate: (input: number, place: Place) => Location | undefined;
  readonly baseline?: BaselineOfRun | undefined;
}

export function reportOf(
  documents: readonly NamedDocument[],
  judged: JudgedDocuments,
  { today, policy, files, unreadable, locate, baseline }: ReportContext,
): Report {
  const judgedOn = today.toISOString().slice(0, 10);
  const naming: Naming = {
    scopes: documents.map((document, i) => scopeOf(document, files[i])),
    fingerprints: new Fingerprints(),
    knownSince: daysSince(baseline, judgedOn),
  };
  const clusters = judged.clusters.map((each): ReportedCluster => {
    const { input, found, judgements } = each;
    const document = documents[input];
    const place = found.source.place;
    return {
      address: addressOfCluster(found),
      input,
      location: place === undefined ? null : (locate(input, place) ?? null),
      tool: "subject" in found ? toolOf(document?.kind, found.subject.dialect.tool) : null,
      engine: "subject" in found ? engineOf(found.subject.cluster.engine) : null,
      verdicts: verdictsOf(judgements, policy),
      findings: judgements.flatMap(({ findings }) =>
        findings.map((finding) => reported(finding, each, document, policy, naming)),
      ),
    };
  });
  const inputs = documents.map(({ kind, notes, clusters: inIt }, i) => ({
    file: files[i] ?? null,
    kind,
    clusters: inIt.length,
    notes: [...notes],
  }));
  return {
    version: 1,
    tool: { name: "aks-network-policy-pack", version },
    judgedOn,
    inputs,
    unreadable,
    clusters,
    unusedExemptions: judged.unused.map((unused) => ({
      rule: unused.rule,
      id: unused.exemption.id,
      target: unused.exemption.target,
      message: unusedExemptionMessage(unused),
    })),
    baseline:
      baseline === undefined
        ? null
        : reportedBaseline(baseline, { inputs, unreadable, clusters }, naming.scopes, policy, today),
    summary: summaryOf(clusters),
  };
}

function toolOf(kind: DocumentKind | undefined, tool: Tool): ReportedCluster["tool"] {
  return kind === "arm-template" ? "arm" : tool;
}

function engineOf(engine: { readonly state: string; readonly value?: unknown }): ReportedCluster["engine"] {
  return engine.state === "known" && !isUnrecognized(engine.value)
    ? (engine.value as RealEngine | "none")
    : null;
}

function verdictsOf(
  judgements: readonly RuleJudgement[],
  { levels }: Policy,
): Readonly<Record<RuleName, ReportedVerdict>> {
  const verdicts = ruleNames.map((name): [RuleName, ReportedVerdict] => {
    if (levels[name] === "disabled") return [name, "disabled"];
    const found = judgements.find(({ rule }) => rule.name === name);
    return [name, found === undefined ? "not-applicable" : verdictOf(found)];
  });
  return Object.fromEntries(verdicts) as Record<RuleName, ReportedVerdict>;
}

function verdictOf({ verdict, findings }: RuleJudgement): ReportedVerdict {
  switch (verdict) {
    case "pass":
      return findings.length > 0 ? "notice" : "pass";
    case "fail":
    case "unknown":
      return verdict;
    case "not applicable":
      return "not-applicable";
  }
}

/** How findings are identified, in this run and across runs. */
interface Naming {
  readonly scopes: readonly (string | undefined)[];
  readonly fingerprints: Fingerprints;
  readonly knownSince: ReturnType<typeof daysSince>;
}

function reported(
  finding: Finding,
  { found, input }: JudgedCluster,
  document: NamedDocument | undefined,
  policy: Policy,
  { scopes, fingerprints, knownSince }: Naming,
): ReportedFinding {
  const voice = documentVoice(document?.kind, found);
  const words = wordsOf(finding, voice);
  const address = addressOfCluster(found);
  const scope = scopes[input];
  const fingerprint = fingerprints.of([
    finding.rule,
    keyOf(finding),
    ...(scope === undefined ? [] : [scope]),
    targetKey(address),
  ]);
  const mustStop = isError(finding, policy);
  const since =
    mustStop && mayBeBaselined(finding) ? knownSince({ in: scope, address, fingerprint }) : undefined;
  return {
    rule: finding.rule,
    level: mustStop && since === undefined ? "error" : "warning",
    kind: finding.kind,
    cause: finding.about === "cause" ? finding.cause.cause : finding.about,
    found: [words.found, ...(words.unseen ?? [])].join(" "),
    why: words.why ?? null,
    fix: (words.fix ?? []).flatMap((line) => line.split("\n")).map((line) => line.replace(/^ {5}/, "")),
    effect: words.effect ?? null,
    exemption: exemptionOf(finding),
    baseline: since === undefined ? null : { since },
    url: pageOf(finding.rule),
    fingerprint,
    message: messageOf(since === undefined ? finding : { ...finding, baselinedSince: since }, voice),
  };
}

/**
 * A cluster that could not be read or checked is never tolerated. If an exemption covers the cluster, only
 * the exemption decides: a baseline must not continue an expired exemption.
 */
function mayBeBaselined({ about, exemption }: Finding): boolean {
  return about !== "bug" && exemption === undefined;
}

function exemptionOf({ kind, exemption }: Finding): ReportedFinding["exemption"] {
  if (kind !== "exempt" || exemption === undefined) return null;
  const { exemption: entry } = exemption;
  return {
    id: entry.id,
    reason: entry.reason,
    owner: isDated(entry) ? entry.owner : null,
    expiresOn: isDated(entry) ? entry.expiresOn : null,
  };
}

/** The outcome of a cluster: its worst finding. */
export function outcomeOfCluster({
  findings,
  verdicts,
}: Pick<ReportedCluster, "findings" | "verdicts">): Outcome {
  const outcome = worstOf(findings);
  // An unknown verdict that the organisation does not want reported is still not a pass.
  const isOpen = outcome === "pass" && Object.values(verdicts).includes("unknown");
  return isOpen ? "unknown" : outcome;
}

function summaryOf(clusters: readonly ReportedCluster[]): Summary {
  const found = clusters.map(outcomeOfCluster);
  const count = (wanted: Outcome): number => found.filter((outcome) => outcome === wanted).length;
  return {
    clusters: clusters.length,
    failing: count("fail"),
    baselined: clusters.filter(isBaselined).length,
    unknown: count("unknown"),
    exempt: count("exempt"),
    passing: count("pass"),
  };
}

function isBaselined({ findings }: ReportedCluster): boolean {
  return (
    findings.some(({ baseline }) => baseline !== null) && findings.every(({ level }) => level === "warning")
  );
}
