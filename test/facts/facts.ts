/** All comparisons, with the pinned packages and with those in the registry. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dialects } from "../../shared/dialects";
import type { Difference } from "./compare";
import {
  compareMatches,
  compareOldSurface,
  compareSdkDefaults,
  compareSurface,
  compareTokens,
  compareUnionOfValues,
} from "./compare";
import { considered } from "./considered";
import { committedEvidence, compareEvidence, evidenceOf, writeEvidence } from "./evidence";
import { azureApiTable, azureApiVersions, compareGenerated } from "./generated";
import { fetchedSurfaces, newestVersion, olderPackages, packages, pinnedSurfaces, pinsOf } from "./packages";
import { compareBridges, compareClaims, compareCli, compareInstalled, pagesWithClaims } from "./pins";
import type { Surface } from "./surface";
import { root } from "./surface";

export interface Facts {
  readonly differences: readonly Difference[];
  /** What could not be compared, and why. */
  readonly skipped: readonly string[];
  readonly compared: readonly string[];
  readonly notes: readonly string[];
}

/** Compares packages with the tables. `whole` means that every package could be read. */
export function compareSurfaces(surfaces: readonly Surface[], whole: boolean): Difference[] {
  return [
    ...surfaces.flatMap((surface) => compareSurface(surface, considered)),
    ...surfaces.flatMap(compareDefaultOf),
    ...compareTokens(surfaces),
    ...(whole ? [...compareMatches(surfaces), ...compareUnionOfValues(surfaces)] : []),
  ];
}

function compareOldSurfaces(surfaces: readonly Surface[]): Difference[] {
  return [
    ...surfaces.flatMap(compareOldSurface),
    ...surfaces.flatMap(compareDefaultOf),
    ...compareTokens(surfaces),
  ];
}

function compareDefaultOf(surface: Surface): Difference[] {
  const sdk = /^@pulumi\/azure-native (\S+),/.exec(surface.label)?.[1];
  return sdk === undefined ? [] : compareSdkDefaults(surface, sdk);
}

/** Compares the tables with what was read once and committed. */
export async function compareTables(): Promise<Difference[]> {
  const evidence = committedEvidence();
  const ofApi = evidence.find(({ called }) => called === "API version");
  const table = readFileSync(join(root, azureApiTable), "utf8");
  return [
    ...evidence.flatMap((each) => compareEvidence(each, dialects)),
    ...(ofApi === undefined ? [] : compareGenerated(await azureApiVersions(ofApi), table)),
  ];
}

export async function pinnedFacts(): Promise<Facts> {
  const { surfaces, skipped } = pinnedSurfaces();
  const pages = pagesWithClaims();
  const goModule = readFileSync(join(root, "test/pulumi-cli/go.mod"), "utf8");
  return {
    differences: [
      ...compareSurfaces(surfaces, skipped.length === 0),
      ...(await compareTables()),
      ...compareInstalled(),
      ...compareClaims(pages),
      ...compareCli(pages, goModule),
      ...compareBridges(pinsOf(".")["@pulumi/azure"] ?? ""),
    ],
    skipped,
    compared: labelsOf(surfaces),
    notes: [],
  };
}

export async function newestFacts(writes: boolean): Promise<Facts> {
  const wanted = packages.map(({ name, newest = "latest", ...rest }) => ({ ...rest, name, version: newest }));
  const newest = fetchedSurfaces(wanted);
  const older = fetchedSurfaces(olderPackages);
  const skipped = [...newest.skipped, ...older.skipped];
  const read = [...pinnedSurfaces().surfaces, ...newest.surfaces, ...older.surfaces];
  const evidence = [
    ["azurerm.json", evidenceOf("azurerm", read, new Date())],
    ["pulumi-azure.json", evidenceOf("@pulumi/azure", read, new Date())],
  ] as const;
  if (writes) for (const [file, each] of evidence) writeEvidence(file, each);
  const classic = newest.surfaces.find(({ label }) => label.startsWith("@pulumi/azure "));
  return {
    differences: [
      ...compareSurfaces(newest.surfaces, newest.skipped.length === 0),
      ...compareOldSurfaces(older.surfaces),
      ...(await compareTables()),
      ...evidence.flatMap(([, each]) => compareEvidence(each, dialects)),
      ...compareBridges(classic?.version ?? ""),
    ],
    skipped,
    compared: [...labelsOf(newest.surfaces), ...labelsOf(older.surfaces)],
    notes: movedPins(),
  };
}

/** Packages with a newer version than the pinned one. Pinning it is a change with its own tests. */
function movedPins(): string[] {
  return [".", "test/azure-native-v2"].flatMap((pinnedIn) =>
    Object.entries(pinsOf(pinnedIn)).flatMap(([name, pinned]) => {
      const major = pinnedIn === "." ? "" : `@${pinned.split(".")[0] ?? ""}`;
      const newest = newestVersion(`${name}${major}`);
      return newest === pinned
        ? []
        : [`${name}: ${pinnedIn}/package.json pins ${pinned}, the newest is ${newest}`];
    }),
  );
}

function labelsOf(surfaces: readonly Surface[]): string[] {
  const counts = new Map<string, number>();
  for (const { label } of surfaces) {
    const name = /^\S+ \S+?(?=,| \()/.exec(label)?.[0] ?? label;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name} (${count} resources)`);
}
