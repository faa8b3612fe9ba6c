import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { streamsOfProcess } from "../../cli/streams";

const isTTY = (stream: NodeJS.WriteStream, value: boolean): void => {
  vi.spyOn(stream, "isTTY", "get").mockReturnValue(value);
};

beforeEach(() => {
  for (const name of ["NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"]) vi.stubEnv(name, undefined);
  for (const stream of [process.stdout, process.stderr])
    Object.defineProperty(stream, "isTTY", { configurable: true, get: () => false });
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test.each([
  ["out", process.stdout],
  ["error", process.stderr],
] as const)("output goes to the process's own stream: %s", (name, stream) => {
  const written: unknown[] = [];
  vi.spyOn(stream, "write").mockImplementation((text) => {
    written.push(text);
    return true;
  });
  streamsOfProcess()[name]("text");
  expect(written).toEqual(["text"]);
});

describe("colors", () => {
  test.each<[terminal: boolean, NO_COLOR: string | undefined, FORCE_COLOR: string | undefined, boolean]>([
    [false, undefined, undefined, false],
    [true, undefined, undefined, true],
    [true, "1", undefined, false],
    [true, "", undefined, true],
    [false, undefined, "1", true],
    [false, undefined, "", false],
    [true, undefined, "0", false],
    [false, undefined, "0", false],
    [true, "1", "1", false],
  ])("on a terminal (%s), with NO_COLOR=%s and FORCE_COLOR=%s: %s", (terminal, never, always, colors) => {
    isTTY(process.stdout, terminal);
    vi.stubEnv("NO_COLOR", never);
    vi.stubEnv("FORCE_COLOR", always);
    expect(streamsOfProcess().colors).toBe(colors);
  });
});

test.each([true, false])("standard error is watched if it is a terminal: %s", (isTerminal) => {
  isTTY(process.stderr, isTerminal);
  expect(streamsOfProcess().isWatched).toBe(isTerminal);
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["summary.md", "summary.md"],
])("the job summary file of GitHub Actions in %s is %s", (variable, stepSummary) => {
  vi.stubEnv("GITHUB_STEP_SUMMARY", variable);
  expect(streamsOfProcess().stepSummary).toBe(stepSummary);
});
