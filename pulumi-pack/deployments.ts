import type { ResourceValidationArgs } from "@pulumi/policy";
import type { TemplateDeployment } from "../shared/dialects/lookup";
import { clustersOfDeployment } from "../shared/documents/deployment";
import { asSent } from "../shared/documents/pulumi/parts";
import type { Subject } from "../shared/reading/subject";
import { fieldOf } from "./resources";

/** A cluster in an ARM template that a resource deploys. */
export interface DeployedCluster {
  /** The URN of the resource, and the cluster's place in its template: what an exemption names. */
  readonly address: string;
  readonly part: string;
  readonly subject: Subject;
}

/** The clusters of an ARM template, as far as the program writes it out. */
export function clustersDeployedBy(
  { urn, props }: ResourceValidationArgs,
  deployment: TemplateDeployment,
): readonly DeployedCluster[] {
  const sent = asSent(fieldOf(props), deployment.document, fieldOf);
  return clustersOfDeployment(sent, deployment).map(({ part, cluster, dialect }) => ({
    address: `${urn} ${part}`,
    part,
    subject: { cluster, dialect },
  }));
}
