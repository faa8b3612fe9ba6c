import type { Report } from "../../shared/messages/report";
import { json } from "./json";
import type { Look } from "./look";
import { text } from "./text";

/** A format is one file, and one entry here. It ends with a line break. */
const formats = { text, json } satisfies Readonly<Record<string, (report: Report, look: Look) => string>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];

export function formatted(name: FormatName, report: Report, look: Look): string {
  return formats[name](report, look);
}
