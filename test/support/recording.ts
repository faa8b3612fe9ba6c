import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An access to the outside by a process. */
export interface Asked {
  readonly kind: "read" | "write" | "connect" | "listen" | "datagram" | "name" | "process" | "environment";
  readonly detail: string;
  /** This package's own code made the access, and not its host or its SDK. */
  readonly ours: boolean;
}

export interface Recording {
  /** The environment for the process to record. */
  readonly env: Readonly<Record<string, string>>;
  /** The accesses since the last call. */
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
