/** Phrases that the words of several causes share. */
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
export function isNoSuchValue({ at, unrecognized, expected, closest }: Unrecognized): string {
  if (unrecognized !== "text" || !expected.startsWith("one of"))
    return `${at} is ${unrecognized}, not ${expected}`;
  const hint = closest === undefined ? "" : ` (did you mean "${closest}"?)`;
  return `${at} is not ${expected}${hint}`;
}

export function hasWindowsPools(windows: Windows): string {
  return windows === "hinted"
    ? "This cluster may have Windows node pools (it names Windows credentials or a Windows image)"
    : `This cluster has a Windows node pool (${windows.declaredAt})`;
}

export function days(count: number): string {
  return counted(count, "day");
}

/** `1 day`, `2 days` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
