/**
 * The pools in an app's other stacks, which may belong to a cluster of the stack being checked. Stacks are
 * synthesized one after the other, so another stack may not be rendered yet. Its constructs exist, though,
 * and those that concern pools are rendered here.
 */
import {
  clusterTypesOfTerraform,
  modulePartOf,
  poolTypesOfTerraform,
  terraformPartOf,
} from "../shared/dialects/lookup";
import type { JsonObject } from "../shared/documents/json";
import { isRecord } from "../shared/documents/json";
import { once } from "../shared/documents/once";
import { poolsOfDocument } from "../shared/documents/terraform/clusters";
import type { PoolsOfDocument } from "../shared/documents/terraform/owners-of-pools";
import { isToken } from "../shared/documents/terraform/syntax";
import type { ConstructLike, StackLike } from "./constructs";
import { constructsIn, elementsIn, isDataSource, propertyOf, stacksIn } from "./constructs";
import { PartsInHcl } from "./hcl";
import type { Output } from "./rendering";
import { outputOf, renderers, resolvedIn } from "./rendering";
import { Writers } from "./writers";

/**
 * What is known of an app's stacks while they are checked one after the other, until one is checked again.
 */
interface Round {
  readonly judged: Set<StackLike>;
  readonly seen: Map<StackLike, SeenStack>;
}

interface SeenStack {
  readonly mayHavePools: boolean;
  readonly document: () => PoolsOfDocument;
}

/** What is asked of the other stacks of an app. */
export interface OtherStacks {
  /** Those that may have pools. */
  readonly withPools: () => readonly PoolsOfDocument[];
  readonly at: (path: string) => PoolsOfDocument | undefined;
}

const rounds = new WeakMap<ConstructLike, Round>();

/** The other stacks of a stack's app, as far as they are about pools; to be called at each judgement of the stack. */
export function otherStacksOf(stack: StackLike): OtherStacks {
  const { root } = stack.node;
  let round = rounds.get(root);
  if (round === undefined || round.judged.has(stack)) {
    rounds.set(root, (round = { judged: new Set(), seen: new Map() }));
    // A synthesis is one piece of work, and who knows what is changed after it.
    queueMicrotask(() => rounds.delete(root));
  }
  const { judged, seen } = round;
  judged.add(stack);
  // Its Aspects have run now, and may have changed it.
  seen.delete(stack);
  const others = once(() => stacksIn(root).filter((other) => other !== stack));
  const look = (other: StackLike): SeenStack => {
    let found = seen.get(other);
    if (found === undefined)
      seen.set(other, (found = { mayHavePools: mayHavePools(other), document: once(() => read(other)) }));
    return found;
  };
  return {
    withPools: () =>
      others().flatMap((other) => {
        const { mayHavePools, document } = look(other);
        return mayHavePools ? [document()] : [];
      }),
    at: (path) => {
      const other = others().find(({ node }) => node.path === path);
      return other && look(other).document();
    },
  };
}

/** The stack that each remote state reads: the libraries create one per referenced stack. */
export function statesIn(stack: StackLike): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  const made = propertyOf(stack, "crossStackDataSources");
  if (isRecord(made))
    for (const [path, state] of Object.entries(made))
      if (isRecord(state)) states.set(String(state["friendlyUniqueId"]), path);
  return states;
}

function mayHavePools(stack: StackLike): boolean {
  const { resource } = overridesOn(stack);
  const types = [
    ...constructsIn(stack).map((construct) => propertyOf(construct, "terraformResourceType")),
    ...Object.keys(isRecord(resource) ? resource : {}),
  ];
  return (
    types.some((type) => poolTypesOfTerraform.includes(String(type))) ||
    elementsIn(stack).some((element) => modulePartOf(String(propertyOf(element, "source")))?.what === "pool")
  );
}

function read(stack: StackLike): PoolsOfDocument {
  const writers = new Writers(stack);
  return poolsOfDocument(rendered(stack), (block) => writers.originOf(block), statesIn(stack));
}

/** A stack as written, limited to what concerns pools. HCL ignores overrides on a stack. */
function rendered(stack: StackLike): unknown {
  const output = outputOf(stack);
  const parts = elementsIn(stack).flatMap((element) => partOf(element, output));
  if (output === "json") return resolvedIn(stack, output, [...parts, overridesOn(stack)]).reduce(merged, {});
  const inHcl = new PartsInHcl(stack);
  for (const part of resolvedIn(stack, output, parts)) if (isRecord(part)) inHcl.add(part);
  return inHcl.document;
}

function overridesOn(stack: StackLike): JsonObject {
  const overrides = propertyOf(stack, "rawOverrides");
  return isRecord(overrides) ? overrides : {};
}

function partOf(element: ConstructLike, output: Output): unknown {
  const type = propertyOf(element, "terraformResourceType");
  if (typeof type === "string") {
    const part = isDataSource(element) ? undefined : terraformPartOf(type);
    // The address of a cluster over there is enough to tell that it is not a cluster here.
    if (part?.what === "cluster")
      return { resource: { [type]: { [String(propertyOf(element, "friendlyUniqueId"))]: {} } } };
    const isWanted = part !== undefined || (isDataSource(element) && clusterTypesOfTerraform.includes(type));
    if (!isWanted) return [];
  }
  return Reflect.apply(propertyOf(element, renderers[output]) as () => unknown, element, []);
}

function merged(one: unknown, other: unknown): unknown {
  if (!isRecord(one) || !isRecord(other) || isToken(one) || isToken(other)) return other;
  const result = { ...one };
  for (const [name, value] of Object.entries(other)) result[name] = merged(result[name], value);
  return result;
}
