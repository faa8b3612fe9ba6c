import type { NotedExemption } from "../findings/finding";
import type { UnusedExemption } from "../findings/unused-exemptions";
import { isDated } from "../policy/exemptions";
import { days } from "../rules/wording";
import { pageOf } from "./pages";

/** What an exemption does to its finding. */
export function exemptionLine({ exemption, standing }: NotedExemption): string {
  if (!isDated(exemption)) return `Exempted by the exception ${exemption.id} in the configuration.`;
  const { id, category, owner, createdOn, expiresOn } = exemption;
  switch (standing.state) {
    case "in force": {
      const renew = standing.endsSoon ? " It expires soon: fix the cluster or renew the exemption." : "";
      return `Exempted until ${expiresOn} (${daysLeft(standing.daysLeft)}): ${id}, ${category}, owner ${owner}.${renew}`;
    }
    case "expired":
      return `Exemption ${id} (owner ${owner}) expired on ${expiresOn}, ${days(standing.daysAgo)} ago.`;
    case "not yet":
      return `Exemption ${id} (owner ${owner}) starts on ${createdOn} and is not in force yet.`;
  }
}

export function daysLeft(count: number): string {
  return count === 0 ? "its last day" : `${days(count)} left`;
}

/** The message about an exemption that does nothing. */
export function unusedExemptionMessage({ rule, exemption, because }: UnusedExemption): string {
  const { id, target } = exemption;
  const by = isDated(exemption) ? `owner ${exemption.owner}` : "an exception in the configuration";
  const which = `Exemption ${id} from ${rule} (${by})`;
  const more = `More: ${pageOf("exemptions")}`;
  switch (because.matches) {
    case "no cluster": {
      const near = nearOr(because.near, "Correct its target, or remove it from the configuration.");
      return `${which} matches no cluster of this stack: ${JSON.stringify(target)}.\n${near}\n${clustersLine(because.clusters)}\n${more}`;
    }
    case "several clusters":
      return `${which} exempts nothing: this construct holds several clusters.\nAn exemption is for one cluster: declare that cluster as a separate construct.\n${more}`;
    case "a cluster that complies":
      return `${which} is no longer needed: this cluster now complies with the rule.\nRemove it from the configuration.\n${more}`;
  }
}

/** What to do about an address that matches no cluster. */
export function nearOr(near: string | undefined, otherwise: string): string {
  return near === undefined ? otherwise : `Did you mean ${JSON.stringify(near)}? Case matters.`;
}

const mostClusters = 10;

/** The clusters that were found, in case the target is misspelled. */
export function clustersLine(clusters: readonly string[]): string {
  if (clusters.length === 0) return "This stack has no cluster.";
  const shown = clusters.slice(0, mostClusters).map((each) => JSON.stringify(each));
  const rest = clusters.length - shown.length;
  return `Clusters here: ${shown.join(", ")}${rest === 0 ? "" : `, and ${rest} more`}.`;
}
