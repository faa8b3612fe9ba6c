/**
 * Makes foreign text safe to print: line breaks, control characters and characters that hide or reorder
 * others are shown as `\u{1b}`. So is the start of a pipeline command: `::` at the beginning for GitHub, and
 * `##[` or `##vso[` anywhere for Azure Pipelines.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s*:(?=:)|#(?=#(?:vso)?\[)/giu, escaped);
}

function escaped(text: string): string {
  const last = text.slice(-1);
  // A space before the command is kept, and half a surrogate pair counts as one character.
  const [before, character] = last === ":" ? [text.slice(0, -1), last] : ["", text];
  return `${before}\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
