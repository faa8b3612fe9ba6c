import type { Token } from "./tokens";
import { tokensOf } from "./tokens";

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number }
  | Call
  | { readonly kind: "path"; readonly start: Expression; readonly steps: readonly Step[] };

export interface Call {
  readonly kind: "call";
  /** In lower case: Azure's function names are case-insensitive. */
  readonly name: string;
  readonly arguments: readonly Expression[];
}

/**
 * `.key`, `['key']` or `[0]`, or a safe form, `.?key` or `[?'key']`, which gives null if nothing is there.
 */
export interface Step {
  readonly key: Expression;
  readonly isSafe: boolean;
}

/** "A template expression can't exceed 24,576 characters" (template-expressions, learn.microsoft.com, 2020-03-17). */
export const longestExpression = 24_576;

/** How deep calls may nest. Handwritten and Bicep-generated expressions stay far below. */
const deepest = 200;

/** Is it an expression in brackets? Text that begins with two brackets is plain text. */
export function isExpression(text: string): boolean {
  return text.startsWith("[") && !text.startsWith("[[") && text.endsWith("]");
}

/** Unescapes plain text that begins with two brackets. */
export function plainText(text: string): string {
  return text.startsWith("[[") && text.endsWith("]") ? text.slice(1) : text;
}

/** Parses an expression in brackets; `undefined` if it cannot be parsed. */
export function parseExpression(text: string): Expression | undefined {
  if (text.length > longestExpression) return undefined;
  const tokens = tokensOf(text.slice(1, -1));
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens);
  const expression = parser.expression(0);
  return parser.isAtEnd() ? expression : undefined;
}

class Parser {
  private next = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  isAtEnd(): boolean {
    return this.next === this.tokens.length;
  }

  expression(depth: number): Expression | undefined {
    if (depth > deepest) return undefined;
    const start = this.start(depth);
    if (start === undefined) return undefined;
    const steps: Step[] = [];
    while (this.isAtStep()) {
      const step = this.step(depth);
      if (step === undefined) return undefined;
      steps.push(step);
    }
    return steps.length === 0 ? start : { kind: "path", start, steps };
  }

  private start(depth: number): Expression | undefined {
    const token = this.take();
    if (token?.kind === "literal") return { kind: "literal", value: token.value };
    if (token?.kind !== "name") return undefined;
    let name = token.text;
    // `namespace.function()` is a function that the template defines.
    while (this.takeSign(".")) {
      const part = this.take();
      if (part?.kind !== "name") return undefined;
      name += `.${part.text}`;
    }
    const parsed = this.takeSign("(") ? this.argumentsTo(depth) : undefined;
    return parsed === undefined ? undefined : { kind: "call", name: name.toLowerCase(), arguments: parsed };
  }

  private argumentsTo(depth: number): readonly Expression[] | undefined {
    const all: Expression[] = [];
    if (this.takeSign(")")) return all;
    do {
      const each = this.expression(depth + 1);
      if (each === undefined) return undefined;
      all.push(each);
    } while (this.takeSign(","));
    return this.takeSign(")") ? all : undefined;
  }

  private isAtStep(): boolean {
    const token = this.tokens[this.next];
    return token?.kind === "sign" && (token.text === "." || token.text === "[");
  }

  private step(depth: number): Step | undefined {
    if (this.takeSign(".")) {
      const isSafe = this.takeSign("?");
      const name = this.take();
      return name?.kind === "name" ? { key: { kind: "literal", value: name.text }, isSafe } : undefined;
    }
    this.take();
    const isSafe = this.takeSign("?");
    const key = this.expression(depth + 1);
    return key !== undefined && this.takeSign("]") ? { key, isSafe } : undefined;
  }

  private take(): Token | undefined {
    return this.tokens[this.next++];
  }

  private takeSign(text: string): boolean {
    const token = this.tokens[this.next];
    if (token?.kind !== "sign" || token.text !== text) return false;
    this.next++;
    return true;
  }
}
