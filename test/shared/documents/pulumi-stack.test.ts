import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { ClusterOfDocument } from "../../../shared/documents/document";
import { azureNative } from "../../../shared/dialects/azure-native";
import { poolsOfStack } from "../../../shared/documents/pulumi/owners";
import { stackOfUrn } from "../../../shared/documents/pulumi/resources";
import { readPulumiStack } from "../../../shared/documents/pulumi/stack";
import { readPool } from "../../../shared/reading/pool";
import { plainField } from "../../support/evaluate";
import { shown } from "../../support/shown-clusters";
import { wrongShapes } from "../../support/wrong-shapes";

const clusterType = "azure-native:containerservice:ManagedCluster";
const poolType = "azure-native:containerservice:AgentPool";
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function urnOf(name: string, type = clusterType): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}

function resource(name: string, inputs: unknown, more: object = {}, type = clusterType): object {
  return { urn: urnOf(name, type), type, custom: true, inputs, ...more };
}

function network(networkPolicy: unknown, more: object = {}): object {
  return { networkProfile: { networkPlugin: "azure", networkPolicy }, ...more };
}

function pool(name: string, inputs: object, more: object = {}): object {
  return resource(name, { agentPoolName: name, osType: "Windows", ...inputs }, more, poolType);
}

function stack(...resources: unknown[]): object {
  return { version: 3, deployment: { manifest: {}, resources } };
}

const clustersOf = (document: unknown): readonly ClusterOfDocument[] => readPulumiStack(document).clusters;
const linesOf = (...resources: unknown[]): string[] => clustersOf(stack(...resources)).map(shown);

function only(...resources: unknown[]): Exclude<ClusterOfDocument, { error: unknown }> {
  const [first, ...others] = clustersOf(stack(...resources));
  if (first === undefined || "error" in first || others.length > 0) throw new Error("it is one cluster");
  return first;
}

describe("the clusters of a stack", () => {
  test("are those that its program declares", () => {
    expect(
      linesOf(
        { urn: urnOf("shop-dev", "pulumi:pulumi:Stack"), type: "pulumi:pulumi:Stack", custom: false },
        resource("declared", network("calico")),
        resource("replaced", network("none"), { delete: true }),
        resource("read", undefined, { external: true, outputs: network("none") }),
        resource("component", {}, { custom: false }),
        resource("to be made again", network("azure"), { pendingReplacement: true }),
        resource("network", network("none"), {}, "azure-native:network:VirtualNetwork"),
        resource(
          "classic",
          network("cilium"),
          {},
          "azure:containerservice/kubernetesCluster:KubernetesCluster",
        ),
      ),
    ).toEqual(["declared: calico", "to be made again: azure", "classic: cilium"]);
  });

  test("include those that a Terraform module creates, which are shown as views", () => {
    const view = { custom: false, viewOf: urnOf("module", "aks:index:Module") };
    const inputs = { network_profile: [{ network_policy: "calico" }] };
    expect(linesOf(resource("aks", inputs, view, "aks:tf:azurerm_kubernetes_cluster"))).toEqual([
      "aks: calico",
    ]);
  });

  test("are checked by their inputs, not by what Azure made of them", () => {
    expect(linesOf(resource("aks", network(undefined), { outputs: network("none") }))).toEqual([
      "aks: absent",
    ]);
  });

  test("without inputs have no settings", () => {
    for (const inputs of [undefined, null, {}])
      expect(linesOf(resource("aks", inputs))).toEqual(["aks: absent"]);
  });

  test("are found by the type in their URN if there is nothing else", () => {
    const urn = `urn:pulumi:dev::shop::my:index:Shop$${clusterType}::aks`;
    expect(linesOf({ urn, inputs: network("calico") })).toEqual(["aks: calico"]);
  });

  test("are told from what could not be read, which hides no other", () => {
    const broken = new Error("broken");
    const inputs = {
      get networkProfile(): never {
        throw broken;
      },
    };
    const read = resource("read", undefined, { external: true, outputs: inputs });
    const found = clustersOf(stack(resource("bad", inputs), read, resource("good", network("calico"))));
    expect(found.map((each) => ("error" in each ? each : shown(each)))).toEqual([
      "good: calico",
      { source: { address: urnOf("bad") }, error: broken },
    ]);
  });

  test("with the same URN are all checked", () => {
    expect(linesOf(resource("aks", network("calico")), resource("aks", network("none")))).toEqual([
      "aks: calico",
      "aks: none",
    ]);
  });

  test("of azapi are read from their document, which may be text", () => {
    const type = "Microsoft.ContainerService/managedClusters@2025-07-01";
    const azapi = (body: unknown, more: object = {}): object =>
      resource("aks", { type, body, ...more }, {}, "aks:tf:azapi_resource");
    const body = { properties: network("calico") };
    expect(linesOf(azapi(body))).toEqual(["aks: calico"]);
    expect(linesOf(azapi(JSON.stringify(body)))).toEqual(["aks: calico"]);
    expect(linesOf(azapi(JSON.stringify({ properties: network(unknown) })))).toEqual(["aks: unknown"]);
    expect(linesOf(azapi(body, { sensitive_body: {} }))).toEqual(["aks: unknown"]);
  });
});

