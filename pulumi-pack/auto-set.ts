import type { ResourceValidationArgs } from "@pulumi/policy";
import type { Cluster } from "../shared/cluster/cluster";
import { isResourceOfModule } from "../shared/dialects/lookup";
import { wroteFinding } from "../shared/findings/auto-set";
import type { AutoSetRemark, Finding } from "../shared/findings/finding";
import type { Assignment } from "../shared/fixes/choice";
import type { Refusal } from "../shared/fixes/remedy";
import { has, remedyOf } from "../shared/fixes/remedy";
import { effectOf } from "../shared/fixes/replacement";
import type { Subject } from "../shared/reading/subject";
import { defaultOptions } from "../shared/rules";
import type { Circumstances } from "../shared/rules/rule";
import { ignores } from "./ignored";
import { writeInputs } from "./inputs";

/** What auto-set wrote into a cluster, and the cluster before that. */
export interface WrittenInputs {
  readonly subject: Subject;
  readonly settings: readonly Assignment[];
}

/** The result of auto-set for one cluster. */
type Result =
  | ({ readonly wrote: true; readonly finding: Finding } & WrittenInputs)
  | { readonly wrote: false; readonly refusal: Refusal };

/**
 * What validation reports about auto-set: that its settings arrived, or a remark on the remaining findings.
 */
export type Remark = { readonly state: "arrived"; readonly finding: Finding } | AutoSetRemark;

/**
 * The results of auto-set in this run, per cluster. The engine requests remediations only at level
 * `remediate`, and before it validates the resulting inputs; so auto-set had nothing to do with a cluster
 * that is not in here.
 */
export class AutoSets {
  private readonly results = new Map<string, Result>();
  private readonly arrived = new Map<string, WrittenInputs>();

  /** Writes the engine that the evaluator chooses into `args.props`; returns whether it wrote anything. */
  remediate(
    args: ResourceValidationArgs,
    read: () => { readonly subject: Subject; readonly circumstances: Circumstances },
  ): boolean {
    this.arrived.delete(args.urn);
    const result = remediated(args, read);
    this.results.set(args.urn, result);
    return result.wrote;
  }

  /** Notes that a template makes the clusters of this resource, where auto-set writes nothing. */
  refuseTemplate(urn: string): void {
    this.results.set(urn, { wrote: false, refusal: { because: "made by a template" } });
  }

  /** Why auto-set left a resource alone. */
  refusalOf(urn: string): AutoSetRemark | undefined {
    const result = this.results.get(urn);
    return result?.wrote === false ? { state: "refused", refusal: result.refusal, address: urn } : undefined;
  }

  /** What there is to report of a cluster whose inputs are validated now. */
  remarkOn(urn: string, inputs: Cluster): Remark | undefined {
    const result = this.results.get(urn);
    if (result?.wrote !== true) return this.refusalOf(urn);
    if (!has(inputs, result.settings)) return { state: "not applied", settings: result.settings };
    this.arrived.set(urn, result);
    return { state: "arrived", finding: result.finding };
  }

  /** What was written into a cluster's inputs and must be in what is deployed. */
  arrivedAt(urn: string): WrittenInputs | undefined {
    return this.arrived.get(urn);
  }
}

/** Throwing would end the whole run: a bug is reported with the remaining findings. */
function remediated(
  { urn, type, props, opts }: ResourceValidationArgs,
  read: Parameters<AutoSets["remediate"]>[1],
): Result {
  if (isResourceOfModule(type)) return { wrote: false, refusal: { because: "made by a module" } };
  try {
    const { subject, circumstances } = read();
    const { options = defaultOptions } = circumstances;
    const remedy = remedyOf(subject.cluster, subject.dialect, {
      ...circumstances,
      autoSet: options["network-policy-configured"].autoSet,
      address: urn,
      effectOf: (settings) => effectOf(subject, settings),
      notSentBecauseOf: subject.notSentBecauseOf,
      ignores: (path) => ignores(opts, path),
      isProtected: opts.protect,
    });
    if (!remedy.writes) return { wrote: false, refusal: remedy };
    const { settings } = remedy;
    const finding = wroteFinding(subject, settings);
    writeInputs(props, settings);
    return { wrote: true, subject, settings, finding };
  } catch {
    return { wrote: false, refusal: { because: "a bug" } };
  }
}
