/**
 * A text of somebody else's, made safe to print: line breaks, control characters and characters that hide or reorder others
 * are shown as `\u{1b}`, and so is what would begin a command of a pipeline, `::` at the start for GitHub and `##[` or
 * `##vso[` anywhere for Azure Pipelines.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s*:(?=:)|#(?=#(?:vso)?\[)/giu, escaped);
}

function escaped(text: string): string {
  const last = text.slice(-1);
  // A blank before the command stays, and half a character is one of its own.
  const [before, character] = last === ":" ? [text.slice(0, -1), last] : ["", text];
  return `${before}\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
