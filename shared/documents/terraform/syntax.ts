/** What a value of Terraform's JSON syntax may be other than the plain value: a list of blocks, an expression, a token of CDKTF. */

/** Blocks may be written in a list, and one block without it. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Is it a value that CDKTF or CDK Terrain has not resolved yet? Tokens hide in texts, numbers, lists, maps and objects alike. */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value.includes("TfToken[");
    case "number":
      // A number that stands for a token is far below any that means something.
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

/** Does a text hold something that Terraform fills in? A doubled `$${` is a plain text. */
export function isExpression(value: unknown): boolean {
  // Most texts have no brace, which is sooner seen.
  return typeof value === "string" && value.includes("{") && /(?<![$%])(?:\$|%)\{/.test(value);
}

/** Is it a value that Terraform or the library fills in? */
export function isFilledIn(value: unknown): boolean {
  return isExpression(value) || isToken(value);
}
