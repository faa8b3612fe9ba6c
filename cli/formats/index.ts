import type { Report } from "../../shared/messages/report";
import { azure } from "./azure";
import { csv } from "./csv";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import type { FormatOptions } from "./options";
import { sarif } from "./sarif";
import { text } from "./text";

/**
 * To add a format, add a file and an entry here. Its output ends with a line break; `undefined` means that
 * nothing must be written.
 */
const formats = {
  text,
  json,
  sarif,
  junit,
  markdown,
  github,
  gitlab,
  azure,
  csv,
} satisfies Readonly<Record<string, (report: Report, options: FormatOptions) => string | undefined>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];

export function formatted(name: FormatName, report: Report, options: FormatOptions): string | undefined {
  return formats[name](report, options);
}
