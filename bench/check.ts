/**
 * The cost of `check`: CPU, wall time and memory of the single file over 1,000 clusters in one file and over
 * a plan of 100 MB, next to Node's own start and `JSON.parse` of the same file, and next to other tools on
 * the PATH. Runs are interleaved. The ratios are reliable: they are medians over pairs of neighbouring runs.
 *
 * Usage: npm run bench:check [-- RUNS]. Default: 9 runs. Exits 1 if a goal is missed.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./median";

const built = join(__dirname, "..", "dist", "aks-network-policy-pack.cjs");

interface Cost {
  readonly cpu: number;
  readonly wall: number;
  readonly megabytes: number;
}

// Node has no way to ask for a finished child's usage.
const measuring = `
import json, resource, subprocess, sys, time
start = time.monotonic()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({ "wall": wall * 1000, "cpu": (used.ru_utime + used.ru_stime) * 1000, "megabytes": used.ru_maxrss / 1024 }))
sys.exit(0 if code in (0, 1) else 1)`;

/** Runs a command to its end and measures it. Needs Python. */
function run(command: readonly string[]): Cost {
  const { stdout, status } = spawnSync("python3", ["-c", measuring, ...command], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command.join(" ")} failed`);
  return JSON.parse(stdout) as Cost;
}

const cluster = (i: number, more: object = {}): object => ({
  name: `aks${i}`,
  location: "westeurope",
  resource_group_name: "rg",
  dns_prefix: `aks${i}`,
  default_node_pool: { name: "system", vm_size: "Standard_D2s_v5", node_count: 3 },
  identity: { type: "SystemAssigned" },
  network_profile: { network_plugin: "azure", network_policy: i % 2 === 0 ? "calico" : "none" },
  ...more,
});

/** 1,000 clusters in CDKTF's format. */
function manyClusters(): unknown {
  const clusters = Array.from({ length: 1_000 }, (_, i) => [`aks${i}`, cluster(i)] as const);
  return { resource: { azurerm_kubernetes_cluster: Object.fromEntries(clusters) } };
}

/** A plan with 100,000 resources, 100 of which are clusters. */
function largePlan(): unknown {
  const tags = Object.fromEntries(
    Array.from({ length: 16 }, (_, i) => [`tag-${i}`, `a value of some length, number ${i}`]),
  );
  const change = (after: object): object => ({
    actions: ["create"],
    before: null,
    after,
    after_unknown: { id: true },
  });
  const resources = Array.from({ length: 100_000 }, (_, i) => {
    const isCluster = i % 1_000 === 0;
    const type = isCluster ? "azurerm_kubernetes_cluster" : "azurerm_subnet";
    const after = isCluster
      ? cluster(i, { network_profile: [{ network_plugin: "azure", network_policy: "calico" }] })
      : { name: `subnet${i}`, address_prefixes: ["10.0.0.0/16"], tags };
    return {
      address: `${type}.r${i}`,
      mode: "managed",
      type,
      name: `r${i}`,
      provider_name: "registry.terraform.io/hashicorp/azurerm",
      change: change(after),
    };
  });
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    resource_changes: resources,
    configuration: { root_module: { resources: [] } },
  };
}

interface Case {
  readonly name: string;
  readonly document: () => unknown;
  readonly goals: Readonly<Partial<Record<"cpu ratio" | "memory ratio" | "wall, ms", number>>>;
}

const cases: readonly Case[] = [
  { name: "1,000 clusters", document: manyClusters, goals: { "wall, ms": 250, "cpu ratio": 2 } },
  {
    name: "a plan of 100,000 resources",
    document: largePlan,
    goals: { "cpu ratio": 1.5, "memory ratio": 1.3 },
  },
];

/** Other tools, if installed, and how each is run on a single file. */
const others: Readonly<Record<string, (file: string, folder: string) => readonly string[]>> = {
  tfsec: (_, folder) => ["tfsec", folder, "--soft-fail"],
  trivy: (_, folder) => ["trivy", "config", "--quiet", "--skip-check-update", folder],
  checkov: (file) => ["checkov", "--soft-fail", "--quiet", "-f", file],
};

function isThere(name: string): boolean {
  return spawnSync(name, ["--version"], { stdio: "ignore" }).error === undefined;
}

function measure({ name, document, goals }: Case, runs: number): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-check-"));
  const file = join(folder, "main.tf.json");
  writeFileSync(file, JSON.stringify(document()));
  // In a clone it would also compare its sources with those that it was built from.
  const single = join(folder, "aks.cjs");
  copyFileSync(built, single);
  const { stdout } = spawnSync(process.execPath, [single, "check", file], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (!/^1,?\d+ clusters in 1 input: /m.test(stdout)) throw new Error(`check does not judge ${name}`);
  const parse = `JSON.parse(require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8"))`;
  const commands: Readonly<Record<string, readonly string[]>> = {
    "node and JSON.parse": [process.execPath, "-e", parse],
    check: [process.execPath, single, "check", file],
    ...Object.fromEntries(
      Object.entries(others)
        .filter(([tool]) => isThere(tool))
        .map(([tool, commandFor]) => [tool, commandFor(file, folder)]),
    ),
  };
  const costs = Object.fromEntries(Object.keys(commands).map((key) => [key, [] as Cost[]]));
  for (let i = 0; i < runs; i++)
    for (const [key, command] of Object.entries(commands)) costs[key]?.push(run(command));
  const of = (key: string, what: keyof Cost): number => median(costs[key]?.map((cost) => cost[what]) ?? []);
  const ratio = (what: keyof Cost): number =>
    median(
      (costs["check"] ?? []).map(
        (cost, i) => cost[what] / (costs["node and JSON.parse"]?.[i]?.[what] ?? NaN),
      ),
    );

  console.log(
    `\n${name}, ${(statSync(file).size / 1e6).toFixed(1)} MB, medians of ${runs} interleaved runs, Node ${process.versions.node}:\n`,
  );
  console.log("| command | CPU, ms | clock, ms | memory, MB |\n| --- | --- | --- | --- |");
  for (const key of Object.keys(commands))
    console.log(
      `| ${key} | ${of(key, "cpu").toFixed(0)} | ${of(key, "wall").toFixed(0)} | ${of(key, "megabytes").toFixed(0)} |`,
    );
  const found = {
    "wall, ms": of("check", "wall"),
    "cpu ratio": ratio("cpu"),
    "memory ratio": ratio("megabytes"),
  } as const;
  for (const [what, goal] of Object.entries(goals) as [keyof typeof found, number][]) {
    const kept = found[what] <= goal;
    if (!kept) process.exitCode = 1;
    console.log(`${kept ? "ok" : "MISSED"}: ${what} ${found[what].toFixed(2)}, goal ${goal}`);
  }
  rmSync(folder, { recursive: true });
}

const runs = Number(process.argv[2] ?? 9);
if (!Number.isInteger(runs) || runs < 1) throw new Error("usage: npm run bench:check [-- RUNS]");
for (const each of cases) measure(each, runs);
