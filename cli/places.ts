import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../shared/documents/document";
import { once } from "../shared/documents/once";
import type { Location } from "../shared/messages/report";
import type { Input } from "./inputs";
import { relativePath } from "./inputs";
import type { JsonPath } from "./json-lines";
import { linesOfPaths } from "./json-lines";
import { Unreadable, textOf } from "./text-file";

/** Where blocks and objects start, by their path. */
type Lines = ReadonlyMap<string, Location>;

/** Finds the lines of clusters: in the documents themselves, or in the sources below `root`. */
export class Places {
  private readonly ofInputs: readonly (() => Lines)[];

  constructor(
    inputs: readonly Input[],
    private readonly root: string | undefined,
  ) {
    const ofSources = once(() => (root === undefined ? new Map() : linesOfFolder(root)));
    this.ofInputs = inputs.map((input) => {
      const { text } = input;
      return text === undefined ? ofSources : once(() => linesIn(input, text));
    });
  }

  locate(index: number, place: Place): Location | undefined {
    if (place.in === "program") {
      const file = this.root === undefined ? place.file : relativePath(join(this.root, place.file));
      return { file, line: place.line };
    }
    return this.ofInputs[index]?.().get(keyOf(pathOf(place)));
  }
}

/** A block of the root module, the call through which the root module creates it, or an object. */
function pathOf(place: Exclude<Place, { in: "program" }>): JsonPath {
  if (place.in === "document") return place.path;
  const [call] = place.block === "module" ? [...place.module, place.name] : place.module;
  return call === undefined ? ["resource", place.type, place.name] : ["module", call];
}

const keyOf = (path: readonly unknown[]): string => JSON.stringify(path);

/** All positions in an input, found in a single pass over its text. */
function linesIn({ file, document }: Input, text: string): Lines {
  if (document.kind === "terraform-hcl") return linesOfHcl(file, text);
  const paths = document.clusters.flatMap(({ source: { place } }) =>
    place === undefined || place.in === "program" ? [] : [pathOf(place)],
  );
  const lines = linesOfPaths(text, paths);
  return new Map(
    paths.flatMap((path, i): [string, Location][] => {
      const line = lines[i];
      return line === undefined ? [] : [[keyOf(path), { file, line }]];
    }),
  );
}

/** The blocks of the module in a folder. Unreadable files are skipped. */
function linesOfFolder(folder: string): Lines {
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    throw new Unreadable("There is no such folder, or it cannot be read.");
  }
  const all = names
    .filter((each) => /\.(?:tf|tofu)$/.test(each))
    .flatMap((name) => {
      const path = join(folder, name);
      try {
        return [...linesOfHcl(relativePath(path), textOf(path))];
      } catch {
        return [];
      }
    });
  return firstOfEach(all);
}

const startOfBlock = /^\s*(?:module|resource\s+"?([^"\s]+)"?)\s+"?([^"\s{]+)"?\s*\{/;

function linesOfHcl(file: string, text: string): Lines {
  const all = text.split("\n").flatMap((row, i): [string, Location][] => {
    const found = startOfBlock.exec(row);
    if (found === null) return [];
    const [, type, name] = found;
    const path = type === undefined ? ["module", name] : ["resource", type, name];
    return [[keyOf(path), { file, line: i + 1 }]];
  });
  return firstOfEach(all);
}

/** Override files and comments may repeat the start of a block. */
function firstOfEach(all: readonly (readonly [string, Location])[]): Lines {
  return new Map([...all].reverse());
}
