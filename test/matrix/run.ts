/**
 * Every environment in which a user may have the package, combination by combination: the tarball that npm
 * would publish, installed into separate projects, and run with the Node, the TypeScript and the runner of
 * the cell.
 *
 * Usage: npm run matrix [-- [--ci] [--list] [--part cdktf,cdktn,pulumi] [--host ...] [--typescript ...]
 * [--node ...] [--runner ...]]. Default: all cells. Exits 1 if a cell fails, and names it; 2 if a selection
 * matches nothing.
 */
import type { Cell, Choice, Dimension } from "./cells";
import { cells, corners, dimensions, matches } from "./cells";
import { pulumiProject, runPulumiCell } from "./pulumi";
import { runTerraformCell, terraformProject } from "./terraform";
import { Workshop } from "./workshop";

const nameOf = ({ part, host, typescript, node, runner }: Cell): string =>
  `${part} ${host}, TypeScript ${typescript}, Node ${node}, ${runner}`;
const projectOf = (cell: Cell): string =>
  cell.part === "pulumi" ? pulumiProject(cell) : terraformProject(cell);

interface Options {
  readonly list: boolean;
  readonly chosen: readonly Cell[];
}

class UsageError extends Error {}

function optionsOf(args: readonly string[]): Options {
  const choice: Partial<Record<Dimension, readonly string[]>> = {};
  let list = false;
  let ci = false;
  for (let i = 0; i < args.length; i++) {
    const option = args[i] ?? "";
    if (option === "--list") list = true;
    else if (option === "--ci") ci = true;
    else {
      const dimension = dimensions.find((each) => option === `--${each}`);
      const values = args[++i]?.split(",");
      if (dimension === undefined || values === undefined) throw new UsageError(`what is ${option}?`);
      for (const value of values) {
        if (!cells.some((cell) => cell[dimension] === value))
          throw new UsageError(`no cell has ${option} ${value}`);
      }
      choice[dimension] = values;
    }
  }
  const within: readonly Choice[] = ci ? corners : [{}];
  const chosen = cells.filter((cell) => matches(cell, choice) && within.some((each) => matches(cell, each)));
  if (chosen.length === 0) throw new UsageError("no cell is chosen");
  return { list, chosen };
}

interface Outcome {
  readonly cell: Cell;
  readonly seconds: number;
  readonly failure?: string;
}

async function outcomeOf(cell: Cell, workshop: Workshop): Promise<Outcome> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  try {
    const node = workshop.node(cell.node);
    if (cell.part === "pulumi") await runPulumiCell(cell, workshop, node);
    else runTerraformCell(cell, workshop, node);
    return { cell, seconds: seconds() };
  } catch (error) {
    return { cell, seconds: seconds(), failure: error instanceof Error ? error.message : String(error) };
  }
}

/** One row per combination, one column per Node. */
function table(outcomes: readonly Outcome[]): string {
  const nodes = [...new Set(outcomes.map(({ cell }) => cell.node))];
  const rows = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { part, host, typescript, runner } = outcome.cell;
    const row = `| ${part} ${host} | ${typescript} | ${runner} |`;
    rows.set(row, [...(rows.get(row) ?? []), outcome]);
  }
  const result = (outcome: Outcome | undefined): string => {
    if (outcome === undefined) return "";
    return outcome.failure === undefined ? "ok" : "FAILED";
  };
  return [
    `| host | TypeScript | runner | ${nodes.map((node) => `Node ${node}`).join(" | ")} |`,
    `| --- | --- | --- |${" --- |".repeat(nodes.length)}`,
    ...[...rows].map(([row, all]) =>
      [row, ...nodes.map((node) => `${result(all.find(({ cell }) => cell.node === node))} |`)].join(" "),
    ),
  ].join("\n");
}

async function runCells(chosen: readonly Cell[]): Promise<readonly Outcome[]> {
  const workshop = new Workshop();
  process.once("exit", () => {
    workshop.remove();
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const outcomes: Outcome[] = [];
  for (const [i, cell] of chosen.entries()) {
    const outcome = await outcomeOf(cell, workshop);
    outcomes.push(outcome);
    const word = outcome.failure === undefined ? "ok    " : "FAILED";
    console.log(`${word} ${outcome.seconds.toFixed(1).padStart(6)} s  ${nameOf(cell)}`);
    const next = chosen[i + 1];
    if (next === undefined || projectOf(next) !== projectOf(cell)) workshop.removeProject(projectOf(cell));
  }
  return outcomes;
}

async function main(args: readonly string[]): Promise<number> {
  const { list, chosen } = optionsOf(args);
  if (list) {
    console.log(chosen.map(nameOf).join("\n"));
    console.log(`\n${chosen.length} of ${cells.length} cells`);
    return 0;
  }
  const outcomes = await runCells(chosen);
  console.log(`\n${table(outcomes)}\n`);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  for (const { cell, failure } of failed) console.log(`FAILED ${nameOf(cell)}:\n${failure ?? ""}\n`);
  console.log(`${outcomes.length - failed.length} of ${outcomes.length} cells passed.`);
  return failed.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof UsageError ? `npm run matrix: ${error.message}` : error);
    process.exitCode = 2;
  },
);
