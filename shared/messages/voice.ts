/** What a host calls its own steps, so that every host says the rest in the same words. */
export interface Voice {
  /** The step that knows every value. */
  readonly late: string;
  /** What that step does with this cluster, as a sentence. */
  readonly then: string;
}
