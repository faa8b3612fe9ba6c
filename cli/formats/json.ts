import type { Report } from "../../shared/messages/report";

export function json(report: Report): string {
  return jsonText(report);
}

/** JSON without terminal control characters, ending with a line break. */
export function jsonText(value: unknown): string {
  return `${seen(JSON.stringify(value, null, 2))}\n`;
}

/** Characters that JSON does not escape although they control a terminal or reorder what a reviewer sees. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|#(?=#(?:vso)?\[)/giu;

/** JSON text with every character visible. */
export function seen(text: string): string {
  return text.replace(unseen, (character) => (character === "\n" ? character : escaped(character)));
}

function escaped(character: string): string {
  // JSON escapes UTF-16 units, and a character may have two.
  const units = character.split("");
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
