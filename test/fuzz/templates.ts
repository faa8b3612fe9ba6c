/**
 * Writes values as roundabout expressions of ARM templates: through parameters, variables, conditions, copies
 * and functions. Their results are known from their construction, not from any evaluation.
 */
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Tree } from "./oracle";

type Block = { readonly [name: string]: Tree };

/** JSON as in a template. */
export type Json = null | boolean | number | string | readonly Json[] | Members;
type Members = { readonly [name: string]: Json };

/** Numbers from 0 to 1 generated from a seed, the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Below this depth values are written plainly, or a template would never end. */
const deepest = 5;

/** What is written instead of the value in a place that is never used. */
const decoys = ["'none'", "'kubenet'", "'Windows'", "null()", "createObject()", "reference('x').y", "251"];

/** Expressions that are only known at deployment. */
const open = [
  "reference('x').y",
  "other()",
  "resourceGroup().tags.engine",
  "parameters('neverDeclared')",
  "if(reference('x').y, 'azure', 'cilium')",
  "concat('cal', reference('x').y)",
  "createObject('a', reference('x')).a",
  "coalesce(reference('x').y, 'calico')",
  "first(createArray(reference('x').y, 'calico'))",
];

const always = [
  "true()",
  "not(false())",
  "and(true(), not(empty('x')))",
  "or(false(), reference('x').y, true())",
  "contains(createArray('a', 'b'), 'b')",
  "contains(createObject('Key', 1), 'kEY')",
  "equals(1, 1)",
  "equals(createArray(1, 'a'), createArray(1, 'a'))",
  "bool('TRUE')",
  "greater(2, 1)",
  "lessOrEquals(length('abc'), 3)",
  "startsWith('Abc', 'aB')",
];

