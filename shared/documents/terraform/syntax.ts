/**
 * What a value in Terraform's JSON syntax may be besides a plain value: a list of blocks, an expression, a
 * CDKTF token.
 */

/** A single block may be written with or without a list around it. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/**
 * Is it a value that CDKTF or CDK Terrain has not resolved yet? Strings, numbers, lists, maps and objects may
 * all be tokens.
 */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value.includes("TfToken[");
    case "number":
      // A number token is far below any meaningful number.
      return value < -1e280;
    case "object":
      if (value === null || Array.isArray(value)) return false;
      if ("resolve" in value && typeof value.resolve === "function") return true;
      return Object.keys(value).some((key) => key.includes("TfToken["));
    case "function":
      return true;
    case "bigint":
    case "boolean":
    case "symbol":
    case "undefined":
      return false;
  }
}

/** Does a string contain something that Terraform interpolates? A doubled `$${` is plain text. */
export function isExpression(value: unknown): boolean {
  // Most strings have no brace, which is faster to check.
  return typeof value === "string" && value.includes("{") && /(?<![$%])(?:\$|%)\{/.test(value);
}

/** Is it a value that Terraform or the library resolves? */
export function isFilledIn(value: unknown): boolean {
  return isExpression(value) || isToken(value);
}
