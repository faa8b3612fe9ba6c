import { clusterTypesOfTerraform } from "../../../dialects/lookup";
import type { Identity } from "../../../reading/identity";
import { grouped } from "../../../reading/owners";
import type { JsonObject } from "../../json";
import { isRecord } from "../../json";
import type { ModuleStep } from "../address";
import { moduleAddressOf } from "../address";
import type { Link } from "../link";
import { unclear, unnamed } from "../link";
import type { ResourceInstance } from "../resource-instance";
import { partOf } from "./configuration";
import type { ExpressionInScope, Scope, ScopeStep } from "./expressions";
import { argumentOf, referencesOf } from "./expressions";

/** A resource of a plan that a pool may refer to as its cluster. */
export interface Linkable {
  readonly address: string;
  readonly steps: readonly ModuleStep[];
  /** `azurerm_kubernetes_cluster.aks` */
  readonly inModule: string;
  readonly key: string;
  readonly id: unknown;
}

/** A resource as a possible cluster of a pool; none if it has another type, or its module cannot be read. */
export function linkableOf(
  { address, steps, type, name, key: ofInstance }: ResourceInstance,
  { id }: JsonObject,
): Linkable[] {
  return steps !== undefined && clusterTypesOfTerraform.includes(type)
    ? [{ address, steps, inModule: `${type}.${name}`, key: ofInstance, id }]
    : [];
}

/** A longer chain of references is not followed. */
const mostSteps = 200;

const key = String.raw`(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?`;
/** `module.NAME[KEY].OUTPUT`. The document omits what follows a key that is not constant. */
const toOutput = new RegExp(String.raw`^module\.([^.[]+)${key}(?:\.([^.[]+))?`);
/** `TYPE.NAME[KEY]` */
const toResource = new RegExp(String.raw`^(([^.[]+)\.[^.[]+)${key}`);

/** Finds the clusters that an expression of a plan's configuration leads to. */
export class Links {
  private readonly byId: ReadonlyMap<string, readonly Linkable[]>;
  private readonly byAddress: ReadonlyMap<string, readonly Linkable[]>;
  private readonly byInstance: ReadonlyMap<string, readonly Linkable[]>;
  private readonly byModule: ReadonlyMap<string, readonly Linkable[]>;

  constructor(all: readonly Linkable[]) {
    this.byId = grouped(all, ({ id }) => (typeof id === "string" ? id.toLowerCase() : undefined));
    const placeOf = ({ steps, inModule }: Linkable): string => `${moduleAddressOf(steps)} ${inModule}`;
    this.byAddress = grouped(all, (each) => `${placeOf(each)}${each.key}`);
    this.byInstance = grouped(all, placeOf);
    this.byModule = grouped(all, ({ steps, inModule }) => `${namesOf(steps)} ${inModule}`);
  }

  withId(id: string): readonly string[] {
    return (this.byId.get(id.toLowerCase()) ?? []).map(({ address }) => address);
  }

  linkOf(start: ExpressionInScope): Link {
    const found = new Found();
    const waiting: ExpressionInScope[] = [];
    let steps = 0;
    for (let next: ExpressionInScope | undefined = start; next !== undefined; next = waiting.pop()) {
      if (steps++ > mostSteps) return unclear;
      if (isRecord(next.expression)) waiting.push(...this.follow(next.expression, next.scope, found));
      else found.isOpen = true;
    }
    const [identity = unnamed, ...others] = found.identities;
    return { addresses: [...found.addresses], identity, isOpen: found.isOpen || others.length > 0 };
  }

