/** Where a command prints, and what is known of who reads it. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Colors on standard output. */
  readonly colors: boolean;
  /** A person watches standard error. */
  readonly isWatched: boolean;
  /** The file in which GitHub Actions expects a job's summary, in such a job. */
  readonly stepSummary: string | undefined;
}

/**
 * Colors on a terminal only, unless https://no-color.org or https://force-color.org say otherwise. Variables steer what is
 * printed and never a verdict.
 */
export function streamsOfProcess(): Streams {
  const { NO_COLOR: never = "", FORCE_COLOR: always = "", GITHUB_STEP_SUMMARY: summary = "" } = process.env;
  return {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    colors: never === "" && (always === "" ? process.stdout.isTTY : always !== "0"),
    isWatched: process.stderr.isTTY,
    stepSummary: summary === "" ? undefined : summary,
  };
}
