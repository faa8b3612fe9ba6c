import type { Report } from "../../shared/messages/report";
import type { PageOfRule } from "../explain";
import { azure } from "./azure";
import { csv } from "./csv";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { json } from "./json";
import { junit } from "./junit";
import type { Look } from "./look";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { text } from "./text";

/** What a format may ask beside the report. */
export interface FormatOptions extends Look {
  readonly pageOfRule: PageOfRule;
  /** SARIF lists what is exempted, too. */
  readonly withExempted: boolean;
}

/** A format is one file, and one entry here. It ends with a line break. */
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
} satisfies Readonly<Record<string, (report: Report, options: FormatOptions) => string>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];

export function formatted(name: FormatName, report: Report, options: FormatOptions): string {
  return formats[name](report, options);
}
