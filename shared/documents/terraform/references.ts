/**
 * Finds the cluster that a separate pool of a Terraform program refers to, as far as the document shows it.
 */
import { clusterTypesOfTerraform } from "../../dialects/lookup";
import type { Identity } from "../../reading/identity";
import { clusterSegment, identityOfId } from "../../reading/identity";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { entriesOf } from "./block";
import type { Constants } from "./constants";
import { endOfExpression } from "./expression";
import type { Link, OutputOfDocument } from "./link";
import { unclear, unnamed } from "./link";
import { isExpression, listOf } from "./syntax";

const clusterAddress = new RegExp(`(?<![\\w.])(?:${clusterTypesOfTerraform.join("|")})\\.[\\w-]+`, "g");
/** In a text of an expression. */
const quotedClusterId = new RegExp(`"[^"]*/${clusterSegment}/`, "i");
/** A list in brackets is none. */
const index = /(?<=[\w)\]])\[[^\]]*\]/g;
const moduleAddress = /(?<![\w.])module\.[\w-]+/g;
const localName = /(?<![\w.])local\.([\w-]+)/g;
const dataAddress = /(?<![\w.])data\.([\w-]+)\.([\w-]+)/g;
const stateAddress = /(?<![\w.])data\.terraform_remote_state\.([\w-]+)(?:\.outputs\.([\w-]+))?/g;
const ofForEach = /(?<![\w.])each\./;
/** What only Terraform, or another program, knows. */
const outside = /(?<![\w.])(?:var|self|path|terraform)\./;
/** A longer chain of locals is not followed. */
const mostSteps = 100;

/** The parts of a document that expressions may refer to. */
export class References {
  private readonly locals = new Map<string, unknown>();
  private readonly data = new Map<string, JsonObject>();
  private readonly outputs = new Map<string, unknown>();

  /** @param states the document that each `terraform_remote_state` reads, if it is one of the same program */
  constructor(
    document: unknown,
    private readonly constants: () => Constants,
    private readonly states: ReadonlyMap<string, string> = new Map(),
  ) {
    for (const [kind, part] of entriesOf(document)) {
      if (kind === "locals") for (const [name, value] of entriesOf(part)) this.locals.set(name, value);
      if (kind === "output")
        for (const [name, output] of entriesOf(part))
          for (const block of listOf(output)) if (isRecord(block)) this.outputs.set(name, block["value"]);
      if (kind !== "data") continue;
      for (const [type, byName] of entriesOf(part))
        for (const [name, blocks] of entriesOf(byName))
          for (const block of listOf(blocks)) if (isRecord(block)) this.data.set(`${type}.${name}`, block);
    }
  }

  /** What an output refers to. A missing output is unknown. */
  linkOfOutput(name: string): Link {
    return this.outputs.has(name) ? this.linkOf(this.outputs.get(name), {}) : unclear;
  }

  /** What a text refers to, in a block that may have a `for_each`. */
  linkOf(text: unknown, { for_each: forEach }: JsonObject): Link {
    const found = new Found();
    const { waiting } = found;
    waiting.push(text);
    for (let steps = 0; waiting.length > 0; steps++) {
      if (steps > mostSteps) return unclear;
      const each = waiting.shift();
      if (typeof each !== "string") {
        // A local may be an object of IDs, and a resource may have a map of them as its `for_each`.
        if (typeof each === "object" && each !== null) waiting.push(...(Object.values(each) as unknown[]));
        continue;
      }
      this.follow(each, forEach, found);
    }
    const [identity = unnamed, ...others] = found.identities;
    const isOpen = found.isOpen || others.length > 0;
    return { addresses: [...found.addresses], identity, outputs: found.outputs, isOpen };
  }

  /** Notes what one text names by itself, and what else has to be looked at. */
  private follow(written: string, forEach: unknown, found: Found): void {
    const text = this.filled(written);
    const id = identityOfText(text);
    if (id !== undefined) {
      found.add(id);
      return;
    }
    // It may be that cluster's pool, or the one of what else the expression names.
    if (quotedClusterId.test(text)) found.isOpen = true;
    const expression = text.replace(index, "");
    for (const [address] of [...expression.matchAll(clusterAddress), ...expression.matchAll(moduleAddress)])
      found.addresses.add(address);
    for (const [, name = ""] of expression.matchAll(localName)) {
      if (!this.locals.has(name)) found.isOpen = true;
      if (!found.seen.has(name)) found.waiting.push(this.locals.get(name));
      found.seen.add(name);
    }
    for (const [, type = "", name = ""] of expression.matchAll(dataAddress))
      this.followData(type, name, found);
    for (const [, state = "", output] of expression.matchAll(stateAddress)) {
      const document = this.states.get(state);
      if (document === undefined || output === undefined) found.isOpen = true;
      else found.outputs.push({ document, output });
    }
    if (outside.test(expression)) found.isOpen = true;
    if (!ofForEach.test(expression)) return;
    if (forEach === undefined) found.isOpen = true;
    else found.waiting.push(forEach);
  }

