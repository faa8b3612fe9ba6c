import { expect, test } from "vitest";
import { cells, corners, dimensions, hostAt, manifest, matches, oldestOf } from "../matrix/cells";

const inCi = cells.filter((cell) => corners.some((corner) => matches(cell, corner)));

test("CI's part of the matrix has every library, end, TypeScript and runner, and the oldest and newest Node", () => {
  for (const corner of corners) expect(cells.filter((cell) => matches(cell, corner))).not.toEqual([]);
  for (const dimension of dimensions) {
    const values = (all: typeof cells): Set<string> => new Set(all.map((cell) => cell[dimension]));
    const inner = ["22", "24", "oldest/newest", "newest/oldest", "oldest-cli"];
    const wanted = [...values(cells)].filter((value) => !inner.includes(value));
    expect([...values(inCi)].sort()).toEqual(wanted.sort());
  }
});

test("the matrix uses the ends of the ranges that the package declares", () => {
  const { peerDependencies, engines } = manifest;
  for (const [name, range] of Object.entries(peerDependencies)) {
    expect(range).toContain(hostAt(name, "oldest").replace(/(?:\.0)+$/, ""));
  }
  expect(oldestOf(engines.node)).toBe("20.9.0");
  expect([oldestOf("^1.20"), oldestOf(">=0.15.0 <1"), oldestOf("3")]).toEqual(["1.20.0", "0.15.0", "3.0.0"]);
});
