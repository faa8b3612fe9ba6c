import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ResourceValidationArgs } from "@pulumi/policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Node } from "constructs";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { createPolicies } from "../../pulumi-pack/policies";
import { pulumiDialects, terraformDialects } from "../../shared/dialects";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { readCluster } from "../../shared/reading/cluster";
import { rules } from "../../shared/rules";
import type { Pack, Props, StackResource } from "../engine/analyzer";
import { bootPack, unknown, urnOf } from "../engine/analyzer";
import { AnalyzerClient, Struct, analyzerPb, channelOptions, grpc } from "../engine/proto";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack } from "../support/clocked-pack";
import { evaluate, exampleDay, plainField } from "../support/evaluate";
import {
  annotationsOf,
  appWith,
  libraries,
  onExampleDay,
  required,
  stackOf,
  synthesised,
  told,
} from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const type = "azure-native:containerservice:ManagedCluster";
const secret = "hunter2-in-an-error";
const bad: Props = { networkProfile: { networkPlugin: "azure" } };
const good: Props = {
  networkProfile: { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
};
const notSet = "networkProfile.networkPolicy is not set: this cluster has no network policy engine.";
const notJudged = "This cluster could not be judged";

function nested(levels: number, value: unknown = "end"): unknown {
  let tree = value;
  for (let i = 0; i < levels; i++) tree = i % 2 === 0 ? { a: tree } : [tree];
  return tree;
}

function resourceNamed(name: string, props: Props, token = type): StackResource {
  return { type: token, name, urn: urnOf(token, name), props };
}

describe("the pack's server", () => {
  let clocked: ClockedPack;
  beforeAll(async () => {
    clocked = await bootClockedPack({ callTimeoutMs: 120_000 });
  });
  afterAll(() => clocked.stop());

  async function stillChecks(): Promise<void> {
    const { violations } = await clocked.pack.analyze(resourceNamed("aks", bad));
    expect(violations.map(({ message }) => message.split("\n")[0])).toEqual([notSet]);
    expect((await clocked.pack.analyze(resourceNamed("aks", good))).violations).toEqual([]);
    expect(clocked.pack.stderr).toBe("");
  }

  test("continues when a client gives up in the middle of an analysis", async () => {
    const address = `127.0.0.1:${clocked.pack.port}`;
    const client = new AnalyzerClient(address, grpc.credentials.createInsecure(), channelOptions);
    const request = new analyzerPb.AnalyzeStackRequest();
    request.setResourcesList(
      Array.from({ length: 5000 }, (_, i) => {
        const item = new analyzerPb.AnalyzerResource();
        item.setType(type);
        item.setUrn(urnOf(type, `gone${i}`));
        item.setProperties(Struct.fromJavaScript({ networkProfile: { networkPlugin: "azure" } }));
        item.setOptions(new analyzerPb.AnalyzerResourceOptions());
        return item;
      }),
    );
    const code = await new Promise((resolve) => {
      const call = client.analyzeStack(request, (error) => {
        resolve(error?.code);
      });
      // Long enough for the request to be in progress, and far too short for a response.
      setTimeout(() => {
        call.cancel();
      }, 20);
    });
    expect(code).toBe(grpc.status.CANCELLED);
    client.close();
    await stillChecks();
    // Nothing of the abandoned call may appear at the end of another run.
    const { violations } = await clocked.pack.analyzeStack([resourceNamed("other", good)]);
    expect(violations).toEqual([]);
  });

  test.each([
    ["in the middle of a message", Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\xff\x01")],
    ["with bytes outside the protocol", Buffer.alloc(100_000, "GET / HTTP/1.1\r\n")],
    ["at once", Buffer.alloc(0)],
  ])("continues when a connection breaks off %s", async (_title, bytes) => {
    await new Promise<void>((resolve) => {
      const socket = connect(clocked.pack.port, "127.0.0.1", () => {
        socket.write(bytes, () => {
          socket.resetAndDestroy();
        });
      });
      socket.once("close", () => {
        resolve();
      });
      socket.once("error", () => undefined);
    });
    await stillChecks();
  });

  test("10,000 resources at the end of a run: every bad cluster once, and no other", async () => {
    const resources = Array.from({ length: 10_000 }, (_, i) => {
      if (i % 10 > 1)
        return resourceNamed(`vnet${i}`, { name: `vnet${i}` }, "azure-native:network:VirtualNetwork");
      return resourceNamed(`aks${i}`, { name: `aks${i}`, ...(i % 10 === 0 ? bad : good) });
    });
    const { violations } = await clocked.pack.analyzeStack(resources);
    const expected = resources.filter((_, i) => i % 10 === 0).map(({ urn }) => urn);
    expect(violations.map(({ urn }) => urn)).toEqual(expected);
  });

  // The engine and the SDK both accept messages of up to 400 MB.
  test("50 MB in one cluster", async () => {
    const networkPolicy = "x".repeat(50 * 1024 * 1024);
    const inside = { networkProfile: { networkPlugin: "azure", networkPolicy } };
    const told = (await clocked.pack.analyze(resourceNamed("huge", inside))).violations;
    expect(told.map(({ message }) => message.split("\n")[0])).toEqual([
      "networkProfile.networkPolicy is not one of azure, calico, cilium: this cluster has no network policy engine.",
    ]);
    expect(JSON.stringify(told).length).toBeLessThan(3000);
    await stillChecks();
  }, 120_000);

  test("values nested in 1,000 levels are ignored", async () => {
    const tags = nested(1000) as Props;
    const { violations } = await clocked.pack.analyze(resourceNamed("deep", { ...bad, tags }));
    expect(violations.map(({ message }) => message.split("\n")[0])).toEqual([notSet]);
  });

  // The SDK itself cannot decode more than a thousand levels, and returns an error, which ends the run.
  test("values nested in 10,000 levels are rejected, and the next cluster is checked", async () => {
    const method = { path: "/pulumirpc.Analyzer/Analyze", bytes: (buffer: Buffer) => buffer };
    const client = new grpc.Client(
      `127.0.0.1:${clocked.pack.port}`,
      grpc.credentials.createInsecure(),
      channelOptions,
    );
    const error = await new Promise<{ readonly code: number } | null>((resolve) => {
      client.makeUnaryRequest(method.path, method.bytes, method.bytes, deepRequest(10_000), resolve);
    });
    client.close();
    expect(error?.code).toBe(grpc.status.INTERNAL);
    await stillChecks();
  });

  test("keys that every object has", async () => {
    const networkProfile = JSON.parse(
      '{"__proto__": {"networkPolicy": "calico", "networkPlugin": "azure"}, "constructor": {"networkPolicy": "calico"}, "toString": "calico"}',
    ) as Props;
    const { violations } = await clocked.pack.analyze(resourceNamed("proto", { networkProfile }));
    expect(violations.map(({ message }) => message.split("\n")[0])).toEqual([notSet]);
    await stillChecks();
  });
});

describe("other people's packs:", () => {
  const root = join(__dirname, "..", "..");
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** Another pack that embeds the policies, with its own copy of the SDK. */
  async function packWith(code: string): Promise<Pack> {
    const folder = mkdtempSync(join(tmpdir(), "embedding-"));
    folders.push(folder);
    const modules = join(folder, "node_modules");
    mkdirSync(join(modules, "@pulumi"), { recursive: true });
    const installed = (name: string): string => dirname(require.resolve(`${name}/package.json`));
    cpSync(installed("@pulumi/policy"), join(modules, "@pulumi", "policy"), { recursive: true });
    for (const name of ["@pulumi/pulumi", "@grpc", "google-protobuf"]) {
      const target = name === "@grpc" ? dirname(installed("@grpc/grpc-js")) : installed(name);
      symlinkSync(target, join(modules, name));
    }
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "theirs", version: "1.0.0", main: "index.js" }),
    );
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(
      join(folder, "index.js"),
      `const { PolicyPack } = require("@pulumi/policy");
       const { policies } = require(${JSON.stringify(join(root, "dist", "pulumi-pack", "policies.js"))});
       const theirs = {
         name: "theirs", description: "", enforcementLevel: "advisory",
         validateResource: ({ name }) => { if (name === "throws") throw new TypeError("theirs"); },
       };
       new PolicyPack("theirs", { policies: ${code} });`,
    );
    return bootPack(folder);
  }

  test("with a second copy of the SDK, unknown stays unknown and bad stays bad", async () => {
    const pack = await packWith("policies");
    try {
      const open = await pack.analyze(resourceNamed("open", { networkProfile: unknown }));
      expect(open.violations.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["advisory"]);
      expect(open.violations[0]?.message).toContain("Unknown: ");
      const red = await pack.analyze(resourceNamed("red", bad));
      expect(red.violations.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["mandatory"]);
      const end = await pack.analyzeStack([resourceNamed("read", { networkProfile: unknown })]);
      expect(end.violations.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["advisory"]);
    } finally {
      await pack.stop();
    }
  });

  // The SDK drops the whole response if any policy throws, including ours; the engine then ends the run with
  // that error.
  test.each(["[...policies, theirs]", "[theirs, ...policies]"])(
    "a policy that throws in the same pack (%s) ends the run, and passes nothing",
    async (code) => {
      const pack = await packWith(code);
      try {
        await expect(pack.analyze(resourceNamed("throws", bad))).rejects.toThrow("theirs");
        const { violations } = await pack.analyze(resourceNamed("red", bad));
        expect(violations.map(({ policyName }) => policyName)).toEqual(["network-policy-configured"]);
      } finally {
        await pack.stop();
      }
    },
  );

  test("another pack whose policies throw does not affect ours", async () => {
    const theirs = await packWith("[theirs]");
    const ours = await bootClockedPack();
    try {
      const red = resourceNamed("throws", bad);
      const [one, two] = await Promise.allSettled([theirs.analyze(red), ours.pack.analyze(red)]);
      expect(one.status).toBe("rejected");
      expect(two).toMatchObject({
        status: "fulfilled",
        value: { violations: [{ enforcementLevel: "mandatory" }] },
      });
    } finally {
      await theirs.stop();
      await ours.stop();
    }
  });
});

