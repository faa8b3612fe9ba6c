import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { BootOptions, Pack } from "../engine/analyzer";
import { bootPack } from "../engine/analyzer";

/** A running pack that can report its heap. */
export interface WeighedPack {
  readonly pack: Pack;
  /** Bytes in use after garbage collection. */
  readonly heap: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export async function bootWeighedPack(path: string, options: BootOptions = {}): Promise<WeighedPack> {
  const probe = new HeapProbe();
  const pack = await bootPack(path, { ...options, env: { ...options.env, ...probe.env } });
  return {
    pack,
    heap: () => probe.heapOf(pack.pid),
    stop: async () => {
      await pack.stop();
      probe.remove();
    },
  };
}

/** Makes Node processes report their heap. */
export class HeapProbe {
  private readonly folder = mkdtempSync(join(tmpdir(), "heap-"));
  private readonly file = join(this.folder, "bytes");
  /** For the processes, or for what starts them. */
  readonly env: Readonly<Record<string, string>>;

  /**
   * `script`: the end of a script's path. Of all Node processes with the environment, only the one that runs
   * it is asked.
   */
  constructor(script?: string) {
    this.env = {
      HEAP_FILE: this.file,
      NODE_OPTIONS: `--require ${join(__dirname, "heap-probe.cjs")}`,
      ...(script === undefined ? {} : { HEAP_SCRIPT: script }),
    };
  }

  /** The process of the script. */
  async pid(): Promise<number> {
    return Number(await this.written(`${this.file}.pid`));
  }

  /** Bytes in use after garbage collection. */
  async heapOf(pid: number): Promise<number> {
    rmSync(this.file, { force: true });
    process.kill(pid, "SIGUSR2");
    return Number(await this.written(this.file));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private async written(file: string): Promise<string> {
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      const text = readIfThere(file);
      if (text !== undefined) return text;
      await setTimeout(10);
    }
    throw new Error(`no process wrote ${file}`);
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Bytes of this process's own heap in use after garbage collection. */
export function ownHeap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Calls with each number below `count`, a batch at a time. */
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
