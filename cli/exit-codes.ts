/** What a pipeline may build on. */
export const exitCodes = {
  /** Nothing at level error. */
  clean: 0,
  /** Something is, or, where that was asked for, at level warning. */
  findings: 1,
  /** Wrong use, a configuration that is not valid, an input that cannot be read or is of no kind. */
  notChecked: 2,
  /** No cluster in any input. */
  nothingFound: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
