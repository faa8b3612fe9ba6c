/**
 * Does a path of `ignoreChanges` cover a property? A path names a property with all that is in it, and may be written
 * `a.b`, `a["b"]`, `a[0].b` or with a `*`; the engine takes no notice of one that it cannot read.
 */
export function covers(ignored: string, path: string): boolean {
  const names = [...ignored.matchAll(/\["((?:\\"|[^"])*)"\]|\[([^\]]*)\]|([^.[]+)/g)].map(
    ([, quoted, index, name]) => quoted?.replaceAll('\\"', '"') ?? index ?? name ?? "",
  );
  return matches(
    // A list that is a block has one item, which the property's path does not name.
    names.filter((name) => !/^\d+$/.test(name)),
    path.split("."),
  );
}

function matches([first, ...rest]: readonly string[], path: readonly string[]): boolean {
  if (first === undefined) return true;
  const [name, ...below] = path;
  if (first === "*" && matches(rest, path)) return true;
  return name !== undefined && (first === "*" || first === name) && matches(rest, below);
}
