/** What the rules fail, as conditions on a cluster with its inline pools and on a separate node pool. */
import type { Circumstances } from "../rules/rule";
import { besideNames, canPass, networkNames, questions, verdictOf, wrong } from "./asking";
import type { Condition } from "./conditions";
import { anyOf, nothing } from "./conditions";
import type { Question } from "./questions";
import { ofPool } from "./questions";
import { both, conditionOf, treeOf } from "./tree";

type Conditions = Condition | boolean;

export function failingCluster(circumstances: Circumstances): Conditions {
  const wrongValues = [...networkNames, ...besideNames].map((name): Conditions => {
    const { isWrong }: Question = questions[name];
    return verdictOf({ [name]: wrong }, circumstances) === "bad" && (isWrong ?? false);
  });
  const fitting = conditionOf(
    treeOf({}, (known) => verdictOf(known, circumstances)),
    "good",
  );
  const unfitting = besideNames.flatMap((name) => {
    const { all, isOneOf } = questions[name];
    const words = all.filter((word) => word !== nothing);
    return words.map((word): Conditions => {
      const tree = treeOf({ [name]: word }, (known) => {
        const verdict = verdictOf(known, circumstances);
        if (verdict === "good") return verdict;
        // Whatever fails without this answer is already covered above.
        return verdictOf({ ...known, [name]: nothing }, circumstances) === "bad" ? "either" : verdict;
      });
      return both(isOneOf([word]), conditionOf(tree, "bad"));
    });
  });
  return anyOf(...wrongValues, typeof fitting === "boolean" ? !fitting : { not: fitting }, ...unfitting);
}

/** A pool fails by itself only if no cluster may have it. */
export function failingPool(circumstances: Circumstances): Conditions {
  const { isOneOf, isWrong }: Question = ofPool;
  const system = "Windows";
  const tree = treeOf({ pools: system }, (known) => canPass(known, circumstances));
  return anyOf(
    verdictOf({ pools: wrong }, circumstances) === "bad" && (isWrong ?? false),
    both(isOneOf([system]), conditionOf(tree, "bad")),
  );
}