  /** A data source of a cluster identifies it by an ID, or by name and group. */
  private followData(type: string, name: string, found: Found): void {
    if (!clusterTypesOfTerraform.includes(type)) {
      found.isOpen ||= type !== "terraform_remote_state";
      return;
    }
    const address = `data.${type}.${name}`;
    if (found.seen.has(address)) return;
    found.seen.add(address);
    const block = this.data.get(`${type}.${name}`);
    // A missing data source refers to a cluster that is missing too.
    if (block === undefined) {
      found.addresses.add(address);
      return;
    }
    const { resource_id: id, name: own, resource_group_name: group, parent_id: parent } = block;
    if (typeof id === "string") {
      found.waiting.push(id);
      return;
    }
    const resourceGroup = this.plainText(group) ?? groupOfId(this.plainText(parent));
    found.add(namedBy(typeof own === "string" ? this.filled(own) : "", resourceGroup));
  }

  private plainText(written: unknown): string | undefined {
    const text = typeof written === "string" ? this.filled(written).toLowerCase() : undefined;
    return isExpression(text) ? undefined : text;
  }

  /** A text in which the expressions are written out that the document decides. */
  private filled(text: string): string {
    // Most name a resource, which is sooner seen.
    if (!text.includes("local.")) return text;
    return withExpressions(text, (expression) => {
      const value = this.constants().valueOf(expression);
      return typeof value === "string" || typeof value === "number" ? String(value) : expression;
    });
  }
}

class Found {
  readonly addresses = new Set<string>();
  readonly identities: Identity[] = [];
  readonly outputs: OutputOfDocument[] = [];
  readonly seen = new Set<string>();
  /** What has to be looked at. */
  readonly waiting: unknown[] = [];
  isOpen = false;

  add(named: Named): void {
    if (named === "open") this.isOpen = true;
    else if ("identity" in named) this.identities.push(named.identity);
    else this.waiting.push(named.expression);
  }
}

/** What a cluster's name, or an id with it, says: the cluster; an expression that is the whole name; or what may be any name. */
type Named = { readonly identity: Identity } | { readonly expression: string } | "open";

function namedBy(name: string, resourceGroup: string | undefined): Named {
  const expressions: string[] = [];
  const rest = withExpressions(name, (expression) => {
    expressions.push(expression);
    return "";
  });
  const [expression, ...others] = expressions;
  if (expression === undefined)
    return name === "" ? "open" : { identity: { name: name.toLowerCase(), resourceGroup } };
  // A name with something else in it than another one is another name.
  return rest === "" && others.length === 0 ? { expression } : "open";
}

function groupOfId(id: string | undefined): string | undefined {
  return /\/resourcegroups\/([^/]+)/i.exec(id ?? "")?.[1];
}

/** The cluster that an id names, which is a text with expressions in it. */
function identityOfText(text: string): Named | undefined {
  const expressions: string[] = [];
  const plain = withExpressions(text, (expression) => `\0${expressions.push(expression) - 1}\0`);
  const id = identityOfId(plain.toLowerCase());
  if (id?.name === undefined) return undefined;
  const name = id.name.replace(/\0(\d+)\0/g, (_, index) => expressions[Number(index)] ?? "");
  return namedBy(name, id.resourceGroup?.includes("\0") === true ? undefined : id.resourceGroup);
}

/** A text with something else in the place of each expression. What an expression writes itself is none of the text. */
function withExpressions(text: string, replace: (expression: string) => string): string {
  let done = "";
  let at = 0;
  for (const { index: start } of text.matchAll(/[$%]\{/g)) {
    if (start < at) continue;
    const end = endOfExpression(text, start + 2, "}") + 1;
    done += text.slice(at, start) + replace(text.slice(start, end));
    at = end;
  }
  return done + text.slice(at);
}
