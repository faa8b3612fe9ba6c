import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, URL } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { accepted } from "./accepted.mjs";

/* Mutation testing: changes the sources, one small change at a time, and reports which changes no test
 * notices.
 *
 *   npm run mutation                      everything, which takes hours
 *   npm run mutation -- --shard=2/6       the second of six parts of that: every sixth file of each suite
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
    has: /^shared\/(?!documents\/)(?!rules\/[^/]+\/examples\.ts$)/,
    least: 94,
    argued: false,
  },
  { name: "pulumi-pack", has: /^pulumi-pack\/(?:inventory|resources)\.ts$/, least: 98, argued: false },
  { name: "shared/documents", has: /^shared\/documents\//, least: 68, argued: false },
  // What only a process of its own runs, no test in process can notice.
  { name: "cli", has: /^cli\/(?!(?:bin|start)\.ts$)/, least: 90, argued: false },
  { name: "cdktf-aspect", has: /^cdktf-aspect\//, least: 90, argued: true },
];
const core = /^shared\/(?:rules\/(?:[^/]+|[^/]+\/(?:rule|lifetimes))|cluster\/(?:cluster|setting))\.ts$/;

const sources = execFileSync("git", ["ls-files", "*.ts"], { encoding: "utf8" }).split("\n").filter(Boolean);
const filesOf = (has) => sources.filter((file) => has.test(file));

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
  const whole = suites.map((suite) => ({ ...suite, files: filesOf(suite.has) }));
  if (args.length === 0) return whole;
  const [shared, pulumi] = whole;
  if (args.includes("--ci")) return [{ ...shared, files: filesOf(core), tests: "core" }, pulumi];
  const [, shard, shards] = /^--shard=([1-9]\d*)\/([1-9]\d*)$/.exec(args[0]) ?? [];
  if (shard !== undefined)
    return whole
      .map((suite) => ({ ...suite, files: suite.files.filter((_, i) => i % shards === shard - 1) }))
      .filter(({ files }) => files.length > 0);
  // Nothing that ran must not look like everything that held.
  const stray = args.find((file) => !whole.some(({ files }) => files.includes(file)));
  if (stray !== undefined)
    throw new Error(`${stray} is in none of ${suites.map(({ name }) => name).join(", ")}`);
  return whole
    .map((suite) => ({ ...suite, files: suite.files.filter((file) => args.includes(file)) }))
    .filter(({ files }) => files.length > 0);
}

const asked = chosen(process.argv.slice(2));
if (asked.length === 0) throw new Error("No file is in that part.");
let all = true;
for (const suite of asked) all = holds(suite, await mutantsOf(suite)) && all;
process.exitCode = all ? 0 : 1;
