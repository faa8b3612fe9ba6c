/** The policies as values, called without an engine, as tests of an organisation's own pack call them. */
import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { expect, test } from "vitest";
import type { AksNetworkPolicy } from "../../pulumi-pack/policies";
import { writeInputs } from "../../pulumi-pack/inputs";
import { createPolicies, policies } from "../../pulumi-pack/policies";
import { urnOf } from "../engine/analyzer";
import { exemption } from "../support/configurations";
import { exampleDay } from "../support/evaluate";

const cluster = "azure-native:containerservice:ManagedCluster";
const template = "azure-native:resources:Deployment";

interface Reported {
  readonly message: string;
  readonly urn?: string;
  readonly enforcementLevel?: string;
}

function configOf(policy: AksNetworkPolicy, options: object): () => object {
  return () => (policy.name === "network-policy-configured" ? options : {});
}

function toldAtRegistration(
  policy: AksNetworkPolicy,
  type: string,
  props: object,
  options: object = {},
): Reported[] {
  const reported: Reported[] = [];
  const { validateResource } = policy;
  if (typeof validateResource !== "function") throw new Error("not a function");
  const args = { type, urn: urnOf(type, "a"), name: "a", props, getConfig: configOf(policy, options) };
  void validateResource(args as unknown as ResourceValidationArgs, (each: unknown) => {
    reported.push(each as Reported);
  });
  return reported;
}

function toldAtTheEnd(
  policy: AksNetworkPolicy,
  resources: readonly (readonly [type: string, props: object])[],
  options: object = {},
): Reported[] {
  const reported: Reported[] = [];
  const shown = resources.map(([type, props], i): Partial<PolicyResource> => ({
    type,
    urn: urnOf(type, `r${i}`),
    name: `r${i}`,
    props,
    dependencies: [],
    propertyDependencies: {},
  }));
  const args = { resources: shown, getConfig: configOf(policy, options) };
  void policy.validateStack(args as unknown as StackValidationArgs, (each: unknown) => {
    reported.push(each as Reported);
  });
  return reported;
}

test("know the day by themselves", () => {
  const ending = { networkProfile: { networkPlugin: "azure", networkPolicy: "azure" } };
  const told = policies.flatMap((policy) => toldAtRegistration(policy, cluster, ending));
  expect(told.map(({ message }) => message.split(" ").slice(0, 3).join(" "))).toEqual([
    expect.not.stringContaining("This cluster could"),
  ]);
});

test("of which one remediates", () => {
  const remediating = createPolicies().filter(({ remediateResource }) => remediateResource !== undefined);
  expect(remediating.map(({ name }) => name)).toEqual(["network-policy-configured"]);
});

test("report a template that cannot be shown as a bug", () => {
  const broken = {
    get properties(): never {
      throw new RangeError("broken");
    },
  };
  for (const policy of createPolicies({ today: () => exampleDay })) {
    const told = toldAtRegistration(policy, template, broken);
    expect(told.map(({ message, urn }) => [message.split(".")[0], urn])).toEqual([
      [`This cluster could not be judged: RangeError inside the rule ${policy.name}`, urnOf(template, "a")],
    ]);
  }
});

test("judge by the options of each call", () => {
  const fine = {
    networkProfile: { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
  };
  const [policy] = createPolicies({ today: () => exampleDay });
  if (policy === undefined) throw new Error("no policies");
  const told = [{}, { engines: ["calico"] }, {}].map((options) =>
    toldAtRegistration(policy, cluster, fine, options),
  );
  expect(told.map((each) => each.length)).toEqual([0, 1, 0]);
});

test("judge by their own options if another's are invalid", () => {
  const misfit = { networkProfile: { networkPlugin: "azure", networkPolicy: "cilium" } };
  const told = createPolicies({ today: () => exampleDay }).flatMap((policy) =>
    toldAtRegistration(policy, cluster, misfit, { engines: "calico" }),
  );
  expect(told.map(({ message }) => message.split(/[ ,]/).slice(0, 3).join(" "))).toEqual([
    "The configuration of",
    'networkProfile.networkPolicy is "cilium"',
  ]);
});

test("report what a stack has too much on the stack, if it is shown", () => {
  const unused = {
    exemptions: [exemption({ target: urnOf(cluster, "nobody") })],
    autoSet: { newClusters: [urnOf(cluster, "nobody")] },
  };
  const [policy] = createPolicies({ today: () => exampleDay });
  if (policy === undefined) throw new Error("no policies");
  const root = "pulumi:pulumi:Stack";
  const levelsOf = (resources: Parameters<typeof toldAtTheEnd>[1], options: object): unknown =>
    toldAtTheEnd(policy, resources, options).map(({ urn, enforcementLevel }) => [urn, enforcementLevel]);
  const group = "azure-native:resources:ResourceGroup";
  expect(
    levelsOf(
      [
        [group, {}],
        [root, {}],
      ],
      unused,
    ),
  ).toEqual([
    [urnOf(root, "r1"), "advisory"],
    [urnOf(root, "r1"), "advisory"],
  ]);
  expect(levelsOf([[group, {}]], unused)).toEqual([
    [undefined, "advisory"],
    [undefined, "advisory"],
  ]);
  // Nothing tells whether they belong to a stack without resources.
  expect(levelsOf([], unused)).toEqual([]);
  const invalid = { engines: "calico" };
  expect(
    levelsOf(
      [
        [group, {}],
        [root, {}],
      ],
      invalid,
    ),
  ).toEqual([[urnOf(root, "r1"), "mandatory"]]);
});

test.each<[title: string, props: object, paths: readonly string[], message: string]>([
  ["two blocks", {}, ["a.b", "c.d"], "settings of more than one block"],
  ["no block", {}, [], "settings of more than one block"],
  ["a text", { a: "text" }, ["a.b"], "not a block"],
  ["inputs that cannot be written", Object.freeze({}), ["a.b"], "not a block"],
  ["inputs that keep what they have", Object.freeze({ a: null }), ["a.b"], "not a block"],
])("write nothing into %s", (_title, props, paths, message) => {
  const settings = paths.map((path) => ({ setting: "engine", path, value: "cilium" }) as const);
  const before = JSON.stringify(props);
  expect(() => {
    writeInputs(props, settings);
  }).toThrow(new TypeError(message));
  expect(JSON.stringify(props)).toBe(before);
});
