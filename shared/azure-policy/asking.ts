/** Asks the rules for their verdict on a cluster of which only some answers are known. */
import type { Cluster } from "../cluster/cluster";
import {
  accelerationModes,
  dataplanes,
  engines,
  modes,
  nodeProvisioningModes,
  plugins,
  realEngines,
  skus,
} from "../cluster/cluster";
import type { Setting, Unrecognized } from "../cluster/setting";
import { answer } from "../cluster/setting";
import type { Options } from "../rules";
import { defaultOptions, rules } from "../rules";
import { ownCniAnswers } from "../rules/network-policy-configured/options";
import type { Circumstances } from "../rules/rule";
import { nothing } from "./conditions";
import { besideTheNetwork, ofTheNetwork, ofTheOptions } from "./questions";

export const questions = { ...ofTheNetwork, ...besideTheNetwork, ...ofTheOptions };
export type QuestionName = keyof typeof questions;
type NetworkName = keyof typeof ofTheNetwork;

export const networkNames = Object.keys(ofTheNetwork) as readonly NetworkName[];
export const besideNames = Object.keys(besideTheNetwork) as readonly (keyof typeof besideTheNetwork)[];
const optionNames = Object.keys(ofTheOptions) as readonly (keyof typeof ofTheOptions)[];

/**
 * The answers so far. An unanswered question about the network is unknown; everything else counts as not set.
 */
export type Known = Readonly<Partial<Record<QuestionName, string>>>;

/** An answer that Azure does not document. */
export const wrong = "?";

/** The combined verdict of the rules, or the next question that it depends on. */
export type Verdict = "good" | "bad" | { readonly dependsOn: QuestionName };

/** The combined verdict of all enabled rules, for every choice an assignment can still make. */
export function verdictOf(known: Known, circumstances: Circumstances): Verdict {
  return whateverIsChosen(known, (chosen) => judged(chosen, circumstances));
}

/** Does any cluster with these answers pass? */
export function canPass(known: Known, circumstances: Circumstances): Verdict {
  const passes = (chosen: Known): boolean => {
    const verdict = judged(chosen, circumstances);
    if (typeof verdict === "string") return verdict === "good";
    const name = verdict.dependsOn;
    return questions[name].all.some((value) => passes({ ...chosen, [name]: value }));
  };
  return whateverIsChosen(known, (chosen) => (passes(chosen) ? "good" : "bad"));
}

/**
 * A configuration that accepts more engines never fails more clusters, so what holds for the widest and the
 * narrowest holds for all in between. The narrowest is the one without a choice.
 */
const most: Known = { azure: "azure", calico: "calico", cilium: "cilium", bringYourOwnCni: "allow" };

function whateverIsChosen(known: Known, ask: (chosen: Known) => Verdict): Verdict {
  const atMost = ask({ ...most, ...known });
  if (atMost !== "good") return atMost;
  const atLeast = ask(known);
  if (atLeast !== "bad") return atLeast;
  const next = optionNames.find((name) => known[name] === undefined);
  return next === undefined ? "bad" : { dependsOn: next };
}

function judged(known: Known, circumstances: Circumstances): Verdict {
  const { disabled = [] } = circumstances;
  const asked = { ...circumstances, options: optionsOf(known) };
  const cluster = clusterOf(known);
  const verdicts = rules
    .filter(({ name }) => !disabled.includes(name))
    .map((rule) => rule.judge(cluster, asked));
  if (verdicts.some(({ verdict }) => verdict === "fail")) return "bad";
  if (verdicts.every(({ verdict }) => verdict === "pass")) return "good";
  const next = networkNames.find((name) => known[name] === undefined);
  return next === undefined ? "good" : { dependsOn: next };
}

function optionsOf(known: Known): Options {
  const name = "network-policy-configured";
  const accepted = realEngines.filter((engine) => known[engine] === engine);
  const ownCni = ownCniAnswers.find((each) => each === known.bringYourOwnCni) ?? "fail";
  return {
    ...defaultOptions,
    [name]: { ...defaultOptions[name], engines: accepted, bringYourOwnCni: ownCni },
  };
}

const absent = { state: "absent", path: "" } as const;

function clusterOf(known: Known): Cluster {
  const setting = <T>(path: QuestionName, words: readonly T[]): Setting<T | Unrecognized> => {
    const value = known[path] ?? (path in ofTheNetwork ? undefined : nothing);
    if (value === undefined) return { state: "unknown", path, unknownAt: path };
    const found: T | Unrecognized | undefined =
      value === wrong
        ? { unrecognized: "text", at: path, expected: "" }
        : words.find((each) => String(each) === value);
    return found === undefined ? { state: "absent", path } : { state: "known", path, value: found };
  };
  const pool = {
    name: undefined,
    os: setting("pools", ["Windows"] as const),
    windowsImage: answer(false),
    image: absent,
    maximumNodes: absent,
  };
  return {
    profile: answer(true),
    engine: setting("engine", engines),
    plugin: setting("plugin", plugins),
    mode: setting("mode", modes),
    dataplane: setting("dataplane", dataplanes),
    sku: setting("sku", skus),
    ipFamilies: setting("ipFamilies", ["dual stack"] as const),
    nodeProvisioning: setting("nodeProvisioning", nodeProvisioningModes),
    advancedNetworkSecurity: setting("advancedNetworkSecurity", [true]),
    transitEncryption: absent,
    accelerationMode: setting("accelerationMode", accelerationModes),
    kubernetesVersion: absent,
    windowsProfile: answer(false),
    pools: { state: "known", path: "pools", value: [pool] },
    separatePools: [],
  };
}
