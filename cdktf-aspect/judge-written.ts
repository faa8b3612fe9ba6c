import { isRecord } from "../shared/documents/json";
import type { Configuration } from "../shared/policy/schema";
import type { AnnotationLevel } from "./annotations";
import { addressIn, clustersOfDocument } from "./judged";
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
