import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { readPulumiPreview } from "../../../shared/documents/pulumi/preview";
import { shown } from "../../support/shown-clusters";
import { wrongShapes } from "../../support/wrong-shapes";

const type = "azure-native:containerservice:ManagedCluster";
const poolType = "azure-native:containerservice:AgentPool";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function urnOf(name: string, ofType = type): string {
  return `urn:pulumi:dev::shop::${ofType}::${name}`;
}

function network(networkPolicy: unknown): object {
  return { networkProfile: { networkPlugin: "azure", networkPolicy } };
}

interface Step {
  readonly op: unknown;
  readonly name: string;
  readonly inputs?: unknown;
  readonly state?: object;
  readonly more?: object;
  readonly type?: string;
}

function stateOf({ name, inputs = {}, state = {}, type: ofType = type }: Step): object {
  return { urn: urnOf(name, ofType), type: ofType, custom: true, inputs, ...state };
}

/** The same preview as one document, and as the engine's events. */
function bothForms(
  steps: readonly Step[],
  changes: object,
  isFailed = false,
): readonly [digest: object, stream: object] {
  const diagnostic = { severity: "error", message: "error: no" };
  const digest = {
    config: {},
    steps: steps.map((step) => ({
      op: step.op,
      urn: urnOf(step.name, step.type),
      newState: stateOf(step),
      detailedDiff: null,
      ...step.more,
    })),
    ...(isFailed ? { diagnostics: [diagnostic] } : {}),
    changeSummary: changes,
  };
  const events = [
    { preludeEvent: { config: {} } },
    ...steps.map((step) => {
      const { replaceReasons: keys = null, ...more } = (step.more ?? {}) as {
        readonly replaceReasons?: unknown;
      };
      const metadata = {
        op: step.op,
        urn: urnOf(step.name, step.type),
        type: step.type ?? type,
        old: null,
        new: stateOf(step),
        keys,
        ...more,
      };
      return { resourcePreEvent: { metadata, planning: true } };
    }),
    ...(isFailed ? [{ diagnosticEvent: diagnostic }] : [{ diagnosticEvent: { severity: "warning" } }]),
    { summaryEvent: { resourceChanges: changes, result: isFailed ? "failed" : "succeeded" } },
    { cancelEvent: {} },
  ];
  return [digest, events.map((event, sequence) => ({ sequence, timestamp: 1, ...event }))];
}

const linesOf = (document: unknown): string[] => readPulumiPreview(document).clusters.map(shown);
const forms = ["one document", "a stream of events"] as const;

