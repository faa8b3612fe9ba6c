import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { BootOptions, Pack } from "../engine/analyzer";
import { bootPack } from "../engine/analyzer";

/** A booted pack whose process tells its heap. */
export interface WeighedPack {
  readonly pack: Pack;
  /** Bytes in use after garbage collection. */
  readonly heap: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export async function bootWeighedPack(path: string, options: BootOptions = {}): Promise<WeighedPack> {
  const folder = mkdtempSync(join(tmpdir(), "heap-"));
  const file = join(folder, "bytes");
  const env = {
    ...options.env,
    HEAP_FILE: file,
    NODE_OPTIONS: `--require ${join(__dirname, "heap-probe.cjs")}`,
  };
  const pack = await bootPack(path, { ...options, env });
  return {
    pack,
    heap: async () => {
      rmSync(file, { force: true });
      process.kill(pack.pid, "SIGUSR2");
      for (const end = Date.now() + 30_000; Date.now() < end;) {
        const bytes = readIfThere(file);
        if (bytes !== undefined) return Number(bytes);
        await setTimeout(10);
      }
      throw new Error("the pack's process did not tell its heap");
    },
    stop: async () => {
      await pack.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Bytes of this process's own heap that are in use after garbage collection. */
export function ownHeap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Calls with each of the numbers below `count`, so many at a time. */
export async function forEachOf(
  count: number,
  call: (i: number) => Promise<unknown>,
  atATime = 16,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await call(next++);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
