import type { Dialect, SettingName, Versions } from "./dialect";
import { isBefore } from "./version";

/**
 * A dialect as one version of its API, provider or module has it: names that exist come first, and settings of which no
 * name exists yet are listed in `tooOldFor`. No version means the newest.
 */
export function dialectAt(dialect: Dialect, version: string | undefined): Dialect {
  const { versions } = dialect;
  if (version === undefined || versions === undefined) return dialect;
  let eras = erasOf.get(dialect);
  if (eras === undefined)
    erasOf.set(dialect, (eras = { boundaries: boundariesOf(versions), known: new Map() }));
  // Versions between the same boundaries are one dialect: a stack compares dialects by identity.
  const era = eras.boundaries.filter((boundary) => !isBefore(version, boundary)).join();
  let known = eras.known.get(era);
  if (known === undefined) eras.known.set(era, (known = resolved(dialect, versions, version)));
  return known;
}

interface Eras {
  readonly boundaries: readonly string[];
  readonly known: Map<string, Dialect>;
}

const erasOf = new WeakMap<Dialect, Eras>();

function boundariesOf({ names }: Versions): readonly string[] {
  return [...new Set(Object.values(names).flatMap(({ since = [], until = [] }) => [since, until].flat()))];
}

function resolved(dialect: Dialect, { names }: Versions, version: string): Dialect {
  const exists = (path: string): boolean => {
    const { since, until } = names[path] ?? {};
    return (
      (since === undefined || !isBefore(version, since)) && (until === undefined || isBefore(version, until))
    );
  };
  const settings = { ...dialect.settings };
  const missing: SettingName[] = [];
  for (const [name, paths] of Object.entries(settings) as [SettingName, readonly string[]][]) {
    const existing = paths.filter(exists);
    if (existing.length === paths.length) continue;
    if (existing.length === 0) missing.push(name);
    settings[name] = [...existing, ...paths.filter((path) => !exists(path))];
  }
  return { ...dialect, settings, ...(missing.length === 0 ? {} : { tooOldFor: missing.sort() }) };
}
