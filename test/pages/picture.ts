import type { PreviewResult } from "../engine/preview";
import { render } from "../engine/preview";

/** The command that the demo runs, and the finding in its output that README and picture show. */
export const demoCommand = "pulumi preview --policy-pack pulumi-pack    # in examples/pulumi-azure-native";
const shownCluster = "nothing-set";

/** The head of a preview's policies and one of its findings, as the CLI prints them. */
export function demoFinding(blocked: PreviewResult): string {
  const [title = "", pack = "", ...lines] = render(blocked).trimEnd().split("\n");
  const startsFinding = (line: string): boolean => line.startsWith("        - ");
  const first = lines.findIndex((line) => startsFinding(line) && line.endsWith(`: ${shownCluster})`));
  if (first < 0) throw new Error(`the demo has no finding on ${shownCluster}`);
  const after = lines.slice(first + 1).findIndex(startsFinding);
  const finding = lines.slice(first, after < 0 ? undefined : first + 1 + after);
  return [title, pack, ...finding].join("\n");
}

const columns = 100;
const lineHeight = 21;
const padding = 24;
/** For the widest possible font, at 14 pixels. */
const columnWidth = 8.7;
const colors = { plain: "#c9d1d9", faint: "#8b949e", bad: "#ff7b72", fix: "#7ee787", effect: "#f2cc60" };

/** What a reader looks for: what is wrong, the fix, and its effect on an existing cluster. */
function colorOf(line: string): string {
  if (/^\s+(?:❌|- \[mandatory\])/.test(line) || line.endsWith("has no network policy engine."))
    return colors.bad;
  if (line.startsWith("          Fix")) return colors.fix;
  if (line.startsWith("          If the cluster exists:")) return colors.effect;
  return /^\s+Rule:|^exit code/.test(line) ? colors.faint : colors.plain;
}

/** The stopped preview as shown in a terminal, on a dark background. */
export function pictureOf(blocked: PreviewResult): string {
  const shown = [
    "$ " + demoCommand,
    "",
    ...demoFinding(blocked).split("\n"),
    "",
    `exit code ${blocked.exitCode}`,
  ];
  const rows = shown.flatMap((line) => wrapped(line).map((text) => ({ text, color: colorOf(line) })));
  const width = Math.round(columns * columnWidth + 2 * padding);
  const height = rows.length * lineHeight + 2 * padding;
  const texts = rows.flatMap(({ text, color }, i) => {
    const y = padding + (i + 0.75) * lineHeight;
    return text === "" ? [] : [`<text x="${padding}" y="${y}" fill="${color}">${escaped(text)}</text>`];
  });
  return [
    "<!-- Made from what the demo prints by test/docs/readme.test.ts, which fails where the two differ. -->",
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">`,
    `<title id="title">A Pulumi preview that is stopped: ${escaped(demoFinding(blocked).split("\n")[3]?.trim() ?? "")}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117" stroke="#30363d"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">`,
    ...texts,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** Breaks a line into rows that fit, between words; later rows are indented to the line's first word. */
function wrapped(line: string): string[] {
  const indent = " ".repeat(/^ *(?:- )?/.exec(line)?.[0].length ?? 0);
  const rows = [""];
  for (const word of line.split(/(?<= )(?! )/)) {
    const row = rows.at(-1) ?? "";
    if (`${row}${word}`.trimEnd().length <= columns) rows[rows.length - 1] = row + word;
    else rows.push(indent + word);
  }
  return rows.map((row) => row.trimEnd());
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
