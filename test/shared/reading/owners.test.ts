import { describe, expect, test } from "vitest";
import type { Identity } from "../../../shared/reading/identity";
import type { Candidate, PoolsReferences } from "../../../shared/reading/owners";
import { Owners, PoolsOfClusters } from "../../../shared/reading/owners";

const identity = (name?: string, resourceGroup?: string): Identity => ({ name, resourceGroup });

interface Pool {
  readonly named?: readonly string[];
  readonly identity?: Identity;
  readonly related?: readonly string[];
  readonly groupOrigin?: string;
  readonly nameOrigin?: string;
}

function ownersOf(pool: Pool, candidates: readonly Candidate<string>[]): readonly string[] {
  const references: PoolsReferences<string> = {
    named: () => pool.named ?? [],
    identity: () => pool.identity ?? identity(),
    related: () => pool.related ?? [],
    groupOrigin: pool.groupOrigin,
    nameOrigin: pool.nameOrigin,
  };
  const { sure, possible } = new Owners(() => candidates).ownersOf(references);
  return [...sure, ...possible.map((each) => `${each}?`)];
}

const one = { cluster: "one", identity: identity("a", "g") };
const other = { cluster: "other", identity: identity("a", "h") };
const stranger = { cluster: "stranger", identity: identity("b", "g") };
const nameless = { cluster: "nameless", identity: identity(undefined, "g") };
const groupless = { cluster: "groupless", identity: identity("a") };

describe("a pool belongs to", () => {
  test.each<[why: string, pool: Pool, candidates: readonly Candidate<string>[], owners: readonly string[]]>([
    ["possibly any, if it mentions none", {}, [one, stranger], ["one?", "stranger?"]],
    [
      "possibly any in its group, if it mentions nothing else",
      { identity: identity(undefined, "g") },
      [one, other, groupless],
      ["one?", "groupless?"],
    ],
    [
      "all clusters that it refers to",
      { named: ["x", "y"], identity: identity("a", "g") },
      [one],
      ["x", "y"],
    ],
    ["the cluster of its name and group", { identity: identity("a", "g") }, [one, other, stranger], ["one"]],
    ["none in another group", { identity: identity("a", "z") }, [one, other], []],
    ["none with another name", { identity: identity("c", "g") }, [one, stranger], []],
    ["the only cluster of its name", { identity: identity("a") }, [one, stranger], ["one"]],
    ["possibly either, if two may be meant", { identity: identity("a") }, [one, other], ["one?", "other?"]],
    ["a cluster whose group is not known", { identity: identity("a", "g") }, [groupless], ["groupless"]],
    [
      "possibly either, if a group is not known",
      { identity: identity("a", "g") },
      [one, groupless],
      ["one?", "groupless?"],
    ],
    ["the one that it depends on", { identity: identity("a"), related: ["other"] }, [one, other], ["other"]],
    [
      "the one of its name, whatever else it depends on",
      { identity: identity("a"), related: ["x"] },
      [one],
      ["one"],
    ],
    [
      "possibly a cluster whose name is not known",
      { identity: identity("a", "g") },
      [stranger, nameless],
      ["nameless?"],
    ],
    [
      "the cluster whose name is made from the same resource",
      { nameOrigin: "random_id.a" },
      [{ ...nameless, nameOrigin: "random_id.a" }, stranger, groupless],
      ["nameless"],
    ],
    [
      "that one, whatever else it depends on",
      { nameOrigin: "random_id.a", related: ["stranger"] },
      [{ ...nameless, nameOrigin: "random_id.a" }, stranger],
      ["nameless"],
    ],
    [
      "possibly any, if its name is made from another resource",
      { nameOrigin: "random_id.b" },
      [{ ...nameless, nameOrigin: "random_id.a" }, stranger],
      ["nameless?", "stranger?"],
    ],
    [
      "possibly any, if no name says what it is made from",
      {},
      [nameless, { ...nameless, cluster: "unnamed" }],
      ["nameless?", "unnamed?"],
    ],
    ["the only one that it depends on", { related: ["x"] }, [], ["x"]],
    ["possibly either, if it depends on two", { related: ["x", "y"] }, [], ["x?", "y?"]],
  ])("%s", (_why, pool, candidates, owners) => {
    expect(ownersOf(pool, candidates)).toEqual(owners);
  });

  test.each<[ours: string | undefined, theirs: string | undefined, owners: readonly string[]]>([
    ["group", "group", ["groupless"]],
    ["group", "another", []],
    ["group", undefined, ["groupless"]],
    [undefined, "group", ["groupless"]],
    ["", "group", ["groupless"]],
  ])("a cluster of its name, if the groups depend on %s and %s", (groupOrigin, theirs, owners) => {
    const pool = { identity: identity("a"), ...(groupOrigin === undefined ? {} : { groupOrigin }) };
    expect(ownersOf(pool, [{ ...groupless, groupOrigin: theirs }])).toEqual(owners);
  });

  test("a cluster by its group's name, whatever that depends on", () => {
    const pool = { identity: identity("a", "g"), groupOrigin: "x" };
    expect(ownersOf(pool, [{ ...one, groupOrigin: "y" }])).toEqual(["one"]);
  });

  test("a cluster that is looked up only if a name is known", () => {
    const owners = new Owners<string>(() => {
      throw new Error("nobody asks for them");
    });
    const related = (): readonly string[] => ["x"];
    expect(owners.ownersOf({ named: () => [], identity: () => identity(), related }).sure).toEqual(["x"]);
  });
});

