import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rules } from "../../shared/rules";
import { bootPack } from "../engine/analyzer";
import type { Publication } from "../pulumi-cli/cli";
import { analyze, publish, stateOf } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { packFolder, publishedFolder } from "../support/clocked-pack";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
  version: string;
};

const red = {
  type: "azure-native:containerservice:ManagedCluster",
  name: "aks",
  inputs: { networkProfile: { networkPlugin: "azure", networkPolicy: "none" } },
};
const found = ["mandatory", "network-policy-configured"];

describeWithPulumi("`pulumi policy publish`", () => {
  let work: string;
  let pack: string;
  let publication: Publication;
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), "published-"));
    pack = join(work, "package");
    publication = await publish(publishedFolder);
    // What Pulumi does with the packs that an organisation requires: unpack, install, start.
    writeFileSync(join(work, "pack.tgz"), publication.tarball ?? "");
    execFileSync("tar", ["-xzf", "pack.tgz"], { cwd: work });
    execFileSync("npm", ["install", "--loglevel=error", "--omit=dev", "--prefer-offline"], { cwd: pack });
  });
  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  test("takes the folder dist/policy-pack, and prints what is in it", () => {
    expect([publication.exitCode, publication.stderr]).toEqual([0, expect.not.stringContaining("error")]);
    const { name, versionTag, policies } = publication.announced as {
      readonly name: string;
      readonly versionTag: string;
      readonly policies: readonly { readonly name: string; readonly configSchema?: unknown }[];
    };
    expect([name, versionTag]).toEqual(["aks-network-policy", version]);
    expect(policies.map((policy) => policy.name).sort()).toEqual(rules.map((rule) => rule.name).sort());
    for (const policy of policies) expect(policy.configSchema).toHaveProperty("properties");
  });

  test("takes nothing else from the clone", () => {
    const names = readdirSync(pack).filter((name) => !["node_modules", "package-lock.json"].includes(name));
    expect(names.sort()).toEqual(["LICENSE", "PulumiPolicy.yaml", "pack.js", "package.json"]);
  });

  test("creates a pack that starts where it is installed, and checks clusters", async () => {
    const booted = await bootPack(pack);
    try {
      expect(await booted.info()).toMatchObject({ name: "aks-network-policy", version });
      const { violations } = await booted.analyze({ ...red, props: red.inputs });
      expect(violations.map((each) => [each.enforcementLevel, each.policyName])).toEqual([found]);
    } finally {
      await booted.stop();
    }
    const { events, exitCode } = await analyze({ state: stateOf([red]), pack });
    expect(events.map((each) => [each.enforcementLevel, each.policyName])).toEqual([found]);
    expect(exitCode).toBe(1);
  });

  test("rejects the folder that depends on the rest of the package, and names the other", async () => {
    const { exitCode, stderr, tarball } = await publish(packFolder);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("use the folder dist/policy-pack of a clone, which npm run build writes");
    expect(tarball).toBeUndefined();
  });
});
