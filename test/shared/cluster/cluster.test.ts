import { describe, expect, test } from "vitest";
import type { Cluster, Pool } from "../../../shared/cluster/cluster";
import {
  knownPools,
  moreNodesThan,
  windows2025In,
  windowsPools,
  withPools,
} from "../../../shared/cluster/cluster";
import type { Answer, Setting, Unrecognized } from "../../../shared/cluster/setting";
import { all, any, not } from "../../../shared/cluster/setting";
import { azureNative } from "../../../shared/dialects/azure-native";
import { closestWord } from "../../../shared/reading/closest-word";
import { readCluster } from "../../../shared/reading/cluster";
import { plainField } from "../../support/evaluate";

const answer = (truth: boolean): Answer => ({ truth, dependsOn: [] });
const unknownBecauseOf = (...dependsOn: readonly string[]): Answer => ({ truth: "unknown", dependsOn });

/** `?` is not known yet, `!` is not recognized, `undefined` is absent. */
type Written<T> = T | "?" | "!" | undefined;

function setting<T>(value: Written<T>, path: string): Setting<T | Unrecognized> {
  if (value === undefined) return { state: "absent", path };
  if (value === "?") return { state: "unknown", path, unknownAt: path };
  if (value !== "!") return { state: "known", path, value };
  return { state: "known", path, value: { unrecognized: "text", at: path, expected: "something else" } };
}

interface Described {
  readonly name?: string;
  readonly os?: Written<"Linux" | "Windows">;
  readonly nodes?: Written<number>;
  readonly image?: boolean | "?";
}

function poolAt(place: string, { name, os, nodes, image = false }: Described): Pool {
  return {
    name,
    os: setting<"Linux" | "Windows">(os, `${place}.os`),
    windowsImage: image === "?" ? unknownBecauseOf(`${place}.image`) : answer(image),
    image: { state: "absent", path: `${place}.osSKU` },
    maximumNodes: setting<number>(nodes, `${place}.nodes`),
  };
}

const nothing = (): Cluster => readCluster(plainField({}), azureNative);

function clusterOf(
  inside: readonly Described[] | "?" | "!" | undefined,
  apart: readonly Described[],
  more: Partial<Cluster> = {},
): Cluster {
  const pools = typeof inside === "object" ? inside.map((each, i) => poolAt(`inside${i}`, each)) : inside;
  const cluster = { ...nothing(), pools: setting<readonly Pool[]>(pools, "pools"), ...more };
  return withPools(
    cluster,
    apart.map((each, i) => poolAt(`apart${i}`, each)),
  );
}

/** Where each setting of a pool was read, and its value. */
function shown({ name = "-", os, maximumNodes, windowsImage }: Pool): string {
  const of = (each: Setting<string | number | Unrecognized>): string => {
    const found = each.state !== "known" ? each.state : typeof each.value === "object" ? "wrong" : each.value;
    return `${each.path}=${found}`;
  };
  return [name, of(os), of(maximumNodes), `image ${String(windowsImage.truth)}`].join(" ");
}

