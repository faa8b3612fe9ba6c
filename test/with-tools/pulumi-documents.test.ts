import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { CustomResource, Output, ProviderResource } from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";
import type { ClusterOfDocument, ReadDocument } from "../../shared/documents/document";
import { kindOf } from "../../shared/documents/kind";
import { readPulumiPreview } from "../../shared/documents/pulumi/preview";
import { readPulumiStack } from "../../shared/documents/pulumi/stack";
import type { Report } from "../../shared/messages/report";
import { rules } from "../../shared/rules";
import type { Analysis, ExportedStack, Program, ProgramContext, Run } from "../pulumi-cli/cli";
import { analyze, withStack } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { findingsTold, pulumiVoice } from "../support/evaluate";
import { builtCommand } from "../support/github-action";

type Inputs = Readonly<Record<string, unknown>>;
type Declared = CustomResource & { readonly name: Output<string> };
type ResourceClass = (new (name: string, inputs: Inputs, options?: object) => Declared) & {
  get(name: string, id: string): Declared;
};

/** What the program writes for the one cluster that changes. */
let engine = "cilium";

const cilium = {
  networkPlugin: "azure",
  networkPluginMode: "overlay",
  networkDataplane: "cilium",
  networkPolicy: "cilium",
};
const existing = { "/existing/read": { name: "read", networkProfile: cilium } };

function classesIn(context: ProgramContext): { readonly [name: string]: ResourceClass } {
  return context.require("@pulumi/azure-native/containerservice") as {
    readonly [name: string]: ResourceClass;
  };
}

const program: Program = (context) => {
  const { ManagedCluster, AgentPool } = classesIn(context);
  const { ResourceGroup } = context.require("@pulumi/azure-native/resources") as {
    readonly [name: string]: ResourceClass;
  };
  if (ManagedCluster === undefined || AgentPool === undefined || ResourceGroup === undefined)
    throw new Error("no SDK");
  const group = new ResourceGroup("group", {});
  const cluster = (name: string, networkProfile: unknown, options?: object): Declared =>
    new ManagedCluster(name, { resourceGroupName: "g", networkProfile }, options);
  const changing = cluster("changing", { ...cilium, networkPolicy: engine });
  const windows = cluster("windows", cilium);
  cluster("none", { networkPlugin: "azure", networkPolicy: "none" });
  cluster("kubenet", { networkPlugin: "kubenet", networkPolicy: "azure" });
  cluster("later", { networkPlugin: "azure", networkPolicy: group.name });
  cluster("secret", { networkPlugin: "azure", networkPolicy: context.pulumi.secret("calico") });
  const Provider = context.pulumi.ProviderResource as unknown as new (
    pkg: string,
    name: string,
    inputs: Inputs,
  ) => ProviderResource;
  cluster("provided", undefined, {
    provider: new Provider("azure-native", "mine", { version: "2.92.3" }),
    protect: true,
    ignoreChanges: ["networkProfile.podCidr"],
  });
  const read = ManagedCluster.get("read", "/existing/read");
  const pool = (name: string, of: Declared): Declared =>
    new AgentPool(name, { resourceGroupName: "g", resourceName: of.name, osType: "Windows" });
  pool("win", windows);
  pool("win-of-read", read);
  new AgentPool("linux", { resourceGroupName: "g", resourceName: changing.name, osType: "Linux", count: 3 });
};

const pack = join(__dirname, "..", "..", "pulumi-pack");

/**
 * The findings in a document, in the form of the pack's events: only the first line, because the rest depends
 * on the host.
 */
function said({ clusters }: ReadDocument, isMeant: (urn: string) => boolean = () => true): string[] {
  return clusters
    .flatMap((each) => {
      const urn = each.source.address;
      if ("error" in each) return [`${urn}: ${String(each.error)}`];
      if (!isMeant(urn)) return [];
      return rules.flatMap((rule) =>
        findingsTold(rule, each.subject, { today: new Date() }, pulumiVoice).map(({ kind, message }) =>
          line(urn, kind === "failure" ? "mandatory" : "advisory", rule.name, message),
        ),
      );
    })
    .sort();
}

