import { endOfText, nameAt } from "./json-lines";
import { lineAndColumn } from "./json-text";
import { Unjudgeable } from "./text-file";

/**
 * Rejects JSON text with an object that has a name twice. Readers disagree on its meaning: JavaScript and
 * Azure take the last of the two; Terraform takes both if they are blocks (measured with Terraform 1.11: two
 * `resource` are two resources), so one of them would not be checked.
 */
export function refuseRepeatedNames(text: string): void {
  /** The names of each enclosing object; `undefined` for a list. */
  const around: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 34: {
        const end = endOfText(text, at);
        const names = around.at(-1);
        if (names !== undefined && text.charCodeAt(nextOf(text, end + 1)) === 58) {
          const name = nameAt(text, at, end);
          if (names.has(name)) throw repeatedAt(text, at);
          names.add(name);
        }
        at = end;
        break;
      }
      case 123:
        around.push(new Set());
        break;
      case 91:
        around.push(undefined);
        break;
      case 125:
      case 93:
        around.pop();
        break;
      default:
    }
  }
}

/** The position of the next character that is not whitespace. */
function nextOf(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return at;
}

/** The name may be a secret, so only its position is reported. */
function repeatedAt(text: string, at: number): Unjudgeable {
  return new Unjudgeable(
    `An object has a name twice: ${lineAndColumn(text, at)}. Tools do not agree on which of the two counts.`,
  );
}