describe("a pool that is declared inside and separately is one pool", () => {
  test.each<[inside: Described, apart: Described, pools: readonly string[]]>([
    [
      { name: "p" },
      { name: "q" },
      [
        "p inside0.os=absent inside0.nodes=absent image false",
        "q apart0.os=absent apart0.nodes=absent image false",
      ],
    ],
    [
      {},
      {},
      [
        "- inside0.os=absent inside0.nodes=absent image false",
        "- apart0.os=absent apart0.nodes=absent image false",
      ],
    ],
    [
      { name: "p" },
      {},
      [
        "p inside0.os=absent inside0.nodes=absent image false",
        "- apart0.os=absent apart0.nodes=absent image false",
      ],
    ],
    [
      {},
      { name: "p" },
      [
        "- inside0.os=absent inside0.nodes=absent image false",
        "p apart0.os=absent apart0.nodes=absent image false",
      ],
    ],
    [{ name: "p" }, { name: "P" }, ["p inside0.os=absent inside0.nodes=absent image false"]],
    [{ name: "P" }, { name: "p" }, ["P inside0.os=absent inside0.nodes=absent image false"]],
    // A Windows pool if either says so; otherwise first what is not recognized, then what is not known.
    [
      { name: "p", os: "Linux" },
      { name: "p", os: "Windows" },
      ["p apart0.os=Windows inside0.nodes=absent image false"],
    ],
    [
      { name: "p", os: "Windows" },
      { name: "p", os: "Linux" },
      ["p inside0.os=Windows inside0.nodes=absent image false"],
    ],
    [
      { name: "p", os: "Linux" },
      { name: "p", os: "Linux" },
      ["p inside0.os=Linux inside0.nodes=absent image false"],
    ],
    [{ name: "p", os: "Linux" }, { name: "p" }, ["p inside0.os=Linux inside0.nodes=absent image false"]],
    [{ name: "p" }, { name: "p", os: "Linux" }, ["p apart0.os=Linux inside0.nodes=absent image false"]],
    [
      { name: "p", os: "?" },
      { name: "p", os: "Linux" },
      ["p inside0.os=unknown inside0.nodes=absent image false"],
    ],
    [
      { name: "p", os: "Linux" },
      { name: "p", os: "?" },
      ["p apart0.os=unknown inside0.nodes=absent image false"],
    ],
    [
      { name: "p", os: "?" },
      { name: "p", os: "Windows" },
      ["p apart0.os=Windows inside0.nodes=absent image false"],
    ],
    [{ name: "p", os: "?" }, { name: "p" }, ["p inside0.os=unknown inside0.nodes=absent image false"]],
    [
      { name: "p", os: "!" },
      { name: "p", os: "Windows" },
      ["p inside0.os=wrong inside0.nodes=absent image false"],
    ],
    [{ name: "p", os: "?" }, { name: "p", os: "!" }, ["p apart0.os=wrong inside0.nodes=absent image false"]],
    [{ name: "p" }, { name: "p", image: true }, ["p inside0.os=absent inside0.nodes=absent image true"]],
    // As large as the larger one.
    [{ name: "p", nodes: 10 }, { name: "p", nodes: 20 }, ["p inside0.os=absent apart0.nodes=20 image false"]],
    [
      { name: "p", nodes: 20 },
      { name: "p", nodes: 10 },
      ["p inside0.os=absent inside0.nodes=20 image false"],
    ],
    [
      { name: "p", nodes: 10 },
      { name: "p", nodes: 10 },
      ["p inside0.os=absent inside0.nodes=10 image false"],
    ],
    [{ name: "p", nodes: 10 }, { name: "p" }, ["p inside0.os=absent inside0.nodes=10 image false"]],
    [{ name: "p" }, { name: "p", nodes: 10 }, ["p inside0.os=absent apart0.nodes=10 image false"]],
    [
      { name: "p", nodes: 10 },
      { name: "p", nodes: "?" },
      ["p inside0.os=absent apart0.nodes=unknown image false"],
    ],
    [
      { name: "p", nodes: "?" },
      { name: "p", nodes: 10 },
      ["p inside0.os=absent inside0.nodes=unknown image false"],
    ],
    [
      { name: "p", nodes: "!" },
      { name: "p", nodes: 10 },
      ["p inside0.os=absent inside0.nodes=wrong image false"],
    ],
    [
      { name: "p", nodes: "!" },
      { name: "p", nodes: "!" },
      ["p inside0.os=absent inside0.nodes=wrong image false"],
    ],
    [
      { name: "p", nodes: 0 },
      { name: "p", nodes: "?" },
      ["p inside0.os=absent apart0.nodes=unknown image false"],
    ],
  ])("%j and %j", (inside, apart, pools) => {
    expect(knownPools(clusterOf([inside], [apart])).map(shown)).toEqual(pools);
  });

  test("and there are none if pools cannot be read", () => {
    expect(knownPools(clusterOf("!", [])).map(shown)).toEqual([]);
    expect(knownPools(clusterOf("?", [{ name: "p" }])).map(shown)).toHaveLength(1);
  });

  test("and a cluster without separate pools is unchanged", () => {
    const none = nothing();
    expect(withPools(none, [])).toBe(none);
    const more = withPools(clusterOf([], [{ name: "p" }]), [poolAt("more", { name: "q" })]);
    expect(more.separatePools.map(({ name }) => name)).toEqual(["p", "q"]);
  });
});

