/** The command `check` as a function: checks one document. */
import { kindOf, refusals, refusedAs } from "./documents/kind";
import { readDocument } from "./documents/read";
import { circumstancesOf } from "./findings/judgement";
import { judgeDocuments } from "./findings/judged-documents";
import { configurationMessage } from "./messages/configuration";
import type { Report } from "./messages/report";
import { reportOf } from "./messages/reporting";
import { readConfiguration } from "./policy/configuration";
import type { Configuration } from "./policy/schema";

/** What a caller of `check` knows beyond the document. */
export interface CheckOptions {
  /** The clock. Only the UTC day is used, for ends of support and the expiry of exemptions. */
  readonly today: () => Date;
  /**
   * The first part of an exemption's target: with `prod`, a cluster of a Terraform or ARM document is
   * `prod:azurerm_kubernetes_cluster.aks`. Without it no exemption counts for these, because a document must not choose its
   * own. Pulumi's URNs and Azure's resource ids need no stack.
   */
  readonly stack?: string;
  /** The content of a parameters file, for an ARM template. Without it only the template's own defaults are known. */
  readonly parameters?: unknown;
}

/**
 * Checks the AKS clusters in a document written by any supported tool: a Terraform plan or state, Terraform
 * JSON, a Pulumi stack or preview, an ARM template, or output of `az`. A finding of level `error` must stop a
 * pipeline.
 *
 * @param document the document's content, parsed
 * @throws TypeError if the document is of no known kind: it must not look like one without clusters
 * @throws Error if the configuration is invalid; its message names each problem
 */
export function check(document: unknown, configuration: Configuration, options: CheckOptions): Report {
  const reading = readConfiguration(configuration);
  if (!reading.valid) throw new Error(configurationMessage(reading.problems));
  const { value: policy } = reading;
  const kind = kindOf(document);
  const refused = kind === undefined ? refusedAs(document) : undefined;
  const read = kind === undefined ? undefined : readDocument(document, kind, options.parameters);
  if (read === undefined)
    throw new TypeError(
      refused === undefined
        ? "This is not a kind of document that check reads."
        : `This document is ${refused}: ${refusals[refused]}.`,
    );
  if (read === "unsupported format")
    throw new TypeError("This version of the document's format is not supported.");
  const documents = [{ ...read, stack: options.stack }];
  return reportOf(documents, judgeDocuments(documents, policy, circumstancesOf(policy, options.today)), {
    today: options.today(),
    policy,
    files: [undefined],
    unreadable: [],
    locate: (_, place) => (place.in === "program" ? { file: place.file, line: place.line } : undefined),
  });
}
