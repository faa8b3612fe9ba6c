/**
 * Reads which API version of a managed cluster has which name and SKU, into
 * `test/facts/evidence/azure-api.json`:
 *
 *   git clone https://github.com/Azure/bicep-types-az && node test/facts/azure-api-versions.mjs
 *   bicep-types-az
 *   npm run facts -- --write
 *
 * The second command generates `shared/dialects/azure-api-versions.ts` from it. The repository has the types
 * of every API version, properties and enumerations, and is too large to install; so the result is committed,
 * with the repository's commit.
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

/** The types of one API version, if it has a managed cluster. */
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

const evidence = {
  called: "API version",
  source: `https://github.com/Azure/bicep-types-az at ${commit} (${day})`,
  read: new Date().toISOString().slice(0, 10),
  names: [...names, ...skus.map((sku) => `sku.name=${sku}`)],
  versions: Object.fromEntries(
    versions.map((each) => [
      each.version,
      [...names.map((name) => each.names.has(name)), ...skus.map((sku) => each.skus.has(sku))]
        .map((has) => (has ? "x" : "-"))
        .join(""),
    ]),
  ),
};
const target = join(import.meta.dirname, "evidence/azure-api.json");
writeFileSync(target, `${JSON.stringify(evidence, null, 2)}\n`);
execFileSync("npx", ["prettier", "--write", target], { stdio: "ignore" });
