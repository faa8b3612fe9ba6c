/** A JSON object that is parsed, and of which nothing else is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value that a text is in JSON; `undefined` where it is none. */
export function parsedJson(text: string): unknown {
  // The most frequent text that is none, of attributes that are not there: an error takes long to make.
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The objects of a list; none where it is no list. */
export function recordsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isRecord) : [];
}

/** A text, or an empty one in the place of anything else. `String()` fails on an object whose `toString` is no function. */
export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
