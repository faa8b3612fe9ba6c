/**
 * Makes `shared/dialects/azure-api-versions.ts`: which API version of a managed cluster has which name and SKU.
 *
 *   git clone https://github.com/Azure/bicep-types-az && node test/facts/azure-api-versions.mjs bicep-types-az
 *
 * The repository has the types of every API version, properties and enumerations, and is too large to install; so the
 * table is committed, with the commit that it was read at.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const network = "networkProfile";
/** What the dialects of Azure's API read, in the spelling of azure-native. */
const names = [
  `${network}.networkPolicy`,
  `${network}.networkPlugin`,
  `${network}.networkPluginMode`,
  `${network}.networkDataplane`,
  `${network}.ebpfDataplane`,
  `${network}.ipFamilies`,
  `${network}.advancedNetworking.security.enabled`,
  `${network}.advancedNetworking.security.transitEncryption.type`,
  `${network}.advancedNetworking.performance.accelerationMode`,
  "nodeProvisioningProfile.mode",
  "windowsProfile",
  "sku.name",
];
const skus = ["Automatic"];
const cluster = "Microsoft.ContainerService/managedClusters";

const [repository] = process.argv.slice(2);
if (repository === undefined) {
  console.error("Usage: node test/facts/azure-api-versions.mjs PATH-OF-bicep-types-az");
  process.exit(1);
}
const git = (...args) =>
  execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 2 ** 30 });
const commit = git("rev-parse", "HEAD").trim();
const day = git("log", "-1", "--format=%cs").trim();

const versions = git("ls-tree", "-r", "--name-only", "HEAD")
  .split("\n")
  .filter((path) => /\/microsoft\.containerservice\/[^/]+\/types\.md$/.test(path))
  .flatMap((path) => versionsIn(git("show", `HEAD:${path}`)))
  .sort((one, other) => (one.version < other.version ? -1 : 1));

/** The types of one version of the API, if they have a managed cluster. */
function versionsIn(types) {
  const version = new RegExp(`^## Resource ${cluster}@(\\S+)$`, "m").exec(types)?.[1];
  if (version === undefined) return [];
  const sections = new Map(
    types.split(/^## /m).map((section) => [section.slice(0, section.indexOf("\n")).trim(), section]),
  );
  /** The type of a property as the page writes it. */
  const typeAt = (path) => {
    let section = `Resource ${cluster}@${version}`;
    let type;
    for (const name of path.split(".")) {
      type = new RegExp(`^\\* \\*\\*${name}\\*\\*: (.*)$`, "m").exec(sections.get(section) ?? "")?.[1];
      if (type === undefined) return undefined;
      section = /^\[(\w+)\]/.exec(type)?.[1] ?? "";
    }
    return type;
  };
  const below = (path) => (path === "sku.name" ? path : `properties.${path}`);
  return [
    {
      version,
      names: new Set(names.filter((name) => typeAt(below(name)) !== undefined)),
      skus: new Set(skus.filter((sku) => typeAt("sku.name")?.includes(`'${sku}'`))),
    },
  ];
}

/** The spans of versions that have something, releases and previews each for themselves. */
function spansOf(has) {
  return ["releases", "previews"].flatMap((of) => {
    const all = versions.filter(({ version }) => version.endsWith("-preview") === (of === "previews"));
    const found = [];
    let open;
    all.forEach((each, i) => {
      if (has(each) && open === undefined) open = { of, ...(i === 0 ? {} : { since: each.version }) };
      if (!has(each) && open !== undefined) {
        found.push({ ...open, until: each.version });
        open = undefined;
      }
    });
    return open === undefined ? found : [...found, open];
  });
}

const literal = (spans) =>
  `[${spans
    .map(
      (span) =>
        `{ ${Object.entries(span)
          .map(([name, value]) => `${name}: "${value}"`)
          .join(", ")} }`,
    )
    .join(", ")}]`;
const rows = (keys, has) => keys.map((key) => `  "${key}": ${literal(spansOf(has(key)))},`).join("\n");

const text = `import type { VersionSpan } from "./dialect";

// Made by test/facts/azure-api-versions.mjs, which says how: not to be edited by hand.
// Source: https://github.com/Azure/bicep-types-az at ${commit} (${day}),
// ${versions.length} API versions of ${cluster}, ${versions[0].version} to ${versions.at(-1).version}.

/** The API versions that have a name, in the spelling of azure-native. */
export const apiVersionsOfNames: Readonly<Record<string, readonly VersionSpan[]>> = {
${rows(names, (name) => (each) => each.names.has(name))}
};

/** The API versions whose enumeration of \`sku.name\` has a value. */
export const apiVersionsOfSkus: Readonly<Record<string, readonly VersionSpan[]>> = {
${rows(skus, (sku) => (each) => each.skus.has(sku))}
};
`;
const target = join(import.meta.dirname, "../../shared/dialects/azure-api-versions.ts");
writeFileSync(target, text);
execFileSync("npx", ["prettier", "--write", target], { stdio: "ignore" });
