import type { Identity } from "../../reading/identity";

/** What a pool refers to as its cluster. */
export interface Link {
  /** The addresses of the clusters that it may refer to, in the document or not. */
  readonly addresses: readonly string[];
  /** The name and group in a literal ID, or in the data source that it refers to. */
  readonly identity: Identity;
  /** The outputs of documents of the same program that it refers to. */
  readonly outputs?: readonly OutputOfDocument[];
  /** It also depends on something that the document does not show. */
  readonly isOpen: boolean;
}

/** An output of a document, as another document of the same program reads it. */
export interface OutputOfDocument {
  /** The document's name among the program's documents. */
  readonly document: string;
  readonly output: string;
}

export const unnamed: Identity = { name: undefined, resourceGroup: undefined };

/** It may refer to anything. */
export const unclear: Link = { addresses: [], identity: unnamed, isOpen: true };
