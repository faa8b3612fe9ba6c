import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Progress } from "../../cli/progress";

let printed: string[];
const progressOf = (isWatched: boolean): Progress =>
  new Progress({
    out: () => undefined,
    error: (text) => printed.push(text),
    colors: false,
    isWatched,
    stepSummary: undefined,
  });

beforeEach(() => {
  printed = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the file being read is shown", () => {
  test("on a terminal, once it takes longer than people like to wait, and cleared at the end", () => {
    const progress = progressOf(true);
    progress.at("a.json");
    vi.advanceTimersByTime(2_999);
    progress.at("b.json");
    expect(printed).toEqual([]);
    vi.advanceTimersByTime(1);
    progress.at("c.json");
    progress.at("d\u001b.json");
    progress.end();
    expect(printed).toEqual([
      "\r\u001b[2KReading c.json …",
      "\r\u001b[2KReading d\\u{1b}.json …",
      "\r\u001b[2K",
    ]);
  });

  test("nowhere else, however long it takes", () => {
    const progress = progressOf(false);
    vi.advanceTimersByTime(10_000);
    progress.at("a.json");
    progress.end();
    expect(printed).toEqual([]);
  });

  test("and nothing is cleared if nothing was shown", () => {
    const progress = progressOf(true);
    progress.at("a.json");
    progress.end();
    expect(printed).toEqual([]);
  });
});
