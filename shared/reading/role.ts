import type { Dialect } from "../dialects/dialect";
import type { Field } from "./field";
import { isStated } from "./field";
import { walk } from "./paths";

/** The dialect in which a resource is read: one that changes an existing cluster is a patch. */
export function dialectOfRole(root: Field, dialect: Dialect): Dialect {
  const { patches } = dialect;
  if (patches === undefined || walk(root, patches.block, dialect).field.kind !== "object") return dialect;
  const isWhole = patches.without.some((path) => isStated(walk(root, path, dialect).field));
  return isWhole ? dialect : patches.dialect;
}