function saidByPack({ events }: Run | Analysis, isMeant: (urn: string) => boolean = () => true): string[] {
  return events
    .filter(({ urn }) => isMeant(urn))
    .map(({ urn, enforcementLevel, policyName, message }) => line(urn, enforcementLevel, policyName, message))
    .sort();
}

function line(urn: string, level: string, rule: string, message: string): string {
  return `${nameOf(urn)} [${level}] ${rule}: ${message.split("\n", 1)[0] ?? ""}`;
}

function nameOf(urn: string): string {
  return urn.replace(/^.*::/, "");
}

/** The pack sees secrets and checks what is only read. */
const isCompared = (urn: string): boolean => !["secret", "read"].includes(nameOf(urn));

function namesOf({ clusters }: ReadDocument): string[] {
  return clusters.map(({ source }) => nameOf(source.address)).sort();
}

function named({ clusters }: ReadDocument, name: string): Exclude<ClusterOfDocument, { error: unknown }> {
  const found = clusters.find(({ source }) => nameOf(source.address) === name);
  if (found === undefined || "error" in found) throw new Error(`there is no ${name}`);
  return found;
}

function notKnown(name: string): string {
  return `${name} [advisory] network-policy-configured: Unknown: networkProfile (one unknown value in it is enough) is not known before \`pulumi up\`.`;
}

interface Preview {
  readonly byPack: Run;
  readonly document: unknown;
  readonly withSames: unknown;
  readonly events: unknown;
}

const all = ["changing", "kubenet", "later", "none", "provided", "secret", "windows"];

