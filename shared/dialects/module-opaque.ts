import { azurermShape } from "./azurerm";
import type { Dialect } from "./dialect";

/** A module of which nothing is known but that its source names AKS. */
export const opaqueModule: Dialect = {
  ...azurermShape,
  name: "module",
  whole: "what this module makes",
  matches: {
    module: {
      // `aks` as a word of its own, or a longer name of the service.
      source: /(?:^|[^a-z])aks(?:[^a-z]|$)|(?:managed|kubernetes)[-_]?cluster/i,
      except: /(?:node|agent)[-_]?pools?/i,
    },
  },
};
