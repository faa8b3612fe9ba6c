import { inject } from "vitest";

// The process has been used before: while the sources are loaded, the mutant of the last run must not be active any more.
if (inject("mutantActivation") !== "static") {
  const stryker = globalThis[inject("globalNamespace")];
  if (stryker !== undefined) stryker.activeMutant = undefined;
}
