// Writes the two forms of the Pulumi pack that tsc does not produce:
//   dist/aks-network-policy-pack.cjs   one executable file with everything in it, for `--policy-pack FILE`
//   dist/policy-pack/                  a package for `pulumi policy publish`
//
// Usage: node bundle/bundle.mjs [FOLDER]. Default: dist.
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));

/**
 * The parts of the SDKs that a policy pack never uses, by file in node_modules, with the name used in the
 * error.
 */
const leftOut = new Map([
  ["@pulumi/pulumi/automation/index.js", "The Automation API of @pulumi/pulumi"],
  ["@pulumi/pulumi/dynamic/index.js", "@pulumi/pulumi/dynamic (dynamic providers)"],
  ["@pulumi/pulumi/provider/index.js", "@pulumi/pulumi/provider"],
  ["@pulumi/pulumi/runtime/closure/serializeClosure.js", "The closure serialisation of @pulumi/pulumi"],
  ["@pulumi/pulumi/runtime/closure/codePaths.js", "The closure serialisation of @pulumi/pulumi"],
  ["@grpc/proto-loader/build/src/index.js", "@grpc/proto-loader (gRPC's Channelz and ORCA services)"],
]);

const fileNameOf = (path) => path.replaceAll("\\", "/").split("node_modules/").at(-1);

/** A rename in a newer SDK must not bring back unnoticed what is left out, so each entry must match. */
const leavingOut = {
  name: "left-out",
  setup(build) {
    const met = new Set();
    build.onLoad({ filter: /node_modules.*\.js$/ }, ({ path }) => {
      const what = leftOut.get(fileNameOf(path));
      if (what === undefined) return undefined;
      met.add(fileNameOf(path));
      const helper = JSON.stringify(join(root, "bundle", "left-out.cjs"));
      return { contents: `module.exports = require(${helper}).leftOut(${JSON.stringify(what)});` };
    });
    build.onEnd(() => ({
      errors: [...leftOut.keys()]
        .filter((file) => !met.has(file))
        .map((file) => ({ text: `${file} was to be left out and is not there: has the SDK moved it?` })),
    }));
  },
};

/**
 * The SDK reads the version from the package.json of the current folder. For a single file there is none, or
 * another package's.
 */
const carryingVersion = {
  name: "version",
  setup(build) {
    build.onLoad({ filter: /@pulumi[\\/]policy[\\/]policy\.js$/ }, ({ path }) => {
      const reading = /const cwd = process\.cwd\(\);\s*const pkg = require\(`\$\{cwd\}\/package\.json`\);/;
      const contents = readFileSync(path, "utf8");
      if (!reading.test(contents)) {
        return { errors: [{ text: "@pulumi/policy no longer reads its version where it did" }] };
      }
      const { version } = readJson("package.json");
      return { contents: contents.replace(reading, `const pkg = ${JSON.stringify({ version })};`) };
    });
  },
};

/** `explain` prints them if there is no `docs/`. */
const carryingPages = {
  name: "rule-pages",
  setup(build) {
    const folder = join(root, "docs", "rules");
    build.onResolve({ filter: /^rule-pages$/ }, ({ path }) => ({ path, namespace: "rule-pages" }));
    build.onLoad({ filter: /.*/, namespace: "rule-pages" }, () => ({
      contents: JSON.stringify(
        Object.fromEntries(
          readdirSync(folder)
            .sort()
            .map((name) => [name.replace(/\.md$/, ""), readFileSync(join(folder, name), "utf8")]),
        ),
      ),
      loader: "json",
    }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20.9",
  format: "cjs",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
};

export const singleFile = {
  ...common,
  entryPoints: ["bundle/single-file.ts"],
  minify: true,
  plugins: [leavingOut, carryingVersion, carryingPages],
};

/**
 * The SDKs stay external: the CLI starts a published pack with the @pulumi/pulumi that is installed next to
 * it.
 */
const published = {
  ...common,
  entryPoints: ["pulumi-pack/pack.ts"],
  external: ["@pulumi/policy"],
};

/** The licences of the bundled packages must be included. Equal texts are included once. */
function licencesOf(inputs) {
  const packages = new Set(
    Object.entries(inputs)
      .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && !leftOut.has(fileNameOf(file)))
      .flatMap(([file]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []),
  );
  const texts = new Map();
  for (const folder of [...packages].sort()) {
    const { name, version, license } = readJson(folder, "package.json");
    const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
    const text = files.map((file) => readFileSync(join(root, folder, file), "utf8").trim()).join("\n\n");
    const key = text === "" ? license : text;
    texts.set(key, [...(texts.get(key) ?? []), `${name} ${version}`]);
  }
  const notices = [...texts].map(([text, names]) => `--- ${names.join(", ")} ---\n\n${text}\n`);
  return `\n/*\nThis file contains the following packages.\n\n${notices.join("\n").replaceAll("*/", "* /")}*/\n`;
}

async function bundled(options) {
  const { outputFiles, metafile } = await build(options);
  const [output] = Object.values(metafile.outputs);
  return outputFiles[0].text + licencesOf(output.inputs);
}

/** Writes a temporary file and renames it: a pack that starts meanwhile finds the old file or the new one. */
function write(file, content, mode = 0o644) {
  writeFileSync(`${file}.new`, content);
  chmodSync(`${file}.new`, mode);
  renameSync(`${file}.new`, file);
}

export async function bundle(folder) {
  const file = join(folder, "aks-network-policy-pack.cjs");
  const policyPack = join(folder, "policy-pack");
  let single, pack;
  try {
    [single, pack] = await Promise.all([bundled(singleFile), bundled(published)]);
  } catch (error) {
    for (const old of [file, policyPack]) rmSync(old, { recursive: true, force: true });
    throw error;
  }

  const { version, description, license, engines, devDependencies } = readJson("package.json");
  const manifest = {
    ...{ name: readJson("pulumi-pack", "package.json").name, version, description, license, private: true },
    ...{ engines, type: "commonjs", main: "pack.js", files: ["pack.js", "PulumiPolicy.yaml"] },
    // A published pack is installed again on every machine, with the versions it was tested with.
    dependencies: Object.fromEntries(
      ["@pulumi/policy", "@pulumi/pulumi"].map((name) => [name, devDependencies[name]]),
    ),
  };
  mkdirSync(policyPack, { recursive: true });
  write(file, `#!/usr/bin/env node\n${single}`, 0o755);
  write(join(policyPack, "pack.js"), pack);
  write(join(policyPack, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const [folder, name] of [
    ["pulumi-pack", "PulumiPolicy.yaml"],
    [".", "LICENSE"],
  ]) {
    write(join(policyPack, name), readFileSync(join(root, folder, name)));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle(resolve(process.argv[2] ?? join(root, "dist")));
}
