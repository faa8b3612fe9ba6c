import type { Ownership } from "../../reading/owners";
import { Owners, grouped } from "../../reading/owners";
import { once } from "../once";
import type { BlockName, BlockOrigin } from "./block";
import type { ClusterAlone, SeparatePool } from "./parts";
import { PartsOfClusters } from "./parts";
import type { Link } from "./references";
import { References, unnamed } from "./references";
import { isExpression } from "./syntax";

const nobody = { sure: [], possible: [] };

/** Whose the pools are that may belong to clusters of one document. A pool names its cluster by an id, which may be an expression that leads to it. */
export class OwnersOfPools<Source> {
  private readonly references: () => References;
  private readonly owners: Owners<ClusterAlone<Source>>;
  private readonly byAddress: () => ReadonlyMap<string, readonly ClusterAlone<Source>[]>;

  constructor({
    document,
    clusters,
    states,
  }: {
    readonly document: unknown;
    readonly clusters: readonly ClusterAlone<Source>[];
    readonly states: ReadonlyMap<string, string> | undefined;
  }) {
    this.references = once(() => new References(document, states));
    this.owners = new Owners(() => clusters.map((cluster) => ({ cluster, identity: cluster.identity() })));
    this.byAddress = once(() => grouped(clusters, ({ address }) => address()));
  }

  /** Whose a pool of this document is. */
  ofOwn({ link: text, attributes }: SeparatePool): Ownership<ClusterAlone<Source>> {
    if (text === undefined) return nobody;
    const link = this.references().linkOf(text, attributes);
    return this.ofLink(text, { ...link, addresses: [...link.addresses, ...link.outputs.map(elsewhere)] });
  }

  /**
   * Whose a pool of another document of the program is, as far as it may be a cluster's of this one. Only a reference tells
   * for sure: documents of one program are often one cluster's for several subscriptions, by the same name.
   *
   * @param name what the program's documents call this one
   */
  ofAnother(
    pool: SeparatePool,
    { owners: theirs }: DocumentOfProgram,
    name: string,
  ): Ownership<ClusterAlone<Source>> {
    const { link: text, attributes } = pool;
    if (text === undefined || theirs.ofOwn(pool).sure.length > 0) return nobody;
    const { addresses, outputs, identity, isOpen } = theirs.references().linkOf(text, attributes);
    const ours = outputs.filter(({ document }) => document === name);
    const links = ours.map(({ output }) => this.references().linkOfOutput(output));
    const all: Link = {
      addresses: [
        ...links.flatMap((each) => each.addresses),
        ...[...addresses, ...outputs.filter((each) => !ours.includes(each))].map(elsewhere),
      ],
      identity,
      outputs: [],
      // What looks like an address and is none there may be anything.
      isOpen: isOpen || links.some((each) => each.isOpen) || !addresses.every((each) => theirs.has(each)),
    };
    const { sure, possible } = this.ofLink(text, all);
    return links.length > 0 ? { sure, possible } : { sure: [], possible: [...sure, ...possible] };
  }

  private has(address: string): boolean {
    return this.byAddress().has(address);
  }

  private ofLink(text: string, { addresses, identity, isOpen }: Link): Ownership<ClusterAlone<Source>> {
    const found = addresses.flatMap((address) => this.byAddress().get(address) ?? []);
    const isElsewhere = addresses.length > 0 && found.length === 0 && !addresses.some(isModule);
    // It names a cluster that is not in this document, or no cluster at all, which azurerm refuses.
    const namesNone = identity.name === undefined && !isExpression(text);
    if ((isElsewhere || namesNone) && !isOpen) return nobody;
    const isOnlyOne = found.length === 1 && (isOpen || found.length < addresses.length);
    return this.owners.ownersOf({
      named: () => [],
      identity: () => (isOpen ? unnamed : identity),
      related: () => (isOnlyOne ? [] : found),
    });
  }
}

/** Another document of a program, as far as its pools are concerned. */
export class DocumentOfProgram {
  readonly pools: readonly SeparatePool[];
  readonly owners: OwnersOfPools<unknown>;

  /** @param states which document of the program each of its `terraform_remote_state` shows */
  constructor(
    document: unknown,
    originOf: (block: BlockName) => BlockOrigin<unknown>,
    states: ReadonlyMap<string, string>,
  ) {
    const { clusters, pools } = PartsOfClusters.of(document, originOf);
    this.pools = pools;
    this.owners = new OwnersOfPools({ document, clusters, states });
  }
}

/** No cluster of this document has such an address. */
function elsewhere(what: unknown): string {
  return `elsewhere: ${JSON.stringify(what)}`;
}

function isModule(address: string): boolean {
  return address.startsWith("module.");
}
