import Ajv from "ajv";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfiguration } from "../../shared/policy/configuration";
import { rules } from "../../shared/rules";
import { bootPack } from "../engine/analyzer";
import { copyExample } from "../support/example-copies";
import { ci } from "../support/pipelines";

const root = join(__dirname, "..", "..");
const examples = join(root, "examples");

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "ci-"));
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

const copyOf = (example: string, name: string): string => copyExample(example, join(work, name));

describe("the configurations", () => {
  test.each(["ci/policy-group.json", "base-stack/aks-network-policy.json"])("%s is accepted", (file) => {
    const configuration: unknown = JSON.parse(readFileSync(join(examples, file), "utf8"));
    expect(readConfiguration(configuration)).toMatchObject({ valid: true });
  });
});

describe("the organisation's pack", () => {
  test("starts with our rules and its own, and each of them checks clusters", async () => {
    const folder = copyOf("organisation-pack", "organisation-pack");
    const pack = await bootPack(folder, { cwd: folder });
    try {
      const { name, version, policies } = await pack.info();
      expect([name, version]).toEqual(["our-rules", "1.0.0"]);
      const own = rules.map((rule) => rule.name as string);
      expect(policies.filter(({ type }) => type === "resource").map((policy) => policy.name)).toEqual([
        ...own,
        "cluster-has-an-owner",
      ]);
      // Pulumi Cloud checks a policy group's configuration against these schemas.
      const group = JSON.parse(readFileSync(join(ci, "policy-group.json"), "utf8")) as Record<
        string,
        object | string
      >;
      const ajv = new Ajv({ strict: false });
      for (const { name: policy, configSchema } of policies) {
        const options = Object.entries(group[policy] ?? {}).filter(([key]) => key !== "enforcementLevel");
        const validate = ajv.compile({ type: "object", ...configSchema });
        expect([policy, validate(Object.fromEntries(options)), validate.errors]).toEqual([
          policy,
          true,
          null,
        ]);
      }
      const { violations } = await pack.analyze({
        type: "azure-native:containerservice:ManagedCluster",
        name: "aks",
        props: { networkProfile: { networkPlugin: "azure" } },
      });
      expect(
        violations.map(({ enforcementLevel, policyName }) => `${enforcementLevel} ${policyName}`),
      ).toEqual(["mandatory network-policy-configured", "advisory cluster-has-an-owner"]);
    } finally {
      await pack.stop();
    }
  });
});

describe.each(["cdktf", "cdktn"])("the base stack with %s", (library) => {
  let folder: string;
  beforeAll(() => {
    folder = copyOf("base-stack", `base-stack-${library}`);
    for (const file of ["main.ts", "our-stack.ts"]) {
      const text = readFileSync(join(folder, file), "utf8");
      writeFileSync(
        join(folder, file),
        text.replace(/"(@?)cdktf(["/])/g, (_, at: string, end: string) => `"${at}${library}${end}`),
      );
    }
  });
  const run = (): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, ["-r", "ts-node/register", "main.ts"], { cwd: folder, encoding: "utf8" });

  test("compiles, and lets a good cluster pass", () => {
    expect(run()).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(join(folder, "cdktf.out", "stacks", "shop", "cdk.tf.json"))).toBe(true);
  });

  test("stops what its configuration does not accept, in a program that does not mention it", () => {
    const main = readFileSync(join(folder, "main.ts"), "utf8");
    const bad = main.replace(
      `, networkDataPlane: "cilium", networkPolicy: "cilium"`,
      `, networkPolicy: "azure"`,
    );
    expect(bad).not.toBe(main);
    writeFileSync(join(folder, "main.ts"), bad);
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain("your organisation accepts cilium and calico.");
    writeFileSync(join(folder, "main.ts"), main);
  });
});
