import { inject } from "vitest";

// The process was used before: while the sources are loaded, the previous run's mutant must no longer be
// active.
if (inject("mutantActivation") !== "static") {
  const stryker = globalThis[inject("globalNamespace")];
  if (stryker !== undefined) stryker.activeMutant = undefined;
}
