import type { ClusterOfDocument, ReadDocument } from "../documents/document";
import { addressOfCluster } from "../documents/document";
import { once } from "../documents/once";
import { stackOfUrn } from "../documents/pulumi/resources";
import type { Policy } from "../policy/configuration";
import type { Exemption } from "../policy/exemptions";
import { targetKey } from "../policy/exemptions";
import type { RuleName } from "../rules";
import { ruleNames } from "../rules";
import type { Circumstances } from "../rules/rule";
import type { RuleJudgement } from "./judgement";
import { Judgement } from "./judgement";
import type { UnusedExemption } from "./unused-exemptions";

/** A document, with what exemptions call the stack, the workspace or the input that it is of. */
export interface NamedDocument extends ReadDocument {
  /** Without a name no exemption counts for Terraform and ARM, because a document must not choose its own. */
  readonly stack: string | undefined;
}

export interface JudgedCluster {
  /** The index of its document. */
  readonly input: number;
  readonly found: ClusterOfDocument;
  readonly judgements: readonly RuleJudgement[];
}

export interface JudgedDocuments {
  readonly clusters: readonly JudgedCluster[];
  readonly unused: readonly UnusedExemption[];
  /** The exemptions that are about these documents. */
  readonly concerned: ReadonlySet<Exemption>;
  /** The targets that exemptions may have here, of every cluster. Made when it is first needed: few runs ask for it. */
  readonly targets: () => readonly string[];
}

/** Judges the clusters of documents, and names the exemptions of what was judged that do nothing. */
export function judgeDocuments(
  documents: readonly NamedDocument[],
  policy: Policy,
  circumstances: Circumstances,
): JudgedDocuments {
  const unused = new SharedUnused();
  const clusters = documents.flatMap((document, input) => {
    const namesOf = (found: ClusterOfDocument): readonly string[] => namesIn(document, found);
    // One cluster may be in two documents, a plan and a state. Within one its name must be its own.
    const judgement = new Judgement(policy, circumstances, document.clusters, namesOf);
    // Most configurations have no exemptions.
    const known = once(() => new Set(document.clusters.flatMap(namesOf).map(targetKey)));
    const prefixes = once(() => prefixesOf(document, known()));
    const belongs = (target: string): boolean =>
      known().has(targetKey(target)) ||
      prefixes().some((prefix) => target.startsWith(prefix) && target !== prefix);
    unused.add(policy, belongs, judgement.unusedExemptions(belongs));
    return document.clusters.map((found) => ({ input, found, judgements: judgement.judge(found) }));
  });
  return {
    clusters,
    unused: unused.inEveryDocument(),
    concerned: unused.concerned,
    targets: once(() => [
      ...new Set(
        documents.flatMap((document) => document.clusters.flatMap((found) => namesIn(document, found))),
      ),
    ]),
  };
}

/** What exemptions may call a cluster. */
function namesIn({ kind, stack }: NamedDocument, found: ClusterOfDocument): readonly string[] {
  const address = addressOfCluster(found);
  switch (kind) {
    case "pulumi-stack":
    case "pulumi-preview":
      return [address];
    case "azure":
      return isResourceId(address) ? [address] : [];
    case "terraform-plan":
    case "terraform-state":
    case "terraform-json":
    case "terraform-hcl":
    case "arm-template": {
      if (stack === undefined) return [];
      const { constructPath } = found.source;
      const isOfStack = constructPath?.startsWith(`${stack}/`) === true;
      return [`${stack}:${address}`, ...(isOfStack ? [constructPath] : [])];
    }
  }
}

function isResourceId(address: string): boolean {
  return targetKey(address).startsWith("/subscriptions/");
}

/** What the targets of a document's clusters begin with, where the document shows all of them. */
function prefixesOf({ kind, stack }: NamedDocument, known: ReadonlySet<string>): readonly string[] {
  switch (kind) {
    case "pulumi-stack":
    case "pulumi-preview":
      return [...new Set([...known].flatMap((urn) => stackOfUrn(urn) ?? []))];
    // What `az` printed need not be all that there is.
    case "azure":
      return [];
    case "terraform-plan":
    case "terraform-state":
    case "terraform-json":
    case "terraform-hcl":
    case "arm-template":
      return stack === undefined ? [] : [`${stack}:`, `${stack}/`];
  }
}

/** Exemptions that do nothing in any of the documents that they are about. */
class SharedUnused {
  readonly concerned = new Set<Exemption>();
  private readonly documents = new Map<string, number>();
  private readonly found = new Map<string, UnusedExemption[]>();

  add(policy: Policy, belongs: (target: string) => boolean, unused: readonly UnusedExemption[]): void {
    for (const rule of ruleNames) {
      for (const exemption of policy.options[rule].exemptions) {
        if (!belongs(exemption.target)) continue;
        this.concerned.add(exemption);
        const key = keyOfEntry(rule, exemption);
        this.documents.set(key, (this.documents.get(key) ?? 0) + 1);
      }
    }
    for (const each of unused) {
      const key = keyOfEntry(each.rule, each.exemption);
      this.found.set(key, [...(this.found.get(key) ?? []), each]);
    }
  }

  inEveryDocument(): UnusedExemption[] {
    return [...this.documents].flatMap(([key, documents]) => {
      const found = this.found.get(key) ?? [];
      if (found.length < documents) return [];
      return found.find(({ because }) => because.matches !== "no cluster") ?? found.slice(0, 1);
    });
  }
}

function keyOfEntry(rule: RuleName, { id, target }: Exemption): string {
  return JSON.stringify([rule, id, target]);
}
