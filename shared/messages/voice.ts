/** A host's names for its own steps; everything else is worded the same in every host. */
export interface Voice {
  /** The step that knows every value. */
  readonly late: string;
  /** What that step does with this cluster, as a sentence. */
  readonly then: string;
  /** The language of a fix; by default the program that declares the cluster. */
  readonly language?: Language;
  /** Whether the cluster exists; by default not known. */
  readonly existence?: Existence;
}

/**
 * A document may itself say that its tool is about to replace the cluster, and because of which attributes.
 */
export type Existence =
  "may exist" | "exists" | "is created" | { readonly replacedBecauseOf: readonly string[] };

/** The language of a fix. */
export type Language = "program" | "HCL" | "JSON" | AzureCli;

/** Commands that change a running cluster. */
export interface AzureCli {
  readonly cluster: { readonly name: string | undefined; readonly resourceGroup: string | undefined };
}
