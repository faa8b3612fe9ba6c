import { createPolicies } from "../../../pulumi-pack/policies";
import { azureNative } from "../../../shared/dialects/azure-native";
import { withExemption } from "../../../shared/findings/exempted";
import { findingsOf } from "../../../shared/findings/judge";
import { readCluster } from "../../../shared/reading/cluster";
import { rules } from "../../../shared/rules";
import type { Rule } from "../../../shared/rules/rule";
import { exemption } from "../../support/configurations";
import { exampleDay, findingsTold, plainField, pulumiVoice } from "../../support/evaluate";
import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { describe, expect, test } from "vitest";

const type = "azure-native:containerservice:ManagedCluster";
const secret = "hunter2-in-an-error";

/** A resource that its host cannot show: reading a property throws. */
const broken: Record<string, unknown> = Object.defineProperty({}, "networkProfile", {
  enumerable: true,
  get: () => {
    throw new TypeError(secret);
  },
});
const bad = { networkProfile: { networkPlugin: "azure" } };

interface Reported {
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel?: string;
}

function resourceArgs(urn: string, props: Record<string, unknown>): ResourceValidationArgs {
  const notApplicable = (reason?: string): never => {
    throw new Error(reason);
  };
  return {
    type,
    urn,
    name: urn,
    props,
    notApplicable,
    getConfig: () => ({}),
  } as unknown as ResourceValidationArgs;
}

function stackArgs(...props: Record<string, unknown>[]): StackValidationArgs {
  const resources = props.map((each, i): Partial<PolicyResource> => ({
    type,
    urn: `urn${i}`,
    name: `aks${i}`,
    props: each,
    dependencies: [],
    propertyDependencies: {},
  }));
  return { resources, getConfig: () => ({}) } as unknown as StackValidationArgs;
}

describe("a bug becomes a failing finding, and the rest is still checked:", () => {
  test("inside a rule", () => {
    const [first] = rules;
    if (first === undefined) throw new Error("no rules");
    const buggy: Rule = {
      ...first,
      judge: () => {
        throw new RangeError(secret);
      },
    };
    const subject = { cluster: readCluster(plainField(bad), azureNative), dialect: azureNative };
    const findings = findingsTold(buggy, subject, { today: exampleDay }, pulumiVoice);
    expect(findings.map(({ kind }) => kind)).toEqual(["failure"]);
    expect(findings[0]?.message).toMatch(
      /^This cluster could not be judged: RangeError inside the rule network-policy-configured\./,
    );
    expect(findings[0]?.message).not.toContain(secret);
  });

  test("while a resource's inputs are read", () => {
    for (const policy of createPolicies({ today: () => exampleDay })) {
      const reported: Reported[] = [];
      const validate = policy.validateResource;
      if (typeof validate !== "function") throw new Error("not a function");
      const report = (violation: unknown): void => void reported.push(violation as Reported);
      void validate(resourceArgs("urn0", broken), report);
      expect(reported.map(({ urn, enforcementLevel }) => [urn, enforcementLevel])).toEqual([
        ["urn0", undefined],
      ]);
      expect(reported[0]?.message).toContain(`could not be judged: TypeError inside the rule ${policy.name}`);
      expect(JSON.stringify(reported)).not.toContain(secret);
    }
  });

  test("while a remediation is chosen, which then writes nothing", () => {
    const [policy] = createPolicies({ today: () => exampleDay });
    const reported: Reported[] = [];
    expect(policy?.remediateResource?.(resourceArgs("urn0", broken))).toBeUndefined();
    // Without the resource's options the choice fails.
    const args = resourceArgs("urn1", bad);
    expect(policy?.remediateResource?.(args)).toBeUndefined();
    const validate = policy?.validateResource;
    if (typeof validate !== "function") throw new Error("not a function");
    void validate(args, (violation: unknown) => void reported.push(violation as Reported));
    expect(reported.map(({ message }) => message.split("\n"))).toEqual([
      expect.arrayContaining([
        "Auto-set wrote nothing: it failed because of a bug in aks-network-policy-pack.",
      ]),
    ]);
    expect(bad).toEqual({ networkProfile: { networkPlugin: "azure" } });
  });

  test("in the middle of a stack", () => {
    const [policy] = createPolicies({ today: () => exampleDay });
    const reported: Reported[] = [];
    void policy?.validateStack(stackArgs(bad, broken, bad), (violation: unknown) => {
      reported.push(violation as Reported);
    });
    expect(reported.map(({ urn, message }) => [urn, message.split(":")[0]])).toEqual([
      ["urn0", "networkProfile.networkPolicy is not set"],
      ["urn1", "This cluster could not be judged"],
      ["urn2", "networkProfile.networkPolicy is not set"],
    ]);
  });

  test.each([
    [
      "throws",
      (): Date => {
        throw new Error(secret);
      },
      "an error",
    ],
    ["returns an invalid date", (): Date => new Date(secret), "RangeError"],
  ])("even if the clock %s while the verdict depends on the day", (_title, today, error) => {
    const policies = createPolicies({ today });
    const reported: Reported[] = [];
    const ending = { networkProfile: { networkPlugin: "azure", networkPolicy: "azure" } };
    for (const policy of policies) {
      void policy.validateStack(stackArgs(ending), (violation: unknown) => {
        reported.push(violation as Reported);
      });
    }
    expect(reported.map(({ message }) => message.split("\n")[0])).toEqual([
      `This cluster could not be judged: ${error} inside the rule network-policy-supported.`,
    ]);
    expect(JSON.stringify(reported)).not.toContain(secret);
  });

  test("and a broken clock exempts nothing", () => {
    const subject = { cluster: readCluster(plainField(bad), azureNative), dialect: azureNative };
    const [rule] = rules;
    if (rule === undefined) throw new Error("no rules");
    const circumstances = { today: new Date(NaN) };
    const findings = findingsOf(rule, subject, circumstances);
    expect(findings.map(({ kind }) => kind)).toEqual(["failure"]);
    expect(withExemption(findings, exemption(), circumstances)).toEqual(findings);
  });
});
