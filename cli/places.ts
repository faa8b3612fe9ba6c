import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../shared/documents/document";
import type { Location } from "../shared/messages/report";
import type { Input } from "./inputs";
import { relativePath } from "./inputs";
import type { JsonPath } from "./json-lines";
import { linesOfPaths } from "./json-lines";
import { Unreadable, textOf } from "./text-file";

/** Finds the lines of clusters: in the documents themselves, or in the sources below `root`. */
export class Places {
  private readonly ofInputs = new Map<number, (place: Place) => Location | undefined>();
  private sources: ReadonlyMap<string, Location> | undefined;

  constructor(
    private readonly inputs: readonly Input[],
    private readonly root: string | undefined,
  ) {}

  locate(index: number, place: Place): Location | undefined {
    const input = this.inputs[index];
    if (input === undefined) return undefined;
    const { kind } = input.document;
    switch (kind) {
      case "terraform-plan":
      case "terraform-state":
        return this.inSources(place);
      case "pulumi-stack":
      case "pulumi-preview":
        return place.in === "program"
          ? {
              file: this.root === undefined ? place.file : relativePath(join(this.root, place.file)),
              line: place.line,
            }
          : undefined;
      // The position of a cluster in Azure's output does not help to change it.
      case "azure":
        return undefined;
      case "terraform-json":
      case "terraform-hcl":
      case "arm-template": {
        let locate = this.ofInputs.get(index);
        if (locate === undefined) this.ofInputs.set(index, (locate = linesIn(input)));
        return locate(place);
      }
    }
  }

  /** A block of the root module, or the call through which the root module creates it. */
  private inSources(place: Place): Location | undefined {
    if (this.root === undefined || place.in !== "terraform") return undefined;
    this.sources ??= blocksOfFolder(this.root);
    const [call] = place.module;
    return this.sources.get(call === undefined ? nameOf(place) : `module ${call}`);
  }
}

type BlockPlace = Extract<Place, { in: "terraform" }>;

function nameOf({ block, type, name }: BlockPlace): string {
  return block === "module" ? `module ${name}` : `resource ${type} ${name}`;
}

/** All positions in an input, found in a single pass over its text. */
function linesIn({ file, text = "", document }: Input): (place: Place) => Location | undefined {
  if (document.kind === "terraform-hcl") {
    const blocks = blocksOfHcl(file, text);
    return (place) => (place.in === "terraform" ? blocks.get(nameOf(place)) : undefined);
  }
  const paths = new Map<string, JsonPath>();
  for (const { source } of document.clusters) {
    const path = source.place === undefined ? undefined : pathOf(source.place);
    if (path !== undefined) paths.set(JSON.stringify(path), path);
  }
  const lines = linesOfPaths(text, [...paths.values()]);
  const byPath = new Map([...paths.keys()].map((key, i) => [key, lines[i]]));
  return (place) => {
    const line = byPath.get(JSON.stringify(pathOf(place)));
    return line === undefined ? undefined : { file, line };
  };
}

function pathOf(place: Place): JsonPath | undefined {
  switch (place.in) {
    case "document":
      return place.path;
    case "terraform":
      return place.block === "module" ? ["module", place.name] : ["resource", place.type, place.name];
    case "program":
      return undefined;
  }
}

/** The blocks of the module in a folder. Unreadable files are skipped. */
function blocksOfFolder(folder: string): ReadonlyMap<string, Location> {
  const all = new Map<string, Location>();
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    throw new Unreadable("There is no such folder, or it cannot be read.");
  }
  for (const name of names.filter((each) => /\.(?:tf|tofu)$/.test(each))) {
    try {
      const file = relativePath(join(folder, name));
      for (const [block, location] of blocksOfHcl(file, textOf(join(folder, name))))
        if (!all.has(block)) all.set(block, location);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  return all;
}

const startOfBlock = /^\s*(?:"?(resource)"?\s+"([^"\n]+)"\s+"([^"\n]+)"|"?(module)"?\s+"([^"\n]+)")\s*\{/;

function blocksOfHcl(file: string, text: string): ReadonlyMap<string, Location> {
  const blocks = new Map<string, Location>();
  text.split("\n").forEach((line, i) => {
    const found = startOfBlock.exec(line);
    if (found === null) return;
    const [, resource, type, name, , module] = found;
    const key = resource === undefined ? `module ${module}` : `resource ${type} ${name}`;
    if (!blocks.has(key)) blocks.set(key, { file, line: i + 1 });
  });
  return blocks;
}
