import type { Assignment, AutoSet, Circumstances, Subject } from "../shared";
import { azurermTyped, effectOf, explainRefusal, explainWritten, remedyOf } from "../shared";
import type { ConstructLike } from "./constructs";
import { isOverridden, isRecord, propertyOf } from "./constructs";

/** What auto-set did to one cluster, in words. */
export type AutoSetResult =
  | { readonly wrote: true; readonly text: string }
  | { readonly wrote: false; readonly lines: readonly string[] };

/**
 * Writes the engine that the evaluator chooses, through the setters of the generated class: they are the one way that
 * reaches JSON and HCL alike and touches nothing else. Whatever an override or a token decides is left alone.
 */
export function autoSet(
  construct: ConstructLike,
  subject: Subject,
  configuration: AutoSet,
  circumstances: Circumstances,
): AutoSetResult {
  const address = construct.node.path;
  const remedy = remedyOf(subject.cluster, subject.dialect, {
    ...circumstances,
    autoSet: configuration,
    address,
    effectOf: (settings) => effectOf(subject, settings),
  });
  if (!remedy.writes) return { wrote: false, lines: explainRefusal(remedy, address).split("\n") };
  const isTyped = subject.dialect === azurermTyped && !isOverridden(construct);
  if (!isTyped || !write(construct, remedy.settings)) {
    return { wrote: false, lines: [explainRefusal({ because: "out of reach" }, address)] };
  }
  return { wrote: true, text: explainWritten(subject, remedy.settings) };
}

/** Writes all of the settings, or none where one of them cannot be written. */
function write(construct: ConstructLike, settings: readonly Assignment[]): boolean {
  const input = propertyOf(construct, "networkProfileInput");
  if (input === undefined) return putProfile(construct, settings);
  const profile = propertyOf(construct, "networkProfile");
  if (!isRecord(input) || typeof profile !== "object" || profile === null) return false;
  const named: { readonly name: string; readonly value: unknown }[] = [];
  for (const { setting, value } of settings) {
    // Bindings of an older azurerm have the setter under an older name.
    const name = azurermTyped.settings[setting].map(lastPart).find((each) => each in profile);
    if (name === undefined || !isEmpty(input[name])) return false;
    named.push({ name, value });
  }
  return named.every(({ name, value }) => Reflect.set(profile, name, value));
}

function putProfile(construct: ConstructLike, settings: readonly Assignment[]): boolean {
  const put = propertyOf(construct, "putNetworkProfile");
  if (typeof put !== "function") return false;
  const profile = Object.fromEntries(settings.map(({ path, value }) => [lastPart(path), value]));
  Reflect.apply(put, construct, [profile]);
  return true;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** A token is not empty, even one that turns out to be nothing. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
