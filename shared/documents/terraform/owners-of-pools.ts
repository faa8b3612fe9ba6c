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
  /** What an output of it is. */
  readonly linkOfOutput: (name: string) => Link;
}

/** What an output is, and in which document. */
export interface FollowedOutput {
  readonly link: Link;
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

  /** Whose a pool of this document is by the document alone. */
  ofOwn(link: Link): Ownership<ClusterAlone<Source>> {
    const { addresses, outputs = [] } = link;
    return this.ofLink({ ...link, addresses: [...addresses, ...outputs.map(elsewhere)] });
  }

  /**
   * Which clusters of this document a pool may belong to. For a pool of another document only a reference is sure: a program often
   * makes one document several times, for several subscriptions, with clusters of the same name.
   *
   * @param theirs the owners of pools in the document that the pool is in
   * @param outputOf what an output of a document of the program is
   */
  of(
    pool: SeparatePool,
    theirs: OwnersOfPools<unknown>,
    outputOf: (output: OutputOfDocument, ours: OwnersOfPools<Source>) => FollowedOutput,
  ): Ownership<ClusterAlone<Source>> {
    const link = pool.link();
    if (link === undefined) return nobody;
    if (theirs !== this && theirs.ofOwn(link).sure.length > 0) return nobody;
    const links = followed({ link, owners: theirs }, (output) => outputOf(output, this));
    const isOurs = ({ owners }: FollowedOutput): boolean => owners === this;
    const addresses = links.flatMap((each) =>
      each.link.addresses.map((address) => (isOurs(each) ? address : elsewhere(address))),
    );
    const [identity, ...identities] = links.flatMap((each) =>
      each.link.identity.name === undefined ? [] : [each.link.identity],
    );
    const { sure, possible } = this.ofLink({
      addresses,
      identity: identity ?? unnamed,
      isOpen:
        identities.length > 0 ||
        // What looks like an address and is none there may be anything.
        links.some(
          (each) =>
            each.link.isOpen ||
            !(isOurs(each) || each.link.addresses.every((address) => each.owners.has(address))),
        ),
    });
    return links.some(isOurs) ? { sure, possible } : { sure: [], possible: [...sure, ...possible] };
  }

  private has(address: string): boolean {
    return this.byAddress().has(address);
  }

  private ofLink({ addresses, identity, isOpen: isMore }: Link): Ownership<ClusterAlone<Source>> {
    // It may be the cluster of that name, or of an address.
    const isOpen = isMore || (identity.name !== undefined && addresses.length > 0);
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

/** A link, and those of the outputs that it leads to: a document may hand on what it has from another one. */
function followed(
  first: FollowedOutput,
  outputOf: (output: OutputOfDocument) => FollowedOutput,
): readonly FollowedOutput[] {
  const found = [first];
  const seen = new Set<string>();
  // The list grows while it is gone through.
  for (const { link } of found)
    for (const output of link.outputs ?? []) {
      const name = elsewhere(output);
      if (!seen.has(name)) found.push(outputOf(output));
      seen.add(name);
    }
  return found;
}

/** No cluster of this document has such an address. */
function elsewhere(what: string | OutputOfDocument): string {
  return `elsewhere: ${JSON.stringify(what)}`;
}

function isModule(address: string): boolean {
  return address.startsWith("module.");
}
