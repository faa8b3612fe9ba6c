import { chmodSync, existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { test } from "vitest";
import { describeWith } from "./needs";

const folder = join(__dirname, "..", "report-readers");
const validator = join(folder, "node_modules", "@microsoft", "sarif-multitool-linux");

/** Modules from a separate install, because one of them is 100 MB. */
export const readerModule = createRequire(join(folder, "package.json"));

/** SARIF 2.1.0 as a JSON Schema. */
export const sarifSchemaFile = join(validator, "sarif-2.1.0.json");

/** Tests that read reports back with other programs. */
export function describeWithReportReaders(name: string, define: () => void): void {
  const missing = ["xmllint-wasm", "csv-parse", "markdown-it", "fast-xml-parser"]
    .map((each) => join(folder, "node_modules", each))
    .concat(validator, join(folder, "pytest"))
    .find((each) => !existsSync(each));
  describeWith(
    {
      what: "readers of reports",
      missing:
        missing === undefined
          ? undefined
          : "programs that read reports (120 MB, Linux) are missing. Install them once with: npm run report-readers",
    },
    name,
    // The body of a skipped group still runs, and this one loads the readers.
    missing === undefined
      ? define
      : () => {
          test("reads reports back", () => undefined);
        },
  );
}

/**
 * The complaints of Microsoft's SARIF validator about a file, by the rules of SARIF and of GitHub; empty if
 * there are none.
 */
export function sarifComplaints(file: string): string {
  const program = join(validator, "Sarif.Multitool");
  // npm runs no package scripts here, and the package's own would do this.
  chmodSync(program, 0o755);
  const { stdout, status } = spawnSync(program, ["validate", file, "--rule-kind", "Sarif;Ghas;Gh"], {
    encoding: "utf8",
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
  });
  const complaints = stdout.split("\n").filter((line) => /: (?:error|warning|note) /.test(line));
  if (status !== 0 || !stdout.includes("Analysis completed successfully"))
    complaints.push(`The validator ended with ${status ?? "a signal"}: ${stdout}`);
  return complaints.join("\n");
}

/** The JUnit schema published by Jenkins's plugin, taken from pytest's sources. */
export function junitSchema(): string {
  const archive = readdirSync(join(folder, "pytest")).find((each) => each.endsWith(".tar.gz")) ?? "";
  const { stdout } = spawnSync(
    "tar",
    ["-xzOf", join(folder, "pytest", archive), "--wildcards", "*/junit-10.xsd"],
    { encoding: "utf8" },
  );
  return stdout;
}
