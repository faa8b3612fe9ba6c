import { isRecord } from "../shared/documents/json";
import { blocksOf } from "../shared/documents/terraform/block";
import { clustersAmong } from "../shared/documents/terraform/clusters";
import type { Configuration } from "../shared/policy/schema";
import type { AnnotationLevel } from "./annotations";
import type { Judged } from "./judgement";
import { Judgement, circumstancesOf } from "./judgement";
import type { AspectOptions } from "./options";
import { policyOf } from "./options";

/** What is reported of a cluster in a file. */
export interface WrittenFinding {
  /** `azurerm_kubernetes_cluster.aks` */
  readonly address: string;
  readonly level: AnnotationLevel;
  readonly message: string;
}

/**
 * Judges a stack by the file that was written, `cdk.tf.json`, in a process that no code of the program has a say in.
 * A finding of level `error` is what must stop a pipeline.
 *
 * @param document the file's content, parsed
 */
export function judgeWritten(
  document: unknown,
  configuration: Configuration = {},
  { today = () => new Date() }: AspectOptions = {},
): WrittenFinding[] {
  if (!isRecord(document) || !parts.some((part) => isRecord(document[part])))
    throw new TypeError("judgeWritten takes the content of a cdk.tf.json, parsed.");
  const policy = policyOf(configuration);
  const found = clustersOfDocument(document);
  const judgement = new Judgement(policy, circumstancesOf(policy, today), found);
  return found.flatMap((each) =>
    judgement.messagesFor(each).map(({ level, text }) => ({
      address: addressIn(each),
      level,
      message: text,
    })),
  );
}

const parts = ["terraform", "resource", "module", "provider"];

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
