/** Finds the clusters among the resources in a Pulumi document. */
import type { Pool } from "../../cluster/cluster";
import { withPools } from "../../cluster/cluster";
import type { Dialect } from "../../dialects/dialect";
import type { TemplateDeployment } from "../../dialects/lookup";
import type { Identity } from "../../reading/identity";
import { clusterIdentity, identityOfId } from "../../reading/identity";
import type { PoolsOfClusters } from "../../reading/owners";
import type { Lifecycle } from "../clusters";
import type { ClusterOfDocument, Origin, PlannedChange } from "../document";
import type { JsonObject } from "../json";
import { clustersDeployedBy } from "./deployed";
import { fieldOf } from "./marks";
import { covers } from "./ignore-changes";
import type { ClusterOfStack, PoolOfStack, ResourceOfStack } from "./owners";
import { poolsOfStack } from "./owners";
import type { NamedCluster } from "./parts";
import { clusterFrom, partIn, poolFrom, rootOf, toolVersionOf } from "./parts";
import { placeOf } from "./place";
import { ProviderVersions } from "./versions-of-providers";

/**
 * A resource as shown in a document: `ResourceV3` of pulumi/pulumi, sdk/go/common/apitype/core.go (read
 * 2026-08).
 */
export interface ShownResource {
  readonly urn: string;
  readonly type: string;
  /** `inputs`, `outputs`, `provider` and the rest. */
  readonly state: JsonObject;
  /** The program declares it and does not just read it. */
  readonly isDeclared: boolean;
  readonly planned?: PlannedChange | undefined;
}

/**
 * A resource with its URN and type, as far as the document has them. `place` is its name if it has no URN.
 */
export function shownResource(
  state: JsonObject,
  { urn, type }: { readonly urn: unknown; readonly type: unknown },
  place: string,
): Pick<ShownResource, "urn" | "type" | "state" | "isDeclared"> {
  const name = typeof urn === "string" && urn !== "" ? urn : place;
  const { custom, viewOf, external } = state;
  return {
    urn: name,
    type: typeof type === "string" ? type : typeOf(name),
    state,
    // A component has no provider; the resources of a Terraform module are shown as views of it.
    isDeclared: external !== true && (custom !== false || typeof viewOf === "string"),
  };
}

/** The stack prefix of a URN; `undefined` if it is not a URN. */
export function stackOfUrn(urn: string): string | undefined {
  return /^urn:pulumi:.+?::.+?::/.exec(urn)?.[0];
}

/** The type in a URN, after those of its parents: `urn:pulumi:<stack>::<project>::<parents$type>::<name>`. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** The declared clusters with their separate pools, followed by what could not be read. */
export function clustersOfResources(resources: readonly ShownResource[]): ClusterOfDocument[] {
  const versions = new ProviderVersions(resources);
  const parts = new Parts();
  for (const resource of resources) parts.add(resource, versions.of(resource.state["provider"]));
  const { clusters, pools, deployed, unreadable } = parts;
  const poolsOf = poolsOfStack(() => clusters, pools);
  return [...clusters.flatMap((cluster) => complete(cluster, poolsOf)), ...deployed, ...unreadable];
}

interface ClusterAlone extends ClusterOfStack {
  readonly resource: ShownResource;
  readonly read: NamedCluster;
}

/** The parts of clusters among resources, each read on its own. */
class Parts {
  readonly clusters: ClusterAlone[] = [];
  readonly pools: PoolOfStack[] = [];
  /** The clusters of the templates that resources deploy. */
  readonly deployed: ClusterOfDocument[] = [];
  readonly unreadable: ClusterOfDocument[] = [];

  add(resource: ShownResource, version: string | undefined): void {
    try {
      this.read(resource, version);
    } catch (error) {
      // An unreadable resource must not keep the others from being checked.
      if (resource.isDeclared) this.unreadable.push({ source: sourceOf(resource), error });
    }
  }

  private read(resource: ShownResource, version: string | undefined): void {
    const { type, state, isDeclared } = resource;
    // A resource that is only read has no inputs.
    const props = isDeclared ? state["inputs"] : state["outputs"];
    const part = partIn({ type, props }, fieldOf, version);
    if (part === undefined) return;
    const { dialect } = part;
    const root = rootOf(props, dialect, fieldOf);
    switch (part.what) {
      case "template deployment":
        if (isDeclared) this.deployed.push(...deployedBy(resource, part));
        return;
      case "pool":
        if (isDeclared) this.pools.push({ ...linksOf(resource, dialect), ...poolFrom(root, dialect) });
        return;
      case "cluster": {
        const read = clusterFrom(root, dialect, toolVersionOf(type, version));
        const identity = (): Identity => completed(read.identity, state, dialect);
        this.clusters.push({ ...linksOf(resource, dialect), identity, resource, read });
      }
    }
  }
}

function deployedBy(resource: ShownResource, deployment: TemplateDeployment): ClusterOfDocument[] {
  const { urn, state } = resource;
  const deployed = clustersDeployedBy({ urn, props: state["inputs"] }, deployment, fieldOf);
  return deployed.map(({ address, part, subject }) => ({
    source: sourceOf(resource),
    part,
    subject,
    address: () => address,
    lifecycle: () => lifecycleOf(state),
  }));
}

/** Outputs and the ID may complete a name that the inputs leave open. */
function completed(
  { name, resourceGroup }: Identity,
  { outputs, id }: JsonObject,
  dialect: Dialect,
): Identity {
  const shown = clusterIdentity(rootOf(outputs, dialect, fieldOf), dialect);
  const ofId = typeof id === "string" ? identityOfId(id.toLowerCase()) : undefined;
  return {
    name: name ?? shown.name ?? ofId?.name,
    resourceGroup: resourceGroup ?? shown.resourceGroup ?? ofId?.resourceGroup,
  };
}

function complete(
  { urn, resource, read }: ClusterAlone,
  poolsOf: PoolsOfClusters<string, Pool>,
): ClusterOfDocument[] {
  if (!resource.isDeclared) return [];
  const { subject } = read;
  const { own, possible } = poolsOf.of(urn);
  return [
    {
      source: sourceOf(resource),
      part: undefined,
      subject: { ...subject, cluster: withPools(subject.cluster, own, possible) },
      address: () => urn,
      lifecycle: () => lifecycleOf(resource.state),
    },
  ];
}

function sourceOf({ urn, state, planned }: ShownResource): Origin {
  return { address: urn, place: placeOf(state["sourcePosition"]), planned };
}

function lifecycleOf({ ignoreChanges, protect }: JsonObject): Lifecycle {
  const ignored = textsIn(ignoreChanges);
  return { ignores: (path) => ignored.some((each) => covers(each, path)), isProtected: protect === true };
}

function linksOf({ urn, state }: ShownResource, dialect: Dialect): ResourceOfStack {
  const { dependencies, parent, propertyDependencies } = state;
  return {
    urn,
    dialect,
    dependencies: () => [...textsIn(dependencies), ...textsIn([parent])],
    dependenciesOf: (property) => {
      const isShown =
        typeof propertyDependencies === "object" &&
        propertyDependencies !== null &&
        Object.hasOwn(propertyDependencies, property);
      return isShown ? textsIn((propertyDependencies as JsonObject)[property]) : [];
    },
  };
}

/** The texts in a list; empty if it is not a list. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
