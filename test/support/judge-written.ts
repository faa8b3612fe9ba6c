import type { CheckOptions } from "../../shared/check";
import { check } from "../../shared/check";
import type { ClusterOfDocument } from "../../shared/documents/document";
import { addressOfCluster } from "../../shared/documents/document";
import { readTerraformJson } from "../../shared/documents/terraform/json";
import { judgeDocuments } from "../../shared/findings/judged-documents";
import { circumstancesOf, isError } from "../../shared/findings/judgement";
import { messageOf } from "../../shared/messages/message";
import { readConfiguration } from "../../shared/policy/configuration";
import type { Configuration } from "../../shared/policy/schema";
import { aspectVoice } from "./evaluate";

/** A finding on a cluster in a written document. */
export interface WrittenFinding {
  readonly address: string;
  readonly level: "error" | "warning";
  readonly message: string;
}

/** A cluster's position in its block, as the Aspect prints it after the rule. */
function partOf(found: ClusterOfDocument): string {
  return "subject" in found && found.part !== undefined ? ` (${found.part})` : "";
}

/**
 * The findings of `check` on a document in Terraform's JSON syntax, worded as the Aspect does for the
 * program.
 */
export function judgeWritten(
  document: unknown,
  configuration: Configuration = {},
  { today = () => new Date(), ...options }: Partial<CheckOptions> = {},
): WrittenFinding[] {
  const { clusters } = check(document, configuration, { today, ...options });
  const policy = readConfiguration(configuration);
  if (!policy.valid) throw new Error("it was valid before");
  const read = { ...readTerraformJson([document]), stack: options.stack };
  const judged = judgeDocuments([read], policy.value, circumstancesOf(policy.value, today));
  const told = judged.clusters.flatMap(({ found, judgements }) =>
    judgements.flatMap(({ rule, findings }) =>
      findings.map((finding): WrittenFinding => ({
        address: addressOfCluster(found),
        level: isError(finding, policy.value) ? "error" : "warning",
        message: `${rule.name}${partOf(found)}: ${messageOf(finding, aspectVoice)}`,
      })),
    ),
  );
  const reported = clusters.flatMap(({ findings }) => findings.map(({ rule, level }) => `${rule} ${level}`));
  if (
    JSON.stringify(told.map(({ level, message }) => `${message.replace(/[ :].*/s, "")} ${level}`)) !==
    JSON.stringify(reported)
  )
    throw new Error("check reports something else");
  return told;
}