test("each pool is asked for by itself, whatever was asked for before", () => {
  const candidates = [
    one,
    { ...nameless, nameOrigin: "x" },
    { ...nameless, cluster: "unnamed", nameOrigin: "y" },
  ];
  const owners = new Owners(() => candidates);
  const ownersOfNext = (name: string | undefined, nameOrigin?: string): unknown =>
    owners.ownersOf({ named: () => [], identity: () => identity(name), related: () => [], nameOrigin });
  expect(ownersOfNext(undefined, "x")).toEqual({ sure: ["nameless"], possible: [] });
  expect(ownersOfNext(undefined, "y")).toEqual({ sure: ["unnamed"], possible: [] });
  expect(ownersOfNext(undefined)).toEqual({ sure: [], possible: ["one", "nameless", "unnamed"] });
  expect(ownersOfNext("b")).toEqual({ sure: [], possible: ["nameless", "unnamed"] });
  expect(ownersOfNext("a")).toEqual({ sure: ["one"], possible: [] });
});

test("a cluster has its own pools, and those that may be its own", () => {
  const pools = new PoolsOfClusters<string, string>();
  pools.add("own", { sure: ["one"], possible: [] });
  pools.add("shared", { sure: [], possible: ["one", "other"] });
  expect(pools.of("one")).toEqual({ own: ["own"], possible: ["shared"] });
  expect(pools.of("other")).toEqual({ own: [], possible: ["shared"] });
  expect(pools.of("stranger")).toEqual({ own: [], possible: [] });
});

test("pools that may belong to many clusters share one list of clusters, and the clusters share the list of pools", () => {
  const clusters = Array.from({ length: 3_000 }, (_, i) => ({ cluster: `c${i}`, identity: identity() }));
  const owners = new Owners(() => clusters);
  const pools = new PoolsOfClusters<string, string>();
  for (const name of [undefined, "shop"])
    for (let i = 0; i < 3_000; i++)
      pools.add(
        `p${i}`,
        owners.ownersOf({ named: () => [], identity: () => identity(name, "g"), related: () => [] }),
      );
  const [first, last] = [pools.of("c0").possible, pools.of("c2999").possible];
  expect([first.length, last.length]).toEqual([6_000, 6_000]);
  const alone = new PoolsOfClusters<string, string>();
  alone.add("p", owners.ownersOf({ named: () => [], identity: () => identity(), related: () => [] }));
  expect(alone.of("c0").possible).toBe(alone.of("c2999").possible);
});
