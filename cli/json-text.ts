import { Unreadable } from "./text-file";

/** Text that is not JSON, with the position of the error. */
export class NoJson extends Unreadable {}

/**
 * The value of JSON text. Node's own error may quote the text, which may hold a secret, so only the position
 * is reported.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (text.trim() === "") throw new Unreadable("It is empty.");
    throw new NoJson(`It is not JSON: ${lineAndColumn(text, endOfJson(text))}.`);
  }
}

/** The position of a character, counted from `line 1, column 1`. */
export function lineAndColumn(text: string, at: number): string {
  const before = text.slice(0, at);
  return `line ${before.split("\n").length}, column ${at - before.lastIndexOf("\n")}`;
}

/** JSON lines: every line is a value. `undefined` if the text is something else. */
export function parseJsonLines(text: string): readonly unknown[] | undefined {
  // Most texts are a single long value.
  const second = /[^\s]/g;
  second.lastIndex = text.indexOf("\n");
  if (second.lastIndex <= 0 || second.exec(text)?.[0] !== "{" || !text.startsWith("{")) return undefined;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  try {
    return lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    return undefined;
  }
}

const blank = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected = "value" | "value or ]" | "name" | "name or }" | ":" | ", or end";

/** The position of the first character that is not valid JSON. */
function endOfJson(text: string): number {
  const around: string[] = [];
  let expected: Expected = "value";
  let at = 0;
  for (;;) {
    at = endOf(blank, text, at) ?? at;
    const mark = text[at] ?? "";
    if (!mayFollow(mark, expected, around.at(-1))) return at;
    switch (mark) {
      case "{":
        around.push("}");
        expected = "name or }";
        at += 1;
        break;
      case "[":
        around.push("]");
        expected = "value or ]";
        at += 1;
        break;
      case "}":
      case "]":
        around.pop();
        expected = ", or end";
        at += 1;
        break;
      case ",":
        expected = around.at(-1) === "}" ? "name" : "value";
        at += 1;
        break;
      case ":":
        expected = "value";
        at += 1;
        break;
      case '"': {
        const { end, isWhole } = stringFrom(text, at);
        if (!isWhole) return end;
        expected = expected.startsWith("name") ? ":" : ", or end";
        at = end;
        break;
      }
      default: {
        const end = endOf(scalar, text, at);
        if (end === undefined) return at;
        expected = ", or end";
        at = end;
      }
    }
  }
}

function mayFollow(mark: string, expected: Expected, close: string | undefined): boolean {
  const isPunctuation = ["", "}", "]", ",", ":"].includes(mark);
  switch (expected) {
    case "value":
      return !isPunctuation;
    case "value or ]":
      return !isPunctuation || mark === "]";
    case "name":
      return mark === '"';
    case "name or }":
      return mark === '"' || mark === "}";
    case ":":
      return mark === ":";
    case ", or end":
      return close !== undefined && (mark === "," || mark === close);
  }
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** The end of a string, or the position at which it becomes invalid. */
function stringFrom(text: string, start: number): { readonly end: number; readonly isWhole: boolean } {
  let at = start + 1;
  while (text.charCodeAt(at) >= 0x20) {
    if (text[at] === '"') return { end: at + 1, isWhole: true };
    const end = text[at] === "\\" ? endOf(escape, text, at) : at + 1;
    if (end === undefined) break;
    at = end;
  }
  return { end: at, isWhole: false };
}
