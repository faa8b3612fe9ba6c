/** The output streams of a command, and what is known about their readers. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Colors on standard output. */
  readonly colors: boolean;
  /** Standard error is a terminal. */
  readonly isWatched: boolean;
  /** GitHub Actions' file for the job summary, inside a job. */
  readonly stepSummary: string | undefined;
}

/**
 * Colors on a terminal only, unless https://no-color.org or https://force-color.org say otherwise. Variables
 * affect what is printed, never a verdict.
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
