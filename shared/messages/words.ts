/** A finding in words, part by part, in the order in which they are read. */
export interface Words {
  readonly found: string;
  /** What explains it and is not to be seen where the cluster is declared. */
  readonly unseen?: readonly string[];
  readonly why?: string;
  /** What to do. */
  readonly fix?: readonly string[];
  /** What that does to a cluster that exists. */
  readonly effect?: string | undefined;
  readonly notes?: readonly string[];
  /** Where to read on. */
  readonly more: string;
}
