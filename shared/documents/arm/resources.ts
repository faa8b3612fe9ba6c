import type { TemplateTypes } from "../../dialects/dialect";
import { isSameType } from "../../dialects/lookup";
import type { JsonObject } from "../json";
import { isRecord, textIn } from "../json";
import { conditionOf, instancesOf, scopeOfNested } from "./expressions/instances";
import type { NameSegment } from "./expressions/names";
import { segmentsOfName } from "./expressions/names";
import type { Scope } from "./expressions/scope";
import { UNKNOWN } from "./expressions/values";

/** One deployed instance of a cluster or pool in a template. */
export interface ResourceInTemplate {
  readonly resource: JsonObject;
  /** The scope of its expressions. */
  readonly scope: Scope;
  readonly place: Place;
}

export interface PoolInTemplate extends ResourceInTemplate {
  /** The cluster that it is nested in. */
  readonly inside: ResourceInTemplate | undefined;
}

/** The position of something in a template, and what is known about whether it is deployed. */
export interface Place {
  /**
   * The resource that declares it: `resources[0]`. For nested templates, the path of their deployment comes
   * first.
   */
  readonly declaredAt: string;
  /** The same with the index of each copy: `resources[0] copyIndex 1`. */
  readonly part: string;
  /** The keys and indexes that lead to the resource from the outermost template. */
  readonly path: readonly (string | number)[];
  /** False for an existing resource, and for one whose condition is false. */
  readonly isDeployed: boolean;
  /** The unknown conditions, as texts that are equal for equal conditions. */
  readonly openConditions: readonly string[];
  /** The subscription and the resource group of the deployment. */
  readonly group: readonly NameSegment[];
}

export interface ResourcesOfTemplate {
  readonly clusters: readonly ResourceInTemplate[];
  readonly pools: readonly PoolInTemplate[];
  /** The deployments whose templates are not included, by declaration: what they deploy is not visible. */
  readonly unseenDeployments: ReadonlySet<string>;
}

/** The clusters and pools of a template and of its nested templates, the innermost first. */
export function resourcesOf(
  template: JsonObject,
  types: TemplateTypes,
  scope: Scope,
  part: string,
): ResourcesOfTemplate {
  const walk = new Walk(types);
  // The template does not say where it is deployed to.
  const group = ["subscription", "group"].map((key) => ({ key: `(${key})`, isKnown: false }));
  walk.template(template, scope, {
    declaredAt: part,
    part,
    path: [],
    isDeployed: true,
    openConditions: [],
    group,
  });
  return walk;
}

/** The steps that each instance of a resource costs, so that nested loops end. */
const stepsPerInstance = 50;

class Walk implements ResourcesOfTemplate {
  readonly clusters: ResourceInTemplate[] = [];
  readonly pools: PoolInTemplate[] = [];
  readonly unseenDeployments = new Set<string>();
  /** A loop meets the same text many times. */
  private readonly read = new Map<JsonObject, JsonObject>();

  constructor(private readonly types: TemplateTypes) {}

  template(template: JsonObject, scope: Scope, place: Place): void {
    const clusters: ResourceInTemplate[] = [];
    for (const { name, keys, written } of partsOf(template)) {
      scope.template.shared.budget.spend(1);
      if (!isRecord(written)) continue;
      const resource = this.asRead(written, membersOfResource);
      const what = this.kindOf(resource);
      if (what === "another resource") continue;
      for (const each of instances(resource, scope, placeBelow(place, name, keys))) {
        switch (what) {
          case "deployment":
          case "deployment stack":
            this.nested(each, template, what === "deployment stack");
            break;
          case "cluster":
            clusters.push(each);
            this.poolsBelow(each);
            break;
          case "pool":
            this.pools.push({ ...each, inside: undefined });
        }
      }
    }
    this.clusters.push(...clusters);
  }

  private asRead(written: JsonObject, names: readonly string[]): JsonObject {
    let read = this.read.get(written);
    if (read === undefined) this.read.set(written, (read = inDocumentedCase(written, names)));
    return read;
  }

  private kindOf({
    type,
  }: JsonObject): "deployment" | "deployment stack" | "cluster" | "pool" | "another resource" {
    const text = textIn(type);
    if (isSameType(text, this.types.deployment)) return "deployment";
    if (isSameType(text, this.types.stack)) return "deployment stack";
    if (isSameType(text, this.types.cluster)) return "cluster";
    return isSameType(text, this.types.pool) ? "pool" : "another resource";
  }

  /** A deployment stack deploys its template in a separate scope, to the place that it names. */
  private nested({ resource, scope, place }: ResourceInTemplate, around: JsonObject, isStack: boolean): void {
    const { properties: written } = resource;
    const properties = isRecord(written) ? this.asRead(written, membersOfDeployment) : {};
    const { template: nested } = properties;
    if (!isRecord(nested)) {
      // It is a link or an expression.
      if (place.isDeployed) this.unseenDeployments.add(place.declaredAt);
      return;
    }
    const template = this.asRead(nested, membersOfTemplate);
    const path = [...place.path, keyOf(resource, "properties"), keyOf(properties, "template")];
    const group =
      isStack && properties["deploymentScope"] !== undefined
        ? place.group.map(() => ({ key: `(scope ${place.declaredAt})`, isKnown: false }))
        : groupOf(resource, scope, place.group);
    const settings = isStack
      ? { ...properties, expressionEvaluationOptions: { scope: "inner" } }
      : properties;
    this.template(template, scopeOfNested(settings, template, around, scope), { ...place, path, group });
  }

