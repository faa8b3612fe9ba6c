import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, URL } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { accepted } from "./accepted.mjs";

/* Mutation testing: changes the sources, one small change at a time, and reports which changes no test
 * notices.
 *
 *   npm run mutation                      everything
 *   npm run mutation -- --ci              what decides a verdict, and Pulumi's reader: in bounded time
 *   npm run mutation -- shared/fixes/fix.ts …   only these files */

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = here("../../");
process.chdir(root);

/**
 * A rule's worked examples are excluded: they are the tests' input.
 *
 * In suites whose survivors are listed, one that is not in the list fails the run, whatever the score.
 */
const suites = [
  {
    name: "shared",
    files: ["shared/**/*.ts", "!shared/rules/*/examples.ts", "!shared/documents/**/*.ts"],
    least: 94,
    argued: false,
  },
  { name: "pulumi-pack", files: ["pulumi-pack/{inventory,resources}.ts"], least: 98, argued: false },
  { name: "shared/documents", files: ["shared/documents/**/*.ts"], least: 68, argued: false },
  // In-process tests cannot cover what only runs in a separate process.
  { name: "cli", files: ["cli/**/*.ts", "!cli/{bin,start}.ts"], least: 90, argued: false },
  {
    name: "cdktf-aspect",
    files: ["cdktf-aspect/*.ts"],
    least: 90,
    argued: true,
  },
];
const core = [
  "shared/rules/*.ts",
  "shared/rules/*/{rule,lifetimes}.ts",
  "shared/cluster/{cluster,setting}.ts",
];

async function mutantsOf({ name, files, tests = name }) {
  process.env.MUTATION_SUITE = tests;
  return new Stryker({
    mutate: files,
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "test/mutation/vitest.config.mts", related: false },
    concurrency: 2,
    // A busy machine must not kill a mutant.
    timeoutMS: 30_000,
    // Everything that the tests read, without installed or built files.
    ignorePatterns: [
      "*",
      "!{shared,pulumi-pack,cdktf-aspect,cli,test,docs,examples}/**",
      "!{README.md,LICENSE,*.json}",
      "test/*/node_modules",
      "test/cdktf-python/.venv",
      "test/pre-commit/.venv",
      "test/pulumi-cli/bin",
    ],
    tempDirName: ".stryker-tmp",
    reporters:
      process.env.MUTATION_REPORT === undefined ? ["progress-append-only"] : ["progress-append-only", "json"],
    jsonReporter: { fileName: process.env.MUTATION_REPORT ?? "" },
    allowEmpty: true,
  }).runMutationTest();
}

/** A surviving mutant in the format of the list: without line numbers, which every change moves. */
function survivorOf({ fileName, location: { start, end }, replacement }) {
  const lines = readFileSync(fileName, "utf8")
    .split("\n")
    .slice(start.line - 1, end.line);
  const line = lines[0].trim();
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  const inOneLine = (text) => text.replace(/\s+/g, " ").trim();
  return {
    file: relative(root, fileName),
    number: start.line,
    line,
    was: inOneLine(lines.join(" ")),
    becomes: inOneLine(replacement),
  };
}

const isSame = (one, other) => ["file", "line", "was", "becomes"].every((key) => one[key] === other[key]);
const shown = ({ file, number, line, was, becomes }) =>
  `  ${file}${number === undefined ? "" : `:${number}`}\n    ${line}\n    ${was} -> ${becomes}`;

function holds({ name, least, argued }, mutants) {
  // A runtime error means that the source does not load, which no test can miss.
  const killed = mutants.filter(({ status }) =>
    ["Killed", "Timeout", "RuntimeError"].includes(status),
  ).length;
  const survivors = mutants
    .filter(({ status }) => status === "Survived" || status === "NoCoverage")
    .map(survivorOf);
  const all = killed + survivors.length;
  const score = all === 0 ? 0 : (100 * killed) / all;
  console.log(`${name}: ${score.toFixed(2)} %, ${killed} of ${all} mutants are killed; expected ${least} %`);
  const open = survivors.filter((survivor) => !accepted.some((entry) => isSame(entry, survivor)));
  if (open.length > 0) console.log(["survived:", ...open.map(shown)].join("\n"));
  const mutated = new Set(mutants.map(({ fileName }) => relative(root, fileName)));
  const stale = accepted.filter(
    (entry) => mutated.has(entry.file) && !survivors.some((survivor) => isSame(entry, survivor)),
  );
  if (stale.length > 0) console.log(["in the list, but killed or gone:", ...stale.map(shown)].join("\n"));
  return score >= least && stale.length === 0 && (open.length === 0 || !argued);
}

function chosen(args) {
  if (args.length === 0) return suites;
  const [shared, pulumi] = suites;
  if (args.includes("--ci")) return [{ ...shared, files: core, tests: "core" }, pulumi];
  // A partial run must not look like a complete one.
  const suiteOf = (file) =>
    suites
      .filter(({ name }) => file.startsWith(`${name}/`))
      .sort((one, other) => other.name.length - one.name.length)[0];
  const stray = args.find((file) => suiteOf(file) === undefined);
  if (stray !== undefined)
    throw new Error(`${stray} is in none of ${suites.map(({ name }) => name).join(", ")}`);
  return suites.flatMap((suite) => {
    const files = args.filter((file) => suiteOf(file) === suite);
    return files.length > 0 ? [{ ...suite, files }] : [];
  });
}

let all = true;
for (const suite of chosen(process.argv.slice(2))) all = holds(suite, await mutantsOf(suite)) && all;
process.exitCode = all ? 0 : 1;
