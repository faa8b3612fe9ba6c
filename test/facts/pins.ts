/** What comments and pages say about pinned versions. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bridges } from "../../shared/fixes/known-changes";
import { isBefore } from "../../shared/dialects/version";
import type { Difference } from "./compare";
import { packages, pinsOf } from "./packages";
import { installed, root, versionOf } from "./surface";

/**
 * How a text names a pinned package, followed by a version. The oldest supported version may be named too.
 */
const claims: readonly {
  readonly pattern: RegExp;
  readonly name: string;
  readonly pinnedIn: readonly string[];
}[] = [
  { pattern: /@pulumi\/azure`? (\d+\.\d+\.\d+)/g, name: "@pulumi/azure", pinnedIn: ["."] },
  {
    pattern: /types of (\d+\.\d+\.\d+)/g,
    name: "@pulumi/azure-native",
    pinnedIn: [".", "test/azure-native-v2"],
  },
  {
    pattern: /types of \d+\.\d+\.\d+ and (\d+\.\d+\.\d+)/g,
    name: "@pulumi/azure-native",
    pinnedIn: [".", "test/azure-native-v2"],
  },
  { pattern: /\bcdktf`? (\d+\.\d+\.\d+)/g, name: "cdktf", pinnedIn: ["."] },
  { pattern: /\bcdktn`? (\d+\.\d+\.\d+)/g, name: "cdktn", pinnedIn: ["."] },
];

export interface Page {
  readonly file: string;
  readonly text: string;
}

/** Everything that mentions versions: sources, pages, the README. */
export function pagesWithClaims(): Page[] {
  const files = ["shared", "pulumi-pack", "cdktf-aspect", "docs"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(?:ts|md)$/.test(file))
      .map((file) => join(folder, file)),
  );
  return ["README.md", ...files].map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
}

export function compareClaims(pages: readonly Page[]): Difference[] {
  return pages.flatMap(({ file, text }) =>
    claims.flatMap(({ pattern, name, pinnedIn }) => {
      const pinned = pinnedIn.map((folder) => pinsOf(folder)[name]);
      return [...text.matchAll(pattern)]
        .filter(([, version]) => !pinned.includes(version))
        .map(([, version = ""]) => ({
          what: `${file} says ${name} ${version}; pinned is ${pinned.join(" and ")}`,
          where: file,
          change: `say ${pinned.join(" or ")}, after reading what changed`,
        }));
    }),
  );
}

/** The CLI that the tests build, and the oldest one according to the pages. */
export function compareCli(pages: readonly Page[], goModule: string): Difference[] {
  const pinned = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+)/.exec(goModule)?.[1];
  return pages.flatMap(({ file, text }) =>
    [...text.matchAll(/Pulumi CLI (\d+\.\d+)/g)]
      .filter(([, version = ""]) => pinned === undefined || isBefore(pinned, version))
      .map(([, version = ""]) => ({
        what: `${file} says Pulumi CLI ${version}; the tests build ${pinned ?? "none"}, which is older`,
        where: file,
        change: "name a version that the tests run, or build that version",
      })),
  );
}

/** Are the installed versions the pinned ones? */
export function compareInstalled(): Difference[] {
  return packages.flatMap(({ name, pinnedIn }): Difference[] => {
    const folder = installed(join(root, pinnedIn), name);
    const pinned = pinsOf(pinnedIn)[name];
    const found = folder === undefined ? undefined : versionOf(folder);
    if (found === undefined || found === pinned) return [];
    return [
      {
        what: `${name} ${found} is installed; ${pinnedIn}/package.json pins ${pinned ?? "none"}`,
        where: `${pinnedIn}/package.json`,
        change: `npm ci --prefix ${pinnedIn}, or pin ${found} exactly`,
      },
    ];
  });
}

/**
 * The package of a new `@pulumi/azure` does not say which azurerm it bridges, so a new minor version needs a
 * row.
 */
export function compareBridges(version: string): Difference[] {
  const [newest] = bridges;
  const minor = version.split(".").slice(0, 2).join(".");
  if (!isBefore(newest.since, `${minor}.0`)) return [];
  return [
    {
      what: `@pulumi/azure ${version} is newer than ${newest.since}, the last whose azurerm is known`,
      where: "shared/fixes/known-changes.ts",
      change: `add to \`bridges\` the azurerm that ${minor}.0 has as its submodule \`upstream\``,
    },
  ];
}