describe("Windows pools", () => {
  const no = answer(false);
  const yes = answer(true);
  test.each<[title: string, cluster: () => Cluster, found: Partial<ReturnType<typeof windowsPools>>]>([
    ["none", () => clusterOf([{ os: "Linux" }], []), { yes: no, hinted: no }],
    ["one", () => clusterOf([{ os: "Linux" }], [{ os: "Windows" }]), { yes, hinted: no, at: "apart0.os" }],
    [
      "a Windows pool and a hint",
      () => clusterOf([{ os: "Windows" }], [], { windowsProfile: yes }),
      { yes, hinted: no, at: "inside0.os" },
    ],
    ["a hint from credentials", () => clusterOf([], [], { windowsProfile: yes }), { yes: no, hinted: yes }],
    ["a hint from an image", () => clusterOf([{ image: true }], []), { yes: no, hinted: yes }],
    [
      "a possible Windows pool",
      () => clusterOf([{ os: "?" }], []),
      { yes: unknownBecauseOf("inside0.os"), hinted: no },
    ],
    ["pools not known", () => clusterOf("?", []), { yes: unknownBecauseOf("pools"), hinted: no }],
    [
      "pools not known, and a possible Windows pool",
      () => clusterOf("?", [{ os: "?" }]),
      { yes: unknownBecauseOf("apart0.os", "pools"), hinted: no },
    ],
    [
      "an image not known",
      () => clusterOf([{ image: "?" }], []),
      { yes: no, hinted: unknownBecauseOf("inside0.image") },
    ],
  ])("%s", (_title, cluster, found) => {
    expect(windowsPools(cluster())).toEqual({ at: "", ...found });
  });
});

describe("an answer that is not known", () => {
  const [open, other] = [unknownBecauseOf("a", "b"), unknownBecauseOf("b", "c")];
  const [yes, no] = [answer(true), answer(false)];
  test.each<[title: string, found: () => Answer, expected: Answer]>([
    ["stays so when it is negated", () => not(open), open],
    ["is the opposite otherwise", () => not(not(yes)), yes],
    ["decides nothing with yes", () => all(yes, open), open],
    ["does not matter with no", () => all(open, no), no],
    ["decides nothing without yes", () => any(no, open), open],
    ["does not matter with a yes", () => any(open, yes), yes],
    ["adds its parts to another's", () => all(open, other), unknownBecauseOf("a", "b", "c")],
    ["adds its parts to those of an alternative", () => any(open, other), unknownBecauseOf("a", "b", "c")],
  ])("%s", (_title, found, expected) => {
    expect(found()).toEqual(expected);
  });
});

describe("more than 250 nodes", () => {
  test.each<[cluster: () => Cluster, found: ReturnType<typeof moreNodesThan>]>([
    [() => clusterOf([{ nodes: 250 }], []), answer(false)],
    [() => clusterOf([{ nodes: 251 }], []), answer(true)],
    [() => clusterOf([{ nodes: 200 }], [{ nodes: 51 }]), answer(true)],
    [() => clusterOf([{ nodes: 200 }, {}], []), answer(false)],
    [() => clusterOf([{ nodes: "!" }, { nodes: 251 }], []), answer(true)],
    [() => clusterOf([{ nodes: "?" }, { nodes: 251 }], []), answer(true)],
    [() => clusterOf([{ nodes: "?" }, { nodes: 250 }], []), unknownBecauseOf("inside0.nodes")],
    [() => clusterOf("?", [{ nodes: 1 }]), unknownBecauseOf("pools")],
    [() => clusterOf("?", [{ nodes: 251 }]), answer(true)],
    [() => clusterOf("?", [{ nodes: "?" }]), unknownBecauseOf("pools", "apart0.nodes")],
  ])("%#", (cluster, found) => {
    expect(moreNodesThan(cluster(), 250)).toEqual(found);
  });
});

