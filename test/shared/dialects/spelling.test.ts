import { expect, test } from "vitest";
import { camelCase, snakeCase } from "../../../shared/dialects/spelling";

test.each([
  ["network_profile.network_policy", "networkProfile.networkPolicy"],
  ["enable_ipv6", "enableIpv6"],
  ["upgrade_to_2", "upgradeTo2", "upgrade_to2"],
  ["name", "name"],
])("%s is %s in the generated classes", (snake, camel, back = snake) => {
  expect(camelCase(snake)).toBe(camel);
  expect(snakeCase(camel)).toBe(back);
});
