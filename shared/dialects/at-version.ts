import type { Dialect, SettingName, Versions, VersionSpan } from "./dialect";
import { isBefore } from "./version";

/**
 * A dialect as one version of its API, provider or module has it: names and values that this version does not have are
 * listed apart. Where the version is not known, the newest is meant. A provider refuses what its version does not have,
 * so without a version each of its names is believed.
 */
export function dialectAt(dialect: Dialect, version: string | undefined): Dialect {
  const { versions } = dialect;
  if (versions === undefined || (version === undefined && versions.of === "provider")) return dialect;
  // A stack compares dialects by identity.
  let known = knownVersions.get(dialect);
  if (known === undefined) knownVersions.set(dialect, (known = new Map<string | undefined, Dialect>()));
  let found = known.get(version);
  if (found === undefined) {
    // A program may name any text as a version.
    if (known.size >= mostVersions) known.clear();
    known.set(version, (found = resolved(dialect, versions, version)));
  }
  return found;
}

const knownVersions = new WeakMap<Dialect, Map<string | undefined, Dialect>>();
const mostVersions = 256;

function resolved(dialect: Dialect, versions: Versions, version: string | undefined): Dialect {
  const { of, names, values = {} } = versions;
  const settings = { ...dialect.settings };
  const absentNames: Partial<Record<SettingName, readonly string[]>> = {};
  for (const [name, paths] of Object.entries(settings) as [SettingName, readonly string[]][]) {
    const absent = paths.filter((path) => !exists(names[path], version));
    if (of === "provider" && version !== undefined && absent.length === 0)
      settings[name] = oldestFirst(paths, names, version);
    if (absent.length === 0) continue;
    absentNames[name] = absent;
    settings[name] = paths.filter((path) => !absent.includes(path));
  }
  const absentValues = Object.fromEntries(
    Object.entries(values).map(([name, spans]) => [
      name,
      Object.keys(spans).filter((value) => !exists(spans[value], version)),
    ]),
  );
  return { ...dialect, settings, absentNames, absentValues, version };
}

/**
 * Where a provider's version has two names for a setting, the one that it has had longer comes first: a fix that writes it
 * plans in more of the versions beside it. A module is pinned, and its newer name is the one that it keeps.
 */
function oldestFirst(paths: readonly string[], names: Versions["names"], version: string): readonly string[] {
  if (paths.length < 2) return paths;
  const sinceOf = (path: string): string =>
    names[path]?.find((span) => isIn(span, version))?.since ?? "0.0.0";
  return [...paths].sort((one, other) => {
    const [a, b] = [sinceOf(one), sinceOf(other)];
    return isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0;
  });
}

/** Is a version in one of these spans? What has no spans exists in every version. */
function exists(spans: readonly VersionSpan[] | undefined, version: string | undefined): boolean {
  return spans === undefined || spans.some((span) => isIn(span, version));
}

/** No version is the newest release. */
export function isIn({ of, since, until }: VersionSpan, version: string | undefined): boolean {
  if (version === undefined) return until === undefined && of !== "previews";
  if (of !== undefined && (of === "previews") !== isPreview(version)) return false;
  return (
    (since === undefined || !isBefore(version, since)) && (until === undefined || isBefore(version, until))
  );
}

/** `2024-01-02-preview`. */
function isPreview(version: string): boolean {
  return version.endsWith("preview");
}

/** Has the version of the dialect no name at all for a setting that other versions have? */
export function isTooOldFor(
  { settings, absentNames }: Pick<Dialect, "settings" | "absentNames">,
  name: SettingName,
): boolean {
  return settings[name].length === 0 && absentNames?.[name] !== undefined;
}
