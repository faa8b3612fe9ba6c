import { snakeCase } from "../../dialects/spelling";
import type { Lifecycle } from "../clusters";
import type { JsonObject } from "../json";
import { isRecord, textIn } from "../json";
import { listOf } from "./syntax";

/**
 * The meta-argument `lifecycle` of a resource:
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle (read 2026-11).
 */
export function lifecycleIn({ lifecycle }: JsonObject): Lifecycle {
  const blocks = listOf(lifecycle).filter(isRecord);
  const ignored = blocks.flatMap((block) => listOf(block["ignore_changes"])).map(textIn);
  return {
    ignores: (path) => ignored.some((each) => covers(each, snakeCase(path))),
    isProtected: blocks.some(
      (block) => block["prevent_destroy"] === true || block["prevent_destroy"] === "true",
    ),
  };
}

/** Does a path of `ignore_changes` cover a setting, or a part of it? */
function covers(ignored: string, path: string): boolean {
  if (ignored === "all") return true;
  const name = ignored.replace(/\s|\[[^\]]*\]|\.\d+(?![^.])/g, "");
  return path === name || path.startsWith(`${name}.`) || name.startsWith(`${path}.`);
}
