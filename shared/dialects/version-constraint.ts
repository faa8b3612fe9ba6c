import { isBefore } from "./version";

/**
 * The newest version that a Terraform constraint allows, if it has an upper bound: `~> 0.3.0` allows
 * everything just below 0.4.0. `undefined` without an upper bound or if it cannot be parsed:
 * https://developer.hashicorp.com/terraform/language/expressions/version-constraints.
 */
export function newestAllowedBy(constraint: string): string | undefined {
  let newest: string | undefined;
  for (const part of constraint.split(",")) {
    const bound = upperBoundOf(part);
    if (!bound.isClear) return undefined;
    const { version } = bound;
    if (version !== undefined && (newest === undefined || isBefore(version, newest))) newest = version;
  }
  return newest;
}

/** Without a version, every version is allowed. */
type UpperBound =
  { readonly isClear: false } | { readonly isClear: true; readonly version: string | undefined };

/** The operator and the version in a part of a constraint. */
function partOf(text: string): { readonly operator: string; readonly version: string | undefined } {
  const [, operator = "=", version] =
    /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,2}(?:-[\w.-]+)?)$/.exec(text.trim()) ?? [];
  return { operator, version };
}

function upperBoundOf(text: string): UpperBound {
  const { operator, version } = partOf(text);
  if (version === undefined) return { isClear: false };
  switch (operator) {
    case "=":
    case "<=":
      return { isClear: true, version };
    case "<":
      return { isClear: true, version: justBefore(version) };
    case "~>": {
      // The last number may grow. A single number has none before it to keep.
      const [major = 0, minor, patch] = version.replace(/-.*$/, "").split(".").map(Number);
      if (minor === undefined) return { isClear: true, version: undefined };
      const next = patch === undefined ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
      return { isClear: true, version: justBefore(next) };
    }
    default:
      return { isClear: true, version: undefined };
  }
}

/** A version older than this one and newer than every release before it. */
function justBefore(version: string): string {
  return `${version}-0`;
}

/**
 * The version that a Terraform constraint pins, possibly among other constraints: `4.1.0` or `= 4.1.0`.
 * `undefined` if it pins none.
 */
export function exactVersionIn(constraint: string): string | undefined {
  for (const part of constraint.split(",")) {
    const { operator, version } = partOf(part);
    if (operator === "=" && version !== undefined) return version;
  }
  return undefined;
}
