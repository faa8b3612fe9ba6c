import type { Pool } from "../../cluster/cluster";
import { isUnrecognized } from "../../cluster/setting";
import { dialectAt } from "../../dialects/at-version";
import type { Dialect } from "../../dialects/dialect";
import type { PartOfCluster } from "../../dialects/lookup";
import { modulePartOf, terraformPartIn } from "../../dialects/lookup";
import { snakeCase } from "../../dialects/spelling";
import { readCluster } from "../../reading/cluster";
import type { Field } from "../../reading/field";
import { unknownField } from "../../reading/field";
import type { Identity } from "../../reading/identity";
import { clusterIdentity } from "../../reading/identity";
import { notSent } from "../../reading/outbound";
import { readPool } from "../../reading/pool";
import type { Subject } from "../../reading/subject";
import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import type { ClusterInTemplate } from "../arm/template";
import { clustersOfDeployment } from "../deployment";
import { once } from "../once";
import { childOf, separatePoolAt } from "../separate-pool";
import type { Notation } from "./attributes";
import type { TerraformBlock } from "./block";
import { addressOf } from "./block";
import { dialectOfPatched } from "./document-attribute";
import type { Link } from "./link";
import { unnamed } from "./link";

/** A cluster whose separate pools are not known yet. */
export interface ClusterAlone<Source> extends ClusterInDocument<Source> {
  readonly identity: () => Identity;
}

export interface SeparatePool {
  readonly pool: Pool;
  /** What it refers to as its cluster; `undefined` if it refers to none. */
  readonly link: () => Link | undefined;
}

/** The clusters and separate pools among blocks, each block read on its own. */
export class PartsOfClusters<Source> {
  readonly clusters: ClusterAlone<Source>[] = [];
  readonly pools: SeparatePool[] = [];
  readonly unreadable: UnreadableBlock<Source>[] = [];
  /** An app with many clusters usually creates identical ones, and each kind is read once. */
  private readonly alike = new Map<string | symbol, Subject>();

  /** @param azurermVersion by which names a block is read that names no version; without one, by all that azurerm ever had. */
  constructor(private readonly azurermVersion?: string) {}

  add(block: TerraformBlock<Source>): void {
    try {
      this.read(block);
    } catch (error) {
      // An unreadable block must not keep the others from being checked.
      this.unreadable.push({ source: block.source, error });
    }
  }

  private read(block: TerraformBlock<Source>): void {
    const { kind, type, attributes } = block;
    const part =
      kind === "module" ? moduleOf(block) : terraformPartIn(type, (name) => attributes.textAt(name));
    if (part === undefined) return;
    const instances = attributes.instances();
    // What there is none of is not deployed.
    if (instances === 0) return;
    switch (part.what) {
      case "cluster":
        this.addCluster(block, part.dialect);
        return;
      case "pool":
        this.pools.push(poolOf(block, part.dialect, instances));
        return;
      case "template deployment": {
        const root = attributes.read(part.document && { document: part.document });
        for (const found of clustersOfDeployment(root, part, attributes)) {
          const subject = { cluster: found.cluster, dialect: found.dialect };
          this.push(block, subject, () => identityIn(found), found.part);
        }
      }
    }
  }

  private addCluster(block: TerraformBlock<Source>, dialect: Dialect): void {
    if (dialect.whole !== undefined) {
      this.push(block, { cluster: readCluster(unknownField, dialect), dialect }, () => unnamed);
      return;
    }
    const root = once(() => block.attributes.read(notationOf(block, dialect)));
    const spelling = ofProvider(spellingOf(block, dialect), block.toolVersion ?? this.azurermVersion);
    const { azapi } = spelling.matches;
    const spelt = azapi === undefined ? spelling : dialectOfPatched(spelling, azapi.document, root());
    this.push(
      block,
      this.subjectOf(block, root, spelt),
      once(() => clusterIdentity(root(), spelt)),
    );
  }

  private push(
    block: TerraformBlock<Source>,
    subject: Subject,
    identity: () => Identity,
    part?: string,
  ): void {
    const address = (): string => (part === undefined ? addressOf(block) : `${addressOf(block)} ${part}`);
    const lifecycle = once(() => block.attributes.lifecycle());
    this.clusters.push({ source: block.source, part, subject, address, identity, lifecycle });
  }