test.each([
  ["calico", "calico"],
  ["Calico", "calico"],
  [" calico ", "calico"],
  ["calcio", "calico"],
  ["clico", "calico"],
  ["cico", "calico"],
  ["cio", undefined],
  ["calico".padEnd(32), "calico"],
  ["calico".padEnd(33), undefined],
  ["cilum", "Cilium"],
  ["al", "all"],
  ["a", undefined],
  ["axx", undefined],
  ["ix", undefined],
  ["id", "id"],
  ["", undefined],
])("%j is most likely a typo for %s", (text, word) => {
  expect(closestWord(text, ["calico", "Cilium", "all", "id"])).toBe(word);
});

describe("pools that may be the cluster's own", () => {
  const whose = "the cluster of a separate node pool";
  const withPossible = (...possible: readonly Described[]): Cluster =>
    withPools(
      clusterOf([{ os: "Linux", nodes: 200 }], []),
      [],
      possible.map((each) => poolAt("other", each)),
    );

  test.each<[possible: readonly Described[], windows: boolean | "unknown", hinted: boolean | "unknown"]>([
    [[], false, false],
    [[{ os: "Linux" }], false, false],
    [[{}], false, false],
    [[{ os: "Windows" }], "unknown", false],
    [[{ os: "?" }], "unknown", false],
    [[{ image: true }], false, "unknown"],
    [[{ image: "?" }], false, "unknown"],
    [[{ os: "Linux" }, { os: "Windows" }], "unknown", false],
  ])("%j: Windows pools %s, hinted %s", (possible, windows, hinted) => {
    const found = windowsPools(withPossible(...possible));
    expect([found.yes.truth, found.hinted.truth]).toEqual([windows, hinted]);
    const open = [found.yes, found.hinted].flatMap(({ dependsOn }) => dependsOn);
    expect(open).toEqual(windows === "unknown" || hinted === "unknown" ? [whose] : []);
  });

  test.each<[possible: readonly Described[], more: boolean | "unknown"]>([
    [[], false],
    [[{ nodes: 50 }], false],
    [[{ nodes: 51 }], "unknown"],
    [[{ nodes: 25 }, { nodes: 26 }], "unknown"],
    [[{ nodes: "?" }], "unknown"],
    [[{ nodes: 1 }, { nodes: "?" }], "unknown"],
  ])("%j: more than 250 nodes %s", (possible, more) => {
    const found = moreNodesThan(withPossible(...possible), 250);
    expect(found).toEqual(more === "unknown" ? unknownBecauseOf(whose) : answer(more));
  });

  test("or that may not be made at all: the verdict waits for their number", () => {
    const other = { ...poolAt("other", { os: "Windows", nodes: 51 }), mayBeNone: true as const };
    const cluster = withPools(clusterOf([{ os: "Linux", nodes: 200 }], []), [], [other]);
    const open = unknownBecauseOf("the number of instances of a separate node pool");
    expect(windowsPools(cluster).yes).toEqual(open);
    expect(moreNodesThan(cluster, 250)).toEqual(open);
  });

  test("are added to the existing ones, and adding none changes nothing", () => {
    const one = withPossible({ os: "Windows" });
    expect(withPools(one, [], [])).toBe(one);
    expect(withPools(one, [poolAt("own", {})], []).possiblePools).toHaveLength(1);
    expect(withPools(one, [], [poolAt("other", {})]).possiblePools).toHaveLength(2);
    expect(clusterOf([], [{}])).not.toHaveProperty("possiblePools");
  });
});

