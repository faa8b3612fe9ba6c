import type { Cluster, OperatingSystem, Pool } from "../cluster/cluster";
import { operatingSystems } from "../cluster/cluster";
import type { Answer, Setting, Unrecognized } from "../cluster/setting";
import { answer, isUnrecognized, unknownBecauseOf } from "../cluster/setting";
import type { Dialect } from "../dialects/dialect";
import type { Field } from "./field";
import { absentField, isEmpty } from "./field";
import type { Located, Place } from "./paths";
import { blockOf, find, poolInside, separatePool, walk } from "./paths";
import { notWritten, numberOf, scalarAt, truthOf, unrecognized, wordOf } from "./values";

/** Reads a pool that is declared as a resource of its own. */
export function readPool(root: Field, dialect: Dialect): Pool {
  return readPoolAt(root, separatePool, dialect);
}

/**
 * What is known of a pool that may not be there, or not be this cluster's: it may have Windows. Its nodes do not count.
 * `undefined` where it is a Linux pool anyway.
 */
export function possiblePool({ os, windowsImage, maximumNodes }: Pool): Pool | undefined {
  const isLinux = os.state === "absent" || (os.state === "known" && os.value === "Linux");
  if (isLinux && windowsImage.truth === false) return undefined;
  return {
    name: undefined,
    os: { state: "unknown", path: os.path, unknownAt: separatePool.named("") },
    windowsImage: answer(false),
    maximumNodes: { state: "absent", path: maximumNodes.path },
  };
}

/** The pools that are declared inside the cluster. */
export function poolsInside(root: Field, dialect: Dialect): Cluster["pools"] {
  const { path, one, map = false } = dialect.poolsInside;
  const found = walk(root, path, dialect);
  if (one && found.at === path) {
    const block = blockOf(found.field, dialect);
    if (isEmpty(block)) return { state: "absent", path };
    if (block.kind === "scalar" || block.kind === "list")
      return unrecognized({ ...found, field: block }, "an object");
    const pool = readPoolAt(block, poolInside(path), dialect);
    // azurerm: "default_node_pool" takes Linux only (Terraform Registry, azurerm_kubernetes_cluster, read 2026-08).
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

/** The pools of a list, or of a map where the dialect has one; `undefined` where there is neither. */
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
    // A Windows pool stays one however it is spelt.
    false,
  );
  const ownName =
    place === separatePool && pool.nameApart !== undefined ? at(pool.nameApart).field : absentField;
  const name = isEmpty(ownName) ? at(pool.name).field : ownName;
  return {
    name: name.kind === "scalar" ? String(name.value) : undefined,
    os,
    windowsImage: os.state === "absent" ? startsWithWindows(at(pool.osSku)) : answer(false),
    maximumNodes: maximumNodes(
      truthOf(find(root, pool.autoscaling, dialect, place)),
      at(pool.count),
      at(pool.maximum),
    ),
  };
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

function startsWithWindows(found: Located): Answer {
  if (found.field.kind === "unknown") return unknownBecauseOf(found.at);
  return answer(String(scalarAt(found)).toLowerCase().startsWith("windows"));
}
