import type { ResourceValidationArgs } from "@pulumi/policy";
import type { Rule } from "../shared/rules/rule";
import { subjectOf } from "./inventory";
import { partOf, versionOf } from "./resources";
import type { Run } from "./run";
import { notApplicable } from "./run";

/** Auto-set: writes an engine into the inputs of a cluster before they are validated, if that is safe. */
export function remediateResource(
  rule: Rule,
  run: Run,
  args: ResourceValidationArgs,
): ResourceValidationArgs["props"] | Promise<never> | undefined {
  const { configuration, autoSets, today } = run;
  const part = partOf(args);
  if (part?.what === "template deployment") autoSets.refuseTemplate(args.urn);
  if (part?.what !== "cluster") return notApplicable(run, args, "not an AKS cluster");
  // A cluster that is only read, which `pulumi policy analyze` shows, too. The engine's own keys are shown here as well.
  if (Object.keys(args.props).every((name) => name.startsWith("__")))
    return notApplicable(run, args, "no inputs");
  // Validation, which runs next, reports the problem.
  if (!configuration.accepts(rule, args.getConfig())) return undefined;
  const wrote = autoSets.remediate(args, () => {
    const subject = subjectOf(args.type, args.props, versionOf(args.provider));
    if (subject === undefined) throw new TypeError("not a cluster");
    return { subject, circumstances: configuration.circumstances(today) };
  });
  return wrote ? args.props : undefined;
}
