/**
 * The command line as shipped: the executable of the package and the single file, each in a separate process.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isCalledByPulumi } from "../../cli/called-by-pulumi";
import { ruleNames } from "../../shared/rules";
import { singleFile } from "../support/clocked-pack";
import type { Asked } from "../support/recording";
import { startRecording } from "../support/recording";

const root = join(__dirname, "..", "..");
const bad = {
  resource: { azurerm_kubernetes_cluster: { aks: { network_profile: { network_plugin: "azure" } } } },
};

describe.each(["the package", "a single file"])("the executable of %s", (form) => {
  let folder: string;
  let executable: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "executable-")));
    executable = join(root, "dist", "cli", "bin.js");
    if (form === "a single file") {
      executable = join(folder, "aks.cjs");
      copyFileSync(singleFile, executable);
      chmodSync(executable, 0o755);
    }
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(bad));
    mkdirSync(join(folder, "sources"));
    writeFileSync(join(folder, "sources", "main.tf.json"), JSON.stringify(bad));
    writeFileSync(join(folder, "config.json"), "{}");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const run = (
    args: readonly string[],
    { input = "", env = {} }: { input?: string; env?: Readonly<Record<string, string>> } = {},
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
    spawnSync(executable, args, {
      cwd: folder,
      input,
      encoding: "utf8",
      timeout: 30_000,
      env: { ...process.env, ...env },
    });

  test("checks a file, and standard input", () => {
    expect(run(["check", "main.tf.json"])).toMatchObject({ status: 1, stderr: "" });
    const { status, stdout } = run(["check", "-"], { input: JSON.stringify(bad) });
    expect(status).toBe(1);
    expect(stdout).toContain("azurerm_kubernetes_cluster.aks");
  });

  // Once, any argument started the pack, which printed a port and waited forever.
  test.each([
    ["plan.json"],
    ["127.0.0.1"],
    ["--help"],
    ["check"],
    ["localhost:"],
    [":80"],
    ["a:b"],
    ["C:\\plan.json"],
  ])("exits by itself for %s", (argument) => {
    const { status, stdout } = run([argument]);
    expect([0, 2]).toContain(status);
    expect(stdout).not.toMatch(/^\d+\s/);
  });

  test("prints the page of every rule", () => {
    for (const rule of ruleNames) {
      const page = readFileSync(join(root, "docs", "rules", `${rule}.md`), "utf8");
      expect(run(["explain", rule]).stdout).toBe(page.replace(/^<!--.*?-->\s*/s, ""));
    }
  });

  test("exits quietly if nobody reads its output", () => {
    const command = `"${executable}" check sources main.tf.json --format json | head -c 1 >/dev/null`;
    const { stderr } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
  });

  test("has the same findings whatever environment variables say; they change only the presentation", () => {
    const plain = run(["check", "main.tf.json"], { env: { FORCE_COLOR: "0", NO_COLOR: "" } });
    expect(plain.stdout).not.toContain("\u001b");
    const colored = run(["check", "main.tf.json"], { env: { FORCE_COLOR: "1", NO_COLOR: "" } });
    expect(colored.stdout).toContain("\u001b[31m");
    // eslint-disable-next-line no-control-regex -- they are removed
    expect(colored.stdout.replace(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
    expect(run(["check", "main.tf.json"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).stdout).toBe(
      plain.stdout,
    );
  });

  describe("accesses nothing else", () => {
    let asked: readonly Asked[];
    beforeAll(() => {
      const recording = startRecording();
      const { status } = run(
        [
          "check",
          "main.tf.json",
          "--config",
          "config.json",
          "--root",
          "sources",
          "--format",
          "json=report.json",
        ],
        { env: recording.env },
      );
      expect(status).toBe(1);
      asked = recording.take();
      recording.stop();
    });
    const details = (...kinds: readonly Asked["kind"][]): string[] => [
      ...new Set(asked.filter(({ kind }) => kinds.includes(kind)).map(({ detail }) => detail)),
    ];

    test("opens no connection, resolves no host name, listens on no port, and starts no process", () => {
      expect(details("connect", "datagram", "listen", "name", "process")).toEqual([]);
    });

    test("writes only what an option names", () => {
      expect(details("write").map((file) => basename(file))).toEqual(["report.json"]);
    });

    test("reads only its own code and what its arguments name", () => {
      const own = form === "a single file" ? [executable] : [];
      const others = details("read").filter((file) => !file.startsWith(root) && !own.includes(file));
      expect(others.length).toBeGreaterThan(0);
      for (const file of others) expect(["main.tf.json", "config.json", "sources"]).toContain(basename(file));
    });

    // In a single file, its own code cannot be distinguished from its libraries.
    if (form !== "a single file")
      test("reads only the variables for colors and for the job summary", () => {
        const names = asked
          .filter(({ kind, ours }) => kind === "environment" && ours)
          .map(({ detail }) => detail);
        expect([...new Set(names)].sort()).toEqual(["FORCE_COLOR", "GITHUB_STEP_SUMMARY", "NO_COLOR"]);
      });
  });
});

test.each([
  [["127.0.0.1:36123"], true],
  [["127.0.0.1:36123", "/program"], true],
  [["localhost:1"], true],
  [["[::1]:8080"], true],
  [[], false],
  [["check"], false],
  [["plan.json"], false],
  [["127.0.0.1"], false],
  [["host:port"], false],
  [["host:123456"], false],
  [["--help"], false],
  [["./file:8080"], false],
])("%j starts the pack: %s", (args, expected) => {
  expect(isCalledByPulumi(args)).toBe(expected);
});
