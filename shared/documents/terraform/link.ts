import type { Identity } from "../../reading/identity";

/** What a pool says about its cluster. */
export interface Link {
  /** The addresses of clusters, in the document or not, that it may refer to. */
  readonly addresses: readonly string[];
  /** What a literal id, or the data source that it refers to, names. */
  readonly identity: Identity;
  /** The outputs of documents of the same program that it refers to. */
  readonly outputs?: readonly OutputOfDocument[];
  /** It also depends on what the document does not show. */
  readonly isOpen: boolean;
}

/** An output of a document, as another document of the same program reads it. */
export interface OutputOfDocument {
  /** The name that the program's documents have among each other. */
  readonly document: string;
  readonly output: string;
}

export const unnamed: Identity = { name: undefined, resourceGroup: undefined };

/** It may be anything. */
export const unclear: Link = { addresses: [], identity: unnamed, isOpen: true };
