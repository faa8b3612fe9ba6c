/** Phrases shared by the words of several causes. */
import type { Unrecognized } from "../cluster/setting";
import type { Windows } from "./verdict";

export function isSetTo(setting: { readonly path: string }, value: string): string {
  return `${setting.path} is "${value}"`;
}

/** States that Azure does not document a value, without echoing the value. */
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
