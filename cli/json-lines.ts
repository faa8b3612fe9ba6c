/** A path of keys and indexes in JSON text. If a path has no index for a list, every item matches. */
export type JsonPath = readonly (string | number)[];

interface Wanted {
  readonly below: Map<string | number, Wanted>;
  readonly indices: number[];
}

/**
 * The lines, from 1, at which the objects at `paths` start, the first if there are several; a single pass
 * over valid JSON.
 */
export function linesOfPaths(text: string, paths: readonly JsonPath[]): readonly (number | undefined)[] {
  const lines: (number | undefined)[] = paths.map(() => undefined);
  const root: Wanted = { below: new Map(), indices: [] };
  paths.forEach((path, i) => {
    let node = root;
    for (const key of path) {
      let next = node.below.get(key);
      if (next === undefined) node.below.set(key, (next = { below: new Map(), indices: [] }));
      node = next;
    }
    node.indices.push(i);
  });

  /** What is wanted in each enclosing object and list, and the position in each list. */
  const around: { wanted: Wanted | undefined; index: number | undefined }[] = [];
  let line = 1;
  let key: string | undefined;
  const enter = (): Wanted | undefined => {
    const parent = around.at(-1);
    if (parent === undefined) return root;
    const { wanted, index } = parent;
    if (wanted === undefined) return undefined;
    const next = index === undefined ? wanted.below.get(key ?? "") : (wanted.below.get(index) ?? wanted);
    if (next !== undefined) for (const i of next.indices) lines[i] ??= line;
    return next;
  };
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 10:
        line += 1;
        break;
      case 34: {
        const end = endOfText(text, at);
        // The last string before an object or list inside an object is its name.
        if (around.at(-1)?.wanted !== undefined) key = nameAt(text, at, end);
        at = end;
        break;
      }
      case 123:
        around.push({ wanted: enter(), index: undefined });
        break;
      case 91:
        around.push({ wanted: enter(), index: 0 });
        break;
      case 125:
      case 93:
        around.pop();
        break;
      case 44: {
        const parent = around.at(-1);
        if (parent?.index !== undefined) parent.index += 1;
        break;
      }
      default:
    }
  }
  return lines;
}

/** The position of the quote that ends a JSON string. */
export function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    if (code === 92) at += 1;
  }
  return text.length;
}

/** The value of a JSON string between its quotes. */
export function nameAt(text: string, start: number, end: number): string {
  const written = text.slice(start, end + 1);
  return written.includes("\\") ? (JSON.parse(written) as string) : written.slice(1, -1);
}
