import type { TemplateDeployment } from "../../dialects/lookup";
import type { Subject } from "../../reading/subject";
import { clustersOfDeployment } from "../deployment";
import type { FieldOf } from "./parts";
import { asSent } from "./parts";

/** A cluster in an ARM template that a resource deploys. */
export interface DeployedCluster {
  /** The URN of the resource, and the cluster's place in its template: what an exemption names. */
  readonly address: string;
  readonly part: string;
  readonly subject: Subject;
}

/** The clusters of an ARM template, as far as the program writes it out. */
export function clustersDeployedBy(
  { urn, props }: { readonly urn: string; readonly props: unknown },
  deployment: TemplateDeployment,
  fieldOf: FieldOf,
): readonly DeployedCluster[] {
  const sent = asSent(fieldOf(props), deployment.document, fieldOf);
  return clustersOfDeployment(sent, deployment).map(({ part, cluster, dialect }) => ({
    address: `${urn} ${part}`,
    part,
    subject: { cluster, dialect },
  }));
}
