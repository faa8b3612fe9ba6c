import * as v from "valibot";
import { realEngines } from "../../cluster/cluster";
import { listOf, object, oneOf, ruleOptions, text, trueOrFalse, unknown } from "../options";

/** How auto-set works, at level `remediate`. */
const autoSet = object({
  engine: v.pipe(
    v.optional(oneOf(["auto", ...realEngines]), "auto"),
    v.description("The engine to write, if it fits the cluster; auto chooses one that fits."),
  ),
  wholeProfile: v.pipe(
    v.optional(trueOrFalse, false),
    v.description("Also write a network profile into a cluster that has none."),
  ),
  newClusters: v.pipe(
    v.optional(listOf(text, "addresses"), []),
    v.description(
      "Clusters that do not exist yet, by exact Pulumi URN or CDKTF construct path. Auto-set writes to them even what would replace an existing cluster.",
    ),
  ),
  acceptReplacement: v.pipe(
    v.optional(trueOrFalse, false),
    v.description("Auto-set may replace any cluster."),
  ),
});

/** The answers for a cluster with its own CNI. */
export const ownCniAnswers = ["fail", "warn", "allow"] as const;

export const options = ruleOptions(
  {
    engines: v.pipe(
      v.optional(
        v.pipe(
          listOf(oneOf(realEngines), "engines"),
          v.minLength(1, () => `at least one engine of ${realEngines.join(", ")}`),
        ),
        [...realEngines],
      ),
      v.description("The engines that the organisation accepts."),
    ),
    bringYourOwnCni: v.pipe(
      v.optional(oneOf(ownCniAnswers), "fail"),
      v.description("The verdict for plugin none without an engine, where AKS enforces nothing."),
    ),
    unknown,
    autoSet: v.pipe(v.optional(autoSet, {}), v.description("How level remediate writes an engine.")),
  },
  ({ engines, autoSet: { engine } }) =>
    engine === "auto" || engines.includes(engine)
      ? []
      : [`autoSet.engine is "${engine}", which engines does not accept`],
);

export const autoSetDefaults = options.defaults.autoSet;
export type AutoSet = typeof autoSetDefaults;
