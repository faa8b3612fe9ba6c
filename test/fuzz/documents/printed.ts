/** What must hold for every output of `check`, whatever the document. */
import type { FormatName } from "../../../cli/formats";
import type { Report } from "../../../shared/messages/report";
import { marker } from "../generate";
import { expectThat } from "../invariants";

/**
 * Characters that control a terminal, or hide and reorder what a reviewer sees; a format may have its line
 * breaks.
 */
// eslint-disable-next-line no-control-regex -- the pattern looks for them
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Cf}|\p{Cs}/u;

export function isFitToPrint(name: string, text: string): void {
  const lines = name === "csv" ? text.replaceAll("\r\n", "\n") : text;
  const found = steering.exec(lines);
  expectThat(
    found === null,
    `${name}: no raw control character`,
    found?.index,
    shown(text, found?.index ?? 0),
  );
  const commands = text.split("\n").filter((line) => /^\s*::|##(?:vso)?\[/i.test(line));
  const own =
    name === "github"
      ? /^::(?:error|warning|notice) /
      : name === "azure"
        ? /^##vso\[task\.logissue type=/
        : undefined;
  const foreign = commands.filter(
    (line) => own?.test(line) !== true || line.split(/##(?:vso)?\[/i).length > (name === "azure" ? 2 : 1),
  );
  expectThat(foreign.length === 0, `${name}: no command of a pipeline that a name would be`, foreign[0]);
}

/** The names that a report may show. If one of them equals the secret, it is not a leak. */
export function isNamedLikeTheSecret({ clusters, unreadable, inputs }: Report): boolean {
  const names = [
    ...clusters.flatMap(({ address, location }) => [address, location?.file ?? ""]),
    ...unreadable.map(({ file }) => file),
    ...inputs.map(({ file }) => file ?? ""),
  ];
  return names.some((each) => each.toLowerCase().includes(marker));
}

export function keepsTheSecret(name: string, text: string): void {
  const at = text.toLowerCase().indexOf(marker);
  expectThat(at === -1, `${name}: no value outside the closed sets is echoed`, shown(text, at));
}

function shown(text: string, at: number): string {
  return text.slice(Math.max(0, at - 200), at + 200);
}

type Shape = (text: string) => void;

/** What the reader of each format requires. */
const shapes: Readonly<Record<FormatName, Shape>> = {
  text: endsALine,
  markdown: endsALine,
  github: endsALine,
  azure: endsALine,
  json: (text) => {
    JSON.parse(text);
  },
  sarif: (text) => {
    const log = JSON.parse(text) as {
      readonly version: string;
      readonly runs: readonly { readonly results: unknown }[];
    };
    expectThat(log.version === "2.1.0" && Array.isArray(log.runs[0]?.results), "sarif: a log with results");
  },
  gitlab: (text) => {
    const entries = JSON.parse(text) as readonly Readonly<Record<string, unknown>>[];
    const prints = entries.map(({ fingerprint }) => fingerprint);
    expectThat(new Set(prints).size === prints.length, "gitlab: every entry has a fingerprint of its own");
  },
  junit: isXml,
  csv: (text) => {
    const rows = rowsOf(text);
    expectThat(rows.length > 0 && new Set(rows).size === 1, "csv: rows of one width", rows);
  },
};

export function hasItsShape(name: FormatName, text: string): void {
  try {
    shapes[name](text);
  } catch (error) {
    expectThat(false, `${name}: can be read back: ${String(error)}`, text.slice(0, 2000));
  }
}

function endsALine(text: string): void {
  expectThat(text.endsWith("\n"), "it ends with a line break");
}

/** The number of cells in each row: RFC 4180. */
function rowsOf(text: string): readonly number[] {
  const cell = /(?:"(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  const rows: number[] = [];
  let cells = 0;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) throw new Error("a cell that does not end");
    cells += 1;
    if (found[1] === ",") continue;
    rows.push(cells);
    cells = 0;
  }
  return rows;
}

/**
 * Well-formed as far as this format needs: closed elements, quoted attributes, five entities, XML's
 * characters.
 */
function isXml(text: string): void {
  const token = /<\?xml [^<>?]*\?>|<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|[^<>]+/y;
  const open: string[] = [];
  for (token.lastIndex = 0; token.lastIndex < text.length;) {
    const found = token.exec(text);
    if (found === null) throw new Error("no XML");
    const [whole, closes, name, , isEmpty] = found;
    if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(whole)) throw new Error("an entity that XML does not have");
    // eslint-disable-next-line no-control-regex -- XML 1.0 has none of them
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(whole))
      throw new Error("a character that XML does not have");
    if (name === undefined) continue;
    if (closes === "/" && open.pop() !== name) throw new Error("an element that closes another one");
    if (closes === "" && isEmpty === "") open.push(name);
  }
  if (open.length > 0) throw new Error("an element that does not close");
}
