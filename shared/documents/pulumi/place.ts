import type { Place } from "../document";

/**
 * Where a program declares a resource: `project:///index.ts#12,7`, a URL relative to the project folder, with
 * line and column. A URL that leads out of that folder is dropped.
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

/** Is it a path below the folder, on every operating system? */
function isInside(file: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is not let through
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\\]|\p{Cs}|^[a-z]:/iu.test(file)) return false;
  return file.split("/").every((name) => name !== "" && name !== "." && name !== "..");
}
