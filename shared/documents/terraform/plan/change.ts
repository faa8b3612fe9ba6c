import type { PlannedChange } from "../../document";
import type { JsonObject } from "../../json";

/**
 * What a plan does with a resource:
 * https://developer.hashicorp.com/terraform/internals/json-format#change-representation (read 2026-11).
 * `undefined` for an unknown action.
 */
export function actionOf({ actions }: JsonObject): PlannedChange["action"] | "remove" | undefined {
  const names: readonly unknown[] = Array.isArray(actions) ? actions : [];
  const isRemoved = names.includes("delete") || names.includes("forget");
  if (names.includes("create")) return isRemoved ? "replace" : "create";
  if (isRemoved) return "remove";
  if (names.includes("update")) return "update";
  return names.includes("no-op") ? "none" : undefined;
}

/** The attributes that force a replacement. The index of a block is left out. */
export function replacedBecauseOf(paths: unknown): readonly string[] {
  if (!Array.isArray(paths)) return [];
  const found = (paths as readonly unknown[]).map((path) =>
    Array.isArray(path) ? path.filter((step) => typeof step === "string").join(".") : "",
  );
  return [...new Set(found)].filter((path) => path !== "");
}
