/**
 * A program in Python has no Aspect. Its output, synthesized by the real library, goes through the command
 * line.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Files } from "../support/command";
import { checked } from "../support/command";
import { exemption } from "../support/configurations";
import type { Need } from "../support/needs";
import { describeWith } from "../support/needs";

const folder = join(__dirname, "..", "cdktf-python");
const python = join(folder, ".venv", "bin", "python");
const need: Need = {
  what: "CDKTF for Python",
  missing: existsSync(python)
    ? undefined
    : "CDKTF for Python is missing: python3 -m venv test/cdktf-python/.venv && test/cdktf-python/.venv/bin/pip install --requirement test/cdktf-python/requirements.txt",
};

describeWith(need, "a CDKTF program in Python", () => {
  let out: string;
  beforeAll(() => {
    out = mkdtempSync(join(tmpdir(), "python-"));
    execFileSync(python, [join(folder, "main.py"), join(out, "cdktf.out")], { stdio: "pipe" });
  });
  afterAll(() => {
    rmSync(out, { recursive: true });
  });

  test("is checked by what it writes, and identified by its stack", async () => {
    const files: Files = Object.fromEntries(
      readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .map((path) => [relative(out, path), readFileSync(path, "utf8")]),
    );
    const config = { "network-policy-configured": { exemptions: [exemption({ target: "shop/none" })] } };
    const { code, report } = await checked({ ...files, "config.json": config }, [
      "cdktf.out",
      "--config",
      "config.json",
    ]);
    expect(code).toBe(1);
    expect(
      report.clusters.map(({ address, verdicts, findings }) => [
        address,
        verdicts["network-policy-configured"],
        findings.map(({ kind }) => kind),
      ]),
    ).toEqual([
      ["azurerm_kubernetes_cluster.bare", "fail", ["failure"]],
      ["azurerm_kubernetes_cluster.good", "pass", []],
      ["azurerm_kubernetes_cluster.none", "fail", ["exempt"]],
      ["azurerm_kubernetes_cluster.open", "unknown", ["unknown"]],
    ]);
  });
});
