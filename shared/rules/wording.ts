/** Phrases shared by the words of several causes. */
import type { Unrecognized } from "../cluster/setting";
import type { Windows } from "./verdict";

interface Named {
  readonly path: string;
  readonly isDefault?: boolean;
}

export function isSetTo({ path, isDefault }: Named, value: string): string {
  return `${path} is "${value}"${isDefault === true ? " by default" : ""}`;
}

/** A value that Azure does not document, without the value itself. */
export function isNoSuchValue(found: Unrecognized): string {
  const { at, unrecognized, expected, closest } = found;
  if (unrecognized !== "text" || !expected.startsWith("one of"))
    return `${at} is ${unrecognized}, not ${expectedIn(found)}`;
  const hint = closest === undefined ? "" : ` (did you mean "${closest}"?)`;
  return `${at} is not ${expectedIn(found)}${hint}`;
}

/** What a setting takes instead; one word is no list. */
export function expectedIn({ expected }: Unrecognized): string {
  return expected.replace(/^one of (\w+)$/, '"$1"');
}

export function hasWindowsPools(windows: Windows): string {
  return windows === "hinted"
    ? "This cluster may have Windows node pools (it has Windows credentials or a Windows image)"
    : `This cluster has a Windows node pool (${windows.declaredAt})`;
}

export function days(count: number): string {
  return counted(count, "day");
}

/** `1 day`, `2 days` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
