import { deepStrictEqual } from "node:assert";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Resource } from "../engine/analyzer";
import { bootPack, unknown, urnOf } from "../engine/analyzer";
import { analyze, findOldestPulumi, stateOf } from "../pulumi-cli/cli";
import type { End, PackForm, PulumiCell } from "./cells";
import { hostAt, manifest } from "./cells";
import { ownPackSource } from "./fixtures";
import type { Dependencies, NodeBinary, Workshop } from "./workshop";

function dependenciesOf({ host, typescript }: PulumiCell): Dependencies {
  const [policy, pulumi] = host.split("/") as [End, End];
  return {
    dependencies: {
      "@pulumi/policy": hostAt("@pulumi/policy", policy),
      "@pulumi/pulumi": hostAt("@pulumi/pulumi", pulumi),
      "@types/node": "^20.0.0",
      ...(typescript === "vendored" ? {} : { typescript: `~${typescript}.0`, "ts-node": "^10.9.2" }),
    },
  };
}

/**
 * A user's own pack, with the tsconfig of Pulumi's templates, whose module resolution TypeScript 6 no longer
 * accepts.
 */
function prepare(typescript: PulumiCell["typescript"], folder: string): void {
  const own = join(folder, "own-pack");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(join(own, "package.json"), JSON.stringify({ name: "own-pack", version: "7.0.0" }));
  writeFileSync(join(own, "index.ts"), ownPackSource);
  const resolution =
    typescript === "6.0"
      ? { module: "node16", moduleResolution: "node16" }
      : { module: "commonjs", moduleResolution: "node" };
  const compilerOptions = {
    ...resolution,
    target: "es6",
    outDir: "bin",
    sourceMap: true,
    experimentalDecorators: true,
    noFallthroughCasesInSwitch: true,
    noImplicitAny: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
    strictNullChecks: true,
  };
  writeFileSync(join(own, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
}

const type = "azure-native:containerservice:ManagedCluster";
const cluster = (name: string, networkProfile: Resource["props"]): Resource => ({
  type,
  name,
  urn: urnOf(type, name),
  props: { networkProfile },
});
const clusters = [
  cluster("open", { networkPlugin: "azure", networkPolicy: "none" }),
  cluster("fine", { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" }),
  cluster("later", { networkPlugin: "azure", networkPolicy: unknown }),
];

export const pulumiProject = ({ host }: PulumiCell): string => `pulumi-${host.replace("/", "-")}`;

/** Throws if the cell fails. */
export async function runPulumiCell(cell: PulumiCell, workshop: Workshop, node: NodeBinary): Promise<void> {
  const folder = workshop.project(pulumiProject(cell), dependenciesOf(cell), (project) => {
    prepare(cell.typescript, project);
  });
  if (cell.runner === "oldest-cli") return runByOldestCli(fileIn(folder), node);
  const { pack, name, version } = packOf(cell.runner, folder);
  const booted = await bootPack(pack, { cwd: folder, node: node.path });
  try {
    const info = await booted.info();
    const found: string[] = [];
    for (const each of clusters) {
      const { violations } = await booted.analyze(each);
      for (const { enforcementLevel, policyName, message } of violations)
        found.push(`[${each.name}] ${enforcementLevel} ${policyName}: ${message}`);
    }
    const policies = info.policies.map((policy) => policy.name);
    deepStrictEqual(
      { name: info.name, version: info.version, policies, found },
      { name, version, ...expected },
    );
  } finally {
    await booted.stop();
  }
}

const fileIn = (folder: string): string => join(folder, "node_modules", ".bin", manifest.name);

async function runByOldestCli(pack: string, node: NodeBinary): Promise<void> {
  const cli = findOldestPulumi();
  if (cli === undefined)
    throw new Error("The oldest Pulumi CLI is missing. Build it once with: npm run pulumi-cli -- --oldest");
  const state = stateOf(
    ["open", "fine"].map((name) => ({
      type,
      name,
      inputs: clusters.find((each) => each.name === name)?.props ?? {},
    })),
  );
  const env = { PATH: [dirname(node.path), process.env["PATH"]].join(delimiter) };
  const { exitCode, events } = await analyze({ cli, pack, state, env });
  const found = events.map(({ urn, enforcementLevel, policyName, message }) =>
    `[${urn.split("::").at(-1) ?? ""}] ${enforcementLevel} ${policyName}: ${message}`.split("\n", 1).join(),
  );
  const [open = ""] = expected.found;
  deepStrictEqual({ exitCode, found }, { exitCode: 1, found: open.split("\n", 1) });
}

function packOf(
  runner: Exclude<PackForm, "oldest-cli">,
  folder: string,
): { readonly pack: string; readonly name: string; readonly version: string } {
  const ours = { name: "aks-network-policy", version: manifest.version };
  switch (runner) {
    case "directory":
      return { ...ours, pack: join(folder, "node_modules", manifest.name, "pulumi-pack") };
    case "file":
      return { ...ours, pack: fileIn(folder) };
    case "own-pack":
      return { name: "our-rules", version: "7.0.0", pack: join(folder, "own-pack") };
  }
}

const rulePage = "Rule: https://www.npmjs.com/package/aks-network-policy-pack#network-policy-configured";
const expected = {
  policies: ["network-policy-configured", "network-policy-compatible", "network-policy-supported"],
  found: [
    [
      '[open] mandatory network-policy-configured: networkProfile.networkPolicy is "none": this cluster has no network policy engine.',
      "Without an engine AKS accepts NetworkPolicy objects and ignores them: every pod can reach every pod.",
      'Fix: inside networkProfile, set networkDataplane: "cilium", networkPolicy: "cilium"',
      "If the cluster exists: azure-native REPLACES it: it deletes the old cluster first (last if Pulumi generated its name). Look for `replace` in the preview. To keep the cluster: https://www.npmjs.com/package/aks-network-policy-pack#clusters-that-exist",
      rulePage,
    ].join("\n"),
    [
      "[later] advisory network-policy-configured: Unknown: networkProfile.networkPolicy is not known before `pulumi up`.",
      "That step checks the cluster again, at this rule's level, before it changes anything.",
      rulePage,
    ].join("\n"),
  ],
};