  /** Records what one expression refers to directly; returns what remains to be followed. */
  private follow(expression: JsonObject, scope: Scope, found: Found): ExpressionInScope[] {
    const references = longest(referencesOf(expression));
    const ownKey = references.some((each) => each === "each.key" || each === "count.index")
      ? scope.key
      : undefined;
    return references.flatMap((reference): ExpressionInScope[] => {
      const [, root = "", name = ""] = /^(\w+)\.([^.[]+)/.exec(reference) ?? [];
      switch (root) {
        case "count":
        case "path":
        case "terraform":
          return [];
        case "each":
          return name === "key" || scope.forEach === undefined ? [] : [{ expression: scope.forEach, scope }];
        case "var": {
          // A value passed to the root module is known, and so is a default.
          const given = argumentOf(scope, name);
          return given === undefined ? [] : [given];
        }
        case "module":
          return ofOutput(reference, scope, ownKey);
        case "data":
          return ofData(reference, scope, found);
        default:
          return this.ofResource(reference, scope, ownKey, found) ? [] : [unknownIn(scope)];
      }
    });
  }

  /** Is it a cluster, whether the plan has it or not? */
  private ofResource(
    reference: string,
    { steps }: Scope,
    ownKey: string | undefined,
    { addresses }: Found,
  ): boolean {
    const [, inModule = "", type = "", key] = toResource.exec(reference) ?? [];
    if (!clusterTypesOfTerraform.includes(type)) return false;
    const meant = steps.some((step) => step.key === anyKey)
      ? this.ofAnyModule(inModule, steps, key)
      : this.ofModule(inModule, steps, key, ownKey);
    for (const { address } of meant) addresses.add(address);
    // It is not among the plan's changes.
    if (meant.length === 0) addresses.add(reference);
    return true;
  }

  /** The instances of a resource that are meant, by the written key or the likely one. */
  private ofModule(
    inModule: string,
    steps: readonly ScopeStep[],
    key: string | undefined,
    likelyKey = "",
  ): readonly Linkable[] {
    const place = `${moduleAddressOf(steps)} ${inModule}`;
    const exact = this.byAddress.get(`${place}${key ?? likelyKey}`);
    return exact ?? (key === undefined ? this.byInstance.get(place) : undefined) ?? [];
  }

  /** The same where it is open which instances of the modules are meant. */
  private ofAnyModule(
    inModule: string,
    steps: readonly ScopeStep[],
    key: string | undefined,
  ): readonly Linkable[] {
    const all = (this.byModule.get(`${namesOf(steps)} ${inModule}`) ?? []).filter(
      (each) =>
        (key === undefined || each.key === key) &&
        each.steps.every((step, i) => [step.key, anyKey].includes(steps[i]?.key ?? "")),
    );
    const likely = all.filter((each) =>
      each.steps.every((step, i) => [step.key, undefined].includes(steps[i]?.likelyKey)),
    );
    return likely.length > 0 ? likely : all;
  }
}

/** A module instance with an unknown key. */
const anyKey = "[*]";

class Found {
  readonly addresses = new Set<string>();
  readonly identities: Identity[] = [];
  isOpen = false;
}

function namesOf(steps: readonly ModuleStep[]): string {
  return steps.map(({ name }) => name).join(".");
}

/** It may be anything. */
function unknownIn(scope: Scope): ExpressionInScope {
  return { expression: undefined, scope };
}

function ofOutput(reference: string, scope: Scope, ownKey: string | undefined): ExpressionInScope[] {
  const [, name = "", key, output] = toOutput.exec(reference) ?? [];
  const module = scope.module.child(name);
  if (module === undefined) return [unknownIn(scope)];
  const step = { name, key: key ?? anyKey, likelyKey: ownKey };
  const inside = { ...scope, module, steps: [...scope.steps, step], key: "", forEach: undefined };
  const expressions =
    output === undefined ? module.outputs().filter(mayNameCluster) : [module.output(output)];
  return expressions.length === 0
    ? [unknownIn(scope)]
    : expressions.map((expression) => ({ expression, scope: inside }));
}

/** Does an output depend on a cluster, or on a module that may contain one? */
function mayNameCluster(expression: unknown): boolean {
  return (
    isRecord(expression) &&
    referencesOf(expression).some((reference) => {
      const [root = ""] = String(reference).split(".", 1);
      return root === "module" || clusterTypesOfTerraform.includes(root);
    })
  );
}

const longestReference = 10_000;

/** A plan lists every reference in full, and each prefix of it. */
function longest(references: readonly unknown[]): readonly string[] {
  const texts = references.filter((each) => typeof each === "string");
  const beginnings = new Set<string>();
  for (const text of texts) {
    if (text.length > longestReference) continue;
    for (const { index } of text.matchAll(/[.[]/g)) beginnings.add(text.slice(0, index));
  }
  return texts.filter((text) => !beginnings.has(text));
}

/** A data source of a cluster that is read during apply identifies it by an ID, or by name and group. */
function ofData(reference: string, scope: Scope, found: Found): ExpressionInScope[] {
  const [, type = "", name = ""] = reference.split(/[.[]/);
  if (!clusterTypesOfTerraform.includes(type)) return [unknownIn(scope)];
  const written = partOf(scope.module.resource(`data.${type}.${name}`), "expressions");
  const own = { ...scope, key: "", forEach: undefined };
  const id = partOf(written, "resource_id");
  if (id !== undefined) return [{ expression: id, scope: own }];
  const named = partOf(written, "name");
  const constant = named?.["constant_value"];
  if (typeof constant !== "string") return [{ expression: named, scope: own }];
  const group = partOf(written, "resource_group_name")?.["constant_value"];
  const resourceGroup = typeof group === "string" ? group.toLowerCase() : undefined;
  found.identities.push({ name: constant.toLowerCase(), resourceGroup });
  return [];
}
