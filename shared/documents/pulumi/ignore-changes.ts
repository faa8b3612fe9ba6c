/**
 * Does a path of `ignoreChanges` cover a property? A path covers a property and everything in it, and may be
 * written `a.b`, `a["b"]`, `a[0].b` or with a `*`. The engine ignores a path that it cannot parse.
 */
export function covers(ignored: string, path: string): boolean {
  const names = path.split(".");
  // How many names of the property the part parsed so far may match.
  let depths = [0];
  for (const name of namesIn(ignored)) {
    // A list that is a block has one item, which the property's path does not name.
    if (/^\d+$/.test(name)) continue;
    const next = new Set<number>();
    for (const depth of depths) {
      if (name === "*") next.add(depth);
      if (depth < names.length && (name === "*" || name === names[depth])) next.add(depth + 1);
    }
    if (next.size === 0) return false;
    depths = [...next];
  }
  return true;
}

/** The names in a path, parsed once from the left: a path may have any length. */
function* namesIn(path: string): Generator<string> {
  let at = 0;
  let mayClose = true;
  while (at < path.length) {
    if (path[at] === "[") {
      const quoted = path[at + 1] === '"' ? endOfQuoted(path, at + 2) : undefined;
      if (quoted !== undefined) {
        yield path.slice(at + 2, quoted).replaceAll('\\"', '"');
        at = quoted + 2;
        continue;
      }
      const end: number = mayClose ? path.indexOf("]", at) : -1;
      mayClose = end !== -1;
      if (mayClose) yield path.slice(at + 1, end);
      at = mayClose ? end + 1 : at + 1;
      continue;
    }
    const start = at;
    while (at < path.length && path[at] !== "." && path[at] !== "[") at++;
    if (at > start) yield path.slice(start, at);
    if (path[at] === ".") at++;
  }
}

/** The position of the quote that ends a quoted name, if a bracket follows it. */
function endOfQuoted(path: string, start: number): number | undefined {
  for (let at = start; at < path.length; at++) {
    if (path[at] !== '"' || path[at - 1] === "\\") continue;
    return path[at + 1] === "]" ? at : undefined;
  }
  return undefined;
}
