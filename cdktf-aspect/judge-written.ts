import { isRecord } from "../shared/documents/json";
import { addressOf } from "../shared/documents/terraform/block";
import { clustersOfDocument } from "../shared/documents/terraform/clusters";
import { Judgement, circumstancesOf } from "../shared/findings/judgement";
import type { Configuration } from "../shared/policy/schema";
import type { AnnotationLevel } from "./annotations";
import { Messages } from "./messages";
import type { AspectOptions } from "./options";
import { policyOf } from "./options";

/** What is reported of a cluster in a file. */
export interface WrittenFinding {
  /** `azurerm_kubernetes_cluster.aks` */
  readonly address: string;
  readonly level: AnnotationLevel;
  readonly message: string;
}

export interface WrittenOptions extends Pick<AspectOptions, "today"> {
  /**
   * What the caller calls the stack, for exemptions: `prod` makes a cluster of it `prod/azurerm_kubernetes_cluster.aks`.
   * Without it no exemption counts, because a document must not choose its own.
   */
  readonly stack?: string;
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
  { today = () => new Date(), stack }: WrittenOptions = {},
): WrittenFinding[] {
  if (!isRecord(document) || !parts.some((part) => isRecord(document[part])))
    throw new TypeError("judgeWritten takes the content of a cdk.tf.json, parsed.");
  const policy = policyOf(configuration);
  const found = clustersOfDocument(document, (block) => ({ source: addressOf(block) }));
  const addressIn = (each: (typeof found)[number]): string =>
    "subject" in each ? each.address() : each.source;
  const judgement = new Judgement(policy, circumstancesOf(policy, today), found, (each) =>
    stack === undefined ? [] : [`${stack}/${addressIn(each)}`],
  );
  const messages = new Messages(policy);
  return found.flatMap((each) =>
    messages
      .of(each, judgement.judge(each))
      .map(({ level, text }) => ({ address: addressIn(each), level, message: text })),
  );
}

const parts = ["terraform", "resource", "module", "provider"];
