import type { Report } from "../../shared/messages/report";

export function json(report: Report): string {
  return jsonText(report);
}

/** JSON without a character that steers a terminal. It ends with a line break. */
export function jsonText(value: unknown): string {
  return `${seen(JSON.stringify(value, null, 2))}\n`;
}

/** JSON escapes control characters but for these, which steer a terminal or reorder what a reviewer sees all the same. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|#(?=#(?:vso)?\[)/giu;

/** A JSON text with every character in it to be seen. */
export function seen(text: string): string {
  return text.replace(unseen, (character) => (character === "\n" ? character : escaped(character)));
}

function escaped(character: string): string {
  // JSON escapes UTF-16 units, of which a character may have two.
  const units = character.split("");
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