  /** Pools written inside their cluster as child resources, by their full type or its last segment. */
  private poolsBelow(cluster: ResourceInTemplate): void {
    const lastPart = this.types.pool.replace(/.*\//, "");
    for (const { name, keys, written } of partsOf(cluster.resource)) {
      if (!isRecord(written)) continue;
      const resource = this.asRead(written, membersOfResource);
      const type = textIn(resource["type"]);
      if (!isSameType(type, lastPart) && !isSameType(type, this.types.pool)) continue;
      for (const each of instances(resource, cluster.scope, placeBelow(cluster.place, name, keys)))
        this.pools.push({ ...each, inside: cluster });
    }
  }
}

/** The resource once per iteration of its `copy` loop, whatever its condition. */
function* instances(resource: JsonObject, scope: Scope, place: Place): Generator<ResourceInTemplate> {
  const { condition, copy } = resource;
  const { all, isCountKnown } = instancesOf({ copy }, scope);
  const { shared } = scope.template;
  for (const [index, { scope: own }] of all.entries()) {
    // Once the steps are used up, one instance stands for the rest.
    const isLast = !shared.budget.spend(stepsPerInstance);
    const truth = conditionOf({ condition }, own);
    const openConditions = [...place.openConditions];
    if (truth === UNKNOWN) openConditions.push(keyOfCondition(condition, own));
    if (!isCountKnown || isLast) openConditions.push(`?${shared.nextNumber++}`);
    yield {
      resource,
      scope: own,
      place: {
        ...place,
        part: own === scope || !isCountKnown ? place.part : `${place.part} copyIndex ${index}`,
        isDeployed: place.isDeployed && truth !== false && resource["existing"] !== true,
        openConditions,
      },
    };
    if (isLast) return;
  }
}

/** Two resources of one template with the same condition are deployed together. */
function keyOfCondition(condition: unknown, { template }: Scope): string {
  const isSameEverywhere = typeof condition === "string" && !/copyindex/i.test(condition);
  return isSameEverywhere ? `${condition}#${template.number}` : `?${template.shared.nextNumber++}`;
}

function placeBelow(place: Place, name: string, keys: Place["path"]): Place {
  const below = (part: string): string => (part === "" ? name : `${part} ${name}`);
  return {
    ...place,
    declaredAt: below(place.declaredAt),
    part: below(place.part),
    path: [...place.path, ...keys],
  };
}

/** The target of a nested deployment. */
function groupOf(
  { subscriptionId, resourceGroup }: JsonObject,
  scope: Scope,
  around: readonly NameSegment[],
): readonly NameSegment[] {
  return [subscriptionId, resourceGroup].flatMap((written, i) =>
    written === undefined || written === null
      ? around.slice(i, i + 1)
      : [oneSegment(segmentsOfName(written, scope))],
  );
}

/** Joins several segments into one. */
export function oneSegment(segments: readonly NameSegment[]): NameSegment {
  return {
    key: segments.map(({ key }) => key).join("/"),
    isKnown: segments.every(({ isKnown }) => isKnown),
  };
}

/** A resource as written, the label of its position, and the keys that lead to it. */
interface WrittenResource {
  readonly name: string;
  readonly keys: Place["path"];
  readonly written: unknown;
}

/**
 * The resources of a template, or the child resources of a resource. From language version 2.0 on they have
 * symbolic names.
 */
function partsOf(holder: JsonObject): readonly WrittenResource[] {
  const { resources } = holder;
  const key = keyOf(holder, "resources");
  if (Array.isArray(resources)) {
    return resources.map((written: unknown, i) => ({ name: `resources[${i}]`, keys: [key, i], written }));
  }
  return isRecord(resources)
    ? Object.entries(resources).map(([symbol, written], i) => ({
        name: `resources, number ${i + 1}`,
        keys: [key, symbol],
        written,
      }))
    : [];
}

const membersOfTemplate = [
  "resources",
  "parameters",
  "variables",
  "functions",
  "definitions",
  "languageVersion",
];
const membersOfDeployment = [
  "template",
  "parameters",
  "parametersLink",
  "expressionEvaluationOptions",
  "deploymentScope",
];
const membersOfResource = [
  ...["type", "name", "condition", "copy", "existing", "properties", "resources"],
  ...["subscriptionId", "resourceGroup"],
];

/** Maps a renamed copy of an object to the original. */
const asWritten = new WeakMap<JsonObject, JsonObject>();

/** A copy with these members under their documented names: Azure accepts any case. */
function inDocumentedCase(written: JsonObject, names: readonly string[]): JsonObject {
  const documented = (key: string): string => {
    const name = names.find((each) => isSameType(each, key));
    return name === undefined || Object.hasOwn(written, name) ? key : name;
  };
  if (Object.keys(written).every((key) => documented(key) === key)) return written;
  const read = Object.fromEntries(Object.entries(written).map(([key, value]) => [documented(key), value]));
  asWritten.set(read, written);
  return read;
}

/** The key of a member as written. */
function keyOf(read: JsonObject, name: string): string {
  const written = asWritten.get(read);
  if (written === undefined || Object.hasOwn(written, name)) return name;
  return Object.keys(written).find((key) => isSameType(key, name)) ?? name;
}

/** A template in documented case: see `inDocumentedCase`. */
export function asTemplate(written: JsonObject): JsonObject {
  return inDocumentedCase(written, membersOfTemplate);
}
