/** The clusters among the resources that a document of Pulumi shows. */
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
import { clustersOfDeployment } from "../deployment";
import { fieldOf } from "./marks";
import { covers } from "./ignore-changes";
import type { ClusterOfStack, PoolOfStack, ResourceOfStack } from "./owners";
import { poolsOfStack } from "./owners";
import type { NamedCluster } from "./parts";
import { asSent, clusterFrom, partIn, poolFrom, rootOf, toolVersionOf } from "./parts";
import { placeOf } from "./place";
import { ProviderVersions } from "./versions-of-providers";

/** A resource as a document shows it: `ResourceV3` of pulumi/pulumi, sdk/go/common/apitype/core.go (read 2026-08). */
export interface ShownResource {
  readonly urn: string;
  readonly type: string;
  /** `inputs`, `outputs`, `provider` and the rest of it. */
  readonly state: JsonObject;
  /** The program declares it, and does not only read it. */
  readonly isDeclared: boolean;
  readonly planned?: PlannedChange | undefined;
}

/** A resource with the URN and type that it has, as far as the document says them. `place` is what it is called without. */
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
    // A component is no resource of a provider; what a Terraform module makes is shown as a view of it.
    isDeclared: external !== true && (custom !== false || typeof viewOf === "string"),
  };
}

/** What a URN of a stack begins with; `undefined` for what is none. */
export function stackOfUrn(urn: string): string | undefined {
  return /^urn:pulumi:.+?::.+?::/.exec(urn)?.[0];
}

/** The type that a URN names behind those of its parents: `urn:pulumi:<stack>::<project>::<parents$type>::<name>`. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.replace(/^.*\$/, "") ?? "";
}

/** The declared clusters with their separate pools, and at the end what could not be read. */
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

/** The parts of clusters among resources, each read by itself. */
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
      // One that cannot be read must not keep the others from being judged.
      if (resource.isDeclared) this.unreadable.push({ source: sourceOf(resource), error });
    }
  }

  private read(resource: ShownResource, version: string | undefined): void {
    const { type, state, isDeclared } = resource;
    // What is only read has no inputs.
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
  const sent = asSent(fieldOf(state["inputs"]), deployment.document, fieldOf);
  return clustersOfDeployment(sent, deployment).map(({ part, cluster, dialect }) => ({
    source: sourceOf(resource),
    part,
    subject: { cluster, dialect },
    address: () => `${urn} ${part}`,
    lifecycle: () => lifecycleOf(state),
  }));
}

/** What inputs leave open of a name, outputs and the id may show. */
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
  const place = placeOf(state["sourcePosition"]);
  return {
    address: urn,
    ...(place === undefined ? {} : { place }),
    ...(planned === undefined ? {} : { planned }),
  };
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

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