describe("what a stack does not show is unknown", () => {
  test.each<[title: string, value: unknown]>([
    ["a secret", { [signature]: secret, ciphertext: "v1:abc" }],
    ["a secret in plain text that is no JSON", { [signature]: secret, plaintext: "cilium" }],
    ["a secret in plain text that is not known", { [signature]: secret, plaintext: `"${unknown}"` }],
    ["a secret with a value", { [signature]: secret, value: "cilium" }],
    ["a secret in plain text in a list", { [signature]: secret, plaintext: ['"cilium"'] }],
    [
      "another kind in plain text",
      { [signature]: "c44067f5952c0a294b673a41bacd8c17", plaintext: '"cilium"' },
    ],
    ["a value of another kind", { [signature]: "c44067f5952c0a294b673a41bacd8c17", text: "a" }],
    ["a secret that was not decrypted", "[secret]"],
    ["a text", unknown],
    ["a truth", "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"],
    ["a number", "3eeb2bf0-c639-47a8-9e75-3b44932eb421"],
    ["a list", "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"],
    ["an asset", "030794c1-ac77-496b-92df-f27374a8bd58"],
    ["an archive", "e48ece36-62e2-4504-bad9-02848725956a"],
    ["an object", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"],
    ["a text that contains one", `prefix-${unknown}-suffix`],
  ])("%s", (_title, value) => {
    const unknownAt = (inputs: unknown): unknown => {
      const { engine } = only(resource("aks", inputs)).subject.cluster;
      return engine.state === "unknown" ? engine.unknownAt : engine;
    };
    expect(unknownAt(network(value))).toBe("networkProfile.networkPolicy");
    expect(unknownAt({ networkProfile: value })).toBe("networkProfile");
    expect(unknownAt(value)).toBe("");
  });

  test("but for secrets that the export shows", () => {
    const shown = (value: unknown): object => ({ [signature]: secret, plaintext: JSON.stringify(value) });
    const engineOf = (inputs: unknown): unknown => only(resource("aks", inputs)).subject.cluster.engine;
    const known = { state: "known", value: "cilium" };
    expect(engineOf(network(shown("cilium")))).toMatchObject(known);
    expect(engineOf({ networkProfile: shown({ networkPolicy: "cilium" }) })).toMatchObject(known);
    expect(engineOf({ networkProfile: shown({ networkPolicy: shown("cilium") }) })).toMatchObject(known);
    expect(engineOf(network(shown(null)))).toMatchObject({ state: "absent" });
  });

  test("a secret in a list of pools", () => {
    const { pools } = only(resource("aks", { agentPoolProfiles: [{ [signature]: secret, ciphertext: "a" }] }))
      .subject.cluster;
    expect(pools.state === "known" && Array.isArray(pools.value) && pools.value).toMatchObject([
      { os: { state: "unknown" } },
    ]);
  });
});

describe("a resource of azapi", () => {
  const type = "aks:tf:azapi_resource";
  const aks = "Microsoft.ContainerService/managedClusters";
  const group = "/subscriptions/0/resourceGroups/g";
  const azapi = (name: string, inputs: unknown, more: object = {}): object =>
    resource(name, inputs, more, type);
  const azapiCluster = (name: string): object =>
    azapi(name, {
      type: `${aks}@2025-07-01`,
      name,
      parent_id: group,
      body: { properties: network("calico") },
    });
  const azapiPool = (parent: string, more: object = {}): object =>
    azapi(
      "win",
      {
        type: `${aks}/agentPools@2025-07-01`,
        name: "win",
        parent_id: parent,
        body: { properties: { osType: "Windows" } },
      },
      more,
    );

  test("may be a cluster if its type is not known, and nothing of it is read", () => {
    const body = { properties: network("calico") };
    expect(linesOf(azapi("aks", { type: unknown, body }))).toEqual(["aks: unknown"]);
    expect(linesOf(azapi("aks", "[secret]"))).toEqual(["aks: unknown"]);
  });

  test("is named outside its document", () => {
    const pool = azapiPool(`${group}/providers/${aks}/b`);
    expect(linesOf(azapiCluster("a"), azapiCluster("b"), pool)).toEqual(["a: calico", "b: calico win"]);
  });

  test("that the program only reads is found by its outputs", () => {
    const outputs = { type: `${aks}@2025-07-01`, name: "read" };
    const read = azapi("read", undefined, { external: true, outputs });
    const pool = azapiPool(unknown, { propertyDependencies: { parent_id: [urnOf("read", type)] } });
    expect(linesOf(azapiCluster("a"), read, pool)).toEqual(["a: calico"]);
  });
});

describe("a separate pool", () => {
  const azure = (name: string, more: object = {}): object =>
    resource(name, network("azure", { resourceName: `${name}-1`, resourceGroupName: "g", ...more }));

  test.each<[title: string, inputs: object, state: object, owners: string]>([
    ["names its cluster", { resourceName: "b-1", resourceGroupName: "g" }, {}, "b"],
    ["names a cluster in another case", { resourceName: "B-1", resourceGroupName: "G" }, {}, "b"],
    ["names a cluster in another group", { resourceName: "b-1", resourceGroupName: "h" }, {}, ""],
    ["names no cluster of the stack", { resourceName: "c-1", resourceGroupName: "g" }, {}, ""],
    [
      "takes its cluster's name from it",
      { resourceName: unknown },
      { propertyDependencies: { resourceName: [urnOf("a")] } },
      "a",
    ],
    [
      "takes its cluster's name from it, which its inputs do not have",
      { resourceName: "c-1" },
      { propertyDependencies: { resourceName: [urnOf("b")] } },
      "b",
    ],
    [
      "depends on a cluster",
      { resourceName: unknown },
      { dependencies: [urnOf("b"), "urn:pulumi:other"] },
      "b",
    ],
    ["has a cluster as its parent", { resourceName: unknown }, { parent: urnOf("b") }, "b"],
    ["has something else as its parent", { resourceName: unknown }, { parent: "urn:pulumi:other" }, "a? b?"],
    ["says nothing of its cluster", { resourceName: unknown }, {}, "a? b?"],
    [
      "has a name composed of both",
      { resourceName: unknown },
      { propertyDependencies: { resourceName: [urnOf("a"), urnOf("b")] } },
      "a? b?",
    ],
    [
      "has a name composed of both, and depends on one",
      { resourceName: unknown },
      { propertyDependencies: { resourceName: [urnOf("a"), urnOf("b")] }, dependencies: [urnOf("a")] },
      "a? b?",
    ],
    [
      "has a name composed of its cluster's and something else",
      { resourceName: unknown },
      { propertyDependencies: { resourceName: ["urn:pulumi:other", urnOf("a")] } },
      "a",
    ],
    [
      "takes its cluster's name from it under an older name",
      { managedClusterName: unknown },
      { propertyDependencies: { managedClusterName: [urnOf("a")] } },
      "a",
    ],
  ])("that %s", (_title, inputs, state, owners) => {
    const found = clustersOf(stack(azure("a"), azure("b"), pool("win", inputs, state)));
    const told = found.flatMap((each) =>
      shown(each).includes("win") ? [shown(each).replace(/^(\w+): azure win/, "$1")] : [],
    );
    expect(told.join(" ")).toBe(owners);
  });

  test("belongs to the cluster whose name comes from the same resources", () => {
    const from = (...resourceName: string[]): object => ({ propertyDependencies: { resourceName } });
    const nameless = (name: string, state: object): object =>
      resource(name, network("azure", { resourceName: unknown }), state);
    const a = nameless("a", from("urn:pulumi:x", "urn:pulumi:y"));
    const b = nameless("b", from("urn:pulumi:z"));
    const win = pool("win", { resourceName: unknown }, from("urn:pulumi:y", "urn:pulumi:x"));
    expect(linesOf(a, b, win)).toEqual(["a: azure win", "b: azure"]);
  });

  test.each([{}, { propertyDependencies: { resourceName: 5 } }])(
    "may belong to any cluster if nothing tells where its name comes from: %j",
    (state) => {
      const nameless = resource("nameless", network("azure", { resourceName: unknown }), state);
      const win = pool("win", { resourceName: unknown }, state);
      expect(linesOf(nameless, azure("a"), win)).toEqual(["nameless: azure win?", "a: azure win?"]);
    },
  );

  test("belongs to no cluster that cannot be read", () => {
    const links = { dialect: azureNative, dependencies: () => [], dependenciesOf: () => [] };
    const nothing = { name: undefined, resourceGroup: undefined };
    const win = { ...links, urn: "win", pool: readPool(plainField({}), azureNative), cluster: nothing };
    const owners = poolsOfStack(
      () => [
        { ...links, urn: "bad", identity: () => undefined },
        { ...links, urn: "good", identity: () => nothing },
      ],
      [win],
    );
    expect([owners.of("bad").possible, owners.of("good").possible]).toEqual([[], [win.pool]]);
  });

  test("belongs to a cluster whose name only the outputs or the ID show", () => {
    const id = "/subscriptions/0/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/shown";
    const hidden = { [signature]: secret, ciphertext: "a" };
    const win = pool("win", { resourceName: "shown", resourceGroupName: "g" });
    for (const state of [{ outputs: { name: "shown" } }, { id }, { outputs: { id, name: "shown" } }]) {
      const cluster = resource(
        "aks",
        network("azure", { resourceName: hidden, resourceGroupName: hidden }),
        state,
      );
      expect(linesOf(azure("a"), cluster, win), JSON.stringify(state)).toEqual([
        "a: azure",
        "aks: azure win",
      ]);
    }
  });

  test("of a cluster that the program only reads belongs to no other", () => {
    const id = "/subscriptions/0/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/read";
    const read = resource("read", undefined, { external: true, id });
    for (const inputs of [{ resourceName: "read" }, { resourceName: unknown }]) {
      const win = pool("win", inputs, { propertyDependencies: { resourceName: [urnOf("read")] } });
      expect(linesOf(azure("a"), read, win)).toEqual(["a: azure"]);
    }
  });

  test("that is to be deleted, or only read, belongs to none", () => {
    const inputs = { resourceName: "a-1", resourceGroupName: "g" };
    expect(
      linesOf(azure("a"), pool("win", inputs, { delete: true }), pool("read", inputs, { external: true })),
    ).toEqual(["a: azure"]);
  });
});

describe("the version of a provider", () => {
  const provider = "urn:pulumi:dev::shop::pulumi:providers:azure-native::mine";
  const declared = (version: unknown): object => ({
    urn: provider,
    id: "1",
    type: "pulumi:providers:azure-native",
    custom: true,
    inputs: { version },
  });

  test.each<[title: string, reference: unknown, version: string | undefined]>([
    ["of a provider", `${provider}::1`, "2.92.3"],
    ["of a provider whose ID is not known", `${provider}::${unknown}`, "2.92.3"],
    [
      "of a default provider that is not shown",
      "urn:pulumi:dev::shop::pulumi:providers:azure-native::default_3_28_0::1",
      "3.28.0",
    ],
    [
      "of a default provider with a longer version",
      "urn:pulumi:dev::shop::pulumi:providers:azure::default_10_2_34::1",
      "10.2.34",
    ],
    [
      "of a default provider before its release",
      "urn:pulumi:dev::shop::pulumi:providers:azure::default_6_40_0_alpha_1::1",
      undefined,
    ],
    ["of a resource that is no provider", `${urnOf("setting", "my:index:Setting")}::1`, undefined],
    [
      "of a provider that is not shown",
      "urn:pulumi:dev::shop::pulumi:providers:azure-native::other::1",
      undefined,
    ],
    ["of none", undefined, undefined],
    ["of something else", { a: 1 }, undefined],
  ])("%s", (_title, reference, version) => {
    const setting = resource("setting", { version: "1.0.0" }, { id: "1" }, "my:index:Setting");
    const aks = resource("aks", {}, { provider: reference });
    expect(only(declared("2.92.3"), setting, aks).subject.toolVersion).toBe(version);
  });

  test("decides the version of the API", () => {
    const versionWith = (version: unknown): unknown =>
      only(declared(version), resource("aks", {}, { provider: `${provider}::1` })).subject.dialect.version;
    expect([versionWith("2.92.3"), versionWith("1.0.0"), versionWith({ a: 1 })]).toEqual([
      "2023-04-01",
      "2021-03-01",
      undefined,
    ]);
  });
});

describe("what a stack shows besides its clusters", () => {
  test("is the URN, and the line in the program", () => {
    const { source, address } = only(
      resource("aks", {}, { sourcePosition: "project:///src/my%20index.ts#12,7" }),
    );
    expect(source).toEqual({
      address: urnOf("aks"),
      place: { in: "program", file: "src/my index.ts", line: 12 },
    });
    expect(address()).toBe(urnOf("aks"));
  });

  test.each([
    ["project:///index.ts#7", "index.ts", 7],
    ["project:///index.ts#7,12", "index.ts", 7],
    ["project:///index.ts#123456789,1", "index.ts", 123456789],
    ["project:///src/a:b.ts#1,1", "src/a:b.ts", 1],
  ])("has the position %s", (sourcePosition, file, line) => {
    const { place } = only(resource("aks", {}, { sourcePosition })).source;
    expect(place).toEqual({ in: "program", file, line });
  });

  test.each([
    "project:///./index.ts#1,1",
    "project:///a/./index.ts#1,1",
    "a project:///index.ts#1,1",
    "project:///index.ts#1,1 a",
    "project:///index.ts#1234567890,1",
    [["project:///index.ts#1,1"]],
    "project:///../index.ts#1,1",
    "project:///a/../../index.ts#1,1",
    "project:///a/%2e%2e/index.ts#1,1",
    "project:////etc/passwd#1,1",
    "project:///%2Fetc/passwd#1,1",
    "project:///..%5cindex.ts#1,1",
    "project:///C:/index.ts#1,1",
    "project:///a%0a::error::b.ts#1,1",
    "project:///%1b[31m.ts#1,1",
    "project:///%.ts#1,1",
    "project:///index.ts",
    "project:///index.ts#0x1,1",
    "project:///index.ts?a#1,1",
    "file:///index.ts#1,1",
    "/index.ts#1,1",
    "",
    5,
    { a: 1 },
  ])("has no position for %j", (sourcePosition) => {
    expect(only(resource("aks", {}, { sourcePosition })).source.place).toBeUndefined();
  });

  test("includes the options about changes", () => {
    const kept = only(
      resource("aks", {}, { protect: true, ignoreChanges: ["networkProfile", 5] }),
    ).lifecycle();
    expect([
      kept.isProtected,
      kept.ignores("networkProfile.networkPolicy"),
      kept.ignores("sku.name"),
    ]).toEqual([true, true, false]);
    const free = only(resource("aks", {}, { protect: "true", ignoreChanges: "networkProfile" })).lifecycle();
    expect([free.isProtected, free.ignores("networkProfile.networkPolicy")]).toEqual([false, false]);
  });

  test.each<[pending: unknown, notes: readonly string[]]>([
    [[{ resource: {}, type: "creating" }], ["an operation was interrupted"]],
    [[], []],
    [null, []],
    [undefined, []],
  ])("includes an interrupted operation: %j", (pending, notes) => {
    expect(
      readPulumiStack({ version: 3, deployment: { resources: [], pending_operations: pending } }),
    ).toEqual({
      kind: "pulumi-stack",
      clusters: [],
      notes,
    });
  });
});

test.each([
  ["urn:pulumi:dev::shop::a:b:C::name", "urn:pulumi:dev::shop::"],
  ["urn:pulumi:dev::shop::a:b:C::urn:pulumi:x::y::z", "urn:pulumi:dev::shop::"],
  ["a urn:pulumi:dev::shop::a:b:C::name", undefined],
  ["urn:pulumi:dev::shop", undefined],
  ["azurerm_kubernetes_cluster.aks", undefined],
])("the stack in %s is %s", (urn, expected) => {
  expect(stackOfUrn(urn)).toBe(expected);
});

describe("hostile input", () => {
  test.each([
    ["document", (value: unknown) => value],
    ["deployment", (value: unknown) => ({ deployment: value })],
    ["list of resources", (value: unknown) => ({ deployment: { resources: value } })],
    ["resource", (value: unknown) => stack(value)],
    ["URN", (value: unknown) => stack(resource("aks", {}, { urn: value }))],
    ["type", (value: unknown) => stack(resource("aks", {}, { type: value }))],
    ["custom", (value: unknown) => stack(resource("aks", {}, { custom: value }))],
    ["list of inputs", (value: unknown) => stack(resource("aks", value))],
    ["network", (value: unknown) => stack(resource("aks", { networkProfile: value }))],
    ["engine", (value: unknown) => stack(resource("aks", network(value)))],
    [
      "list of outputs",
      (value: unknown) => stack(resource("aks", {}, { outputs: value, external: true }), pool("win", {})),
    ],
    ["id", (value: unknown) => stack(resource("aks", {}, { id: value }), pool("win", {}))],
    ["position", (value: unknown) => stack(resource("aks", {}, { sourcePosition: value }))],
    ["provider", (value: unknown) => stack(resource("aks", {}, { provider: value }))],
    [
      "version",
      (value: unknown) =>
        stack({ urn: "p", type: "pulumi:providers:a", inputs: { version: value }, id: value }),
    ],
    [
      "list of dependencies",
      (value: unknown) =>
        stack(resource("aks", {}), pool("win", {}, { dependencies: value, propertyDependencies: value })),
    ],
    [
      "dependency",
      (value: unknown) =>
        stack(
          resource("aks", {}),
          pool("win", {}, { dependencies: [value], propertyDependencies: { resourceName: [value] } }),
        ),
    ],
    ["list of ignored changes", (value: unknown) => stack(resource("aks", {}, { ignoreChanges: [value] }))],
  ])("of any type in place of a %s is read or ignored", (_place, documentWith) => {
    for (const value of wrongShapes)
      expect(() => {
        for (const each of clustersOf(documentWith(value)))
          if ("subject" in each) each.lifecycle().ignores("networkProfile");
      }, inspect(value)).not.toThrow();
  });

  test("a network of the wrong type has no settings", () => {
    expect(linesOf(resource("aks", 5), resource("bks", { networkProfile: "a" }))).toEqual([
      "aks: ?",
      "bks: ?",
    ]);
  });

  test("a cluster without a URN is identified by its position", () => {
    const nameless = [undefined, ""].map((urn) => ({ urn, type: clusterType, inputs: {} }));
    expect(clustersOf(stack({}, ...nameless)).map(({ source }) => source.address)).toEqual([
      "resources[1]",
      "resources[2]",
    ]);
  });

  test("names that every object has are ignored", () => {
    const text = `{"urn": "a", "type": "${clusterType}", "inputs": {"__proto__": {"networkProfile": {"networkPolicy": "calico"}}}, "propertyDependencies": {"__proto__": {"resourceName": ["a"]}}}`;
    expect(linesOf(JSON.parse(text))).toEqual(["a: absent"]);
  });

  test("line breaks and colours in names are kept", () => {
    const urn = `urn:pulumi:dev::shop::${clusterType}::a\n::error::\u001b[31m`;
    expect(only({ urn, type: clusterType, inputs: {} }).source).toEqual({ address: urn });
  });

  test("may be nested to any depth", () => {
    let deep: unknown = "calico";
    for (let i = 0; i < 100_000; i++) deep = i % 2 === 0 ? [deep] : { networkPolicy: deep };
    expect(linesOf(resource("aks", network(deep)), resource("bks", { networkProfile: deep }))).toEqual([
      "aks: ?",
      "bks: ?",
    ]);
  });
});
