import { stackOfUrn } from "../documents/pulumi/resources";
import type { Baseline, BaselineEntry } from "../policy/baseline";
import { isOldSince, keyOfEntry } from "../policy/baseline";
import type { Policy } from "../policy/configuration";
import { targetKey } from "../policy/exemptions";
import type { Report, ReportedBaseline } from "./report";

/** What a caller says about the baseline of its run. */
export interface BaselineOfRun {
  /** The baseline before the run; without findings if this run creates it. */
  readonly known: Baseline;
  /** New findings are tolerated from today on, because the baseline is about to be written. */
  readonly takesNew: boolean;
}

/** Returns the day since which a finding is in the baseline; today for a new one that may be added. */
export function daysSince(
  run: BaselineOfRun | undefined,
  today: string,
): (entry: Pick<BaselineEntry, "in" | "address" | "fingerprint">) => string | undefined {
  if (run === undefined) return () => undefined;
  // Two branches may have added the same finding on different days: the first day counts.
  const known = [...run.known.findings].sort((one, other) => compared(other.since, one.since));
  const days = new Map(known.map((entry) => [keyOfEntry(entry), entry.since]));
  return (entry) => days.get(keyOfEntry(entry)) ?? (run.takesNew ? today : undefined);
}

export function reportedBaseline(
  { known }: BaselineOfRun,
  judged: Pick<Report, "inputs" | "unreadable" | "clusters">,
  scopes: readonly (string | undefined)[],
  policy: Policy,
  today: Date,
): ReportedBaseline {
  // A finding that no longer occurs may be in an unreadable file.
  const gone = judged.unreadable.length === 0 ? goneFrom(known, judged, scopes, policy) : [];
  const areGone = new Set(gone);
  const [oldest] = known.findings
    .filter((entry) => !areGone.has(entry))
    .map(({ since }) => since)
    .sort();
  return {
    writtenOn: known.writtenOn,
    owner: known.owner ?? null,
    oldest: oldest ?? null,
    isOld: oldest !== undefined && isOldSince(oldest, today),
    gone: gone.map(({ rule, in: scope, address, since, fingerprint }) => ({
      rule,
      in: scope ?? null,
      address,
      since,
      fingerprint,
    })),
  };
}

/**
 * The findings of a baseline that are gone: a document that shows all of their stack or file was checked, and
 * they did not occur. Nothing is known about what was not checked, not decided or not shown.
 */
function goneFrom(
  { findings: known }: Baseline,
  { inputs, clusters }: Pick<Report, "inputs" | "clusters">,
  scopes: readonly (string | undefined)[],
  { levels }: Policy,
): readonly BaselineEntry[] {
  const shown = new Set<string>();
  const shownInPart = new Set<string>();
  const undecided = new Set<string>();
  inputs.forEach(({ notes }, i) => {
    // Without a scope, this is no cluster's place.
    const place = placeOf(scopes[i], "");
    shown.add(place);
    if (notes.length > 0) shownInPart.add(place);
  });
  for (const { address, input, verdicts, findings } of clusters) {
    const place = placeOf(scopes[input], address);
    shown.add(place);
    const isInPart = inputs[input]?.notes.length !== 0 || findings.some(({ cause }) => cause === "bug");
    if (isInPart) shownInPart.add(place);
    if (Object.values(verdicts).includes("unknown"))
      undecided.add(JSON.stringify([place, targetKey(address)]));
  }
  const occurring = occurringIn(clusters, scopes);
  return known.filter((entry) => {
    const place = placeOf(entry.in, entry.address);
    return (
      shown.has(place) &&
      !shownInPart.has(place) &&
      !undecided.has(JSON.stringify([place, targetKey(entry.address)])) &&
      !occurring.has(keyOfEntry(entry)) &&
      levels[entry.rule] !== "disabled"
    );
  });
}

/**
 * What a document shows completely: the scope of its addresses, a Pulumi stack, or, in Azure's output, one
 * cluster.
 */
function placeOf(scope: string | undefined, address: string): string {
  return scope === undefined ? (stackOfUrn(address) ?? targetKey(address)) : JSON.stringify([scope]);
}

function occurringIn(
  clusters: Report["clusters"],
  scopes: readonly (string | undefined)[],
): ReadonlySet<string> {
  return new Set(
    clusters.flatMap(({ address, input, findings }) =>
      findings.map(({ fingerprint }) => keyOfEntry({ in: scopes[input], address, fingerprint })),
    ),
  );
}

export interface NextBaseline {
  readonly baseline: Baseline;
  /** The number of its findings that are not in the previous one. */
  readonly added: number;
  /** The number of its findings that this run did not check. */
  readonly kept: number;
}

/** The baseline after a run: what the run tolerated, and what it could not check. */
export function nextBaseline(
  { judgedOn, clusters, baseline }: Report,
  scopes: readonly (string | undefined)[],
  known: Baseline,
  owner: string | undefined,
): NextBaseline {
  const gone = new Set(
    baseline?.gone.map(({ in: scope, ...entry }) => keyOfEntry({ ...entry, in: scope ?? undefined })),
  );
  const occurring = occurringIn(clusters, scopes);
  const kept = known.findings.filter((entry) => {
    const key = keyOfEntry(entry);
    return !gone.has(key) && !occurring.has(key);
  });
  const found = clusters.flatMap(({ address, input, findings }) => {
    const scope = scopes[input];
    const at = scope === undefined ? { address } : { in: scope, address };
    return findings.flatMap(({ rule, fingerprint, baseline: of }) =>
      of === null ? [] : [{ since: of.since, rule, ...at, fingerprint }],
    );
  });
  const before = new Set(known.findings.map(keyOfEntry));
  return {
    baseline: {
      version: 1,
      writtenOn: judgedOn,
      ...(owner === undefined ? {} : { owner }),
      findings: [...kept, ...found].sort((one, other) => compared(one.fingerprint, other.fingerprint)),
    },
    added: found.filter((entry) => !before.has(keyOfEntry(entry))).length,
    kept: kept.length,
  };
}

/** By code units, so that the order is the same on every machine. */
function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