describe.each(forms)("a preview in %s", (form) => {
  const previewOf = (steps: readonly Step[], changes: object = {}, isFailed = false): object =>
    bothForms(steps, changes, isFailed)[forms.indexOf(form)] ?? {};
  const one = (op: unknown, more: object = {}): object =>
    previewOf([{ op, name: "aks", inputs: network("calico"), more }]);

  test.each<[op: string, planned: object | undefined]>([
    ["create", { action: "create", because: [] }],
    ["update", { action: "update", because: [] }],
    ["same", { action: "none", because: [] }],
    ["import", { action: "none", because: [] }],
    ["replace", { action: "replace", because: [] }],
    ["create-replacement", { action: "replace", because: [] }],
    ["import-replacement", { action: "replace", because: [] }],
    ["an operation that is not known yet", undefined],
  ])("checks the step %s", (op, planned) => {
    const { kind, clusters } = readPulumiPreview(one(op));
    expect([kind, clusters.map(shown)]).toEqual(["pulumi-preview", ["aks: calico"]]);
    expect(clusters[0]?.source).toEqual({
      address: urnOf("aks"),
      ...(planned === undefined ? {} : { planned }),
    });
  });

  test.each([
    "delete",
    "delete-replaced",
    "read",
    "read-replacement",
    "refresh",
    "discard",
    "discard-replaced",
    "read-discard",
    "remove-pending-replace",
  ])("does not check the step %s", (op) => {
    expect(linesOf(one(op))).toEqual([]);
  });

  test("checks a replacement once, however many steps it has", () => {
    const steps = ["delete-replaced", "replace", "create-replacement"].map((op) => ({
      op,
      name: "aks",
      inputs: network("azure"),
    }));
    expect(linesOf(previewOf(steps))).toEqual(["aks: azure"]);
    expect(linesOf(previewOf([...steps, { op: "replace", name: "bks", inputs: network("none") }]))).toEqual([
      "aks: azure",
      "bks: none",
    ]);
  });

  test("does not check what the program only reads", () => {
    expect(
      linesOf(previewOf([{ op: "same", name: "aks", inputs: network("none"), state: { external: true } }])),
    ).toEqual([]);
  });

  test.each<[title: string, more: object, because: readonly string[]]>([
    ["the reasons", { replaceReasons: ["networkProfile", "sku"] }, ["networkProfile", "sku"]],
    [
      "the detailed reasons",
      {
        replaceReasons: ["networkProfile"],
        detailedDiff: {
          "networkProfile.networkPolicy": { kind: "update-replace", inputDiff: true },
          'tags["a"]': { kind: "update" },
          "networkProfile.podCidr": { kind: "add-replace" },
        },
      },
      ["networkProfile.networkPolicy", "networkProfile.podCidr"],
    ],
    [
      "the reasons if the details have none",
      { replaceReasons: ["sku"], detailedDiff: { tags: { kind: "update" } } },
      ["sku"],
    ],
    ["no reason if no property forces it", { detailedDiff: { tags: { kind: "update" } } }, []],
    [
      "no text that is not a path",
      { replaceReasons: ["a\n::error::", "\u001b[31m", 5, "a b", "a".repeat(201), "sku"] },
      ["sku"],
    ],
    ["nothing of the wrong type", { replaceReasons: "sku", detailedDiff: ["sku"] }, []],
  ])("reports %s of a replacement", (_title, more, because) => {
    expect(readPulumiPreview(one("replace", more)).clusters[0]?.source.planned).toEqual({
      action: "replace",
      because,
    });
  });

  test("has unknown values where they are only known after the update", () => {
    const steps = [
      { op: "create", name: "a", inputs: network(unknown) },
      { op: "create", name: "b", inputs: { networkProfile: "[secret]" } },
    ];
    expect(linesOf(previewOf(steps))).toEqual(["a: unknown", "b: unknown"]);
  });

  test("assigns separate pools to their clusters, unless they are deleted", () => {
    const named = { osType: "Windows", resourceName: "shop" };
    const steps = [
      { op: "create", name: "a", inputs: { ...network("azure"), resourceName: "shop" } },
      { op: "same", name: "b", inputs: { ...network("azure"), resourceName: "other" } },
      { op: "create", name: "win", inputs: { ...named, agentPoolName: "win" }, type: poolType },
      { op: "delete", name: "old", inputs: { ...named, agentPoolName: "old" }, type: poolType },
    ];
    expect(linesOf(previewOf(steps))).toEqual(["a: azure win", "b: azure"]);
  });

  test("assigns a pool of a cluster that is only read to no other", () => {
    const id = "/subscriptions/0/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/read";
    const links = { dependencies: [urnOf("read")], propertyDependencies: { resourceName: [urnOf("read")] } };
    const steps = [
      { op: "create", name: "a", inputs: network("azure") },
      { op: "read", name: "read", inputs: undefined, state: { external: true, id } },
      {
        op: "create",
        name: "win",
        inputs: { osType: "Windows", resourceName: "read" },
        state: links,
        type: poolType,
      },
    ];
    expect(linesOf(previewOf(steps))).toEqual(["a: azure"]);
  });

  test("knows the version of a hidden default provider from its name", () => {
    const provider = `urn:pulumi:dev::shop::pulumi:providers:azure-native::default_2_92_3::${unknown}`;
    const [each] = readPulumiPreview(previewOf([{ op: "create", name: "a", state: { provider } }])).clusters;
    expect(each !== undefined && "subject" in each && each.subject).toMatchObject({
      toolVersion: "2.92.3",
      dialect: { version: "2023-04-01" },
    });
  });

  const same = { op: "same", name: "aks" };
  test.each<
    [title: string, steps: readonly Step[], changes: object, isFailed: boolean, notes: readonly string[]]
  >([
    [
      "that unchanged resources are left out",
      [same],
      { same: 2 },
      false,
      ["the preview leaves unchanged resources out"],
    ],
    [
      "that unchanged resources are left out, whatever changes",
      [{ op: "create", name: "aks" }],
      { same: 1, create: 1 },
      false,
      ["the preview leaves unchanged resources out"],
    ],
    ["nothing if they are included", [same], { same: 1, create: 4 }, false, []],
    ["nothing if there are none", [], { create: 1 }, false, []],
    ["nothing if their number has the wrong type", [], { same: "5" }, false, []],
    ["that it failed", [same], { same: 1 }, true, ["the preview failed"]],
    ["both", [], { same: 1 }, true, ["the preview failed", "the preview leaves unchanged resources out"]],
  ])("reports %s", (_title, steps, changes, isFailed, notes) => {
    expect(readPulumiPreview(previewOf(steps, changes, isFailed)).notes).toEqual(notes);
  });

  test.each([
    ["operation", (value: unknown) => previewOf([{ op: value, name: "a" }])],
    ["list of inputs", (value: unknown) => previewOf([{ op: "create", name: "a", inputs: value }])],
    ["type", (value: unknown) => previewOf([{ op: "create", name: "a", state: { type: value } }])],
    [
      "list of reasons",
      (value: unknown) => previewOf([{ op: "replace", name: "a", more: { replaceReasons: value } }]),
    ],
    [
      "detailed difference",
      (value: unknown) => previewOf([{ op: "replace", name: "a", more: { detailedDiff: value } }]),
    ],
    [
      "difference",
      (value: unknown) =>
        previewOf([{ op: "replace", name: "a", more: { detailedDiff: { a: value, b: { kind: value } } } }]),
    ],
    ["summary", (value: unknown) => previewOf([], value as object)],
    ["number of unchanged resources", (value: unknown) => previewOf([], { same: value })],
  ])("of any type in place of a %s is read or ignored", (_place, documentWith) => {
    for (const value of wrongShapes)
      expect(() => readPulumiPreview(documentWith(value)), inspect(value)).not.toThrow();
  });
});

