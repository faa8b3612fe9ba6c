/** A parsed JSON object of unknown shape. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of JSON text; `undefined` if it cannot be parsed. */
export function parsedJson(text: string): unknown {
  // The most frequent invalid text, from absent attributes; creating an error is slow.
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The objects in a list; empty if it is not a list. */
export function recordsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isRecord) : [];
}

/**
 * A string, or an empty one for anything else. `String()` throws for an object whose `toString` is not a
 * function.
 */
export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