function isBlock(tree: Tree): tree is Block {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

function isKnown(tree: Tree): boolean {
  if (tree === notKnownYet) return false;
  return typeof tree !== "object" || tree === null || Object.values<Tree>(tree).every(isKnown);
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Can the names of an object be distinguished case-insensitively? */
function areApart(block: Block): boolean {
  const names = Object.keys(block);
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Writes the values of one template, and collects its parameters and variables. */
class TemplateWriter {
  readonly parameters: Record<string, Json> = {};
  readonly variables: Record<string, Json> = {};
  /** The parameters of the deployment; unknown values come from a key vault. */
  readonly given: Record<string, Tree> = {};
  private readonly copies: Json[] = [];
  private named = 0;

  constructor(private readonly random: () => number) {}

  /** The value as written in one place of the template. */
  written(tree: Tree, depth = 0): Json {
    if (tree === notKnownYet) return `[${this.expression(tree, depth)}]`;
    if (depth < deepest && this.random() < 0.4) {
      const text = `[${this.expression(tree, depth)}]`;
      if (text.length < 8_000) return text;
    }
    if (typeof tree !== "object" || tree === null) return tree;
    if (Array.isArray(tree)) return (tree as readonly Tree[]).map((each) => this.written(each, depth + 1));
    return Object.fromEntries(
      Object.entries(tree as Block).map(([name, each]) => [
        this.nameOf(name, tree as Block),
        this.written(each, depth + 1),
      ]),
    );
  }

  /** The list of a property, produced by a `copy` in the object that has the property. */
  copyOf(name: string, list: readonly Tree[]): Json {
    const items = this.inVariable(list, 1);
    return { name, count: this.written(list.length, 3), input: `[${items}[copyIndex('${name}')]]` };
  }

  /** A condition that is true. */
  condition(): string {
    return this.one(...always);
  }

  /** The members of the template besides its resources. */
  members(): Members {
    const copy = this.copies.length === 0 ? {} : { copy: this.copies };
    return { parameters: this.parameters, variables: { ...this.variables, ...copy } };
  }

  one<T>(...choices: readonly T[]): T {
    return choices[Math.floor(this.random() * choices.length)] as T;
  }

  /** Azure accepts names in any case; two names that differ only in case are left unchanged. */
  private nameOf(name: string, { ...beside }: Block): string {
    if (!areApart(beside) || !isPlain(name) || this.random() < 0.8) return name;
    return this.random() < 0.5 ? name.toUpperCase() : name.toLowerCase();
  }

  private expression(tree: Tree, depth: number): string {
    if (tree === notKnownYet && this.random() < 0.5) return this.one(...open);
    if (depth >= deepest) return this.inVariable(tree, depth);
    const inside = (): string => this.expression(tree, depth + 1);
    const decoy = this.one(...decoys);
    return this.one(
      () => this.directly(tree, depth + 1),
      () => this.directly(tree, depth + 1),
      () => this.directly(tree, depth + 1),
      () => this.inParameter(tree, depth + 1),
      () => this.inParameter(tree, depth + 1),
      () => this.inVariable(tree, depth + 1),
      () => this.inVariable(tree, depth + 1),
      () => `if(${this.condition()}, ${inside()}, ${decoy})`,
      () => `if(not(${this.condition()}), ${decoy}, ${inside()})`,
      () => `${this.inVariable({ Engine: tree, other: null }, depth + 1)}.engine`,
      () => `${this.inParameter([null, tree], depth + 1)}[1]`,
      () => `tryGet(${this.inVariable({ a: [tree] }, depth + 1)}, 'A', 0)`,
      () => `createObject('a', ${inside()}).?a`,
      () => `coalesce(null(), ${inside()})`,
      () => `first(createArray(${inside()}, ${decoy}))`,
      () => `last(createArray(${decoy}, ${inside()}))`,
      () => `first(map(createArray(${inside()}), lambda('x', lambdaVariables('X'))))`,
      () => this.inCopy(tree, depth + 1),
    )();
  }

  /** By functions that produce values of its type. */
  private directly(tree: Tree, depth: number): string {
    if (tree === notKnownYet) return this.inVariable(tree, depth);
    if (typeof tree === "string") return this.text(tree);
    if (typeof tree === "number") return this.number(tree);
    if (tree === null) return this.one("null()", "json('null')", "if(true(), null(), 'azure')");
    if (typeof tree === "boolean") {
      const yes = tree ? this.condition() : `not(${this.condition()})`;
      return this.one(yes, `json('${String(tree)}')`, `bool('${String(tree)}')`);
    }
    const asJson = isKnown(tree) ? [`json(${quoted(JSON.stringify(tree))})`] : [];
    if (Array.isArray(tree)) return this.one(...asJson, this.list(tree, depth));
    return areApart(tree as Block)
      ? this.one(...asJson, this.object(tree as Block, depth))
      : this.inVariable(tree, deepest);
  }

  private text(text: string): string {
    const at = Math.floor(this.random() * (text.length + 1));
    const [start, end] = [text.slice(0, at), text.slice(at)];
    const [a, b] = [quoted(start), quoted(end)];
    if (!isPlain(text)) return quoted(text);
    return this.one(
      quoted(text),
      quoted(text),
      `concat(${a}, ${b})`,
      `format('{0}{1}', ${a}, ${b})`,
      `join(createArray(${a}, ${b}), '')`,
      `first(split(${quoted(`${text}\u0001x`)}, '\u0001'))`,
      `replace(${quoted(`${start}\u0001${end}`)}, '\u0001', '')`,
      `substring(${quoted(`xx${text}`)}, 2)`,
      `take(${quoted(`${text}zz`)}, ${text.length})`,
      `string(${quoted(text)})`,
      `json(${quoted(JSON.stringify(text))})`,
      ...(text === text.toLowerCase() ? [`toLower(${quoted(text.toUpperCase())})`] : []),
      ...(text === text.toUpperCase() ? [`toUpper(${quoted(text.toLowerCase())})`] : []),
      ...(text !== "" && text === text.trim() ? [`trim(${quoted(` ${text} `)})`] : []),
    );
  }

  private number(number: number): string {
    const asJson = `json('${JSON.stringify(number)}')`;
    if (!Number.isInteger(number) || Math.abs(number) > 1_000_000) return asJson;
    return this.one(
      asJson,
      String(number),
      `int('${number}')`,
      `add(${number - 7}, 7)`,
      `sub(${number + 7}, 7)`,
      `max(createArray(${number}, ${number - 1}))`,
      ...(number >= 0 && number <= 300 ? [`length(range(5, ${number}))`] : []),
    );
  }

  private list(list: readonly Tree[], depth: number): string {
    const items = list.map((each) => this.expression(each, depth));
    const array = (some: readonly string[]): string => `createArray(${some.join(", ")})`;
    const at = Math.floor(this.random() * (items.length + 1));
    const halves = [array(items.slice(0, at)), array(items.slice(at))];
    return this.one(
      array(items),
      `concat(${halves.join(", ")})`,
      `flatten(${array(halves)})`,
      `skip(${array(["'Windows'", ...items])}, 1)`,
      `take(${array([...items, "'Windows'"])}, ${items.length})`,
    );
  }

  private object(block: Block, depth: number): string {
    const members = Object.entries(block).map(
      ([name, each]) => `${this.text(name)}, ${this.expression(each, depth)}`,
    );
    const object = (some: readonly string[]): string => `createObject(${some.join(", ")})`;
    const at = Math.floor(this.random() * (members.length + 1));
    const halves = [object(members.slice(0, at)), object(members.slice(at))];
    return this.one(
      object(members),
      `union(${halves.join(", ")})`,
      `shallowMerge(createArray(${halves.join(", ")}))`,
    );
  }

  private inVariable(tree: Tree, depth: number): string {
    const name = this.newName("variable");
    this.variables[name] = tree === notKnownYet ? `[${this.one(...open)}]` : this.written(tree, depth + 1);
    return this.one(`variables('${name}')`, `VARIABLES('${name.toUpperCase()}')`);
  }

  /** One item of a list that a variable produces by `copy`. */
  private inCopy(tree: Tree, depth: number): string {
    const name = this.newName("copied");
    const input = `[if(equals(copyIndex('${name}'), 1), ${this.expression(tree, depth + 1)}, 'none')]`;
    this.copies.push({ name, count: 2, input });
    return `variables('${name}')[1]`;
  }

  /** Supplied, or a default, or neither if the value is unknown. */
  private inParameter(tree: Tree, depth: number): string {
    const name = this.newName("parameter");
    const decoy = { defaultValue: "kubenet" };
    const byDefault = (): void => {
      this.parameters[name] = { defaultValue: this.written(tree, depth + 1) };
    };
    const byGiving = (): void => {
      // Null is supplied only if the parameter allows it.
      this.parameters[name] = { ...decoy, ...(tree === null ? { nullable: true } : {}) };
      this.given[name] = tree;
    };
    const notGiven = (): void => {
      this.parameters[name] = {};
    };
    const isWhole = isKnown(tree) || tree === notKnownYet;
    this.one(byDefault, ...(isWhole ? [byGiving] : []), ...(tree === notKnownYet ? [notGiven] : []))();
    return this.one(`parameters('${name}')`, `Parameters('${name.toUpperCase()}')`);
  }

  private newName(kind: string): string {
    return `${kind}${this.named++}`;
  }
}

export interface Deployed {
  readonly template: Json;
  /** The content of `parameters` in a parameters file. */
  readonly parameters: Json;
}

/** The resource and the pools inside it, in a separate template or in a nested one. */
export function deployed(resource: Block, pools: readonly Block[], seed: number): Deployed {
  const writer = new TemplateWriter(randomFrom(seed));
  const { properties = null, ...more } = resource;
  const cluster: Json = {
    ...membersOf(more, writer),
    properties: writer.one(
      () => writer.written(properties),
      () => withCopy(properties, writer),
    )(),
    // What may be deployed is checked.
    ...writer.one<Members>(
      {},
      { condition: true },
      { condition: `[${writer.condition()}]` },
      { condition: "[reference('x').y]" },
    ),
    ...writer.one<Members>({}, { copy: { name: "clusters", count: writer.written(1, 3) } }),
    resources: pools.map((each) => membersOf(each, writer)),
  };
  return writer.one(
    () => top(writer, { resources: [cluster] }),
    () => top(writer, { languageVersion: "2.0", resources: { aks: cluster } }),
    () => top(writer, { resources: [nested({ resources: [cluster] }, { scope: "outer" }, {})] }),
    () => {
      const around = new TemplateWriter(randomFrom(seed + 1));
      const parameters = givenTo(writer, (value) => around.written(value));
      const template = { ...writer.members(), resources: [cluster] };
      return top(around, { resources: [nested(template, { scope: "Inner" }, parameters)] });
    },
  )();
}

/** An object keeps its form, so that one of its lists can be produced by `copy`. */
function withCopy(properties: Tree, writer: TemplateWriter): Json {
  const pools = isBlock(properties) ? properties["agentPoolProfiles"] : undefined;
  if (!isBlock(properties) || !Array.isArray(pools)) return writer.written(properties);
  const others = Object.fromEntries(
    Object.entries(properties).filter(([name]) => name !== "agentPoolProfiles"),
  );
  return {
    ...membersOf(others, writer),
    copy: [writer.copyOf("agentPoolProfiles", pools as readonly Tree[])],
  };
}

/** A type and an API version are plain texts in every template. */
const literals = ["type", "apiVersion"];

function membersOf(block: Block, writer: TemplateWriter): Members {
  return Object.fromEntries(
    Object.entries(block).map(([name, each]) => [
      name,
      literals.includes(name) ? (each as Json) : writer.written(each, 1),
    ]),
  );
}

function nested(template: Json, expressionEvaluationOptions: Json, parameters: Json): Json {
  const properties = { mode: "Incremental", expressionEvaluationOptions, parameters, template };
  return { type: "Microsoft.Resources/deployments", name: "nested", properties };
}

function top(writer: TemplateWriter, more: Members): Deployed {
  return {
    template: { ...writer.members(), ...more },
    // Brackets have no meaning here.
    parameters: givenTo(writer, (value) => value as Json),
  };
}

function givenTo({ given }: TemplateWriter, written: (value: Tree) => Json): Members {
  const keyVault = { keyVault: { id: "/vaults/kv" }, secretName: "engine" };
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      value === notKnownYet ? { reference: keyVault } : { value: written(value) },
    ]),
  );
}
