/**
 * Sends clusters through every door, and compares each answer with the one table and the documented
 * differences.
 */
import type { Model } from "../fuzz/generate";
import type { Cluster } from "./clusters";
import type { Difference } from "./differences";
import type { Way } from "./door";
import { hasNamesFor, nameOfDoor, spelt } from "./door";
import type { Row } from "./verdicts";
import { isSameRow, shownRow, tableRow, withRow } from "./verdicts";

export interface Counts {
  readonly door: string;
  /** Clusters with settings that the spelling has no names for, or that a difference excludes. */
  cannotSay: number;
  said: number;
  /** Same answer as the table. */
  agreed: number;
  /** A different answer that is documented. */
  different: number;
}

export interface Comparison {
  readonly counts: readonly Counts[];
  /** Undocumented disagreements, the first of each door in full. */
  readonly disagreements: readonly string[];
  /** How often each documented difference mattered. */
  readonly occurred: ReadonlyMap<Difference, number>;
}

/** @param oneOf each way takes one of this many clusters, and different ways take different ones */
export async function compare(
  ways: readonly Way[],
  clusters: readonly Cluster[],
  differences: readonly Difference[],
  oneOf = 1,
): Promise<Comparison> {
  const occurred = new Map<Difference, number>(differences.map((each) => [each, 0]));
  const occurs = (difference: Difference): void => {
    occurred.set(difference, (occurred.get(difference) ?? 0) + 1);
  };
  const counts: Counts[] = [];
  const disagreements: string[] = [];
  for (const [n, way] of ways.entries()) {
    const chosen = clusters.filter((_, i) => (i + n) % (oneOf * (way.oneOf ?? 1)) === 0);
    const sayable = chosen.filter(({ model }) => canSay(way, model, differences, occurs)).slice(0, way.most);
    const ofDoors = way.doors.map((door) => ({
      name: nameOfDoor(way, door),
      count: { door: nameOfDoor(way, door), cannotSay: 0, said: 0, agreed: 0, different: 0 },
      shown: 0,
    }));
    for (const [today, some] of byDay(sayable)) {
      const answers = await way.judge(
        some.map((each) => spelt(each, way.spelling)),
        today,
      );
      ofDoors.forEach((door, i) => {
        for (const { name, title, model } of some) {
          door.count.said += 1;
          const got = answers[i]?.get(name);
          const plain = tableRow(model, today);
          const { row, because } = expectedAt(door.name, model, today, differences);
          because.forEach(occurs);
          if (got !== undefined && isSameRow(got, row)) {
            if (isSameRow(got, plain)) door.count.agreed += 1;
            else door.count.different += 1;
          } else if (door.shown++ < 3) {
            const said = got === undefined ? "does not name it" : `says ${shownRow(got)}`;
            disagreements.push(
              `${door.name} ${said}\n  where ${shownRow(row)} is expected\n  of ${title}: ${shownModel(model)}`,
            );
          }
        }
      });
    }
    for (const { name, count, shown } of ofDoors) {
      count.cannotSay = chosen.length - count.said;
      counts.push(count);
      if (shown > 0) disagreements.push(`${name}: ${shown} in all`);
    }
  }
  return { counts, disagreements, occurred };
}

function canSay(
  way: Way,
  model: Model,
  differences: readonly Difference[],
  occurs: (difference: Difference) => void,
): boolean {
  if (!hasNamesFor(model, way.spelling)) return false;
  const against = differences.filter(
    ({ doors, is }) =>
      "cannotSay" in is && way.doors.some((door) => doors.test(nameOfDoor(way, door))) && is.cannotSay(model),
  );
  against.forEach(occurs);
  return against.length === 0;
}

/** The expected answer of a door on a cluster, and the differences that made it deviate from the table. */
function expectedAt(
  door: string,
  model: Model,
  today: Date,
  differences: readonly Difference[],
): { readonly row: Row; readonly because: readonly Difference[] } {
  const because: Difference[] = [];
  let read = model;
  let row = tableRow(read, today);
  const of = differences.filter(({ doors }) => doors.test(door));
  for (const difference of of) {
    if (!("readsAs" in difference.is)) continue;
    read = difference.is.readsAs(read);
    const next = tableRow(read, today);
    if (!isSameRow(next, row)) because.push(difference);
    row = next;
  }
  for (const difference of of) {
    if (!("saysAlso" in difference.is)) continue;
    const next = withRow(row, tableRow(difference.is.saysAlso(read), today));
    if (!isSameRow(next, row)) because.push(difference);
    row = next;
  }
  return { row, because };
}

function byDay(clusters: readonly Cluster[]): ReadonlyMap<Date, readonly Cluster[]> {
  const days = new Map<number, { readonly today: Date; readonly of: Cluster[] }>();
  for (const each of clusters) {
    const day = days.get(each.today.getTime()) ?? { today: each.today, of: [] };
    day.of.push(each);
    days.set(each.today.getTime(), day);
  }
  return new Map([...days.values()].map(({ today, of }) => [today, of]));
}

export function shownModel(model: Model): string {
  return JSON.stringify(model, (_, value: unknown) =>
    typeof value === "symbol" ? "<not known yet>" : value,
  );
}

export function shownComparison({ counts, occurred }: Comparison): string {
  const number = (count: number): string => count.toLocaleString("en");
  const rows = counts.map(
    ({ door, said, cannotSay, agreed, different }) =>
      `| ${door} | ${[said, cannotSay, agreed, different].map(number).join(" | ")} |`,
  );
  const stated = [...occurred].map(
    ([{ doors, what }, count]) => `${number(count)}  ${what} (${doors.source})`,
  );
  return [
    "| door | said | cannot say | as the table | differs as stated |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
    "",
    ...stated,
  ].join("\n");
}
