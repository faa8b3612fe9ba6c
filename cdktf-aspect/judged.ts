/** A cluster that is judged, or something that may be one and could not be read. */
import type { ClusterInDocument, UnreadableBlock } from "../shared/documents/clusters";
import { blocksOf } from "../shared/documents/terraform/block";
import { clustersAmong } from "../shared/documents/terraform/clusters";
export type Judged = {
  /** The path of the construct that wrote it. */
  readonly path: () => string;
} & (
  | (Omit<ClusterInDocument<unknown>, "source"> & {
      /** The program writes a generated class, and an override has a say in the result. */
      readonly overridden: () => boolean;
    })
  | Omit<UnreadableBlock<unknown>, "source">
);

/** The clusters of a document in Terraform's JSON syntax, by the paths of the constructs that wrote them. */
export function clustersOfDocument(document: unknown): Judged[] {
  return clustersAmong(blocksOf(document, (path = "") => path)).map(({ source, ...found }) => ({
    ...found,
    path: () => source,
    overridden: () => false,
  }));
}

/** Where a cluster is in a document; of one that could not be read the path is all that is known. */
export function addressIn(found: Judged): string {
  return "subject" in found ? found.address() : found.path();
}
