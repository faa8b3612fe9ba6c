/**
 * Evaluates the literal parts of Terraform expressions:
 * https://developer.hashicorp.com/terraform/language/expressions (read 2026-11).
 */
import { isRecord } from "../json";

/** The value of a local; `undefined` if the document does not determine it. */
export type LocalNamed = (name: string) => { readonly value: unknown } | undefined;

interface Constant {
  readonly value: unknown;
}

/**
 * The value of a text that is a single expression, `${…}`; `undefined` if only Terraform knows it. Parts of a
 * list or an object that only Terraform knows become such a text again.
 */
export function constantOf(text: string, local: LocalNamed): Constant | undefined {
  if (!text.startsWith("${") || !text.endsWith("}") || text.length > longest) return undefined;
  // The lines of a heredoc can look like any syntax.
  if (text.includes("<<")) return undefined;
  return new Reader(text.slice(2, -1), local).whole();
}

const longest = 1_000_000;
/** Every level is a recursive call. */
const deepest = 100;

const space = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const spaceOnLine = /(?:[^\S\n]|\/\*[\s\S]*?\*\/)*(?:#[^\n]*|\/\/[^\n]*)?/y;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const name = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const quotedText = /"((?:[^"\\$%\n]|\\.|[$%](?!\{)|\$\$\{|%%\{)*)"/y;
const forLoop = /for\s/y;
const step = /\.([\p{L}_][\p{L}\p{N}_-]*)|\["([^"\\$%]*)"\]|\[(\d+)\]|\.(\d+)/uy;
const keywords: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

class Reader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly local: LocalNamed,
  ) {}

  whole(): Constant | undefined {
    this.take(space);
    const constant = this.expression();
    this.take(space);
    return this.at === this.text.length ? constant : undefined;
  }

  private expression(): Constant | undefined {
    if (++this.depth > deepest) return undefined;
    const constant = this.primary();
    this.depth--;
    return constant;
  }

  private primary(): Constant | undefined {
    const first = this.text[this.at];
    if (first === '"') return this.quoted();
    if (first === "[") return this.list();
    if (first === "{") return this.object();
    if (this.skip("(")) {
      this.take(space);
      const inside = this.expression();
      this.take(space);
      return this.skip(")") ? inside : undefined;
    }
    const digits = this.take(number);
    if (digits !== undefined) return { value: Number(digits[0]) };
    const word = this.take(name)?.[0];
    if (word === undefined) return undefined;
    if (keywords.has(word)) return { value: keywords.get(word) };
    if (word === "local") return this.ofLocal();
    return this.skip("(") ? this.call(word) : undefined;
  }

  /** A string without interpolation; its escapes for interpolation are kept. */
  private quoted(): Constant | undefined {
    const inside = this.take(quotedText)?.[1];
    if (inside === undefined) return undefined;
    const value = inside.replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs, unescaped);
    return value.includes("\0") ? undefined : { value };
  }

  private list(): Constant | undefined {
    this.at++;
    const value: unknown[] = [];
    for (;;) {
      this.take(space);
      if (this.skip("]")) return { value };
      const part = this.part(space, ",]");
      if (part === undefined) return undefined;
      value.push(part.value);
      this.take(space);
      if (!this.skip(",") && this.text[this.at] !== "]") return undefined;
    }
  }

  private object(): Constant | undefined {
    this.at++;
    const entries = new Map<string, unknown>();
    for (;;) {
      this.take(space);
      if (this.skip("}")) return { value: Object.fromEntries(entries) };
      const key = this.text[this.at] === '"' ? this.quoted()?.value : this.take(name)?.[0];
      this.take(space);
      if (typeof key !== "string" || !(this.skip("=") || this.skip(":"))) return undefined;
      this.take(space);
      const part = this.part(spaceOnLine, ",\n}");
      if (part === undefined) return undefined;
      entries.set(key, part.value);
      this.take(spaceOnLine);
      if (!this.skip(",") && !["\n", "}"].includes(this.text[this.at] ?? "")) return undefined;
    }
  }

  /** One of several parts; if only Terraform knows it, the expression itself. */
  private part(blank: RegExp, ends: string): Constant | undefined {
    const start = this.at;
    const { depth } = this;
    const constant = this.expression();
    this.take(blank);
    if (constant !== undefined && ends.includes(this.text[this.at] ?? "x")) return constant;
    [this.at, this.depth] = [start, depth];
    // A `for` produces a different number of parts.
    if (this.take(forLoop) !== undefined) return undefined;
    this.at = endOfExpression(this.text, start, ends);
    return this.at === start ? undefined : { value: `\${${this.text.slice(start, this.at)}}` };
  }

  private ofLocal(): Constant | undefined {
    let found: Constant | undefined;
    let isFirst = true;
    for (let next = this.take(step); next !== undefined; next = this.take(step)) {
      const key = next[1] ?? next[2] ?? next[3] ?? next[4] ?? "";
      if (isFirst) found = this.local(key);
      else found = partAt(found?.value, key);
      isFirst = false;
    }
    return isFirst || isOpen(found?.value) ? undefined : found;
  }

  private call(called: string): Constant | undefined {
    this.take(space);
    const argument = this.expression();
    this.take(space);
    this.skip(",");
    this.take(space);
    if (argument === undefined || !this.skip(")")) return undefined;
    switch (called) {
      case "jsonencode":
        return jsonTextOf(argument.value);
      case "toset":
      case "tolist":
        return Array.isArray(argument.value) ? argument : undefined;
      case "tomap":
        return isRecord(argument.value) ? argument : undefined;
      default:
        return undefined;
    }
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match;
  }
}