describeWithPulumi("documents of the real Pulumi CLI", () => {
  let first: Preview;
  let second: Preview;
  let failed: unknown;
  let state: ExportedStack;
  let plain: ExportedStack;
  let analysis: Analysis;

  beforeAll(async () => {
    let isBroken = false;
    const breakable: Program = (context) => {
      program(context);
      if (isBroken) throw new Error("the program failed");
    };
    await withStack({ program: breakable, existing, timeoutMs: 120_000 }, async (stack) => {
      const json = async (...flags: string[]): Promise<unknown> =>
        JSON.parse((await stack.preview({ flags: ["--json", ...flags] })).stdout);
      const previews = async (): Promise<Preview> => {
        const streamed = await stack.preview({
          flags: ["--json"],
          env: { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" },
        });
        return {
          byPack: await stack.preview({ pack }),
          document: await json(),
          withSames: await json("--show-sames"),
          events: streamed.stdout
            .split("\n")
            .filter(Boolean)
            .map((text): unknown => JSON.parse(text)),
        };
      };
      first = await previews();
      await stack.up();
      state = await stack.exportStack();
      plain = await stack.exportStack({ showSecrets: true });
      engine = "azure";
      second = await previews();
      isBroken = true;
      failed = await json();
    });
    analysis = await analyze({ pack, state });
  }, 240_000);

  test("are recognized", () => {
    for (const { document, withSames, events } of [first, second])
      expect([document, withSames, events].map(kindOf)).toEqual([
        "pulumi-preview",
        "pulumi-preview",
        "pulumi-preview",
      ]);
    expect([failed, state, plain].map(kindOf)).toEqual(["pulumi-preview", "pulumi-stack", "pulumi-stack"]);
  });

  test("of a preview before anything exists get the pack's verdicts", () => {
    for (const document of [first.document, first.withSames]) {
      const read = readPulumiPreview(document);
      expect([namesOf(read), read.notes]).toEqual([all, []]);
      expect(said(read, isCompared)).toEqual(saidByPack(first.byPack, isCompared));
      expect(said(read)).toEqual(expect.arrayContaining([notKnown("later"), notKnown("secret")]));
      expect(named(read, "changing").source.planned).toEqual({ action: "create", because: [] });
    }
  });

  test("that are streams get them except for pools whose cluster is only known at update: they have no dependencies", () => {
    const read = readPulumiPreview(first.events);
    const isWithoutPools = (urn: string): boolean =>
      isCompared(urn) && !["changing", "windows"].includes(nameOf(urn));
    expect([namesOf(read), read.notes]).toEqual([all, []]);
    expect(said(read, isWithoutPools)).toEqual(saidByPack(first.byPack, isWithoutPools));
    const pools = "the cluster of a separate node pool is not known before `pulumi up`.";
    expect(said(read, (urn) => nameOf(urn) === "windows")).toEqual([
      `windows [advisory] network-policy-compatible: Unknown: ${pools}`,
    ]);
  });

  test("of a preview with unchanged resources get the pack's verdicts", () => {
    for (const document of [second.withSames, second.events]) {
      const read = readPulumiPreview(document);
      expect([namesOf(read), read.notes]).toEqual([all, []]);
      expect(said(read, isCompared)).toEqual(saidByPack(second.byPack, isCompared));
      expect(named(read, "changing").source.planned).toEqual({
        action: "replace",
        because: ["networkProfile"],
      });
      expect(named(read, "windows").source.planned).toEqual({ action: "none", because: [] });
    }
  });

  test("of a preview without unchanged resources say so", () => {
    const read = readPulumiPreview(second.document);
    expect([namesOf(read), read.notes]).toEqual([
      ["changing"],
      ["the preview leaves unchanged resources out"],
    ]);
  });

  test("of a preview that failed say so", () => {
    expect(readPulumiPreview(failed).notes).toContain("the preview failed");
  });

  test("of a stack get the pack's verdicts, and the one that shows its secrets decides those too", () => {
    for (const document of [state, plain]) {
      const read = readPulumiStack(document);
      expect([namesOf(read), read.notes]).toEqual([all, []]);
      expect(said(read, isCompared)).toEqual(saidByPack(analysis, isCompared));
      expect(said(read).includes(notKnown("secret"))).toBe(document === state);
    }
  });

  test("piped to `check -` have the pack's findings on the run, and fail as it does", () => {
    for (const [document, byPack] of [
      [second.withSames, second.byPack],
      [state, analysis],
    ] as const) {
      const { status, stdout } = spawnSync(builtCommand, ["check", "-", "--format", "json"], {
        input: JSON.stringify(document),
        encoding: "utf8",
      });
      const { clusters } = JSON.parse(stdout) as Report;
      const failures = clusters.flatMap(({ address, findings }) =>
        findings.filter(({ level }) => level === "error").map(({ rule }) => `${nameOf(address)} ${rule}`),
      );
      const ofPack = byPack.events
        .filter(({ enforcementLevel }) => enforcementLevel === "mandatory")
        .map(({ urn, policyName }) => `${nameOf(urn)} ${policyName}`);
      expect(status).toBe(1);
      expect(ofPack.length).toBeGreaterThan(1);
      expect(failures.sort()).toEqual(ofPack.sort());
    }
  });

  test("show which cluster a separate pool belongs to", () => {
    const reads = [first.document, first.withSames, second.withSames].map(readPulumiPreview);
    for (const read of [...reads, readPulumiStack(state)])
      expect(
        all.map((name) => [
          name,
          named(read, name).subject.cluster.separatePools.length,
          named(read, name).subject.cluster.possiblePools?.length ?? 0,
        ]),
      ).toEqual(all.map((name) => [name, name === "windows" || name === "changing" ? 1 : 0, 0]));
  });

  test("show the versions of providers", () => {
    for (const read of [readPulumiPreview(first.document), readPulumiStack(state)]) {
      expect(named(read, "none").subject.toolVersion).toMatch(/^3\.\d+\.\d+$/);
      expect(named(read, "provided").subject.toolVersion).toBe("2.92.3");
    }
  });

  test("show the program's options about changes", () => {
    const { isProtected, ignores } = named(readPulumiStack(state), "provided").lifecycle();
    expect([isProtected, ignores("networkProfile.podCidr"), ignores("networkProfile.networkPolicy")]).toEqual(
      [true, true, false],
    );
  });
});
