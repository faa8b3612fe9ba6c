import type { Cluster, OperatingSystem, Pool } from "../cluster/cluster";
import { operatingSystems } from "../cluster/cluster";
import type { Answer, Setting, Unrecognized } from "../cluster/setting";
import { answer, isUnrecognized, unknownBecauseOf } from "../cluster/setting";
import type { Dialect, PoolPaths } from "../dialects/dialect";
import type { Field } from "./field";
import { absentField, isEmpty } from "./field";
import type { Located, Place } from "./paths";
import { blockOf, find, poolInside, separatePool, walk } from "./paths";
import { notWritten, numberOf, textOf, truthOf, unrecognized, wordOf } from "./values";

/** Reads a pool that is declared as a separate resource. */
export function readPool(root: Field, dialect: Dialect): Pool {
  return readPoolAt(root, separatePool, dialect);
}

/** The pools that are declared inside the cluster. */
export function poolsInside(root: Field, dialect: Dialect): Cluster["pools"] {
  const { besides, outside } = dialect.poolsInside;
  let pools = poolsAt(root, dialect);
  if (besides !== undefined)
    pools = together(pools, poolsAt(root, { ...dialect, poolsInside: { path: besides, one: true } }));
  return outside === undefined ? pools : together(pools, poolOutside(root, outside, dialect));
}

function together(pools: Cluster["pools"], more: Cluster["pools"]): Cluster["pools"] {
  if (pools.state === "unknown" || more.state !== "known") return pools;
  if (pools.state === "absent" || isUnrecognized(more.value)) return more;
  return isUnrecognized(pools.value) ? pools : { ...pools, value: [...pools.value, ...more.value] };
}

/** The pool whose sizes are attributes of the resource itself. */
function poolOutside(
  root: Field,
  { autoscaling, count, maximum }: Pick<PoolPaths, "autoscaling" | "count" | "maximum">,
  dialect: Dialect,
): Cluster["pools"] {
  const at = (path: string): Located => walk(root, path, dialect);
  const nodes = maximumNodes(truthOf(find(root, autoscaling, dialect)), at(count), at(maximum));
  if (nodes.state === "absent") return { state: "absent", path: count };
  const os = { state: "known", path: count, value: "Linux" } as const;
  const image = { state: "absent", path: count } as const;
  const pool = { name: undefined, os, windowsImage: answer(false), image, maximumNodes: nodes };
  return { state: "known", path: count, value: [pool] };
}

function poolsAt(root: Field, dialect: Dialect): Cluster["pools"] {
  const { path, one, map = false } = dialect.poolsInside;
  const found = walk(root, path, dialect);
  if (one && found.at === path) {
    const block = blockOf(found.field, dialect);
    if (isEmpty(block)) return { state: "absent", path };
    if (block.kind === "scalar" || block.kind === "list")
      return unrecognized({ ...found, field: block }, "an object");
    const pool = readPoolAt(block, poolInside(path), dialect);
    // azurerm: "default_node_pool" takes Linux only (Terraform Registry, azurerm_kubernetes_cluster, read
    // 2026-08).
    return { state: "known", path, value: [{ ...pool, os: { ...pool.os, state: "known", value: "Linux" } }] };
  }
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const items = poolsOf(found.field, map);
  if (found.at !== path || items === undefined)
    return unrecognized(found, map ? "a map of pools" : "a list of pools");
  const wrong = items.findIndex((item) => item.kind !== "object" && item.kind !== "unknown");
  const wrongItem = items[wrong];
  if (wrongItem !== undefined) {
    const at = `${path}[${wrong}]`;
    return {
      state: "known",
      path,
      value: unrecognized({ field: wrongItem, path: at, at }, "an object").value,
    };
  }
  return {
    state: "known",
    path,
    value: items.map((item, i) => readPoolAt(item, poolInside(`${path}[${i}]`), dialect)),
  };
}

/** The pools of a list, or of a map if the dialect uses one; `undefined` if there is neither. */
function poolsOf(field: Field, map: boolean): readonly Field[] | undefined {
  if (field.kind === "list") return field.items();
  return map && field.kind === "object"
    ? (field.names?.() ?? []).map((name) => field.child(name))
    : undefined;
}

function readPoolAt(root: Field, place: Place, dialect: Dialect): Pool {
  const at = (path: string): Located => walk(root, path, dialect, place);
  const { pool } = dialect;
  const os: Setting<OperatingSystem | Unrecognized> = wordOf(
    at(pool.os),
    operatingSystems,
    // A Windows pool is recognized in any case.
    false,
  );
  const image = textOf(at(pool.osSku));
  const ownName =
    place === separatePool && pool.nameApart !== undefined ? at(pool.nameApart).field : absentField;
  const name = isEmpty(ownName) ? at(pool.name).field : ownName;
  return {
    name: name.kind === "scalar" ? String(name.value) : undefined,
    os,
    windowsImage: os.state === "absent" ? startsWithWindows(image) : answer(false),
    image,
    maximumNodes:
      virtualMachines(pool.virtualMachines?.map(({ path, count }) => ({ list: at(path), count })) ?? []) ??
      maximumNodes(truthOf(find(root, pool.autoscaling, dialect, place)), at(pool.count), at(pool.maximum)),
  };
}

/** The nodes of a pool of virtual machines, which has several sizes; `undefined` if it has none. */
function virtualMachines(
  scales: readonly { readonly list: Located; readonly count: string }[],
): Pool["maximumNodes"] | undefined {
  let sum: Pool["maximumNodes"] | undefined;
  for (const { list, count } of scales) {
    const { field, path, at } = list;
    if (field.kind === "unknown" && at === path) return { state: "unknown", path, unknownAt: at };
    // Some versions of the API scale by one block, others by a list of blocks.
    const blocks = field.kind === "list" ? field.items() : field.kind === "object" ? [field] : [];
    for (const block of blocks) {
      const inside = block.kind === "object" ? block.child(count) : block;
      const nodes = numberOf({ field: inside, path, at: path });
      if (nodes.state === "absent") continue;
      if (nodes.state !== "known" || isUnrecognized(nodes.value)) return nodes;
      const before = sum?.state === "known" && !isUnrecognized(sum.value) ? sum.value : 0;
      sum = { state: "known", path, value: before + nodes.value };
    }
  }
  return sum;
}

function maximumNodes(
  autoscaling: Setting<boolean | Unrecognized>,
  count: Located,
  most: Located,
): Pool["maximumNodes"] {
  switch (autoscaling.state) {
    case "unknown":
      return autoscaling;
    case "absent":
      return numberOf(count);
    case "known": {
      const { value, path } = autoscaling;
      if (isUnrecognized(value)) return { state: "known", path, value };
      return numberOf(value && !isEmpty(most.field) ? most : count);
    }
  }
}

function startsWithWindows(image: Setting<string>): Answer {
  switch (image.state) {
    case "unknown":
      return unknownBecauseOf(image.unknownAt);
    case "absent":
      return answer(false);
    case "known":
      return answer(image.value.toLowerCase().startsWith("windows"));
  }
}
