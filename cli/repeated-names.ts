import { endOfText, nameAt } from "./json-lines";
import { lineAndColumn } from "./json-text";
import { Unjudgeable } from "./text-file";

/**
 * Rejects JSON text with an object that has a name twice. Readers disagree on its meaning: JavaScript and
 * Azure take the last of the two; Terraform takes both if they are blocks (measured with Terraform 1.11: two
 * `resource` are two resources), so one of them would not be checked.
 */
export function refuseRepeatedNames(text: string): void {
  /** The names of the current object, and of those around it. A list has none. */
  let names = new Set<string>();
  const around: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 34: {
        const end = endOfText(text, at);
        if (isColonNext(text, end + 1)) {
          const name = nameAt(text, at, end);
          if (names.has(name)) throw repeatedAt(text, at);
          names.add(name);
        }
        at = end;
        break;
      }
      case 123:
      case 91:
        around.push(names);
        names = new Set();
        break;
      case 125:
      case 93:
        names = around.pop() ?? names;
        break;
      default:
    }
  }
}

const colon = /\s*:/y;

function isColonNext(text: string, from: number): boolean {
  colon.lastIndex = from;
  return colon.test(text);
}

/** The name may be a secret, so only its position is reported. */
function repeatedAt(text: string, at: number): Unjudgeable {
  return new Unjudgeable(
    `An object has a name twice: ${lineAndColumn(text, at)}. Tools do not agree on which of the two counts.`,
  );
}