describe("objects that are not what they seem", () => {
  const everyDialect = [...new Set([...pulumiDialects, ...terraformDialects])];

  function judgedBy(
    policyArgs: Partial<ResourceValidationArgs>,
    policies = createPolicies({ today: () => exampleDay }),
  ) {
    const messages: string[] = [];
    for (const { validateResource } of policies) {
      if (typeof validateResource !== "function") throw new Error("not a function");
      const args = { type, urn: "urn", name: "aks", getConfig: () => ({}), ...policyArgs };
      void validateResource(args as ResourceValidationArgs, (violation: unknown) => {
        messages.push((violation as { readonly message: string }).message);
      });
    }
    return messages;
  }

  test.each(everyDialect.map((dialect) => [dialect.name, dialect] as const))(
    "10,000 levels are a finding or ignored in %s",
    (_name, dialect) => {
      for (const top of ["networkProfile", "network_profile", "properties", "body", "node_pools", "tags"]) {
        const findings = rules.flatMap((rule) =>
          evaluate(rule, { cluster: { [top]: nested(10_000) } }, dialect),
        );
        expect(findings.filter(({ key }) => key === "internal error")).toEqual([]);
      }
    },
  );

  const properties = ["networkPolicy", "networkPlugin", "networkDataplane", "networkPluginMode"];
  const words = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf"];
  test.each(properties)("%s with a key that every object has never passes", (property) => {
    for (const word of words) {
      const profile = { networkPlugin: "azure", networkPolicy: "calico", [property]: word };
      for (const dialect of [azureNative, azureClassic]) {
        const spelt = JSON.parse(
          JSON.stringify(profile).replace(
            "networkDataplane",
            dialect === azureNative ? "networkDataplane" : "networkDataPlane",
          ),
        ) as object;
        const findings = rules.flatMap((rule) =>
          evaluate(rule, { cluster: { networkProfile: spelt } }, dialect),
        );
        expect(findings.filter(({ kind }) => kind === "failure")).toHaveLength(1);
        expect(JSON.stringify(findings)).not.toContain(word);
      }
    }
  });

  test("what is inherited does not count as written", () => {
    const networkProfile: unknown = Object.create({ networkPlugin: "azure", networkPolicy: "calico" });
    const { engine, plugin } = readCluster(plainField({ networkProfile }), azureNative);
    expect([engine.state, plugin.state]).toEqual(["absent", "absent"]);
    expect(judgedBy({ props: { networkProfile } }).map((text) => text.split("\n")[0])).toEqual([notSet]);
  });

  test.each(["networkProfile", "sku", "agentPoolProfiles", "nodeProvisioningProfile", "windowsProfile"])(
    "a getter of %s that throws makes a failing finding of every rule",
    (name) => {
      const props = Object.defineProperty({ ...good }, name, {
        enumerable: true,
        get: () => {
          throw new TypeError(secret);
        },
      });
      const messages = judgedBy({ props });
      expect(messages).toHaveLength(rules.length);
      for (const message of messages) expect(message).toContain(notJudged);
      expect(messages.join()).not.toContain(secret);
    },
  );

  test("frozen inputs are read like any others, and auto-set that cannot write keeps the finding", () => {
    const props = Object.freeze({ networkProfile: Object.freeze({ networkPlugin: "azure" }) });
    const policies = createPolicies({ today: () => exampleDay });
    const getConfig = () => ({ autoSet: { acceptReplacement: true } });
    const opts = { ignoreChanges: [], protect: false } as unknown as ResourceValidationArgs["opts"];
    const [configured] = policies;
    const args = {
      type,
      urn: "urn",
      name: "aks",
      props,
      opts,
      getConfig,
    } as unknown as ResourceValidationArgs;
    void configured?.remediateResource?.(args);
    expect(props).toEqual({ networkProfile: { networkPlugin: "azure" } });
    const [message = ""] = judgedBy({ props, opts, getConfig: getConfig as never }, policies.slice(0, 1));
    expect(message.split("\n")[0]).toBe(notSet);
    expect(message).not.toContain("If auto-set stops writing it");
  });
});

