import type { Dialect, SettingName, Versions, VersionSpan } from "./dialect";
import { isBefore } from "./version";

/**
 * A dialect at one version of its API, provider or module: names and values that this version does not have
 * are listed separately. If the version is not known, the newest is assumed. A provider rejects names that
 * its version does not have, so without a version all of its names are accepted.
 */
export function dialectAt(dialect: Dialect, version: string | undefined): Dialect {
  const { versions } = dialect;
  if (versions === undefined || (version === undefined && versions.of === "provider")) return dialect;
  // A stack compares dialects by identity.
  let known = knownVersions.get(dialect);
  if (known === undefined) knownVersions.set(dialect, (known = new Map<string | undefined, Dialect>()));
  let found = known.get(version);
  if (found === undefined) {
    // A program can pass any string as a version.
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
 * If a provider's version has two names for a setting, the older one comes first: a fix that uses it also
 * plans in neighbouring versions. A module is pinned, so there the newer name, which it keeps, comes first.
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

/** Does one of these spans contain the version? Without spans, it exists in every version. */
function exists(spans: readonly VersionSpan[] | undefined, version: string | undefined): boolean {
  return spans === undefined || spans.some((span) => isIn(span, version));
}

/** `undefined` stands for the newest release. */
export function isIn({ of, since, until }: VersionSpan, version: string | undefined): boolean {
  if (version === undefined) return until === undefined && of !== "previews";
  if (of !== undefined && (of === "previews") !== isPreview(version)) return false;
  return (
    (since === undefined || !isBefore(version, since)) && (until === undefined || isBefore(version, until))
  );
}

function isPreview(version: string): boolean {
  return version.endsWith("preview");
}

/** Does this version of the dialect lack every name for a setting that other versions have? */
export function isTooOldFor(
  { settings, absentNames }: Pick<Dialect, "settings" | "absentNames">,
  name: SettingName,
): boolean {
  return settings[name].length === 0 && absentNames?.[name] !== undefined;
}
