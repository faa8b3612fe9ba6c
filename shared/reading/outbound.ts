import type { Dialect } from "../dialects/dialect";
import type { Field } from "./field";
import { walk } from "./paths";
import type { Subject } from "./subject";
import { scalarAt } from "./values";

/** The outbound types of a cluster without a load balancer profile: https://learn.microsoft.com/azure/aks/egress-outboundtype (read 2026-08). */
const withoutLoadBalancer: readonly unknown[] = [
  "userDefinedRouting",
  "managedNATGateway",
  "userAssignedNATGateway",
  "none",
  "block",
];

/**
 * azurerm sends a change of the network only to a cluster that has a load balancer profile (kubernetes_cluster_resource.go
 * in terraform-provider-azurerm, read at the tags up to 5.2.0).
 */
export function notSent(root: Field, dialect: Dialect): Pick<Subject, "notSentBecauseOf"> {
  const { outboundType: path } = dialect;
  if (path === undefined) return {};
  return withoutLoadBalancer.includes(scalarAt(walk(root, path, dialect))) ? { notSentBecauseOf: path } : {};
}
