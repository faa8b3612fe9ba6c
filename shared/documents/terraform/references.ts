/**
 * Finds the cluster that a separate pool of a Terraform program refers to, as far as the document shows it.
 */
import { clusterTypesOfTerraform } from "../../dialects/lookup";
import type { Identity } from "../../reading/identity";
import { identityOfId } from "../../reading/identity";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { entriesOf } from "./block";
import type { Link, OutputOfDocument } from "./link";
import { unclear, unnamed } from "./link";
import { isExpression, listOf } from "./syntax";

const clusterAddress = new RegExp(`(?<![\\w.])(?:${clusterTypesOfTerraform.join("|")})\\.[\\w-]+`, "g");
const moduleAddress = /(?<![\w.])module\.[\w-]+/g;
const localName = /(?<![\w.])local\.([\w-]+)/g;
const dataAddress = /(?<![\w.])data\.([\w-]+)\.([\w-]+)/g;
const stateAddress = /(?<![\w.])data\.terraform_remote_state\.([\w-]+)(?:\.outputs\.([\w-]+))?/g;
const ofForEach = /(?<![\w.])each\./;
/** What only Terraform, or another program, knows. */
const outside = /(?<![\w.])(?:var|each|self|path|terraform)\./;
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
    const waiting: unknown[] = [text];
    for (let steps = 0; waiting.length > 0; steps++) {
      if (steps > mostSteps) return unclear;
      const each = waiting.shift();
      if (typeof each !== "string") {
        // A local may be an object of IDs, and a resource may have a map of them as its `for_each`.
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

  /** Records what one text refers to directly; returns what remains to be followed. */
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

  /** A data source of a cluster identifies it by an ID, or by name and group. */
  private ofData(type: string, name: string, found: Found): unknown[] {
    if (!clusterTypesOfTerraform.includes(type)) {
      found.isOpen ||= type !== "terraform_remote_state";
      return [];
    }
    const address = `data.${type}.${name}`;
    if (found.seen.has(address)) return [];
    found.seen.add(address);
    const block = this.data.get(`${type}.${name}`);
    // A missing data source refers to a cluster that is missing too.
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

/** The cluster of an ID with expressions in it, or the expression used as its name. */
function identityOfText(
  text: string,
): { readonly identity: Identity } | { readonly name: string } | undefined {
  const expressions: string[] = [];
  const plain = text.replace(/\$\{[^{}]*\}/g, (expression) => `\0${expressions.push(expression) - 1}\0`);
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
