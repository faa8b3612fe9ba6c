/** The documented semantics on which the comparison with the rules depends. */
import { describe, expect, test } from "vitest";
import { interpreted, tested } from "./interpreter";

const prefix = "Microsoft.ContainerService/managedClusters/";
const engine = `${prefix}networkProfile.networkPolicy`;
const families = `${prefix}networkProfile.ipFamilies[*]`;
const pools = `${prefix}agentPoolProfiles[*]`;
const security = `${prefix}networkProfile.advancedNetworking.security.enabled`;

/** The result of a condition on the properties of a cluster. */
function says(condition: object, properties: unknown, parameters = {}): boolean {
  return tested(condition)({ resource: { type: "t", properties }, parameters });
}
const withEngine = (networkPolicy: unknown): object => ({ networkProfile: { networkPolicy } });

describe("a field", () => {
  const rows: readonly (readonly [condition: object, engine: unknown, says: boolean])[] = [
    [{ equals: "calico" }, "calico", true],
    [{ equals: "calico" }, "CALICO", true],
    [{ equals: "kubenet" }, "\u212Aubenet", false],
    [{ equals: "calico" }, undefined, false],
    [{ equals: "calico" }, null, false],
    [{ equals: "" }, "", true],
    [{ equals: "" }, null, false],
    [{ equals: "5" }, 5, true],
    [{ equals: "calico" }, ["calico"], false],
    [{ notEquals: "calico" }, undefined, true],
    [{ notEquals: "calico" }, null, true],
    [{ notEquals: "calico" }, "Calico", false],
    [{ notEquals: "calico" }, ["calico"], true],
    [{ in: ["azure", "calico"] }, "Calico", true],
    [{ in: ["azure", ""] }, "", true],
    [{ in: ["azure", ""] }, undefined, false],
    [{ notIn: ["azure"] }, undefined, true],
    [{ notIn: ["azure"] }, "AZURE", false],
    [{ exists: true }, "", true],
    [{ exists: true }, null, false],
    [{ exists: "false" }, undefined, true],
  ];
  test.each(rows)("%j of %j is %s", (condition, value, expected) => {
    expect(says({ field: engine, ...condition }, withEngine(value))).toBe(expected);
  });

  test("that is true equals the text true", () => {
    const properties = { networkProfile: { advancedNetworking: { security: { enabled: true } } } };
    expect(says({ field: security, equals: "true" }, properties)).toBe(true);
  });

  test("below a value that is not an object is missing", () => {
    for (const networkProfile of ["azure", 5, null, [{ networkPolicy: "azure" }]])
      expect(says({ field: engine, exists: true }, { networkProfile })).toBe(false);
    const inherited: unknown = Object.create({ networkPolicy: "azure" });
    expect(says({ field: engine, exists: true }, { networkProfile: inherited })).toBe(false);
  });
});

describe("an array", () => {
  const more = (where: object): object => ({ count: { field: families, where }, greater: 0 });
  const isIPv6 = { field: families, equals: "IPv6" };
  const rows: readonly (readonly [ipFamilies: unknown, some: boolean, all: boolean])[] = [
    [["IPv4", "IPv6"], true, false],
    [["ipv6"], true, true],
    [["IPv4"], false, false],
    [[], false, true],
    [[null], false, false],
    [undefined, false, false],
    ["IPv6", false, false],
  ];
  test.each(rows)("%j: one member is IPv6: %s, all are: %s", (ipFamilies, some, all) => {
    expect(says(more(isIPv6), { networkProfile: { ipFamilies } })).toBe(some);
    expect(says(isIPv6, { networkProfile: { ipFamilies } })).toBe(all);
  });

  test("of objects is counted by a field of its members, and other fields remain those of the resource", () => {
    const isWindows = { field: `${pools}.osType`, equals: "windows" };
    const where = { allOf: [isWindows, { field: engine, equals: "azure" }] };
    const condition = { count: { field: pools, where }, greater: 1 };
    const agentPoolProfiles = [{ osType: "Windows" }, {}, { osType: "Windows" }];
    expect(says(condition, { ...withEngine("azure"), agentPoolProfiles })).toBe(true);
    expect(says(condition, { ...withEngine("calico"), agentPoolProfiles })).toBe(false);
  });
});

test("a parameter has the value from the assignment, or its default", () => {
  const parameters = { engines: { type: "Array", metadata: {}, defaultValue: ["azure"] } };
  const effects = ["Audit", "Deny", "Disabled"];
  const effect = { type: "String", metadata: {}, defaultValue: "Audit", allowedValues: effects };
  const policyRule = {
    if: { value: "AZURE", in: "[parameters('engines')]" },
    then: { effect: "[parameters('effect')]" },
  };
  const effectOn = interpreted({
    properties: { parameters: { effect, ...parameters }, policyRule },
  } as never);
  expect(effectOn({})).toBe("Audit");
  expect(effectOn({}, { effect: "Deny" })).toBe("Deny");
  expect(effectOn({}, { effect: "Disabled" })).toBeUndefined();
  expect(effectOn({}, { engines: ["calico"] })).toBeUndefined();
  expect(() => effectOn({}, { effect: "Warn" })).toThrow('effect cannot be "Warn"');
  expect(() => effectOn({}, { engine: [] })).toThrow("no such parameter: engine");
});

test.each([
  [{ field: `${prefix}networkProfile.dnsServiceIP`, equals: "x" }, "no such alias"],
  [{ field: engine, like: "x" }, "no such operator: like"],
  [{ field: engine, equals: "x", notEquals: "y" }, "no condition"],
  [{ field: engine, value: "x", equals: "y" }, "no condition"],
  [{ field: engine }, "no condition"],
  [{ not: { field: engine, exists: true }, equals: "x" }, "no condition"],
  [{ value: "[utcNow()]", equals: "x" }, "no expression of ours"],
  [{ count: { field: engine, where: {} }, greater: 0 }, "no count of an array"],
])("%j is rejected", (condition, why) => {
  expect(() => tested(condition)).toThrow(why);
});
