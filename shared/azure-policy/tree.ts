/**
 * Builds a decision tree by asking the rules at each step what their verdict still depends on, and turns it
 * into a condition.
 */
import type { Known, QuestionName, Verdict } from "./asking";
import { questions } from "./asking";
import type { Condition } from "./conditions";
import { allOf, anyOf } from "./conditions";
import type { Question } from "./questions";

/** `either`: another condition of the definition decides. */
export type Tree =
  "good" | "bad" | "either" | { readonly question: QuestionName; readonly branches: readonly Branch[] };

/** The subtree for these answers. */
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
  // The answers left over go to the longest branch, so that the other branches name fewer.
  const longest = others.reduce((a, b) => (b.answers.length > a.answers.length ? b : a), first);
  const branches = [first, ...others].map((each) =>
    each === longest ? { ...each, answers: [...each.answers, ...free] } : each,
  );
  return { question, branches };
}

/** The condition under which a tree ends in this verdict; a boolean if it always or never does. */
export function conditionOf(tree: Tree, verdict: "good" | "bad"): Condition | boolean {
  if (typeof tree === "string") return tree === verdict;
  const asked: Question = questions[tree.question];
  const ways = tree.branches.map(({ answers, then }) => ({ answers, then: conditionOf(then, verdict) }));
  // With two branches, one of them certain, the other need not repeat its condition.
  const isCertain = ways.length === 2 && ways.some(({ then }) => then === true);
  return anyOf(
    ...ways.map(({ answers, then }) =>
      typeof then !== "boolean" && isCertain ? then : both(asked.isOneOf(answers), then),
    ),
  );
}

export function both(one: Condition, other: Condition | boolean): Condition | boolean {
  if (typeof other === "boolean") return other && one;
  return allOf(one, other);
}
