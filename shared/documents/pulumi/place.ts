import type { Place } from "../document";

/**
 * Where in its program a resource was declared: `project:///index.ts#12,7`, a URL from the project's folder, with the line and
 * the column. What leads out of that folder is no place.
 */
export function placeOf(position: unknown): Place | undefined {
  if (typeof position !== "string") return undefined;
  const [, path, line] = /^project:\/\/\/([^#?]+)#([1-9]\d{0,8})(?:,\d+)?$/.exec(position) ?? [];
  const file = decoded(path ?? "");
  if (file === undefined || !isInside(file)) return undefined;
  return { in: "program", file, line: Number(line) };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Is it a path below the folder, on every system? */
function isInside(file: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is not let through
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\\]|\p{Cs}|^[a-z]:/iu.test(file)) return false;
  return file.split("/").every((name) => name !== "" && name !== "." && name !== "..");
}
