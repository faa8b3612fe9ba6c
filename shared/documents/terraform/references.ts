/** Which cluster a separate pool of a Terraform program names, as far as the document shows it. */
import { clusterTypesOfTerraform } from "../../dialects/lookup";
import type { Identity } from "../../reading/identity";
import { identityOfId } from "../../reading/identity";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { entriesOf } from "./block";
import { endOfExpression } from "./expression";
import type { Link, OutputOfDocument } from "./link";
import { unclear, unnamed } from "./link";
import { isExpression, listOf } from "./syntax";

const clusterAddress = new RegExp(`(?<![\\w.])(?:${clusterTypesOfTerraform.join("|")})\\.[\\w-]+`, "g");
const moduleAddress = /(?<![\w.])module\.[\w-]+/g;
const localName = /(?<![\w.])local\.([\w-]+)/g;
const dataAddress = /(?<![\w.])data\.([\w-]+)\.([\w-]+)/g;
const stateAddress = /(?<![\w.])data\.terraform_remote_state\.([\w-]+)(?:\.outputs\.([\w-]+))?/g;
const ofForEach = /(?<![\w.])each\./;
/** What only Terraform, or another program, can tell. */
const outside = /(?<![\w.])(?:var|each|self|path|terraform)\./;
/** So many locals that name each other are none that anybody follows. */
const mostSteps = 100;

/** The parts of a document that expressions may name. */
export class References {
  private readonly locals = new Map<string, unknown>();
  private readonly data = new Map<string, JsonObject>();
  private readonly outputs = new Map<string, unknown>();

  /** @param states which document each `terraform_remote_state` shows, of those that show one of the same program */
  constructor(
    document: unknown,
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

  /** What an output is. One that is not there is not known. */
  linkOfOutput(name: string): Link {
    return this.outputs.has(name) ? this.linkOf(this.outputs.get(name), {}) : unclear;
  }

  /** What a text names, in a block that may be made for each of something. */
  linkOf(text: unknown, { for_each: forEach }: JsonObject): Link {
    const found = new Found();
    const waiting: unknown[] = [text];
    for (let steps = 0; waiting.length > 0; steps++) {
      if (steps > mostSteps) return unclear;
      const each = waiting.shift();
      if (typeof each !== "string") {
        // A local may be an object of ids, a resource may be made for each of a map of them.
        if (typeof each === "object" && each !== null) waiting.push(...(Object.values(each) as unknown[]));
        continue;
      }
      waiting.push(...this.follow(each, forEach, found));
    }
    const [identity, ...others] = found.identities;
    return {
      addresses: [...found.addresses],
      identity: others.length === 0 ? (identity ?? unnamed) : unnamed,
      outputs: found.outputs,
      isOpen:
        found.isOpen ||
        others.length > 0 ||
        (identity !== undefined && found.addresses.size + found.outputs.length > 0),
    };
  }

  /** Notes what one text names by itself; answers what else has to be looked at. */
  private follow(text: string, forEach: unknown, found: Found): unknown[] {
    const id = identityOfText(text);
    if (id !== undefined) {
      if ("identity" in id) {
        found.identities.push(id.identity);
        return [];
      }
      return [id.name];
    }
    const expression = text.replace(/\[[^\]]*\]/g, "");
    for (const [address] of [...expression.matchAll(clusterAddress), ...expression.matchAll(moduleAddress)])
      found.addresses.add(address);
    const next: unknown[] = [];
    for (const [, name = ""] of expression.matchAll(localName)) {
      if (!this.locals.has(name)) found.isOpen = true;
      if (!found.seen.has(name)) next.push(this.locals.get(name));
      found.seen.add(name);
    }
    for (const [, type = "", name = ""] of expression.matchAll(dataAddress))
      next.push(...this.ofData(type, name, found));
    for (const [, state = "", output] of expression.matchAll(stateAddress)) {
      const document = this.states.get(state);
      if (document === undefined || output === undefined) found.isOpen = true;
      else found.outputs.push({ document, output });
    }
    const isForEach = ofForEach.test(expression) && forEach !== undefined && !found.seen.has("each.");
    if (isForEach) {
      found.seen.add("each.");
      next.push(forEach);
    }
    if (outside.test(isForEach ? expression.replace(/(?<![\w.])each\./g, "") : expression))
      found.isOpen = true;
    return next;
  }

  /** A data source of a cluster names it by an id, or by its name and group. */
  private ofData(type: string, name: string, found: Found): unknown[] {
    if (!clusterTypesOfTerraform.includes(type)) {
      found.isOpen ||= type !== "terraform_remote_state";
      return [];
    }
    const address = `data.${type}.${name}`;
    if (found.seen.has(address)) return [];
    found.seen.add(address);
    const block = this.data.get(`${type}.${name}`);
    // A data source that is not there names a cluster that is not there either.
    if (block === undefined) {
      found.addresses.add(address);
      return [];
    }
    const { resource_id: id, name: own, resource_group_name: group, parent_id: parent } = block;
    if (typeof id === "string") return [id];
    if (typeof own !== "string") {
      found.isOpen = true;
      return [];
    }
    if (isExpression(own)) return [own];
    const resourceGroup = isPlain(group) ? group.toLowerCase() : groupOfId(parent);
    found.identities.push({ name: own.toLowerCase(), resourceGroup });
    return [];
  }
}

class Found {
  readonly addresses = new Set<string>();
  readonly identities: Identity[] = [];
  readonly outputs: OutputOfDocument[] = [];
  readonly seen = new Set<string>();
  isOpen = false;
}

function isPlain(value: unknown): value is string {
  return typeof value === "string" && !isExpression(value);
}

function groupOfId(id: unknown): string | undefined {
  return isPlain(id) ? /\/resourcegroups\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() : undefined;
}

/** The cluster of an id that is a text with expressions in it, or the expression in the place of its name. */
function identityOfText(
  text: string,
): { readonly identity: Identity } | { readonly name: string } | undefined {
  const { plain, expressions } = partsOfText(text);
  const id = identityOfId(plain.toLowerCase());
  if (id?.name === undefined) return undefined;
  const [, inName] = /\0(\d+)\0/.exec(id.name) ?? [];
  if (inName !== undefined) return { name: expressions[Number(inName)] ?? "" };
  return {
    identity: {
      name: id.name,
      resourceGroup: id.resourceGroup?.includes("\0") === true ? undefined : id.resourceGroup,
    },
  };
}

/** A text with a number in the place of each expression. What an expression writes itself is none of the text. */
function partsOfText(text: string): { readonly plain: string; readonly expressions: readonly string[] } {
  const expressions: string[] = [];
  let plain = "";
  let at = 0;
  for (const { index } of text.matchAll(/[$%]\{/g)) {
    if (index < at) continue;
    const end = endOfExpression(text, index + 2, "}") + 1;
    plain += `${text.slice(at, index)}\0${expressions.push(text.slice(index, end)) - 1}\0`;
    at = end;
  }
  return { plain: plain + text.slice(at), expressions };
}
