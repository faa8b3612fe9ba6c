import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BootOptions, Pack } from "../engine/analyzer";
import { bootPack } from "../engine/analyzer";
import { createPolicies } from "../../pulumi-pack/policies";
import { serveInProcess } from "../engine/in-process";
import { exampleDay } from "./evaluate";

/** The pack as a directory, as in a clone and an installed package. */
export const packFolder = join(__dirname, "..", "..", "pulumi-pack");

const dist = join(__dirname, "..", "..", "dist");

/** One executable file with everything in it. */
export const singleFile = join(dist, "aks-network-policy-pack.cjs");

/** What `pulumi policy publish` packs. */
export const publishedFolder = join(dist, "policy-pack");

/**
 * Mutation tests change the sources in their own process: the pack runs in it, from its sources and without the
 * file that starts it.
 */
export const isInProcess = process.env["PACK_IN_PROCESS"] !== undefined;

/**
 * The cases of a large table. In a mutation run every seventh is enough, because the tables of the shared code
 * run there without the pack: seven shares no factor with the numbers of spellings and of tools.
 */
export function casesHere<Case>(cases: readonly Case[]): readonly Case[] {
  return isInProcess ? cases.filter((_, i) => i % 7 === 0) : cases;
}

/** A running pack whose clock the test sets. */
export interface ClockedPack {
  readonly pack: Pack;
  readonly setToday: (today: Date) => void;
  readonly stop: () => Promise<void>;
}

export async function bootClockedPack(options: BootOptions = {}, path = packFolder): Promise<ClockedPack> {
  if (isInProcess) return inProcess(options);
  const folder = mkdtempSync(join(tmpdir(), "clock-"));
  const file = join(folder, "now");
  const setToday = (today: Date): void => {
    writeFileSync(file, today.toISOString());
  };
  setToday(exampleDay);
  const env = {
    ...options.env,
    FAKE_CLOCK_FILE: file,
    NODE_OPTIONS: `--require ${join(__dirname, "fake-clock.cjs")}`,
  };
  const pack = await bootPack(path, { ...options, env });
  return {
    pack,
    setToday,
    stop: async () => {
      await pack.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function inProcess(options: BootOptions): Promise<ClockedPack> {
  let now = exampleDay;
  const starts = () => serveInProcess(createPolicies({ today: () => now }));
  const pack = await bootPack(packFolder, { ...options, starts });
  return { pack, setToday: (today) => (now = today), stop: () => pack.stop() };
}
