import * as v from "valibot";
import { ruleNames } from "../rules";
import { dayNumber, dayNumberOf } from "../rules/days";
import { listOf, object, oneOf, text } from "../rules/options";
import type { Given } from "../rules/options";
import type { Reading } from "./configuration";
import { parse } from "./configuration";
import { day, line, targetKey } from "./exemptions";

/** How long a finding may stay in a baseline without a warning, in days. */
export const mostBaselineDays = 180;

const entry = object(
  {
    since: day,
    rule: oneOf(ruleNames),
    /** The stack or the file, if the address alone is not unique. */
    in: v.optional(text),
    address: text,
    fingerprint: text,
  },
  "a finding",
);

const baselineSchema = v.pipe(
  object({
    version: v.literal(1, () => "1"),
    writtenOn: day,
    owner: v.optional(line("who is responsible for the findings, in one line")),
    findings: listOf(
      v.pipe(
        entry,
        v.check(isOfItsFingerprint, () => "one whose fingerprint has its rule, in and address"),
      ),
      "findings",
    ),
  }),
  v.check(
    ({ writtenOn, findings }) => findings.every(({ since }) => since <= writtenOn),
    () => "no finding since a later day than writtenOn",
  ),
);

/** The failures that an organisation found when it began to check, and has not fixed yet. */
export type Baseline = Given<v.InferOutput<typeof baselineSchema>>;
export type BaselineEntry = Baseline["findings"][number];

/** Reads a baseline from the content of its file. */
export function readBaseline(content: unknown): Reading<Baseline> {
  return parse(baselineSchema, content, ["baseline"]);
}

/** A reviewer reads rule and address, so the fingerprint, which decides, must match them. */
function isOfItsFingerprint({ rule, in: scope, address, fingerprint }: v.InferOutput<typeof entry>): boolean {
  const end = `${scope === undefined ? "" : `|${scope}`}|${targetKey(address)}`;
  const isOfPlace = fingerprint.endsWith(end) || fingerprint.replace(/\|\d+$/, "").endsWith(end);
  return isOfPlace && fingerprint.startsWith(`${rule}|`);
}

/** Distinguishes the findings of a baseline. */
export function keyOfEntry({
  in: scope,
  address,
  fingerprint,
}: Pick<BaselineEntry, "in" | "address" | "fingerprint">): string {
  return JSON.stringify([scope ?? null, targetKey(address), fingerprint]);
}

/** Is that day more than `mostBaselineDays` ago? */
export function isOldSince(since: string, today: Date): boolean {
  return dayNumber(today) - (dayNumberOf(since) ?? -Infinity) > mostBaselineDays;
}