describe.each(libraries)("$name:", (library) => {
  const body = (networkPolicy?: string) => ({
    properties: { networkProfile: { networkPlugin: "azure", networkPolicy } },
  });
  const azapiType = "Microsoft.ContainerService/managedClusters@2025-07-01";
  const templateType = "azurerm_resource_group_template_deployment";
  const armCluster = {
    type: "Microsoft.ContainerService/managedClusters",
    name: "aks",
    properties: { dnsPrefix: "aks", ...body().properties },
  };

  test("10,000 resources in one stack: every bad cluster once, and no other", () => {
    const { app, stack } = appWith(library);
    for (let i = 0; i < 10_000; i++) {
      if (i % 10 > 1) resource(library, stack, `r${i}`, "azurerm_virtual_network", { name: `r${i}` });
      else
        resource(library, stack, `aks${i}`, "azurerm_kubernetes_cluster", {
          name: `aks${i}`,
          network_profile: { network_plugin: "azure", ...(i % 10 === 0 ? {} : { network_policy: "calico" }) },
        });
    }
    synthesised(app);
    const paths = annotationsOf(stack).map(({ path }) => path);
    expect(paths).toEqual(Array.from({ length: 1000 }, (_, i) => `s/aks${i * 10}`));
  });

  test("50 MB in one document", () => {
    const { app, stack } = appWith(library);
    const tags = { huge: "x".repeat(50 * 1024 * 1024) };
    const text = JSON.stringify({ ...body("none"), tags });
    resource(library, stack, "aks", "azapi_resource", { type: azapiType, name: "aks", body: text });
    expect(synthesised(app)).toEqual([
      'error network-policy-configured: body.properties.networkProfile.networkPolicy is "none": this cluster has no network policy engine.',
    ]);
  });

  test.each([
    ["next to a bad cluster", { resources: [armCluster], tags: nested(10_000) }],
    ["in a bad cluster", { resources: [{ ...armCluster, tags: nested(10_000) }] }],
  ])("a document of 10,000 levels %s", (_title, document) => {
    const { app, stack } = appWith(library);
    resource(library, stack, "arm", templateType, { template_content: textOf(document) });
    expect(synthesised(app)).toEqual([
      "error network-policy-configured (template_content resources[0]): properties.networkProfile.networkPolicy is not set: this cluster has no network policy engine.",
    ]);
  });

  test.each(["a construct", "an override on the stack"])(
    "deployments nested in 10,000 levels of %s are a finding, and the next cluster is checked",
    (by) => {
      const { app, stack } = appWith(library);
      let deployment: unknown = armCluster;
      for (let i = 0; i < 10_000; i++)
        deployment = {
          type: "Microsoft.Resources/deployments",
          properties: { template: { resources: [deployment] } },
        };
      const attributes = { template_content: textOf({ resources: [deployment] }) };
      if (by === "a construct") resource(library, stack, "arm", templateType, attributes);
      else stack.addOverride(`resource.${templateType}.arm`, attributes);
      resource(library, stack, "azapi", "azapi_resource", {
        type: azapiType,
        name: "aks",
        body: body("none"),
      });
      const [first = "", second = ""] = synthesised(app).sort();
      expect(first).toContain("network-policy-configured: This cluster could not be judged");
      expect(second).toContain('body.properties.networkProfile.networkPolicy is "none"');
    },
  );

  const withBrokenGetter = (name: string) => {
    const { stack, aspect } = appWith(library);
    const broken = new library.KubernetesCluster(stack, "broken", { ...required });
    new library.KubernetesCluster(stack, "bad", { ...required, networkProfile: { networkPlugin: "azure" } });
    Object.defineProperty(broken, name, {
      get: () => {
        throw new TypeError(secret);
      },
    });
    aspect.visit(stack);
    return stack;
  };

  test.each(["terraformGeneratorMetadata", "source"])(
    "a getter of %s that throws is a finding on that construct only",
    (name) => {
      const stack = withBrokenGetter(name);
      judge(stack);
      const said = told(stack);
      expect(said).toContainEqual(expect.stringContaining("networkProfile.networkPolicy is not set"));
      if (name !== "source") expect(said).toContainEqual(expect.stringContaining(notJudged));
      expect(JSON.stringify(annotationsOf(stack))).not.toContain(secret);
    },
  );

  test.each(["toTerraform", "terraformResourceType", "rawOverrides"])(
    "a getter of %s that throws ends the synthesis, as it does without the Aspect",
    (name) => {
      const stack = withBrokenGetter(name);
      expect(() => {
        judge(stack);
      }).toThrow(secret);
      expect(() => stack.toTerraform() as unknown).toThrow(secret);
    },
  );

  const theirs = new Error("an Aspect of somebody else");
  const throwing = {
    visit: () => {
      throw theirs;
    },
  };
  const throwingLater = {
    visit: ({ node }: { readonly node: Node }) => {
      node.addValidation({ validate: throwing.visit });
    },
  };
  test.each([
    ["throws", "before", throwing],
    ["throws", "after", throwing],
    ["throws when all is validated", "before", throwingLater],
    ["throws when all is validated", "after", throwingLater],
  ] as const)("another Aspect that %s, %s ours, leaves nothing to deploy", (_how, when, aspect) => {
    const app = library.lib.Testing.app();
    const stack = stackOf(library, app, "s");
    new library.KubernetesCluster(stack, "bad", {
      ...required,
      networkProfile: { networkPlugin: "azure" },
    });
    if (when === "before") library.lib.Aspects.of(stack).add(aspect);
    library.lib.Aspects.of(stack).add(new AksNetworkPolicyAspect({}, onExampleDay));
    if (when === "after") library.lib.Aspects.of(stack).add(aspect);
    expect(() => {
      app.synth();
    }).toThrow(theirs);
    expect(readdirSync(app.outdir, { recursive: true })).not.toContain(join("stacks", "s", "cdk.tf.json"));
  });

  test("frozen inputs are read like any others", () => {
    const { app, stack } = appWith(library);
    const networkProfile = Object.freeze({ networkPlugin: "azure" });
    new library.KubernetesCluster(stack, "aks", Object.freeze({ ...required, networkProfile }));
    expect(synthesised(app)).toEqual([`error network-policy-configured: ${notSet}`]);
  });

  test("keys that every object has", () => {
    const { app, stack } = appWith(library);
    const text = `{"properties": {"networkProfile": {"__proto__": {"networkPolicy": "calico"}, "constructor": "calico"}}}`;
    resource(library, stack, "aks", "azapi_resource", { type: azapiType, name: "aks", body: text });
    expect(synthesised(app)).toEqual([
      "error network-policy-configured: body.properties.networkProfile.networkPolicy is not set: this cluster has no network policy engine.",
    ]);
  });
});