/** Where an expression ends that is not read: at one of these characters outside of its texts and brackets. */
export function endOfExpression(text: string, start: number, ends: string): number {
  const open: string[] = [];
  let at = start;
  while (at < text.length) {
    const character = text[at] ?? "";
    if (open.length === 0 && ends.includes(character)) return at;
    const isInText = open.at(-1) === '"';
    const whole = isInText ? inText : outsideOfText;
    whole.lastIndex = at;
    const token = whole.exec(text)?.[0] ?? character;
    if (token === open.at(-1)) open.pop();
    else if (isInText && /^[$%]\{/.test(token)) open.push("}");
    else if (!isInText && token in closing) open.push(closing[token as keyof typeof closing]);
    at += token.length;
  }
  return at;
}

/** Tokens inside a string: an escape, the start of an interpolation. */
const inText = /\\.|\$\$\{|%%\{|[$%]\{/sy;
const outsideOfText = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const closing = { '"': '"', "(": ")", "[": "]", "{": "}" } as const;
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** An invalid escape becomes a character that no string contains. */
function unescaped(
  _: string,
  short: string | undefined,
  long: string | undefined,
  one: string | undefined,
): string {
  const code = short ?? long;
  if (code === undefined) return escapes[one ?? ""] ?? "\0";
  const point = Number.parseInt(code, 16);
  return point > 0x10ffff ? "\0" : String.fromCodePoint(point);
}

/** Its text, unless that is too long: locals that refer to each other twice grow exponentially. */
function jsonTextOf(value: unknown): Constant | undefined {
  let left = longest;
  const text = JSON.stringify(value, (key, part: unknown) => {
    left -= key.length + (typeof part === "string" ? part.length : 1);
    return left < 0 ? null : part;
  });
  return left < 0 ? undefined : { value: text };
}

function partAt(value: unknown, key: string): Constant | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return { value: (value as Readonly<Record<string, unknown>>)[key] };
}

/** Is it a text that only Terraform can resolve? */
function isOpen(value: unknown): boolean {
  return typeof value === "string" && /[$%]\{/.test(value);
}
