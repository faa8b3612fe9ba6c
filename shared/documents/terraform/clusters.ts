import type { Pool } from "../../cluster/cluster";
import { withPools } from "../../cluster/cluster";
import { PoolsOfClusters } from "../../reading/owners";
import type { Subject } from "../../reading/subject";
import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import type { BlockName, BlockOrigin } from "./block";
import type { ClusterAlone, SeparatePool } from "./parts";
import { ofProvider, PartsOfClusters } from "./parts";
import { newestAllowedBy } from "../../dialects/version-constraint";
import type { DocumentOfProgram } from "./owners-of-pools";
import { OwnersOfPools } from "./owners-of-pools";
import { constraintOnAzurerm } from "./required-providers";

/** What is known of the program that a document is a part of. */
export interface Program {
  /** The version of azurerm that it is known to use. Without it, names are advised that the newest version has which the document allows. */
  readonly azurermVersion?: string | undefined;
  /** What its documents call this one. */
  readonly name?: string;
  /** Which of its documents each `terraform_remote_state` of this one shows. */
  readonly states?: ReadonlyMap<string, string>;
  /** Its other documents, whose pools may belong to clusters of this one. Asked for where there are clusters. */
  readonly others?: () => readonly DocumentOfProgram[];
}

/**
 * The clusters of a document in Terraform's JSON syntax, each with its separate pools, and at the end the blocks that could
 * not be read.
 *
 * @param originOf what is known of a block beside the document
 */
export function clustersOfDocument<Source>(
  document: unknown,
  originOf: (block: BlockName) => BlockOrigin<Source>,
  { azurermVersion, name = "", states, others = () => [] }: Program = {},
): (ClusterInDocument<Source> | UnreadableBlock<Source>)[] {
  const { clusters, pools, unreadable } = PartsOfClusters.of(document, originOf);
  const poolsOf = new PoolsOfClusters<ClusterAlone<Source>, Pool>();
  if (clusters.length > 0) {
    const owners = new OwnersOfPools({ document, clusters, states });
    for (const each of relevant(pools, clusters)) poolsOf.add(each.pool, owners.ofOwn(each));
    for (const other of others())
      for (const each of relevant(other.pools, clusters))
        poolsOf.add(each.pool, owners.ofAnother(each, other, name));
  }
  const newest = azurermVersion ?? newestAllowedBy(constraintOnAzurerm(document));
  const versions: AzurermVersions = { used: azurermVersion, newest, subjects: new Map() };
  return [...clusters.map((cluster) => complete(cluster, poolsOf.of(cluster), versions)), ...unreadable];
}

/** What is known of azurerm's version in the whole program. */
interface AzurermVersions {
  /** The version that the program uses. */
  readonly used: string | undefined;
  /** The newest version that it may use: a fix of a block that names none is spelt as that has it. */
  readonly newest: string | undefined;
  /** Subjects with these versions. Clusters that are alike go on sharing theirs. */
  readonly subjects: Map<Subject, Subject>;
}

function complete<Source>(
  { source, part, address, lifecycle, subject: alone }: ClusterAlone<Source>,
  { own, possible }: { readonly own: readonly Pool[]; readonly possible: readonly Pool[] },
  { used, newest, subjects }: AzurermVersions,
): ClusterInDocument<Source> {
  let subject = subjects.get(alone);
  if (subject === undefined) subjects.set(alone, (subject = withVersions(alone, used, newest)));
  const whole = withPools(subject.cluster, own, possible);
  return {
    source,
    part,
    address,
    lifecycle,
    subject: whole === subject.cluster ? subject : { ...subject, cluster: whole },
  };
}

function withVersions(subject: Subject, used: string | undefined, newest: string | undefined): Subject {
  const toolVersion = subject.toolVersion ?? (subject.dialect.tool === "azurerm" ? used : undefined);
  const dialect =
    subject.dialect.version === undefined ? ofProvider(subject.dialect, newest) : subject.dialect;
  const isComplete = toolVersion === subject.toolVersion && dialect === subject.dialect;
  return isComplete ? subject : { ...subject, dialect, toolVersion };
}

/** Pools that may change a verdict. A Linux pool counts for nothing but its nodes, and those for engine azure only. */
function relevant(
  pools: readonly SeparatePool[],
  clusters: readonly ClusterAlone<unknown>[],
): readonly SeparatePool[] {
  if (pools.length === 0) return pools;
  const nodesCount = clusters.some(
    ({ subject: { cluster } }) =>
      cluster.engine.state === "unknown" ||
      (cluster.engine.state === "known" && cluster.engine.value === "azure"),
  );
  if (nodesCount) return pools;
  return pools.filter(({ pool: { os, windowsImage } }) => {
    const linux = os.state === "absent" || (os.state === "known" && os.value === "Linux");
    return !linux || windowsImage.truth !== false;
  });
}
