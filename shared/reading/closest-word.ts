import { closest, distance } from "fastest-levenshtein";

/**
 * The word that a text most likely means: at most two edits away, and fewer edits than the word has letters.
 */
export function closestWord<T extends string>(text: string, words: readonly T[]): T | undefined {
  // A secret or a whole document in the wrong place is not a typo, and this skips the expensive comparison.
  if (text.length > 32) return undefined;
  const typed = text.trim().toLowerCase();
  const near = closest(
    typed,
    words.map((word) => word.toLowerCase()),
  );
  if (distance(typed, near) > Math.min(2, near.length - 2)) return undefined;
  return words.find((word) => word.toLowerCase() === near);
}

/**
 * The address that a target most likely means: at most two edits away. Longer texts are not typos, and
 * comparing them is expensive.
 */
export function closestAddress(target: string, addresses: readonly string[]): string | undefined {
  if (target.length > 500) return undefined;
  const near = addresses.filter(
    (each) => Math.abs(each.length - target.length) <= 2 && distance(each, target) <= 2,
  );
  return near.length === 0 ? undefined : closest(target, near);
}
