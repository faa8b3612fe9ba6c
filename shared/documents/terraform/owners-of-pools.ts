import type { Ownership } from "../../reading/owners";
import { Owners, grouped } from "../../reading/owners";
import { once } from "../once";
import type { Link, OutputOfDocument } from "./link";
import { unnamed } from "./link";
import type { ClusterAlone, SeparatePool } from "./parts";

/** The pools of another document of the same program. */
export interface PoolsOfDocument {
  readonly pools: readonly SeparatePool[];
  /** Their owners in that document. */
  readonly owners: OwnersOfPools<unknown>;
}

const nobody = { sure: [], possible: [] };

/**
 * Determines the owners of pools that may belong to a document's clusters. A pool names its cluster by an ID,
 * which may be an expression that leads to the cluster's address.
 */
export class OwnersOfPools<Source> {
  private readonly owners: Owners<ClusterAlone<Source>>;
  private readonly byAddress: () => ReadonlyMap<string, readonly ClusterAlone<Source>[]>;

  constructor(clusters: readonly ClusterAlone<Source>[]) {
    this.owners = new Owners(() => clusters.map((cluster) => ({ cluster, identity: cluster.identity() })));
    this.byAddress = once(() => grouped(clusters, ({ address }) => address()));
  }

  /** The owner of a pool of this document. */
  ofOwn(pool: SeparatePool): Ownership<ClusterAlone<Source>> {
    const link = pool.link();
    if (link === undefined) return nobody;
    const { addresses, outputs = [] } = link;
    return this.ofLink({ ...link, addresses: [...addresses, ...outputs.map(elsewhere)] });
  }

  /**
   * The clusters of this document that a pool of another one may belong to. Only a reference is certain: a
   * program often creates one document several times, for several subscriptions, with clusters of the same
   * name.
   *
   * @param outputOf what an output of this document refers to; `undefined` if it belongs to another document
   */
  ofAnother(
    pool: SeparatePool,
    theirs: OwnersOfPools<unknown>,
    outputOf: (output: OutputOfDocument) => Link | undefined,
  ): Ownership<ClusterAlone<Source>> {
    const link = pool.link();
    if (link === undefined || theirs.ofOwn(pool).sure.length > 0) return nobody;
    const { addresses, identity, outputs = [], isOpen } = link;
    const ours = outputs.map(outputOf).filter((each) => each !== undefined);
    const others = [...addresses, ...outputs.filter((each) => outputOf(each) === undefined)];
    const { sure, possible } = this.ofLink({
      addresses: [...ours.flatMap((each) => each.addresses), ...others.map(elsewhere)],
      identity,
      // An address that does not resolve may refer to anything there.
      isOpen: isOpen || ours.some((each) => each.isOpen) || !addresses.every((each) => theirs.has(each)),
    });
    return ours.length > 0 ? { sure, possible } : { sure: [], possible: [...sure, ...possible] };
  }

  private has(address: string): boolean {
    return this.byAddress().has(address);
  }

  private ofLink({ addresses, identity, isOpen }: Link): Ownership<ClusterAlone<Source>> {
    const [first = [], ...others] = addresses.map((address) => this.byAddress().get(address) ?? []);
    // All pools with one address share the list, so that it need not be copied: several clusters may have the
    // same address.
    const found = others.length === 0 ? first : [first, ...others].flat();
    const isElsewhere = addresses.length > 0 && found.length === 0 && !addresses.some(isModule);
    // It refers to a cluster that is not in this document.
    if (isElsewhere && !isOpen) return nobody;
    const isOnlyOne = found.length === 1 && (isOpen || found.length < addresses.length);
    return this.owners.ownersOf({
      named: () => [],
      identity: () => (isOpen ? unnamed : identity),
      related: () => (isOnlyOne ? [] : found),
    });
  }
}

/** A key that no cluster address of this document can equal. */
function elsewhere(what: string | OutputOfDocument): string {
  return `elsewhere: ${JSON.stringify(what)}`;
}

function isModule(address: string): boolean {
  return address.startsWith("module.");
}
