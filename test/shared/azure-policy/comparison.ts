/**
 * Compares the verdicts of the rules and of a definition on one cluster, and explains why the definition
 * allows what it does.
 */
import type { Definition, Resource as Kind } from "../../../shared/azure-policy/definition";
import { definitionOf } from "../../../shared/azure-policy/definition";
import type { Cluster, Pool } from "../../../shared/cluster/cluster";
import type { Setting } from "../../../shared/cluster/setting";
import { isUnrecognized, wrongIn } from "../../../shared/cluster/setting";
import type { Options, RuleName } from "../../../shared/rules";
import { defaultOptions, rules } from "../../../shared/rules";
import { policyOf } from "../../support/configurations";
import { exampleDay } from "../../support/evaluate";
import { interpreted } from "./interpreter";
import type { Written } from "./requests";
import { clusterOf, requestOf } from "./requests";

export function definitionFor(kind: Kind, configuration: unknown = {}, today = exampleDay): Definition {
  const definition = definitionOf(kind, policyOf(configuration), "Deny", today);
  if (definition === undefined) throw new Error("there is a definition");
  return definition;
}

/** The choices of an assignment, and the date. */
export interface Assignment {
  readonly engines: Options["network-policy-configured"]["engines"];
  readonly bringYourOwnCni: Options["network-policy-configured"]["bringYourOwnCni"];
  readonly today: Date;
  readonly disabled?: readonly RuleName[];
}

export const byDefault: Assignment = {
  engines: defaultOptions["network-policy-configured"].engines,
  bringYourOwnCni: defaultOptions["network-policy-configured"].bringYourOwnCni,
  today: exampleDay,
};

export function fails(
  cluster: Cluster,
  { today, engines, bringYourOwnCni, disabled = [] }: Assignment,
): boolean {
  const name = "network-policy-configured";
  const options = { ...defaultOptions, [name]: { ...defaultOptions[name], engines, bringYourOwnCni } };
  const enabled = rules.filter(({ name: rule }) => !disabled.includes(rule));
  return enabled.some((rule) => rule.judge(cluster, { today, options, disabled }).verdict === "fail");
}

/** Does a definition deny it? */
export type Denies = (written: Written, assignment: Assignment) => boolean;

const known = new Map<string, ReturnType<typeof interpreted>>();

/** The definition for clusters, generated on the date of the assignment. */
export const denies: Denies = (written, { today, engines, bringYourOwnCni }) => {
  const day = today.toISOString();
  let effectOn = known.get(day);
  if (effectOn === undefined) known.set(day, (effectOn = interpreted(definitionFor("cluster", {}, today))));
  return effectOn(requestOf(written), { engines, bringYourOwnCni }) !== undefined;
};

/** A property of a cluster that a definition cannot see, and the cluster without it. */
interface Unseen {
  readonly what: string;
  readonly without: (cluster: Cluster) => Cluster;
}

/** Everything that the definition for clusters allows and the rules fail. The page prints it. */
export const unseen: readonly Unseen[] = [
  {
    what: "The number of nodes: engine azure with more than 250.",
    without: (cluster) => {
      const { pools, separatePools } = cluster;
      const counted = (pool: Pool): Pool => ({ ...pool, maximumNodes: absent });
      const inside =
        pools.state === "known" && !isUnrecognized(pools.value)
          ? { ...pools, value: pools.value.map(counted) }
          : pools;
      return { ...cluster, pools: inside, separatePools: separatePools.map(counted) };
    },
  },
  {
    what: "Encryption in transit (`advancedNetworking.security.transitEncryption.type`): Azure has no alias for it.",
    without: (cluster) => ({ ...cluster, transitEncryption: absent }),
  },
  {
    what: "A node pool that is added to its cluster as a separate resource. Afterwards the compliance scan sees it in the cluster.",
    without: (cluster) => ({ ...cluster, separatePools: [] }),
  },
  {
    what: "A text instead of an object or a list, or the other way round. Azure's API itself refuses such a request.",
    without: (cluster) => ({
      ...cluster,
      engine: shaped(cluster.engine),
      plugin: shaped(cluster.plugin),
      mode: shaped(cluster.mode),
      dataplane: shaped(cluster.dataplane),
      sku: shaped(cluster.sku),
      nodeProvisioning: shaped(cluster.nodeProvisioning),
      transitEncryption: shaped(cluster.transitEncryption),
      accelerationMode: shaped(cluster.accelerationMode),
      advancedNetworkSecurity: orAbsent(cluster.advancedNetworkSecurity),
      ipFamilies: orAbsent(cluster.ipFamilies),
      pools: orAbsent(cluster.pools),
    }),
  },
];

const absent = { state: "absent", path: "" } as const;

/** Absent if an enclosing part has the wrong type. */
function shaped<T>(setting: Setting<T>): Setting<T> {
  return (wrongIn(setting)?.at ?? setting.path) === setting.path ? setting : absent;
}

function orAbsent<T>(setting: Setting<T>): Setting<T> {
  return wrongIn(setting) === undefined ? setting : absent;
}

/** `right`: both agree. */
export type Outcome =
  | { readonly says: "right"; readonly fails: boolean }
  | { readonly says: "denies what passes" }
  | { readonly says: "lets through"; readonly because: readonly string[] };

/**
 * The verdicts of the rules and of a definition on a cluster. `because` has each cause that explains the
 * difference alone, or all that explain it together.
 */
export function compared(written: Written, assignment: Assignment, deny: Denies = denies): Outcome {
  const cluster = clusterOf(written);
  const isBad = fails(cluster, assignment);
  if (deny(written, assignment) === isBad) return { says: "right", fails: isBad };
  if (!isBad) return { says: "denies what passes" };
  const alone = unseen.filter(({ without }) => !fails(without(cluster), assignment));
  if (alone.length > 0) return { says: "lets through", because: alone.map(({ what }) => what) };
  const rest = unseen.reduce((left, { without }) => without(left), cluster);
  return {
    says: "lets through",
    because: [fails(rest, assignment) ? "nothing explains it" : "several things together"],
  };
}
