import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import { expect } from "vitest";
import { main } from "../../cli/main";
import type { Report } from "../../shared/messages/report";
import { reportSchema } from "../pages/report-schema";
import { exampleDay } from "./evaluate";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export type Files = Readonly<Record<string, unknown>>;

/** Runs the command line in a folder with `files`: strings and bytes verbatim, anything else as JSON. */
export async function commandIn(
  files: Files,
  args: readonly string[],
  {
    colors = false,
    stepSummary,
    today = exampleDay,
    before: prepare = () => undefined,
    after = () => undefined,
  }: {
    colors?: boolean;
    stepSummary?: string;
    today?: Date;
    before?: (folder: string) => void;
    after?: (folder: string) => void;
  } = {},
): Promise<Run> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "command-")));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const isRaw = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(join(folder, name), isRaw ? content : JSON.stringify(content, null, 2));
  }
  prepare(folder);
  const before = process.cwd();
  process.chdir(folder);
  const printed = { out: "", error: "" };
  try {
    const code = await main(
      args,
      {
        out: (text) => (printed.out += text),
        error: (text) => (printed.error += text),
        colors,
        isWatched: false,
        stepSummary,
      },
      { path: "./pack", pageOfRule: (rule) => `page of ${rule}\n` },
      today,
    );
    after(folder);
    return { code, ...printed };
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

const isReport = new Ajv({ strict: true, allErrors: true }).compile(reportSchema);

/** The report of `check` over `files`, validated by its schema. */
export async function checked(
  files: Files,
  args: readonly string[],
): Promise<{ readonly code: number; readonly report: Report; readonly error: string }> {
  const { code, out, error } = await commandIn(files, ["check", ...args, "--format", "json"]);
  const report = JSON.parse(out) as Report;
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  return { code, report, error };
}
