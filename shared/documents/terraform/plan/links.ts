import { clusterTypesOfTerraform } from "../../../dialects/lookup";
import type { Identity } from "../../../reading/identity";
import { grouped } from "../../../reading/owners";
import type { JsonObject } from "../../json";
import { isRecord } from "../../json";
import type { ModuleStep } from "../address";
import { moduleAddressOf } from "../address";
import type { Link } from "../link";
import { unnamed } from "../link";
import { partOf } from "./configuration";
import type { ExpressionInScope, Scope } from "./expressions";
import { argumentOf, referencesOf, scopeOfCall } from "./expressions";

/** A resource of a plan that a pool may name as its cluster. */
export interface Linkable {
  readonly address: string;
  readonly steps: readonly ModuleStep[];
  /** `azurerm_kubernetes_cluster.aks` */
  readonly inModule: string;
  readonly key: string;
  readonly id: unknown;
}

/** So many references that lead to others are none that anybody follows. */
const mostSteps = 200;

/** `module.NAME[KEY].OUTPUT`, and `TYPE.NAME[KEY]`, with `data.` before it perhaps. */
const toOutput = /^module\.([^.[]+)(\[[^\]]*\])?\.([^.[]+)/;
const toResource = /^((?:data\.)?([^.[]+)\.[^.[]+)(\[[^\]]*\])?/;

/** Finds the clusters that an expression of a plan's configuration leads to. */
export class Links {
  private readonly byId: ReadonlyMap<string, readonly Linkable[]>;
  private readonly byInstance: ReadonlyMap<string, readonly Linkable[]>;
  private readonly byModule: ReadonlyMap<string, readonly Linkable[]>;

  constructor(all: readonly Linkable[]) {
    this.byId = grouped(all, ({ id }) => (typeof id === "string" ? id.toLowerCase() : undefined));
    this.byInstance = grouped(all, ({ steps, inModule }) => `${moduleAddressOf(steps)} ${inModule}`);
    this.byModule = grouped(all, ({ steps, inModule }) => `${namesOf(steps)} ${inModule}`);
  }

  withId(id: string): readonly string[] {
    return (this.byId.get(id.toLowerCase()) ?? []).map(({ address }) => address);
  }

  linkOf(start: ExpressionInScope): Link {
    const found = new Found();
    const waiting: ExpressionInScope[] = [start];
    for (let steps = 0; waiting.length > 0; steps++) {
      const next = waiting.pop();
      if (next === undefined || steps > mostSteps) return { addresses: [], identity: unnamed, isOpen: true };
      if (isRecord(next.expression)) waiting.push(...this.follow(next.expression, next.scope, found));
      else found.isOpen = true;
    }
    const [identity, ...others] = found.identities;
    return {
      addresses: [...found.addresses],
      identity: others.length === 0 ? (identity ?? unnamed) : unnamed,
      isOpen: found.isOpen || others.length > 0 || (identity !== undefined && found.addresses.size > 0),
    };
  }

  /** Notes what one expression names by itself; answers what else has to be looked at. */
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
          return name === "key" ? [] : [{ expression: scope.forEach, scope }];
        case "var": {
          const around = scopeOfCall(scope);
          // What the root module is given is known, and so is a default.
          const given = around === undefined ? undefined : argumentOf(scope, name);
          return around === undefined || given === undefined ? [] : [{ expression: given, scope: around }];
        }
        case "module":
          return this.ofOutput(reference, scope, ownKey, found);
        default:
          return this.ofResource(reference, scope, ownKey, found);
      }
    });
  }

  private ofOutput(
    reference: string,
    scope: Scope,
    ownKey: string | undefined,
    found: Found,
  ): ExpressionInScope[] {
    const [, name = "", key, output = ""] = toOutput.exec(reference) ?? [];
    const module = scope.module.child(name);
    const expression = module?.output(output);
    if (module?.call === undefined || expression === undefined) {
      found.isOpen = true;
      return [];
    }
    const { written } = module.call;
    const isRepeated = ["count_expression", "for_each_expression"].some((each) =>
      Object.hasOwn(written, each),
    );
    const step = { name, key: key ?? (isRepeated ? (ownKey ?? anyKey) : "") };
    return [
      { expression, scope: { ...scope, module, steps: [...scope.steps, step], key: "", forEach: undefined } },
    ];
  }

  private ofResource(
    reference: string,
    scope: Scope,
    ownKey: string | undefined,
    found: Found,
  ): ExpressionInScope[] {
    const [, inModule = "", type = "", key] = toResource.exec(reference) ?? [];
    if (type === "data") return ofData(reference, scope, found);
    if (!clusterTypesOfTerraform.includes(type)) {
      found.isOpen = true;
      return [];
    }
    const all = this.instancesOf(inModule, scope.steps);
    const exact = all.filter((each) => each.key === (key ?? ownKey ?? ""));
    const meant = exact.length > 0 ? exact : key === undefined ? all : [];
    for (const { address } of meant) found.addresses.add(address);
    // It is not among what the plan changes.
    if (meant.length === 0) found.addresses.add(reference);
    return [];
  }

  private instancesOf(inModule: string, steps: readonly ModuleStep[]): readonly Linkable[] {
    const inInstance = this.byInstance.get(`${moduleAddressOf(steps)} ${inModule}`);
    if (inInstance !== undefined || steps.every(({ key }) => key === "")) return inInstance ?? [];
    const inAny = this.byModule.get(`${namesOf(steps)} ${inModule}`) ?? [];
    if (!steps.some(({ key }) => key === anyKey)) return [];
    return inAny.filter((each) =>
      each.steps.every(({ key }, i) => steps[i]?.key === anyKey || steps[i]?.key === key),
    );
  }
}

/** A module's instance of which the key is not known. */
const anyKey = "[*]";

class Found {
  readonly addresses = new Set<string>();
  readonly identities: Identity[] = [];
  isOpen = false;
}

function namesOf(steps: readonly ModuleStep[]): string {
  return steps.map(({ name }) => name).join(".");
}

const longestReference = 10_000;

/** A plan lists the whole of a reference, and each beginning of it. */
function longest(references: readonly unknown[]): readonly string[] {
  const texts = references.filter((each) => typeof each === "string");
  const beginnings = new Set<string>();
  for (const text of texts) {
    if (text.length > longestReference) continue;
    for (const { index } of text.matchAll(/[.[]/g)) beginnings.add(text.slice(0, index));
  }
  return texts.filter((text) => !beginnings.has(text));
}

/** A data source of a cluster that is read during the apply names it by an id, or by its name and group. */
function ofData(reference: string, scope: Scope, found: Found): ExpressionInScope[] {
  const [address = "", type = ""] = /^data\.([^.[]+)\.[^.[]+/.exec(reference) ?? [];
  const written = partOf(scope.module.resource(address), "expressions");
  if (written === undefined || !clusterTypesOfTerraform.includes(type)) {
    found.isOpen = true;
    return [];
  }
  const own = { ...scope, key: "", forEach: undefined };
  const id = partOf(written, "resource_id");
  if (id !== undefined) return [{ expression: id, scope: own }];
  const name = partOf(written, "name");
  const constant = name?.["constant_value"];
  if (typeof constant !== "string") return [{ expression: name, scope: own }];
  const group = partOf(written, "resource_group_name")?.["constant_value"];
  const resourceGroup = typeof group === "string" ? group.toLowerCase() : undefined;
  found.identities.push({ name: constant.toLowerCase(), resourceGroup });
  return [];
}
