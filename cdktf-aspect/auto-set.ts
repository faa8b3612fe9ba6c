import { azurermTyped } from "../shared/dialects/azurerm";
import type { ClusterInDocument } from "../shared/documents/clusters";
import { isRecord } from "../shared/documents/json";
import { wroteFinding } from "../shared/findings/auto-set";
import type { AutoSetFinding } from "../shared/findings/finding";
import type { Assignment } from "../shared/fixes/choice";
import type { Refusal } from "../shared/fixes/remedy";
import { remedyOf } from "../shared/fixes/remedy";
import { effectOf } from "../shared/fixes/replacement";
import type { AutoSet } from "../shared/rules/network-policy-configured/options";
import type { Circumstances } from "../shared/rules/rule";
import type { ConstructLike } from "./constructs";
import { isOverridden, propertyOf } from "./constructs";

/** The result of auto-set for one cluster. */
export type AutoSetResult =
  | { readonly wrote: true; readonly finding: AutoSetFinding }
  | { readonly wrote: false; readonly refusal: Refusal };

/**
 * Writes the engine that the evaluator chooses through the setters of the generated class: the only way that
 * reaches both JSON and HCL and changes nothing else. Whatever an override or a token decides is left alone.
 */
export function autoSet(
  { source: construct, subject, lifecycle }: ClusterInDocument<ConstructLike>,
  configuration: AutoSet,
  circumstances: Circumstances,
): AutoSetResult {
  const address = construct.node.path;
  const { ignores, isProtected } = lifecycle();
  const { notSentBecauseOf } = subject;
  const remedy = remedyOf(subject.cluster, subject.dialect, {
    ...circumstances,
    autoSet: configuration,
    address,
    effectOf: (settings) => effectOf(subject, settings),
    notSentBecauseOf,
    ignores,
    isProtected,
    lifecycleOptions: { ignores: "lifecycle.ignoreChanges", protects: "lifecycle.preventDestroy" },
  });
  if (!remedy.writes) return { wrote: false, refusal: remedy };
  const isTyped = subject.dialect.name === azurermTyped.name && !isOverridden(construct);
  const written = isTyped ? write(construct, remedy.settings) : undefined;
  return written === undefined
    ? { wrote: false, refusal: { because: "out of reach" } }
    : { wrote: true, finding: wroteFinding(subject, written) };
}

/**
 * Writes all of the settings under the bindings' names for them, or none if one of them cannot be written.
 */
function write(construct: ConstructLike, settings: readonly Assignment[]): readonly Assignment[] | undefined {
  const profile = propertyOf(construct, "networkProfile");
  if (typeof profile !== "object" || profile === null) return undefined;
  const named: Assignment[] = [];
  for (const assignment of settings) {
    // Bindings of an older azurerm have the setter under an older name, and ignore unknown names.
    const path = azurermTyped.settings[assignment.setting].find((each) => lastPart(each) in profile);
    if (path === undefined) return undefined;
    named.push({ ...assignment, path });
  }
  const input = propertyOf(construct, "networkProfileInput");
  if (input === undefined) {
    const put = propertyOf(construct, "putNetworkProfile");
    if (typeof put !== "function") return undefined;
    Reflect.apply(put, construct, [
      Object.fromEntries(named.map(({ path, value }) => [lastPart(path), value])),
    ]);
    return named;
  }
  if (!isRecord(input) || !named.every(({ path }) => isEmpty(input[lastPart(path)]))) return undefined;
  return named.every(({ path, value }) => Reflect.set(profile, lastPart(path), value)) ? named : undefined;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** A token is not empty, even if it resolves to nothing. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