  private subjectOf(block: TerraformBlock<Source>, root: () => Field, dialect: Dialect): Subject {
    const toolVersion = dialect.tool === "azurerm" ? block.toolVersion : undefined;
    const key = keyOf(block, dialect, toolVersion);
    const known = this.alike.get(key);
    if (known !== undefined) return known;
    const cluster = readCluster(root(), dialect);
    const subject = { cluster, dialect, toolVersion, ...notSent(root(), dialect) };
    this.alike.set(key, subject);
    return subject;
  }
}

/** The name of a cluster in a template may be an expression. Where it is deployed to, the template does not say. */
function identityIn({ name }: ClusterInTemplate): Identity {
  return /^[\w-]+$/.test(name) ? { ...unnamed, name: name.toLowerCase() } : unnamed;
}

/** The same text for clusters that read the same. A document of another API may be large, and programs have few of them. */
function keyOf(
  { attributes }: TerraformBlock<unknown>,
  dialect: Dialect,
  toolVersion: string | undefined,
): string | symbol {
  if (dialect.matches.terraform === undefined) return Symbol("like no other");
  let names = topNames.get(dialect);
  if (names === undefined) topNames.set(dialect, (names = topNamesOf(dialect)));
  return `${dialect.name} ${dialect.version} ${toolVersion} ${attributes.keyOf(names)}`;
}

const topNames = new WeakMap<Dialect, readonly string[]>();

/** The attributes by which a dialect reads a cluster, except for its identity, in Terraform's spelling. */
function topNamesOf({ settings, absentNames = {}, poolsInside }: Dialect): readonly string[] {
  const paths = [settings, absentNames].flatMap((names) => Object.values(names).flat());
  paths.push(poolsInside.path);
  return ["dynamic", ...new Set(paths.map((path) => snakeCase(path.replace(/\..*/, ""))))];
}

/** The dialect of what the program writes: where that is a generated class, the class's own names. */
function spellingOf({ typed }: TerraformBlock<unknown>, dialect: Dialect): Dialect {
  return typed === true && dialect.typed !== undefined ? dialectAt(dialect.typed, dialect.version) : dialect;
}

/** A dialect whose names depend on the provider version, at that version. */
export function ofProvider(dialect: Dialect, version: string | undefined): Dialect {
  return dialect.versions?.of === "provider" ? dialectAt(dialect, version) : dialect;
}

function notationOf({ typed }: TerraformBlock<unknown>, dialect: Dialect): Notation {
  const { azapi } = dialect.matches;
  return {
    camelCase: typed === true && dialect.typed !== undefined,
    ...(azapi === undefined ? {} : { document: azapi.document }),
  };
}

/** `instances` is the number of pools; `undefined` if only Terraform knows. */
function poolOf(
  block: TerraformBlock<unknown>,
  dialect: Dialect,
  instances: number | undefined,
): SeparatePool {
  const root = block.attributes.read(notationOf(block, dialect));
  const settings = separatePoolAt(root, dialect.separatePoolSettings, childOf(root, "name"));
  const pool = readPool(settings, spellingOf(block, dialect));
  const { path, olderPath = path } = dialect.poolsCluster;
  return {
    pool: instances === undefined ? { ...pool, mayBeNone: true } : manyOf(pool, instances),
    link: () => block.attributes.linkAt(path) ?? block.attributes.linkAt(olderPath),
  };
}

/** Identical pools as one, with the nodes of all. */
function manyOf(pool: Pool, times: number): Pool {
  const { maximumNodes: nodes } = pool;
  if (times === 1 || nodes.state !== "known" || isUnrecognized(nodes.value)) return pool;
  return { ...pool, maximumNodes: { ...nodes, value: nodes.value * times } };
}

function moduleOf({ attributes, moduleSource }: TerraformBlock<unknown>): PartOfCluster | undefined {
  const constraint = attributes.textAt("version");
  for (const source of [attributes.textAt("source"), moduleSource]) {
    const part = typeof source === "string" ? modulePartOf(source, constraint) : undefined;
    if (part !== undefined) return part;
  }
  return undefined;
}
