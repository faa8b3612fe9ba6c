/**
 * What a program prints about a synthesis, after it. The libraries print errors alone, their command lines warnings, too;
 * and without a word at the end nobody could tell a stack without findings from one that nothing looked at.
 */
import type { Outcome } from "../shared/findings/judgement";
import { outcomes } from "../shared/findings/judgement";
import { counted } from "../shared/rules/wording";
import type { ConstructLike, StackLike } from "./constructs";
import type { ClusterOfStack } from "./inventory";
import { runsInCommandLine, runsTests } from "./presence";

interface Report {
  readonly notes: Set<string>;
  /** Each cluster once, however many Aspects judge it: the worst counts. */
  readonly clusters: Map<string, Outcome>;
  isCounted: boolean;
}

const reports = new Map<StackLike, Report>();
let isWaiting = false;

/** A stack is about to be judged again. */
export function forget(stack: StackLike): void {
  reports.delete(stack);
}

/** Notes a message about a construct that does not stop the synthesis. */
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

/** Says about a stack that it was looked at, whether or not it has clusters. */
export function checked(stack: StackLike): void {
  reportOn(stack).isCounted = true;
}

function reportOn(stack: StackLike): Report {
  let report = reports.get(stack);
  if (report === undefined)
    reports.set(stack, (report = { notes: new Set(), clusters: new Map(), isCounted: false }));
  if (!isWaiting && !runsTests()) {
    isWaiting = true;
    // A synthesis is one piece of work; an error that nobody catches ends the program before anything else is done.
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
