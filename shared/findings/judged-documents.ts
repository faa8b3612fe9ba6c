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

/** A document, with the name that exemptions use for its stack, workspace or input. */
export interface NamedDocument extends ReadDocument {
  /** Without a name no exemption applies to Terraform and ARM, because a document must not choose its own. */
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
  /** The exemptions that concern these documents. */
  readonly concerned: ReadonlySet<Exemption>;
  /** The possible exemption targets of all clusters. Computed on demand, because few runs need it. */
  readonly targets: () => readonly string[];
}

/** Checks the clusters of documents, and names the exemptions of what was checked that do nothing. */
export function judgeDocuments(
  documents: readonly NamedDocument[],
  policy: Policy,
  circumstances: Circumstances,
): JudgedDocuments {
  const unused = new SharedUnused();
  const clusters = documents.flatMap((document, input) => {
    const namesOf = (found: ClusterOfDocument): readonly string[] => namesIn(document, found);
    // One cluster may be in two documents, a plan and a state. Within one document its name must be unique.
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

/** The names that exemptions may use for a cluster. */
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

/** The prefixes of targets in a document, if the document shows all clusters with them. */
function prefixesOf({ kind, stack }: NamedDocument, known: ReadonlySet<string>): readonly string[] {
  switch (kind) {
    case "pulumi-stack":
    case "pulumi-preview":
      return [...new Set([...known].flatMap((urn) => stackOfUrn(urn) ?? []))];
    // Output of `az` need not be complete.
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

/** Exemptions that do nothing in any of the documents they concern. */
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
