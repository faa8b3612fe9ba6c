import type { Token } from "./tokens";
import { tokensOf } from "./tokens";

/** A parsed expression. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number }
  /** The name is in lower case, because Azure's functions are the same in any case. */
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "path"; readonly start: Expression; readonly steps: readonly Step[] };

/** `.key`, `['key']` or `[0]`, or one of the safe forms `.?key` and `[?'key']`, which give null where nothing is. */
export interface Step {
  readonly key: Expression;
  readonly isSafe: boolean;
}

/** "A template expression can't exceed 24,576 characters" (template-expressions, learn.microsoft.com, 2020-03-17). */
export const longestExpression = 24_576;

/** How deep calls may nest. What people and Bicep write stays far below. */
const deepest = 200;

/** Is it an expression in brackets? A text that begins with two brackets is a plain one. */
export function isExpression(text: string): boolean {
  return text.startsWith("[") && !text.startsWith("[[") && text.endsWith("]");
}

/** The plain text that is written with two brackets, where one would begin an expression. */
export function plainText(text: string): string {
  return text.startsWith("[[") && text.endsWith("]") ? text.slice(1) : text;
}

/** Parses an expression in brackets; `undefined` for one that cannot be parsed. */
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
    let name = token.text.toLowerCase();
    // `namespace.function()` is one that the template defines.
    while (this.takeSign(".")) {
      const part = this.take();
      if (part?.kind !== "name") return undefined;
      name += `.${part.text.toLowerCase()}`;
    }
    const parsed = this.takeSign("(") ? this.argumentsTo(depth) : undefined;
    return parsed === undefined ? undefined : { kind: "call", name, arguments: parsed };
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
