/** The days on which facts were read. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../shared/rules";
import { effectSources } from "../../shared/fixes/known-changes";
import type { Evidence } from "./evidence";
import { root } from "./surface";

/** After how many days a fact must be read again. */
export const oldestFact = 180;

export interface DatedFact {
  readonly where: string;
  /** `YYYY-MM-DD`, or `YYYY-MM`, which counts from its first day. */
  readonly read: string;
}

/** `read 2026-08`, `read: "2026-08-20"`, `reviewed: "2026-08-20"`. */
const dates = /\b(?:read|reviewed):? "?(20\d\d-\d\d(?:-\d\d)?)\b/gi;

export function datedFactsIn(text: string, file: string): DatedFact[] {
  return text
    .split("\n")
    .flatMap((line, i) =>
      [...line.matchAll(dates)].map(([, read = ""]) => ({ where: `${file}:${i + 1}`, read })),
    );
}

/** Every dated fact in the sources and the evidence. */
export function datedFacts(evidence: readonly Evidence[]): DatedFact[] {
  const files = ["shared", "pulumi-pack", "cdktf-aspect", "test/facts"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
  );
  return [
    ...files.flatMap((file) => datedFactsIn(readFileSync(join(root, file), "utf8"), file)),
    ...evidence.map(({ called, read }) => ({ where: `test/facts/evidence/, versions of ${called}`, read })),
  ];
}

export function olderThan(days: number, facts: readonly DatedFact[], today: Date): DatedFact[] {
  const limit = today.getTime() - days * 24 * 60 * 60 * 1000;
  return facts.filter(({ read }) => new Date(read).getTime() < limit);
}

/**
 * What no program can compare: documents and the sources of modules, each with the day on which a person read
 * it.
 */
export function readByPersons(evidence: readonly Evidence[]): string[] {
  const documents = new Map<string, string>();
  for (const { references, reviewed } of rules)
    for (const { title, url, read } of references)
      if (read !== undefined) documents.set(url, `${title}, ${url} (read ${read}, compared ${reviewed})`);
  return [
    ...documents.values(),
    ...Object.entries(effectSources).map(([tool, source]) => `what a change does with ${tool}: ${source}`),
    ...evidence.map(({ called, source, read }) => `versions of ${called}: ${source} (read ${read})`),
  ];
}
