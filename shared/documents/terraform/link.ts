import type { Identity } from "../../reading/identity";

/** What a pool says of its cluster. */
export interface Link {
  /** The addresses of clusters, in the document or not, that it may refer to. */
  readonly addresses: readonly string[];
  /** What a literal id, or the data source that it refers to, names. */
  readonly identity: Identity;
  /** It also hangs on what the document does not show. */
  readonly isOpen: boolean;
}

export const unnamed: Identity = { name: undefined, resourceGroup: undefined };
