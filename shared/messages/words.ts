/** A finding in words, part by part, in reading order. */
export interface Words {
  readonly found: string;
  /** An explanation that cannot be seen where the cluster is declared. */
  readonly unseen?: readonly string[];
  readonly why?: string;
  /** What to do. */
  readonly fix?: readonly string[];
  /** What that does to an existing cluster. */
  readonly effect?: string | undefined;
  readonly notes?: readonly string[];
  /** Where to read on. */
  readonly more: string;
}
