import { isBefore } from "./version";

/**
 * The newest version that a constraint of Terraform allows, as far as it says so: `~> 0.3.0` allows what comes just before
 * 0.4.0. `undefined` where it sets no upper bound or cannot be read: https://developer.hashicorp.com/terraform/language/expressions/version-constraints.
 */
export function newestAllowedBy(constraint: string): string | undefined {
  let newest: string | undefined;
  for (const part of constraint.split(",")) {
    const bound = upperBoundOf(part.trim());
    if (bound === "unclear") return undefined;
    if (bound !== undefined && (newest === undefined || isBefore(bound, newest))) newest = bound;
  }
  return newest;
}

function upperBoundOf(text: string): string | "unclear" | undefined {
  const [, operator = "=", version] =
    /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,2}(?:-[\w.-]+)?)$/.exec(text) ?? [];
  if (version === undefined) return "unclear";
  switch (operator) {
    case "=":
    case "<=":
      return version;
    case "<":
      return justBefore(version);
    case "~>": {
      // The last number may grow. A single number has none before it that must stay.
      const [major = 0, minor, patch] = version.replace(/-.*$/, "").split(".").map(Number);
      if (minor === undefined) return undefined;
      return justBefore(patch === undefined ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`);
    }
    default:
      return undefined;
  }
}

/** A version that is older than this one and newer than every release before it. */
function justBefore(version: string): string {
  return `${version}-0`;
}
