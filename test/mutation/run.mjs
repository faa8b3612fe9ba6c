import { execFileSync } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath, URL } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { accepted } from "./accepted.mjs";
import { isSame, root, shown, survivorOf, survived } from "./survivors.mjs";

/* Mutation testing: changes the sources, one small change at a time, and reports which changes no test
 * notices.
 *
 *   npm run mutation                      everything, which takes about an hour
 *   npm run mutation -- --shard=2/6       the second of six parts of that: every sixth file of each suite
 *   npm run mutation -- --ci              what decides a verdict, and Pulumi's reader: in bounded time
 *   npm run mutation -- shared/fixes/fix.ts …   only these files
 *
 * MUTATION_TESTS=shared/fixes/fix,… runs only these test files, which is faster and finds more survivors. */

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
process.chdir(root);

/**
 * A rule's worked examples are excluded, because they are the tests' input, and so is what only a process of
 * its own runs, because no test in process can notice it.
 *
 * In suites whose survivors are listed, one that is not in the list fails the run, whatever the score.
 */
const suites = [
  // Each room of `shared/` by its own tests: a mutant runs no more of them than it needs.
  {
    name: "shared/rules",
    has: /^shared\/(?:rules|cluster)\/(?![^/]+\/examples\.ts$)/,
    least: 98,
    argued: false,
  },
  { name: "shared/reading", has: /^shared\/reading\//, least: 98, argued: false },
  // `npm run facts` compares the generated table.
  {
    name: "shared/dialects",
    has: /^shared\/dialects\/(?!azure-api-versions\.ts$)/,
    least: 98,
    argued: false,
  },
  { name: "shared/fixes", has: /^shared\/fixes\//, least: 98, argued: false },
  { name: "shared/findings", has: /^shared\/(?:findings|policy)\//, least: 98, argued: false },
  { name: "shared/messages", has: /^shared\/(?:messages\/|[^/]+\.ts$)/, least: 98, argued: false },
  { name: "shared/azure-policy", has: /^shared\/azure-policy\//, least: 98, argued: false },
  { name: "pulumi-pack", has: /^pulumi-pack\/(?!(?:pack|freshness)\.ts$)/, least: 98, argued: false },
  { name: "shared/documents/arm", has: /^shared\/documents\/arm\//, least: 98, argued: false },
  { name: "shared/documents/terraform", has: /^shared\/documents\/terraform\//, least: 98, argued: false },
  {
    name: "shared/documents",
    has: /^shared\/documents\/(?:azure\/|pulumi\/|[^/]+\.ts$)/,
    least: 98,
    argued: false,
  },
  { name: "cli", has: /^cli\/(?!(?:bin|start)\.ts$)/, least: 98, argued: false },
  { name: "cdktf-aspect", has: /^cdktf-aspect\//, least: 95, argued: true },
];
const core = /^shared\/(?:rules\/(?:[^/]+|[^/]+\/(?:rule|lifetimes))|cluster\/(?:cluster|setting))\.ts$/;

const sources = execFileSync("git", ["ls-files", "*.ts"], { encoding: "utf8" }).split("\n").filter(Boolean);
const filesOf = (has) => sources.filter((file) => has.test(file));

async function mutantsOf({ name, files, tests = name }) {
  process.env.MUTATION_SUITE = tests;
  return new Stryker({
    mutate: files,
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner", here("survivors.mjs")],
    vitest: { configFile: "test/mutation/vitest.config.mts", related: false },
    // A quick look at some files leaves the machine to others.
    concurrency: process.env.MUTATION_TESTS === undefined ? 2 : 1,
    // A busy machine must not kill a mutant.
    timeoutMS: 8_000,
    // Everything that the tests read, without installed files.
    ignorePatterns: [
      "*",
      "!{shared,pulumi-pack,cdktf-aspect,cli,test,docs,examples,dist}/**",
      "!{README.md,LICENSE,*.json}",
      "test/*/node_modules",
      "test/cdktf-python/.venv",
      "test/pre-commit/.venv",
      "test/pulumi-cli/bin",
    ],
    tempDirName: ".stryker-tmp",
    reporters: ["progress-append-only", "survivors"],
    allowEmpty: true,
  }).runMutationTest();
}

function holds({ name, least, argued }, mutants) {
  // A runtime error means that the source does not load, which no test can miss.
  const killed = mutants.filter(
    (mutant) => ["Killed", "Timeout", "RuntimeError"].includes(mutant.status) && !survived(mutant),
  ).length;
  const survivors = mutants.filter(survived).map(survivorOf);
  const all = killed + survivors.length;
  const open = survivors.filter((survivor) => !accepted.some((entry) => isSame(entry, survivor)));
  // As is usual, a mutant that changes nothing that could be noticed does not count.
  const counted = killed + open.length;
  const score = counted === 0 ? 0 : (100 * killed) / counted;
  console.log(
    `${name}: ${score.toFixed(2)} %; expected ${least} %. ${killed} of ${all} mutants are killed, ${all - counted} of the others are argued.`,
  );
  const mutated = new Set(mutants.map(({ fileName }) => relative(root, fileName)));
  // One that timed out may be slow, not noticed.
  const slow = mutants.filter(({ status }) => status === "Timeout").map(survivorOf);
  const stale = accepted.filter(
    (entry) => mutated.has(entry.file) && ![...survivors, ...slow].some((mutant) => isSame(entry, mutant)),
  );
  if (stale.length > 0) console.log(["in the list, but killed or gone:", ...stale.map(shown)].join("\n"));
  return score >= least && stale.length === 0 && (open.length === 0 || !argued);
}

function chosen(args) {
  const whole = suites.map((suite) => ({ ...suite, files: filesOf(suite.has) }));
  if (args.length === 0) return whole;
  const pulumi = whole.find(({ name }) => name === "pulumi-pack");
  if (args.includes("--ci"))
    return [{ name: "core", files: filesOf(core), least: 98, argued: false }, pulumi];
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
