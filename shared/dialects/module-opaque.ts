import { azurermShape } from "./azurerm";
import type { Dialect } from "./dialect";

/** A module of which only one thing is known: its source names AKS. */
export const opaqueModule: Dialect = {
  ...azurermShape,
  name: "module",
  whole: "what this module makes",
  matches: {
    module: {
      // `aks` as a whole word, or a longer name of the service.
      name: /(?:^|[^a-z])aks(?:[^a-z]|$)|(?:managed|kubernetes)[-_]?cluster/i,
      except: /^(?!.*[-_]with[-_]).*(?:node|agent)[-_]?pools?/i,
      provider: /^az/i,
    },
  },
};