describe("a preview", () => {
  test.each([
    ["document", (value: unknown) => value],
    ["event", (value: unknown) => [value]],
    ["step", (value: unknown) => ({ steps: [value] })],
    ["list of steps", (value: unknown) => ({ steps: value, changeSummary: value, diagnostics: value })],
    ["state", (value: unknown) => ({ steps: [{ op: "create", urn: urnOf("a"), newState: value }] })],
    ["URN", (value: unknown) => ({ steps: [{ op: "create", urn: value, newState: {} }] })],
    ["diagnostic", (value: unknown) => ({ diagnostics: [value] })],
    [
      "step in an event",
      (value: unknown) => [{ resourcePreEvent: value }, { resourcePreEvent: { metadata: value } }],
    ],
    ["other event", (value: unknown) => [{ summaryEvent: value, diagnosticEvent: value }]],
  ])("of any type in place of a %s is read or ignored", (_place, documentWith) => {
    for (const value of wrongShapes)
      expect(() => readPulumiPreview(documentWith(value)), inspect(value)).not.toThrow();
  });

  test("without the state of a new cluster has a cluster without settings", () => {
    expect(linesOf({ steps: [{ op: "create", urn: urnOf("aks") }] })).toEqual(["aks: absent"]);
  });

  test("whose events end before the summary has failed", () => {
    expect(readPulumiPreview([{ sequence: 0, preludeEvent: {} }]).notes).toEqual(["the preview failed"]);
  });

  test.each<[title: string, severity: string, result: string, notes: readonly string[]]>([
    ["with an error", "error", "succeeded", ["the preview failed"]],
    ["with a failed result", "warning", "failed", ["the preview failed"]],
    ["with neither", "warning", "succeeded", []],
  ])("in events %s", (_title, severity, result, notes) => {
    const events = [{ diagnosticEvent: { severity } }, { summaryEvent: { result } }];
    expect(readPulumiPreview(events).notes).toEqual(notes);
  });

  test("identifies a cluster without a URN by its step", () => {
    const metadata = { op: "create", type, new: { type, inputs: {} } };
    const [each] = readPulumiPreview([{ resourcePreEvent: { metadata } }]).clusters;
    expect(each?.source.address).toBe("steps[0]");
  });

  test("with names that every object has, line breaks and colours in names, and any depth", () => {
    let deep: unknown = "calico";
    for (let i = 0; i < 100_000; i++) deep = { networkPolicy: deep };
    const text = `{"op": "create", "urn": "u\\n::error::", "newState": {"type": "${type}", "__proto__": {"inputs": {"networkProfile": {"networkPolicy": "calico"}}}}}`;
    const steps = [
      JSON.parse(text) as unknown,
      { op: "create", urn: "v", newState: { type, inputs: { networkProfile: deep } } },
    ];
    expect(linesOf({ steps })).toEqual(["u\n::error::: absent", "v: ?"]);
  });
});
