/** Stable: pipelines depend on these. */
export const exitCodes = {
  /** No finding at level error. */
  clean: 0,
  /** Findings at level error, or, if requested, at level warning. */
  findings: 1,
  /** Wrong use, an invalid configuration, an input that cannot be read or is not recognized. */
  notChecked: 2,
  /** No cluster in any input. */
  nothingFound: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
