/**
 * The hook, run by the real pre-commit and the real npm at a commit: as shown on the page, and from the
 * repository.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { blocksIn } from "../pages/markdown-files";
import type { Need } from "../support/needs";
import { describeWith } from "../support/needs";
import { copyRepositoryTo, git, plainEnvironment } from "../support/working-copy";

const root = join(__dirname, "..", "..");
const command = join(__dirname, "..", "pre-commit", ".venv", "bin", "pre-commit");
const need: Need = {
  what: "pre-commit",
  missing: existsSync(command)
    ? undefined
    : "pre-commit is missing: python3 -m venv test/pre-commit/.venv && test/pre-commit/.venv/bin/pip install --quiet --requirement test/pre-commit/requirements.txt",
};

interface Hook {
  readonly id: string;
  readonly description?: string;
  readonly additional_dependencies: readonly string[];
}
const shown = blocksIn("yaml").find(({ text }) => text.startsWith("repos:"))?.text ?? "";
const { repos } = parse(shown) as {
  readonly repos: readonly [{ readonly hooks: readonly [Hook & Readonly<Record<string, unknown>>] }];
};
const [ofPage] = repos[0].hooks;
const [ofRepository] = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as readonly [Hook];
const { name, version, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly name: string;
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

describe("the hook", () => {
  test("is the same on the page and in the repository", () => {
    const reader = `@cdktn/hcl2json@${devDependencies["@cdktn/hcl2json"] ?? ""}`;
    expect(ofPage.additional_dependencies).toEqual([`${name}@${version}`, reader]);
    expect(ofRepository.additional_dependencies).toEqual([reader]);
    const { description, ...declared } = ofRepository;
    expect(description).toContain("Terraform");
    expect({ ...declared, additional_dependencies: ofPage.additional_dependencies }).toEqual(ofPage);
  });
});

function cluster(lines: string): string {
  return `resource "azurerm_kubernetes_cluster" "aks" {\n  network_profile {\n    network_plugin = "azure"\n${lines}  }\n}\n`;
}

describeWith(need, "pre-commit", () => {
  let work: string;
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), "pre-commit-"));
  });
  afterAll(() => {
    rmSync(work, { recursive: true });
  });

  /** JSON is YAML. */
  const configurations = {
    "as the page shows it": () => {
      // The tarball packed here replaces the published package. Other tests use the build, so it is kept.
      execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", work], {
        cwd: root,
        stdio: "pipe",
      });
      const [, reader] = ofPage.additional_dependencies;
      const additional = [join(work, `${name}-${version}.tgz`), reader];
      return { repo: "local", hooks: [{ ...ofPage, additional_dependencies: additional }] };
    },
    "from the repository": () => {
      const clone = join(work, "clone");
      copyRepositoryTo(clone);
      return { repo: clone, rev: git(clone, "rev-parse", "HEAD").trim(), hooks: [{ id: ofRepository.id }] };
    },
  };

  describe.each(Object.entries(configurations))("%s", (way, configure) => {
    let folder: string;
    const env: NodeJS.ProcessEnv = { ...plainEnvironment, npm_config_prefer_offline: "true" };
    const commit = (files: Readonly<Record<string, string>>): { status: number | null; output: string } => {
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      git(folder, "add", "--all");
      const settings = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
      const run = spawnSync("git", [...settings, "commit", "--message", "change"], {
        cwd: folder,
        encoding: "utf8",
        env,
      });
      return { status: run.status, output: run.stdout + run.stderr };
    };

    beforeAll(() => {
      folder = join(work, way.replaceAll(" ", "-"));
      mkdirSync(folder);
      env["PRE_COMMIT_HOME"] = join(work, `home-${way.replaceAll(" ", "-")}`);
      git(folder, "init", "--quiet");
      writeFileSync(join(folder, ".pre-commit-config.yaml"), JSON.stringify({ repos: [configure()] }));
      const installed = spawnSync(command, ["install", "--install-hooks"], {
        cwd: folder,
        encoding: "utf8",
        env,
      });
      expect([installed.status, installed.stdout + installed.stderr]).toEqual([0, expect.any(String)]);
    }, 600_000);

    test("stops a cluster without an engine, and passes it once it has one", () => {
      const { status, output } = commit({ "main.tf": cluster("") });
      expect([status, output]).toEqual([
        1,
        expect.stringContaining("this cluster has no network policy engine"),
      ]);
      expect(commit({ "main.tf": cluster('    network_policy = "calico"\n') })).toMatchObject({ status: 0 });
    });

    test("checks a cluster if a commit changes only the file with its node pool", () => {
      const cilium = '    network_data_plane = "cilium"\n    network_policy = "cilium"\n';
      expect(commit({ "main.tf": cluster(cilium) })).toMatchObject({ status: 0 });
      const pool = `resource "azurerm_kubernetes_cluster_node_pool" "win" {
  kubernetes_cluster_id = azurerm_kubernetes_cluster.aks.id
  os_type = "Windows"
}
`;
      const { status, output } = commit({ "pools.tf": pool });
      expect([status, output]).toEqual([1, expect.stringContaining("network-policy-compatible")]);
      expect(commit({ "pools.tf": pool.replace("Windows", "Linux") })).toMatchObject({ status: 0 });
    });

    test("passes commits without a cluster, and does not run if there cannot be one", () => {
      expect(commit({ "notes.md": "notes" })).toMatchObject({
        status: 0,
        output: expect.stringContaining("Skipped") as unknown,
      });
      for (const file of ["main.tf", "pools.tf"]) rmSync(join(folder, file));
      const { status, output } = commit({ "package.json": "{}" });
      expect([status, output]).toEqual([0, expect.stringContaining("Passed")]);
    });
  });
});
