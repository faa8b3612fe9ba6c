import type { ResourceValidationArgs } from "@pulumi/policy";
import type { Cluster } from "../shared/cluster/cluster";
import type { Assignment } from "../shared/fixes/fix";
import { has, remedyOf } from "../shared/fixes/remedy";
import { effectOf } from "../shared/fixes/replacement";
import { explainNotApplied, explainRefusal, explainWritten } from "../shared/messages/words";
import type { Subject } from "../shared/reading/subject";
import { defaultOptions } from "../shared/rules";
import type { Circumstances } from "../shared/rules/rule";

/** What auto-set wrote into a cluster, and the cluster as it was before. */
export interface Written {
  readonly subject: Subject;
  readonly settings: readonly Assignment[];
}

/** What auto-set did to one cluster, in words. */
type Result =
  | ({ readonly wrote: true; readonly text: string } & Written)
  | { readonly wrote: false; readonly lines: readonly string[] };

/** What validation has to say of auto-set. */
export type Remark =
  | { readonly arrived: true; readonly text: string }
  /** For the finding that stands. */
  | { readonly arrived: false; readonly lines: readonly string[] };

/**
 * What auto-set did in this run, cluster by cluster. The engine asks for remediations at the level `remediate` alone,
 * and before it validates the inputs that come of them; so a cluster that is not in here was none of auto-set's business.
 */
export class AutoSets {
  private readonly results = new Map<string, Result>();
  private readonly arrived = new Set<string>();

  /** Writes the engine that the evaluator chooses into `args.props`; answers whether it wrote anything. */
  remediate(
    args: ResourceValidationArgs,
    read: () => { readonly subject: Subject; readonly circumstances: Circumstances },
  ): boolean {
    this.arrived.delete(args.urn);
    const result = remediated(args, read);
    this.results.set(args.urn, result);
    return result.wrote;
  }

  /** What is to be said of a cluster whose inputs are validated now. */
  remarkOn(urn: string, inputs: Cluster): Remark | undefined {
    const result = this.results.get(urn);
    if (result === undefined) return undefined;
    if (!result.wrote) return { arrived: false, lines: result.lines };
    if (!has(inputs, result.settings)) {
      return { arrived: false, lines: explainNotApplied(result.settings).split("\n") };
    }
    this.arrived.add(urn);
    return { arrived: true, text: result.text };
  }

  /** What went into the inputs of a cluster, and has to be in what is deployed. */
  arrivedAt(urn: string): Written | undefined {
    const result = this.results.get(urn);
    return result?.wrote === true && this.arrived.has(urn) ? result : undefined;
  }
}

/** A throw would end the whole run: a bug is told in the finding that stands. */
function remediated(
  { urn, props, opts }: ResourceValidationArgs,
  read: Parameters<AutoSets["remediate"]>[1],
): Result {
  try {
    const { subject, circumstances } = read();
    const { options = defaultOptions } = circumstances;
    const remedy = remedyOf(subject.cluster, subject.dialect, {
      ...circumstances,
      autoSet: options["network-policy-configured"].autoSet,
      address: urn,
      effectOf: (settings) => effectOf(subject, settings),
      ignores: (path) => opts.ignoreChanges.some((ignored) => covers(ignored, path)),
      isProtected: opts.protect,
    });
    if (!remedy.writes) return { wrote: false, lines: explainRefusal(remedy, urn).split("\n") };
    const text = explainWritten(subject, remedy.settings);
    write(props, remedy.settings);
    return { wrote: true, subject, settings: remedy.settings, text };
  } catch {
    return { wrote: false, lines: [explainRefusal({ because: "a bug" }, urn)] };
  }
}

/**
 * Writes in place: the SDK's proxies keep secrets secret and unknowns unknown on every assignment, and a copy keeps
 * neither. All settings lie in one block, which is found or made before the first of them is written.
 */
function write(props: object, settings: readonly Assignment[]): void {
  const places = settings.map(({ path, value }) => {
    const names = path.split(".");
    return { names, name: names.pop() ?? "", value };
  });
  const [first] = places;
  if (first === undefined || places.some(({ names }) => names.join() !== first.names.join())) {
    throw new TypeError("settings of more than one block");
  }
  const block = first.names.reduce(blockIn, props);
  for (const { name, value } of places) Reflect.set(block, name, value);
}

function blockIn(holder: object, name: string): object {
  const standing: unknown = Reflect.get(holder, name);
  if (standing === undefined || standing === null) return madeIn(holder, name);
  if (typeof standing !== "object") throw new TypeError("not a block");
  if (!Array.isArray(standing)) return standing;
  // A bridge that does not flatten it has the block in a list.
  return standing.length === 0 ? madeIn(standing, 0) : blockIn(standing, "0");
}

/** As the holder shows it: an object in the place of a secret is one that the SDK has made a secret, too. */
function madeIn(holder: object, key: string | number): object {
  Reflect.set(holder, key, {});
  const made: unknown = Reflect.get(holder, key);
  if (typeof made !== "object" || made === null) throw new TypeError("not a block");
  return made;
}

/**
 * Does a path of `ignoreChanges` cover a property? A path names a property with all that is in it, and may be written
 * `a.b`, `a["b"]`, `a[0].b` or with a `*`; the engine takes no notice of one that it cannot read.
 */
function covers(ignored: string, path: string): boolean {
  const names = [...ignored.matchAll(/\["((?:\\"|[^"])*)"\]|\[([^\]]*)\]|([^.[]+)/g)].map(
    ([, quoted, index, name]) => quoted?.replaceAll('\\"', '"') ?? index ?? name ?? "",
  );
  return matches(
    // A list that is a block has one item, which the property's path does not name.
    names.filter((name) => !/^\d+$/.test(name)),
    path.split("."),
  );
}

function matches([first, ...rest]: readonly string[], path: readonly string[]): boolean {
  if (first === undefined) return true;
  const [name, ...below] = path;
  if (first === "*" && matches(rest, path)) return true;
  return name !== undefined && (first === "*" || first === name) && matches(rest, below);
}
