/**
 * What was read about versions that no install contains, committed with its source: which version has which
 * name. The tables by version are compared with it row by row, and the table of Azure's API is generated from
 * it.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isIn, dialectAt } from "../../shared/dialects/at-version";
import type { Dialect, SettingName, VersionSpan } from "../../shared/dialects/dialect";
import { isBefore } from "../../shared/dialects/version";
import type { Surface } from "./surface";
import type { Difference } from "./compare";
import { existsIn, namesOf, tableOf } from "./compare";

export interface Evidence {
  /** The owner of the versions, as `Versions.called` of the dialects has it. */
  readonly called: string;
  readonly source: string;
  /** The day on which it was read. */
  readonly read: string;
  /** Paths of settings in the dialect's spelling; `sku.name=Automatic` is a value. */
  readonly names: readonly string[];
  /** For each version, `x` at the index of each name that it has, else `-`; the oldest version first. */
  readonly versions: Readonly<Record<string, string>>;
}

const folder = join(__dirname, "evidence");

export function committedEvidence(): Evidence[] {
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Evidence);
}

export function writeEvidence(file: string, evidence: Evidence): void {
  writeFileSync(join(folder, file), `${JSON.stringify(evidence, null, 2)}\n`);
}

/** Compares the versions in a dialect's table with the evidence. */
export function compareEvidence(evidence: Evidence, all: readonly Dialect[]): Difference[] {
  return all
    .filter(({ versions, matches, patch }) => {
      // Dialects derived from another one have the same table under other names.
      const isDerived = matches.azapi !== undefined || matches.template !== undefined || patch === true;
      return versions?.called === evidence.called && !isDerived;
    })
    .flatMap((dialect) => [...compareRows(evidence, dialect), ...unread(evidence, dialect)]);
}

function compareRows(evidence: Evidence, dialect: Dialect): Difference[] {
  return evidence.names.flatMap((name, column): Difference[] => {
    const wrong = Object.entries(evidence.versions).filter(([version, has]) => {
      const { module } = dialect.matches;
      if (module?.versions !== undefined && !isIn(module.versions, version)) return false;
      const ours =
        has.length === evidence.names.length ? hasAt(dialect, spelled(name, dialect), version) : "?";
      return ours !== undefined && ours !== (has[column] === "x");
    });
    const [first] = wrong;
    if (first === undefined) return [];
    const listed = wrong.map(([version]) => version);
    const range =
      listed.length === 1 ? first[0] : `${first[0]} to ${String(listed.at(-1))} (${wrong.length} versions)`;
    const has = first[1][column] === "x";
    return [
      {
        what: `${name} of "${dialect.name}" ${has ? "is" : "is not"} in ${evidence.called} ${range} by ${evidence.source}; our table says otherwise`,
        where: tableOf(dialect),
        change: `give ${name} the rows ${JSON.stringify(spansOf(evidence, name))}`,
      },
    ];
  });
}

/** `undefined` if the dialect never reads the name. */
function hasAt(dialect: Dialect, name: string, version: string): boolean | undefined {
  const [path = "", value] = name.split("=");
  const { settings, versions } = dialect;
  if (value !== undefined) {
    const setting = (Object.keys(settings) as SettingName[]).find((each) => settings[each].includes(path));
    return setting === undefined ? undefined : existsIn(versions?.values?.[setting]?.[value], version);
  }
  if (!namesOf(dialect).includes(path)) return undefined;
  const read = Object.values(settings).some((names) => names.includes(path));
  return read
    ? Object.values(dialectAt(dialect, version).settings).some((names) => names.includes(path))
    : existsIn(versions?.names[path], version);
}

/** Names with rows in a dialect for which there is no evidence. */
function unread(evidence: Evidence, dialect: Dialect): Difference[] {
  return Object.keys(dialect.versions?.names ?? {})
    .filter((name) => !evidence.names.some((each) => spelled(each, dialect) === name))
    .map((name) => ({
      what: `${name} of "${dialect.name}" has rows by version, and nothing was read of it`,
      where: "test/facts/evidence/",
      change: `read which versions of ${evidence.called} have ${name}, into the evidence`,
    }));
}

/** Evidence on azurerm is in Terraform's spelling; Pulumi's bridge has its own. */
function spelled(name: string, { matches }: Dialect): string {
  if (matches.pulumi === undefined) return name;
  return inCamelCase(name);
}

function inCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The spans of versions that have a name; separately for releases and previews of Azure's API. */
export function spansOf(evidence: Evidence, name: string): VersionSpan[] {
  const column = evidence.names.indexOf(name);
  const kinds = evidence.called === "API version" ? (["releases", "previews"] as const) : [undefined];
  return kinds.flatMap((of) => {
    const versions = Object.entries(evidence.versions).filter(
      ([version]) => of === undefined || version.endsWith("-preview") === (of === "previews"),
    );
    const found: VersionSpan[] = [];
    let open: VersionSpan | undefined;
    for (const [i, [version, has]] of versions.entries()) {
      if (has[column] === "x") open ??= { ...(of && { of }), ...(i > 0 && { since: version }) };
      else if (open !== undefined) {
        found.push({ ...open, until: version });
        open = undefined;
      }
    }
    return open === undefined ? found : [...found, open];
  });
}

const profile = "network_profile";

/** The names read in azurerm's packages. Names that are read at any version are not compared. */
const namesOfAzurerm = [
  `${profile}.network_policy`,
  `${profile}.network_plugin`,
  `${profile}.network_plugin_mode`,
  `${profile}.network_data_plane`,
  `${profile}.ebpf_data_plane`,
  `${profile}.ip_versions`,
  "windows_profile",
];

/** The evidence from azurerm packages, old and new together. */
export function evidenceOf(
  called: "azurerm" | "@pulumi/azure",
  surfaces: readonly Surface[],
  today: Date,
): Evidence {
  const names = called === "azurerm" ? namesOfAzurerm : namesOfAzurerm.map(inCamelCase);
  const rows = surfaces
    .filter(({ label, what, type }) => {
      const isPackage =
        called === "azurerm" ? /\/provider-azurerm /.test(label) : label.startsWith("@pulumi/azure ");
      return isPackage && what === "cluster" && type.has("networkProfile");
    })
    .flatMap(({ version, type }) =>
      version === undefined
        ? []
        : [
            [
              version,
              namesOfAzurerm.map((name) => (type.has(inCamelCase(name)) ? "x" : "-")).join(""),
            ] as const,
          ],
    )
    .sort(([one], [other]) => (isBefore(one, other) ? -1 : 1));
  const packages = called === "azurerm" ? "@cdktf/provider-azurerm and @cdktn/provider-azurerm" : called;
  return {
    called,
    source: `the types of ${packages} at these versions`,
    read: today.toISOString().slice(0, 10),
    names,
    versions: Object.fromEntries(rows),
  };
}
