/** Where a door cannot say what the table says, or says something else, and why. The rest must be the same everywhere. */
import type { Model } from "../fuzz/generate";

export interface Difference {
  /** The doors that it is about, by their names. */
  readonly doors: RegExp;
  readonly what: string;
  readonly why: string;
  readonly is:
    /** Such a cluster does not go this way. */
    | { readonly cannotSay: (model: Model) => boolean }
    /** The door's answer is the table's on another cluster. */
    | { readonly readsAs: (model: Model) => Model }
    /** The door says beside it what the table says of another cluster. */
    | { readonly saysAlso: (model: Model) => Model };
}

export const differences: readonly Difference[] = [];