/** JSON text of a tree that is too deep for JSON.stringify. */
function textOf(tree: unknown): string {
  const parts: string[] = [];
  const waiting: ({ readonly text: string } | { readonly value: unknown })[] = [{ value: tree }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ("text" in next) {
      parts.push(next.text);
      continue;
    }
    const { value } = next;
    if (typeof value !== "object" || value === null) {
      parts.push(JSON.stringify(value));
      continue;
    }
    const isList = Array.isArray(value);
    const inner = Object.entries(value).filter(([, each]) => each !== undefined);
    waiting.push({ text: isList ? "]" : "}" });
    inner.reverse().forEach(([name, each], i) => {
      if (i > 0) waiting.push({ text: "," });
      waiting.push({ value: each });
      if (!isList) waiting.push({ text: `${JSON.stringify(name)}:` });
    });
    waiting.push({ text: isList ? "[" : "{" });
  }
  return parts.join("");
}

/**
 * An AnalyzeRequest in raw protocol bytes, because no library here writes so many levels: type, and tags in
 * nested lists.
 */
function deepRequest(levels: number): Buffer {
  const message = (field: number, ...parts: readonly Buffer[]): Buffer => {
    const length: number[] = [];
    let rest = parts.reduce((sum, part) => sum + part.length, 0);
    for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
    return Buffer.concat([Buffer.from([(field << 3) | 2, ...length, rest]), ...parts]);
  };
  let value = message(3, Buffer.from("end"));
  // google.protobuf.Value: list_value = 6; ListValue: values = 1.
  for (let i = 0; i < levels; i++) value = message(6, message(1, value));
  // Struct: fields = 1, a map's entry: key = 1, value = 2.
  const entry = message(1, message(1, Buffer.from("tags")), message(2, value));
  return Buffer.concat([message(1, Buffer.from(type)), message(2, entry)]);
}

/** Calls the Aspect as a synthesis does once every Aspect has run, without the library's validations. */
function judge(stack: object): void {
  const { onSynthesize } = Reflect.get(stack, Symbol.for("cdktf/customSynthesis")) as {
    onSynthesize: (session: unknown) => void;
  };
  onSynthesize({});
}
