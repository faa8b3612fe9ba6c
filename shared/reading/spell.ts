import type { Declaration, DeclaredPool } from "../cluster/declaration";
import type { Dialect, SettingName } from "../dialects/dialect";

/** A resource's inputs, with `notKnownYet` where the declaration has it. */
export type Inputs = Record<string, unknown>;

export interface Spelled {
  readonly cluster: Inputs;
  readonly separatePools: readonly Inputs[];
}

/** Writes a declaration in a dialect's own spelling; `undefined` if the dialect cannot express it. */
export function spell(declaration: Declaration, dialect: Dialect): Spelled | undefined {
  const cluster: Inputs = {};
  const { pools = [], ...settings } = declaration;
  for (const [name, value] of Object.entries(settings) as [SettingName, unknown][]) {
    const [path] = dialect.settings[name];
    if (path === undefined) return undefined;
    writeAt(cluster, path, value);
  }
  const separatePools: Inputs[] = [];
  const inside: Inputs[] = [];
  pools.forEach((pool, i) => {
    // If the pool inside the cluster is always Linux, a Windows pool must be separate.
    const separate = pool.separate === true || (dialect.poolsInside.one && (i > 0 || pool.os !== undefined));
    (separate ? separatePools : inside).push(spellPool(pool, i, dialect));
  });
  const { path, one, map } = dialect.poolsInside;
  if (inside.length > 0) {
    const byName = (): Inputs => Object.fromEntries(inside.map((pool, i) => [`pool${i}`, pool]));
    writeAt(cluster, path, one ? inside[0] : map === true ? byName() : inside);
  }
  return { cluster, separatePools };
}

function spellPool(pool: DeclaredPool, i: number, { pool: paths }: Dialect): Inputs {
  const inputs: Inputs = { [paths.name]: `pool${i}` };
  if (pool.os !== undefined) inputs[paths.os] = pool.os;
  if (pool.osSku !== undefined) inputs[paths.osSku] = pool.osSku;
  if (pool.count !== undefined) inputs[paths.count] = pool.count;
  if (pool.maximum !== undefined) {
    const [autoscaling] = paths.autoscaling;
    if (autoscaling !== undefined) inputs[autoscaling] = true;
    inputs[paths.maximum] = pool.maximum;
  }
  return inputs;
}

/** Sets a dotted path in `inputs`, creating blocks as needed. */
export function writeAt(inputs: Inputs, path: string, value: unknown): void {
  const end = path.indexOf(".");
  if (end === -1) {
    inputs[path] = value;
    return;
  }
  const name = path.slice(0, end);
  const next = inputs[name];
  const block = typeof next === "object" && next !== null ? (next as Inputs) : (inputs[name] = {} as Inputs);
  writeAt(block, path.slice(end + 1), value);
}