describe("Windows Server 2025", () => {
  const image = (value: string): Setting<string> => ({ state: "known", path: "osSKU", value });
  const on = (kubernetes: Setting<string>, ...pools: readonly Pool[]): Cluster => ({
    ...withPools(nothing(), pools),
    kubernetesVersion: kubernetes,
  });
  const version = (value: string): Setting<string> => ({ state: "known", path: "kubernetesVersion", value });
  const absent: Setting<string> = { state: "absent", path: "kubernetesVersion" };
  const windows = (): Pool => poolAt("w", { os: "Windows" });

  test.each<[value: string, is: boolean]>([
    ["Windows2025", true],
    ["windowsserver2025", true],
    ["Windows2022", false],
    ["Windows20250", false],
    ["NotWindows2025", false],
  ])("is the image %s: %s", (value, is) => {
    const found = windows2025In(on(absent, { ...windows(), image: image(value) }));
    expect(found).toEqual(is ? { by: "image", at: "osSKU" } : undefined);
    // Without an operating system, the image makes it a Windows pool.
    const without = { ...poolAt("w", {}), image: image(value) };
    expect(windows2025In(on(absent, without))).toEqual(found);
  });

  test.each<[kubernetes: Setting<string>, is: boolean]>([
    [version("1.37"), true],
    [version("1.37.2"), true],
    [version("v1.40.0"), true],
    [version("2.0"), true],
    [version("1.36.9"), false],
    [version("0.40"), false],
    [version("11.3"), true],
    [version("x1.37"), false],
    [version("1.370x"), false],
    [absent, false],
    [{ state: "unknown", path: "kubernetesVersion", unknownAt: "kubernetesVersion" }, false],
  ])("is the default of Kubernetes %j for a pool without an image: %s", (kubernetes, is) => {
    const expected = is ? { by: "Kubernetes version", at: "kubernetesVersion" } : undefined;
    expect(windows2025In(on(kubernetes, windows()))).toEqual(expected);
    expect(windows2025In(on(kubernetes, { ...windows(), image: image("Windows2022") }))).toBeUndefined();
    expect(windows2025In(on(kubernetes, poolAt("l", { os: "Linux" })))).toBeUndefined();
    expect(windows2025In(on(kubernetes, poolAt("l", {})))).toBeUndefined();
  });

  test("counts if either declaration of a pool has it", () => {
    const windowsCalled = (name: string): Pool => ({ ...windows(), name });
    const twin = windowsCalled("win");
    const inside = (value: string | undefined): Cluster => ({
      ...nothing(),
      pools: {
        state: "known",
        path: "pools",
        value: [{ ...twin, image: value === undefined ? twin.image : image(value) }],
      },
    });
    const apart = (value: string): Pool => ({ ...twin, image: { ...image(value), path: "apart" } });
    expect(windows2025In(withPools(inside("Windows2025"), [apart("Windows2022")]))).toEqual({
      by: "image",
      at: "osSKU",
    });
    for (const other of [undefined, "Windows2022"])
      expect(windows2025In(withPools(inside(other), [apart("Windows2025")]))).toEqual({
        by: "image",
        at: "apart",
      });
    expect(windows2025In(withPools(inside("Windows2022"), [apart("Windows2019")]))).toBeUndefined();
    // An image that is named in one place only is the pool's.
    const onNew = { ...inside(undefined), kubernetesVersion: version("1.37") };
    expect(windows2025In(withPools(onNew, [apart("Windows2022")]))).toBeUndefined();
    const named = { ...inside("Windows2022"), kubernetesVersion: version("1.37") };
    expect(windows2025In(withPools(named, [windowsCalled("win")]))).toBeUndefined();
  });
});
