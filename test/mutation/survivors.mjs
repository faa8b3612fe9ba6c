import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, URL } from "node:url";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { accepted } from "./accepted.mjs";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A mutant on which the runner itself failed was not tested. */
export const survived = ({ status, statusReason }) =>
  status === "Survived" ||
  status === "NoCoverage" ||
  statusReason?.startsWith("Test runner crashed") === true;

/** A surviving mutant in the format of the list: without line numbers, which every change moves. */
export function survivorOf({ fileName, location: { start, end }, replacement }) {
  const lines = readFileSync(fileName, "utf8")
    .split("\n")
    .slice(start.line - 1, end.line);
  const line = lines[0].trim();
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  const inOneLine = (text) => text.replace(/\s+/g, " ").trim();
  return {
    file: relative(root, fileName),
    number: start.line,
    line,
    was: inOneLine(lines.join(" ")),
    becomes: inOneLine(replacement),
  };
}

export const isSame = (one, other) =>
  ["file", "line", "was", "becomes"].every((key) => one[key] === other[key]);
export const shown = ({ file, number, line, was, becomes }) =>
  `  ${file}${number === undefined ? "" : `:${number}`}\n    ${line}\n    ${was} -> ${becomes}`;

/** Prints each surviving mutant that is not argued as soon as it is found: a run can take an hour. */
class Survivors {
  onMutantTested(mutant) {
    if (!survived(mutant)) return;
    const survivor = survivorOf(mutant);
    if (!accepted.some((entry) => isSame(entry, survivor))) console.log(`survived:\n${shown(survivor)}`);
  }
}

/** Stryker loads this file as a plugin. */
export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, "survivors", Survivors)];
