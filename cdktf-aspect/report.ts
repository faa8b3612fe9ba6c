/**
 * What a program prints after a synthesis. The libraries print only errors; their command lines print
 * warnings too. Without a final line nobody could tell a stack without findings from one that was never
 * checked.
 */
import type { Outcome } from "../shared/findings/judgement";
import { outcomes } from "../shared/findings/judgement";
import { counted } from "../shared/rules/wording";
import type { ConstructLike, StackLike } from "./constructs";
import type { ClusterOfStack } from "./inventory";
import { runsInCommandLine, runsTests } from "./presence";

interface Report {
  readonly notes: Set<string>;
  /** Each cluster counts once, however many Aspects check it, with its worst outcome. */
  readonly clusters: Map<string, Outcome>;
  isCounted: boolean;
}

const reports = new Map<StackLike, Report>();
let isWaiting = false;

/** Discards what was recorded, because the stack is about to be checked again. */
export function forget(stack: StackLike): void {
  reports.delete(stack);
}

/** Records a message about a construct that does not stop the synthesis. */
export function note(stack: StackLike, { node }: ConstructLike, text: string): void {
  reportOn(stack).notes.add(`[${node.path}] ${text}`);
}

/** Counts a cluster. */
export function count(stack: StackLike, found: ClusterOfStack, outcome: Outcome): void {
  const { clusters } = reportOn(stack);
  const key = "subject" in found ? `${found.source.node.path} ${found.address()}` : found.source.node.path;
  const before = clusters.get(key) ?? "pass";
  clusters.set(key, outcomes.indexOf(outcome) < outcomes.indexOf(before) ? outcome : before);
}

/** Records that a stack was checked, with or without clusters. */
export function checked(stack: StackLike): void {
  reportOn(stack).isCounted = true;
}

function reportOn(stack: StackLike): Report {
  let report = reports.get(stack);
  if (report === undefined)
    reports.set(stack, (report = { notes: new Set(), clusters: new Map(), isCounted: false }));
  if (!isWaiting && !runsTests()) {
    isWaiting = true;
    // A synthesis is synchronous; an uncaught error ends the program before anything else runs.
    queueMicrotask(print);
    process.once("exit", print);
  }
  return report;
}

function print(): void {
  process.removeListener("exit", print);
  isWaiting = false;
  const all = [...reports.values()];
  reports.clear();
  const lines = runsInCommandLine() ? [] : all.flatMap(({ notes }) => [...notes]);
  if (all.some(({ isCounted }) => isCounted))
    lines.push(summary(all.flatMap(({ clusters }) => [...clusters.values()])));
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n`);
}

const words: Readonly<Record<Outcome, string>> = {
  pass: "pass",
  exempt: "exempt",
  unknown: "not decided",
  fail: "fail",
};

function summary(clusters: readonly Outcome[]): string {
  const parts = (Object.keys(words) as Outcome[]).flatMap((outcome) => {
    const number = clusters.filter((each) => each === outcome).length;
    return number === 0 ? [] : [`${number} ${words[outcome]}`];
  });
  const all = `${counted(clusters.length, "cluster")} checked`;
  return `aks-network-policy-pack: ${[all, ...(parts.length === 0 ? [] : [parts.join(", ")])].join(": ")}`;
}
