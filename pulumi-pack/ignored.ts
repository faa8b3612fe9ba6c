import type { ResourceValidationArgs } from "@pulumi/policy";
import { covers } from "../shared/documents/pulumi/ignore-changes";
import type { Finding } from "../shared/findings/finding";
import { pathsOf } from "../shared/fixes/advised-fix";

type Options = ResourceValidationArgs["opts"];

/** Does the program tell the engine to ignore a change of the property at this path? */
export function ignores({ ignoreChanges }: Options, path: string): boolean {
  return ignoreChanges.some((ignored) => covers(ignored, path));
}

/**
 * Findings on a resource, with a word where its fix would not show: of what is ignored the engine shows policies, and the
 * provider, what the cluster had before.
 */
export function withIgnored(
  findings: readonly Finding[],
  // A test of an organisation's own may leave the options out.
  { opts }: { readonly opts?: Options },
): readonly Finding[] {
  if (opts === undefined) return findings;
  return findings.map((finding) =>
    finding.about === "cause" && pathsOf(finding.advised.fix).some((path) => ignores(opts, path))
      ? { ...finding, ignoredBy: "ignoreChanges" }
      : finding,
  );
}
