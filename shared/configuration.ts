import { closestWord } from "./closest";
import type { RuleName } from "./verdict";
import { ruleNames } from "./verdict";

/** What happens to a cluster that breaks a rule, in Pulumi's words. `remediate` also writes an engine where that is safe. */
export const levels = ["advisory", "mandatory", "remediate", "disabled"] as const;
export type Level = (typeof levels)[number];

/** The engines that auto-set may be told to write; `auto` chooses one that fits the cluster. */
export const autoSetEngines = ["auto", "cilium", "calico", "azure"] as const;

/** How auto-set works, where `network-policy-configured` is at level `remediate`. */
export interface AutoSet {
  readonly engine?: (typeof autoSetEngines)[number];
  /** Write a whole network profile on a cluster that has none. */
  readonly wholeProfile?: boolean;
  /** Write also what replaces a cluster that exists. */
  readonly acceptReplacement?: boolean;
  /** The addresses of clusters that do not exist yet. */
  readonly newClusters?: readonly string[];
}

export interface RuleConfiguration {
  readonly enforcementLevel?: Level;
}

/** An organisation's policy: for each rule its level, and under `all` the level of the rules that are not named. */
export interface Configuration {
  readonly all?: Level | RuleConfiguration;
  readonly "network-policy-configured"?: Level | (RuleConfiguration & { readonly autoSet?: AutoSet });
  readonly "network-policy-compatible"?: Level | RuleConfiguration;
  readonly "network-policy-supported"?: Level | RuleConfiguration;
}

/** A configuration with nothing left open. */
export interface Policy {
  readonly levels: Readonly<Record<RuleName, Level>>;
  readonly autoSet: Required<AutoSet>;
}

export type ReadConfiguration =
  | { readonly valid: true; readonly policy: Policy }
  | { readonly valid: false; readonly problems: readonly string[] };

export const autoSetDefaults: Required<AutoSet> = {
  engine: "auto",
  wholeProfile: false,
  acceptReplacement: false,
  newClusters: [],
};

/** Reads a configuration as a user wrote it. Anything that is not understood is a problem, and every problem is told. */
export function readConfiguration(configuration: unknown): ReadConfiguration {
  const problems: string[] = [];
  const all = record(configuration, "the configuration", problems);
  unknownNames(all, ["all", ...ruleNames], "the configuration", problems);
  const forAll = levelAt(all, "all", ["enforcementLevel"], problems);
  const levelsOfRules = Object.fromEntries(
    ruleNames.map((name) => [
      name,
      levelAt(all, name, namesIn(name), problems) ?? forAll ?? ("mandatory" satisfies Level),
    ]),
  ) as Record<RuleName, Level>;
  const configured = all["network-policy-configured"];
  const autoSet = isRecord(configured) ? readAutoSet(configured["autoSet"], problems) : autoSetDefaults;
  return problems.length === 0
    ? { valid: true, policy: { levels: levelsOfRules, autoSet } }
    : { valid: false, problems };
}

function namesIn(name: RuleName): readonly string[] {
  return name === "network-policy-configured" ? ["enforcementLevel", "autoSet"] : ["enforcementLevel"];
}

function levelAt(
  all: Readonly<Record<string, unknown>>,
  name: string,
  names: readonly string[],
  problems: string[],
): Level | undefined {
  const value = all[name];
  if (value === undefined) return undefined;
  const written =
    typeof value === "string" ? value : record(value, `"${name}"`, problems)["enforcementLevel"];
  if (typeof value !== "string" && isRecord(value)) unknownNames(value, names, `"${name}"`, problems);
  return written === undefined ? undefined : oneOf(written, levels, `the level of "${name}"`, problems);
}

function readAutoSet(value: unknown, problems: string[]): Required<AutoSet> {
  if (value === undefined) return autoSetDefaults;
  const autoSet = record(value, "autoSet", problems);
  unknownNames(autoSet, Object.keys(autoSetDefaults), "autoSet", problems);
  const truth = (name: "wholeProfile" | "acceptReplacement"): boolean => {
    const written = autoSet[name] ?? autoSetDefaults[name];
    if (typeof written !== "boolean")
      problems.push(`autoSet.${name} is ${described(written)}; expected true or false`);
    return written === true;
  };
  const { engine, newClusters = [] } = autoSet;
  const areTexts = Array.isArray(newClusters) && newClusters.every((each) => typeof each === "string");
  if (!areTexts)
    problems.push(`autoSet.newClusters is ${described(newClusters)}; expected a list of addresses`);
  return {
    engine:
      engine === undefined ? "auto" : (oneOf(engine, autoSetEngines, "autoSet.engine", problems) ?? "auto"),
    wholeProfile: truth("wholeProfile"),
    acceptReplacement: truth("acceptReplacement"),
    newClusters: areTexts ? newClusters : [],
  };
}

function unknownNames(
  written: Readonly<Record<string, unknown>>,
  names: readonly string[],
  where: string,
  problems: string[],
): void {
  for (const name of Object.keys(written).filter((each) => !names.includes(each))) {
    problems.push(`${where} names ${quoted(name)}; expected one of ${names.join(", ")}${hint(name, names)}`);
  }
}

function oneOf<T extends string>(
  value: unknown,
  words: readonly T[],
  what: string,
  problems: string[],
): T | undefined {
  const word = words.find((each) => each === value);
  if (word !== undefined) return word;
  const close = typeof value === "string" ? hint(value, words) : "";
  problems.push(`${what} is ${described(value)}; expected one of ${words.join(", ")}${close}`);
  return undefined;
}

function hint(text: string, words: readonly string[]): string {
  const near = closestWord(text, words);
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}

function record(value: unknown, what: string, problems: string[]): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  problems.push(`${what} is ${described(value)}; expected an object`);
  return {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function described(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return value === null ? "null" : "an object";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return `a ${typeof value}`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
