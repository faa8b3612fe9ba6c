/**
 * Writes in place: the SDK's proxies keep secrets secret and unknowns unknown on every assignment, and a copy
 * keeps neither. All settings are in one block, which is found or created before the first of them is
 * written.
 */
import type { Assignment } from "../shared/fixes/choice";
export function writeInputs(props: object, settings: readonly Assignment[]): void {
  const places = settings.map(({ path, value }) => {
    const names = path.split(".");
    return { names, name: names.pop() ?? "", value };
  });
  const [first] = places;
  if (first === undefined || places.some(({ names }) => names.join() !== first.names.join())) {
    throw new TypeError("settings of more than one block");
  }
  const block = first.names.reduce(blockIn, props);
  for (const { name, value } of places) Reflect.set(block, name, value);
}

function blockIn(holder: object, name: string): object {
  const standing: unknown = Reflect.get(holder, name);
  if (standing === undefined || standing === null) return madeIn(holder, name);
  if (typeof standing !== "object") throw new TypeError("not a block");
  // A bridge that does not flatten the block has it in a list.
  return Array.isArray(standing) ? blockIn(standing, "0") : standing;
}

/** Reads the new object back from the holder: in place of a secret, the SDK has made it a secret too. */
function madeIn(holder: object, key: string): object {
  Reflect.set(holder, key, {});
  const made: unknown = Reflect.get(holder, key);
  if (typeof made !== "object" || made === null) throw new TypeError("not a block");
  return made;
}
