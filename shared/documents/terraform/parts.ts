import type { Pool } from "../../cluster/cluster";
import { dialectAt } from "../../dialects/at-version";
import type { Dialect } from "../../dialects/dialect";
import { apiPartOf, moduleDialectOf, terraformPartOf } from "../../dialects/lookup";
import { readCluster } from "../../reading/cluster";
import type { Field } from "../../reading/field";
import { unknownField } from "../../reading/field";
import type { Identity } from "../../reading/identity";
import { clusterIdentity, poolsClusterIdentity } from "../../reading/identity";
import { readPool } from "../../reading/pool";
import type { Subject } from "../../reading/subject";
import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import { once } from "../once";
import { childOf, separatePoolAt, textOf } from "../separate-pool";
import type { Notation } from "./attributes";
import type { TerraformBlock } from "./block";
import { addressOf } from "./block";
import { clustersOfDeployment } from "./template-deployment";

/** A cluster whose separate pools are not known yet. */
export interface ClusterAlone<Source> extends ClusterInDocument<Source> {
  readonly identity: () => Identity;
  /** The same as a version of its provider has it, which a block of its own does not always tell. */
  readonly at: (version: string) => Subject;
}

export interface SeparatePool {
  readonly pool: Pool;
  /** What it says of its cluster: the attribute's text, which may be an expression, and what a literal id names. */
  readonly link: () => { readonly text: string | undefined; readonly identity: Identity };
}

/** Clusters by their likeness: an app that makes many makes them alike, and each kind is read once. */
type Alike = Map<string, { readonly subject: Subject; readonly likeness: string | undefined }>;

/** The clusters and the separate pools among blocks, each block read by itself. */
export class PartsOfClusters<Source> {
  readonly clusters: ClusterAlone<Source>[] = [];
  readonly pools: SeparatePool[] = [];
  readonly unreadable: UnreadableBlock<Source>[] = [];
  private readonly alike: Alike = new Map();

  add(block: TerraformBlock<Source> | UnreadableBlock<Source>): void {
    if ("error" in block) {
      this.unreadable.push(block);
      return;
    }
    try {
      this.read(block);
    } catch (error) {
      // A block that cannot be read must not keep the others from being judged.
      this.unreadable.push({ source: block.source, error });
    }
  }

  private read(block: TerraformBlock<Source>): void {
    const part = block.kind === "module" ? moduleOf(block) : terraformPartOf(block.type);
    switch (part?.what) {
      case undefined:
        return;
      case "cluster":
        this.addCluster(block, part.dialect);
        return;
      case "pool":
        this.pools.push(poolOf(block, part.dialect));
        return;
      case "template deployment": {
        const { dialect, types } = part;
        for (const { part: where, ...subject } of clustersOfDeployment(block, dialect, types)) {
          this.clusters.push({
            ...nothingKnown,
            source: block.source,
            part: where,
            subject,
            at: () => subject,
            address: () => addressOf(block),
          });
        }
        return;
      }
      case "API resource": {
        const resource = apiPartOf(block.text(part.typeAt) ?? "", part.dialects);
        if (resource?.what === "cluster") this.addCluster(block, resource.dialect);
        else if (resource?.what === "pool") this.pools.push(poolOf(block, resource.dialect));
      }
    }
  }

  private addCluster(block: TerraformBlock<Source>, dialect: Dialect): void {
    const { source } = block;
    const address = (): string => addressOf(block);
    if (dialect.whole !== undefined) {
      const subject = { cluster: readCluster(unknownField, dialect), dialect };
      this.clusters.push({ ...nothingKnown, source, part: undefined, subject, at: () => subject, address });
      return;
    }
    const spelt = ofProvider(spellingOf(block, dialect), block.toolVersion);
    const notation = notationOf(block, dialect);
    const { subject, likeness } = this.subjectOf(block, spelt, notation);
    const identity = once(() => block.read((root) => clusterIdentity(root, spelt), notation));
    const at = (version: string): Subject =>
      this.subjectOf(block, ofProvider(spelt, version), notation).subject;
    this.clusters.push({ source, part: undefined, subject, at, likeness, address, identity });
  }

  private subjectOf(
    block: TerraformBlock<Source>,
    dialect: Dialect,
    notation: Notation,
  ): { readonly subject: Subject; readonly likeness: string | undefined } {
    const toolVersion = dialect.tool === "azurerm" ? block.toolVersion : undefined;
    const likeness = block.likeness();
    const key =
      likeness === undefined ? undefined : `${dialect.name} ${dialect.version} ${toolVersion} ${likeness}`;
    const known = key === undefined ? undefined : this.alike.get(key);
    if (known !== undefined) return known;
    const cluster = block.read((root) => readCluster(root, dialect), notation);
    const read = { subject: { cluster, dialect, toolVersion }, likeness };
    if (key !== undefined) this.alike.set(key, read);
    return read;
  }
}

const nothingKnown = {
  likeness: undefined,
  identity: (): Identity => ({ name: undefined, resourceGroup: undefined }),
} as const;

/** The dialect of what the program writes: where that is a generated class, the class's own names. */
function spellingOf({ typed }: TerraformBlock<unknown>, dialect: Dialect): Dialect {
  return typed === true && dialect.typed !== undefined ? dialectAt(dialect.typed, dialect.version) : dialect;
}

/** A dialect whose names depend on the version of the provider, at that version. */
function ofProvider(dialect: Dialect, version: string | undefined): Dialect {
  return dialect.versions?.of === "provider" ? dialectAt(dialect, version) : dialect;
}

function notationOf({ typed }: TerraformBlock<unknown>, dialect: Dialect): Notation {
  const { azapi } = dialect.matches;
  return {
    camelCase: typed === true && dialect.typed !== undefined,
    ...(azapi === undefined ? {} : { document: azapi.document }),
  };
}

function poolOf(block: TerraformBlock<unknown>, dialect: Dialect): SeparatePool {
  const spelt = spellingOf(block, dialect);
  const notation = notationOf(block, dialect);
  const settings = (root: Field): Field =>
    separatePoolAt(root, dialect.separatePoolSettings, childOf(root, "name"));
  return {
    pool: block.read((root) => readPool(settings(root), spelt), notation),
    link: once(() => ({
      // An expression is unknown to every reader; what it names is asked of the text itself.
      text: block.text(dialect.poolsCluster.path),
      identity: block.read((root) => poolsClusterIdentity(root, spelt), notation),
    })),
  };
}

function moduleOf(
  block: TerraformBlock<unknown>,
): { readonly what: "cluster"; readonly dialect: Dialect } | undefined {
  const [written, constraint] = block.read((root) => [
    textOf(childOf(root, "source")),
    textOf(childOf(root, "version")),
  ]);
  const source = written ?? block.moduleSource;
  const dialect = typeof source === "string" ? moduleDialectOf(source, constraint) : undefined;
  return dialect === undefined ? undefined : { what: "cluster", dialect };
}
