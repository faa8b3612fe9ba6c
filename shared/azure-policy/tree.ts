/** A decision tree that asks the rules at each step what their verdict still depends on, and the condition that it makes. */
import type { Known, QuestionName, Verdict } from "./asking";
import { questions } from "./asking";
import type { Condition } from "./conditions";
import { allOf, anyOf } from "./conditions";
import type { Question } from "./questions";

/** `either`: another condition of the definition decides there. */
export type Tree =
  "good" | "bad" | "either" | { readonly question: QuestionName; readonly branches: readonly Branch[] };

/** What follows from these answers. */
interface Branch {
  readonly answers: readonly string[];
  readonly then: Tree;
}

/** The shortest tree that asks the questions in the order in which the verdict depends on them. */
export function treeOf(known: Known, ask: (known: Known) => Verdict | "either"): Tree {
  const verdict = ask(known);
  if (typeof verdict === "string") return verdict;
  const question = verdict.dependsOn;
  const byTree = new Map<string, Branch>();
  for (const value of questions[question].all) {
    const then = treeOf({ ...known, [question]: value }, ask);
    const key = JSON.stringify(then);
    byTree.set(key, { answers: [...(byTree.get(key)?.answers ?? []), value], then });
  }
  const free = byTree.get('"either"')?.answers ?? [];
  byTree.delete('"either"');
  const [first, ...others] = byTree.values();
  if (first === undefined) return "either";
  if (others.length === 0) return first.then;
  // The answers that are free go to the longest branch, so that the others have less to name.
  const longest = others.reduce((a, b) => (b.answers.length > a.answers.length ? b : a), first);
  const branches = [first, ...others].map((each) =>
    each === longest ? { ...each, answers: [...each.answers, ...free] } : each,
  );
  return { question, branches };
}

/** The condition under which a tree ends in this verdict; a truth where it always or never does. */
export function conditionOf(tree: Tree, verdict: "good" | "bad"): Condition | boolean {
  if (typeof tree === "string") return tree === verdict;
  const asked: Question = questions[tree.question];
  const ways = tree.branches.map(({ answers, then }) => ({ answers, then: conditionOf(then, verdict) }));
  // Beside the one way that is sure, the other need not ask again.
  const isTold = ways.length === 2 && ways.some(({ then }) => then === true);
  return anyOf(
    ...ways.map(({ answers, then }) =>
      typeof then !== "boolean" && isTold ? then : both(asked.isOneOf(answers), then),
    ),
  );
}

/** Both conditions together. */
export function both(one: Condition, other: Condition | boolean): Condition | boolean {
  if (typeof other === "boolean") return other && one;
  return allOf(one, other);
}
