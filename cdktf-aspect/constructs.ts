/**
 * The parts of cdktf, its successor cdktn and constructs that this Aspect relies on, described by shape:
 * importing any of them would tie it to one library and to one copy of it.
 */
import { isRecord } from "../shared/documents/json";

/** A construct of either library. */
export interface ConstructLike {
  readonly node: ConstructNode;
}

export interface ConstructNode {
  readonly id: string;
  readonly path: string;
  readonly scope?: ConstructLike | undefined;
  readonly root: ConstructLike;
  readonly children: ConstructLike[];
  readonly metadata: MetadataEntry[];
  addMetadata(type: string, data: unknown): void;
  addValidation(validation: { validate(): string[] }): void;
}

export interface MetadataEntry {
  readonly type: string;
  readonly data: unknown;
}

/** An app of either library. */
export interface AppLike extends ConstructLike {
  synth(): void;
}

/** An Aspect of either library. */
export interface AspectLike {
  visit(node: ConstructLike): void;
}

/** The class `Aspects` of either library. */
export interface AspectsLike {
  of(scope: ConstructLike): { add(aspect: AspectLike): void };
}

/** A stack of either library. */
export interface StackLike extends ConstructLike {
  toTerraform(): unknown;
}

// Both libraries mark their objects with global symbols of these names (cdktf 0.15 to 0.21, cdktn to 0.24).
const stackMark = Symbol.for("cdktf/TerraformStack");

export function isStack(construct: ConstructLike): construct is StackLike {
  // A fallback in case a later version renames its marks: nothing else has these two methods.
  return stackMark in construct || ("prepareStack" in construct && "synthesizer" in construct);
}

// A data source has the same type as its resource.
const dataSourceMark = Symbol.for("cdktf/TerraformDataSource");

export function isDataSource(construct: ConstructLike): boolean {
  return dataSourceMark in construct;
}

/** The enclosing constructs, the nearest first. */
export function scopesOf(construct: ConstructLike): ConstructLike[] {
  const scopes: ConstructLike[] = [];
  for (let scope = construct.node.scope; scope !== undefined; scope = scope.node.scope) scopes.push(scope);
  return scopes;
}

export function stackOf(construct: ConstructLike): StackLike | undefined {
  if (isStack(construct)) return construct;
  for (const scope of scopesOf(construct)) if (isStack(scope)) return scope;
  return undefined;
}

/** Everything in a stack except the contents of nested stacks. */
export function constructsIn(stack: ConstructLike, found: ConstructLike[] = []): ConstructLike[] {
  for (const child of stack.node.children) {
    if (isStack(child)) continue;
    found.push(child);
    constructsIn(child, found);
  }
  return found;
}

/** What a stack renders element by element, in the libraries' order. */
export function elementsIn(stack: StackLike): readonly ConstructLike[] {
  return constructsIn(stack).filter(
    (construct) => typeof (construct as { toTerraform?: unknown }).toTerraform === "function",
  );
}

/** Is a construct one of these, or below one of them? */
export function isWithin(construct: ConstructLike, scopes: ReadonlySet<ConstructLike>): boolean {
  return scopes.has(construct) || scopesOf(construct).some((above) => scopes.has(above));
}

/** The number of constructs at and below a construct, including nested stacks. */
export function countOf(construct: ConstructLike): number {
  return construct.node.children.reduce((sum, child) => sum + countOf(child), 1);
}

export function stacksIn(scope: ConstructLike, found: StackLike[] = []): StackLike[] {
  for (const child of scope.node.children) {
    if (isStack(child)) found.push(child);
    stacksIn(child, found);
  }
  return found;
}

/** A property that is not part of a construct's public type, if it has it. */
export function propertyOf(construct: object, name: string | symbol): unknown {
  return Reflect.get(construct, name);
}

/** Does an override on a cluster, or on its block in its stack, have a say in the cluster's network? */
export function isOverridden(construct: ConstructLike): boolean {
  const names = ["terraformResourceType", "friendlyUniqueId"].map((name) => propertyOf(construct, name));
  return (
    overrides(construct, ["network_profile"]) ||
    overrides(construct, ["dynamic"]) ||
    overrides(stackOf(construct), ["resource", ...names.map(String)])
  );
}

/** Is there an override of what is at a path, or of something around that? */
function overrides(holder: object | undefined, path: readonly string[]): boolean {
  let part: unknown = holder && propertyOf(holder, "rawOverrides");
  if (!isRecord(part)) return false;
  for (const name of path) {
    if (!isRecord(part)) return true;
    if (!Object.hasOwn(part, name)) return false;
    part = part[name];
  }
  return true;
}

/** The library and version of a class, such as `cdktn 0.24.0`. */
export function libraryOf(classOrObject: unknown, className: string): string | undefined {
  const start: unknown =
    typeof classOrObject === "function"
      ? classOrObject
      : isRecord(classOrObject)
        ? classOrObject.constructor
        : undefined;
  for (let type = start; typeof type === "function"; type = Object.getPrototypeOf(type) as unknown) {
    const mark: unknown = Object.getOwnPropertyDescriptor(type, Symbol.for("jsii.rtti"))?.value;
    if (!isRecord(mark) || typeof mark["fqn"] !== "string") continue;
    const [library, name] = mark["fqn"].split(".");
    if (name === className) return `${String(library)} ${String(mark["version"])}`;
  }
  return undefined;
}
