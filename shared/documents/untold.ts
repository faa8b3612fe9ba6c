import type { Lifecycle } from "./clusters";

/** The lifecycle of a cluster in a document that has no words for one. */
export function untold(): Lifecycle {
  return { ignores: () => false, isProtected: false };
}
