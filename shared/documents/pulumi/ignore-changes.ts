/** No property has a path of this length. */
const longest = 1000;

/** A name in brackets and quotes, in brackets alone, or plain. */
const part = /\["((?:\\.|[^"\\])*)"\]|\[([^\]]*)\]|([^.[]+)/gs;

/**
 * Does a path of `ignoreChanges` cover a property? A path covers a property and everything in it, and may be
 * written `a.b`, `a["b"]`, `a[0].b` or with a `*`. The engine ignores a path that it cannot parse. A path that is
 * too long to be read may cover everything.
 */
export function covers(ignored: string, path: string): boolean {
  if (ignored.length > longest) return true;
  const names = path.split(".");
  // How many names of the property the part parsed so far may match.
  let depths = [0];
  for (const [, quoted, inBrackets, plain] of ignored.matchAll(part)) {
    const name = quoted?.replaceAll('\\"', '"') ?? inBrackets ?? plain ?? "";
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
