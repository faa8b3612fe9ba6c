/** What a host calls its own steps, so that every host says the rest in the same words. */
export interface Voice {
  /** The step that knows every value. */
  readonly late: string;
  /** What that step does with this cluster, as a sentence. */
  readonly then: string;
  /** What a fix is written in; by default the program that declares the cluster. */
  readonly language?: Language;
  /** What is known of whether the cluster exists; by default nothing. */
  readonly existence?: Existence;
}

/** A document may say by itself that its tool is about to replace the cluster, and because of which attributes. */
export type Existence =
  "may exist" | "exists" | "is created" | { readonly replacedBecauseOf: readonly string[] };

/** What a fix is written in. */
export type Language = "program" | "HCL" | "JSON" | AzureCli;

/** Commands that change a cluster that runs. */
export interface AzureCli {
  readonly cluster: { readonly name: string | undefined; readonly resourceGroup: string | undefined };
}
