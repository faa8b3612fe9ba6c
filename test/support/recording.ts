import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a process asked of the outside. */
export interface Asked {
  readonly kind: "read" | "write" | "connect" | "listen" | "datagram" | "name" | "process" | "environment";
  readonly detail: string;
  /** This package's own code asked, and not its host or its SDK by itself. */
  readonly ours: boolean;
}

export interface Recording {
  /** For the process whose doings are to be noted. */
  readonly env: Readonly<Record<string, string>>;
  /** What was asked since the last call. */
  readonly take: () => readonly Asked[];
  readonly stop: () => void;
}

export function startRecording(): Recording {
  const folder = mkdtempSync(join(tmpdir(), "recording-"));
  const file = join(folder, "asked");
  let taken = 0;
  return {
    env: { RECORDER_FILE: file, NODE_OPTIONS: `--require ${join(__dirname, "recorder.cjs")}` },
    take: () => {
      const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
      const asked = lines.slice(taken).map((line) => JSON.parse(line) as Asked);
      taken = lines.length;
      return asked;
    },
    stop: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
