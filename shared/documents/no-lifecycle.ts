import type { Lifecycle } from "./clusters";

/** The lifecycle of a cluster in a document that cannot express one. */
export function noLifecycle(): Lifecycle {
  return { ignores: () => false, isProtected: false };
}
