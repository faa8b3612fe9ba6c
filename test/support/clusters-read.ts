/** A reader's result for each cluster, in the form of test tables. */
import type { Cluster } from "../../shared/cluster/cluster";
import { knownPools } from "../../shared/cluster/cluster";
import type { Setting } from "../../shared/cluster/setting";
import { isUnrecognized } from "../../shared/cluster/setting";
import type { ClusterOfDocument, Origin, ReadDocument } from "../../shared/documents/document";
import { findingsOf } from "../../shared/findings/judge";
import type { Subject } from "../../shared/reading/subject";
import { rules } from "../../shared/rules";
import type { RuleName } from "../../shared/rules";
import { exampleDay } from "./evaluate";

export type Verdict = "pass" | "notice" | "fail" | "unknown";

export function clustersRead(read: ReadDocument | string): readonly ClusterOfDocument[] {
  if (typeof read === "string") throw new Error(read);
  return read.clusters;
}

export function notesOf(read: ReadDocument | string): readonly string[] {
  return typeof read === "string" ? [read] : read.notes;
}

/** The subjects by address. Unreadable clusters have none. */
export function subjectsByAddress(
  read: ReadDocument | string,
): Map<string, Subject & { readonly origin: Origin }> {
  return new Map(
    clustersRead(read).flatMap((each) =>
      "subject" in each ? [[each.address(), { ...each.subject, origin: each.source }]] : [],
    ),
  );
}

export function verdictOf(subject: Subject, name: RuleName = "network-policy-configured"): Verdict {
  const rule = rules.find((each) => each.name === name);
  if (rule === undefined) throw new Error(name);
  const [worst] = findingsOf(rule, subject, { today: exampleDay })
    .map(({ kind }) => kind)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return worst === "failure" || worst === "exempt" ? "fail" : (worst ?? "pass");
}

const order = ["failure", "exempt", "unknown", "notice"];

/** The subject of a cluster that a document must have. */
export function subjectAt<T>(subjects: ReadonlyMap<string, T>, address: string): T {
  const subject = subjects.get(address);
  if (subject === undefined) throw new Error(`${address} is not among ${[...subjects.keys()].join(", ")}`);
  return subject;
}

/** What is read of the parts that a provider computes if they are not set. */
export function told(cluster: Cluster): Readonly<Record<string, unknown>> {
  const [pool] = knownPools(cluster);
  return {
    engine: valueOf(cluster.engine),
    plugin: valueOf(cluster.plugin),
    dataplane: valueOf(cluster.dataplane),
    ipFamilies: valueOf(cluster.ipFamilies),
    version: valueOf(cluster.kubernetesVersion),
    windowsProfile: cluster.windowsProfile.truth,
    image: pool && valueOf(pool.image),
    nodes: pool && valueOf(pool.maximumNodes),
  };
}

function valueOf(setting: Setting<unknown>): unknown {
  if (setting.state !== "known") return setting.state;
  return isUnrecognized(setting.value) ? "not recognized" : setting.value;
}
