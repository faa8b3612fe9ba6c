import type { Policy } from "../../shared/policy/configuration";
import { readConfiguration } from "../../shared/policy/configuration";
import type { DatedExemption } from "../../shared/policy/exemptions";
import { ruleNames } from "../../shared/rules";

/** The policy of a valid configuration. */
export function policyOf(configuration: unknown = {}): Policy {
  const reading = readConfiguration(configuration);
  if (!reading.valid) throw new Error(reading.problems.join("\n"));
  return reading.value;
}

/** An exemption as an organisation writes it, from a day before `exampleDay` to one after it. */
export function exemption(changes: Readonly<Record<string, unknown>> = {}): DatedExemption {
  return {
    id: "EXM-0007",
    target: "urn:pulumi:dev::project::azure-native:containerservice:ManagedCluster::aks",
    reason: "Calico is installed by us, see decision record 12",
    category: "mitigated",
    owner: "team-shop@example.com",
    approvedBy: "platform-security",
    ticket: "SEC-1234",
    createdOn: "2026-11-01",
    expiresOn: "2027-02-01",
    ...changes,
  };
}

/** An invalid configuration file, and the messages of each host. */
export interface BadConfiguration {
  readonly file: unknown;
  /** This package's own lines. */
  readonly problems: readonly string[];
  /** Pulumi's message, if Pulumi rejects the file before the pack sees it. */
  readonly engine?: string;
  /** Pulumi drops it silently, and the pack never sees it. */
  readonly dropped?: true;
}

const configured = "network-policy-configured";
const compatible = "network-policy-compatible";
const supported = "network-policy-supported";
/** The keys of a whole configuration. */
const keysOfAll = ["all", ...ruleNames].join(", ");
const levels = "advisory, mandatory, remediate, disabled";
const keysOfConfigured =
  "enforcementLevel, maxExemptionDays, exemptions, engines, bringYourOwnCni, unknown, autoSet";

const exempt = (...exemptions: readonly unknown[]): unknown => ({ [supported]: { exemptions } });
const without = (key: string): unknown => {
  const kept = Object.entries(exemption()).filter(([name]) => name !== key);
  return exempt(Object.fromEntries(kept));
};
const at = `${supported}.exemptions`;

export const badConfigurations: Readonly<Record<string, BadConfiguration>> = {
  "an unknown level": {
    file: { [configured]: "mandatry" },
    problems: [`${configured} is "mandatry"; expected one of ${levels} (did you mean "mandatory"?)`],
    engine: `parsing enforcement level for "${configured}": "mandatry" is not a valid enforcement level`,
  },
  "an unknown level, in an object": {
    file: { [configured]: { enforcementLevel: "none" } },
    problems: [`${configured}.enforcementLevel is "none"; expected one of ${levels}`],
    engine: `parsing enforcement level for "${configured}": "none" is not a valid enforcement level`,
  },
  "an unknown level for all": {
    file: { all: "mandatroy" },
    problems: [`all is "mandatroy"; expected one of ${levels} (did you mean "mandatory"?)`],
    engine: `parsing enforcement level for "all": "mandatroy" is not a valid enforcement level`,
  },
  "a number for a rule": {
    file: { [supported]: 7 },
    problems: [`${supported} is 7; expected a level or an object`],
    engine: `parsing "${supported}": 7 is not a valid value; must be a string or object`,
  },
  "null for a rule": {
    file: { [supported]: null },
    problems: [`${supported} is null; expected a level or an object`],
    engine: `parsing "${supported}"`,
  },
  "several things wrong at once": {
    file: { [configured]: { level: "advisory", autoSet: { engine: "istio", newClusters: "aks" } } },
    problems: [
      `${configured}.autoSet.engine is "istio"; expected one of auto, azure, calico, cilium`,
      `${configured}.autoSet.newClusters is "aks"; expected a list of addresses`,
      `${configured} has an unknown key "level"; expected one of ${keysOfConfigured}`,
    ],
  },
  "an unknown rule": {
    file: { "network-policy-configurd": "advisory" },
    problems: [
      `the configuration has an unknown key "network-policy-configurd"; expected one of ${keysOfAll} (did you mean "${configured}"?)`,
    ],
    dropped: true,
  },
  "an option for all": {
    file: { all: { enforcementLevel: "mandatory", engines: ["cilium"] } },
    problems: [`all has an unknown key "engines"; expected one of enforcementLevel`],
    dropped: true,
  },
  "an option for all, without a level": {
    file: { all: { engines: ["cilium"] } },
    problems: [`all has an unknown key "engines"; expected one of enforcementLevel`],
    engine: `invalid enforcement level ""`,
  },
  "an ESC environment": {
    file: { environments: ["shared"] },
    problems: [`the configuration has an unknown key "environments"; expected one of ${keysOfAll}`],
    dropped: true,
  },
  "a $schema line": {
    file: { $schema: "./configuration.schema.json" },
    problems: [`the configuration has an unknown key "$schema"; expected one of ${keysOfAll}`],
    engine: `parsing enforcement level for "$schema": "./configuration.schema.json" is not a valid enforcement level`,
  },
  "an unknown key, on an advisory rule": {
    file: { all: "advisory", [configured]: { engins: ["cilium"] } },
    problems: [
      `${configured} has an unknown key "engins"; expected one of ${keysOfConfigured} (did you mean "engines"?)`,
    ],
  },
  "a key of JavaScript's own objects": {
    file: JSON.parse(`{ "${configured}": { "constructor": 1 } }`) as unknown,
    problems: [`${configured} has an unknown key "constructor"; expected one of ${keysOfConfigured}`],
  },
  "a key of another rule": {
    file: { [compatible]: { engines: ["cilium"] } },
    problems: [
      `${compatible} has an unknown key "engines"; expected one of enforcementLevel, maxExemptionDays, exemptions, unknown`,
    ],
  },
  "a misspelled engine": {
    file: { [configured]: { engines: ["calico", "cilum"] } },
    problems: [
      `${configured}.engines[1] is "cilum"; expected one of azure, calico, cilium (did you mean "cilium"?)`,
    ],
  },
  "no engine at all": {
    file: { [configured]: { engines: [] } },
    problems: [
      `${configured}.engines is an empty list; expected at least one engine of azure, calico, cilium`,
    ],
  },
  "engines that are not a list": {
    file: { [configured]: { engines: "cilium" } },
    problems: [`${configured}.engines is "cilium"; expected a list of engines`],
    engine: `${configured}: engines: Invalid type. Expected: array, given: string`,
  },
  "an engine that is auto-set and not accepted": {
    file: { [configured]: { engines: ["calico"], autoSet: { engine: "cilium" } } },
    problems: [`${configured}.autoSet.engine is "cilium", which engines does not accept`],
  },
  "an unknown auto-set key": {
    file: { [configured]: { autoSet: { newCluster: [] } } },
    problems: [
      `${configured}.autoSet has an unknown key "newCluster"; expected one of engine, wholeProfile, newClusters, acceptReplacement (did you mean "newClusters"?)`,
    ],
  },
  "a text instead of true": {
    file: { [configured]: { autoSet: { acceptReplacement: "true" } } },
    problems: [`${configured}.autoSet.acceptReplacement is "true"; expected true or false`],
  },
  "an unknown word for the own CNI": {
    file: { [configured]: { bringYourOwnCni: "ignore" } },
    problems: [`${configured}.bringYourOwnCni is "ignore"; expected one of fail, warn, allow`],
  },
  "an unknown word for unknowns": {
    file: { [compatible]: { unknown: "warning" } },
    problems: [`${compatible}.unknown is "warning"; expected one of fail, warn, ignore`],
  },
  "two things wrong under one rule": {
    file: { [compatible]: { unknown: null, maxExemptionDays: 0 } },
    problems: [
      `${compatible}.maxExemptionDays is 0; expected at least 1 day`,
      `${compatible}.unknown is null; expected one of fail, warn, ignore`,
    ],
    engine: `${compatible}: unknown: Invalid type. Expected: string, given: null`,
  },
  "part of a day": {
    file: { [supported]: { noticeDays: 0.5 } },
    problems: [`${supported}.noticeDays is 0.5; expected a whole number of days, or null`],
    engine: `${supported}: noticeDays: Invalid type. Expected: [integer,null], given: number`,
  },
  "a negative number of days": {
    file: { [supported]: { noticeDays: -1 } },
    problems: [`${supported}.noticeDays is -1; expected 0 or more days, or null`],
  },
  "an exemption that is a text": {
    file: exempt("aks"),
    problems: [`${at}[0] is "aks"; expected an exemption`],
    engine: `${supported}: exemptions.0: Invalid type. Expected: object, given: string`,
  },
  ...Object.fromEntries(
    ["id", "target", "reason", "category", "owner", "approvedBy", "createdOn", "expiresOn"].map((key) => [
      `an exemption without ${key}`,
      { file: without(key), problems: [`${at}[0].${key} is missing`] },
    ]),
  ),
  "an exemption with an extra key": {
    file: exempt(exemption({ approvedby: "me" })),
    problems: [
      `${at}[0] has an unknown key "approvedby"; expected one of id, target, reason, category, owner, approvedBy, ticket, createdOn, expiresOn (did you mean "approvedBy"?)`,
    ],
  },
  "an exemption for a pattern": {
    file: exempt(exemption({ target: "urn:pulumi:dev::*" })),
    problems: [
      `${at}[0].target is "urn:pulumi:dev::*"; expected one exact Pulumi URN, CDKTF construct path, STACK:ADDRESS of Terraform or ARM, or Azure resource id; no pattern`,
    ],
  },
  "an exemption with a short reason": {
    file: exempt(exemption({ reason: "because" })),
    problems: [`${at}[0].reason is "because"; expected a reason of at least 20 characters`],
  },
  "an exemption with a blank reason": {
    file: exempt(exemption({ reason: "                         " })),
    problems: [
      `${at}[0].reason is "                         "; expected a reason of at least 20 characters, in one line`,
    ],
  },
  "an exemption with a reason of blanks between two letters": {
    file: exempt(exemption({ reason: `a${" ".repeat(20)}b` })),
    problems: [
      `${at}[0].reason is "a${" ".repeat(20)}b"; expected a reason of at least 20 visible characters`,
    ],
  },
  "an exemption with a reason of characters without width": {
    file: exempt(exemption({ reason: "\u200b".repeat(20) })),
    problems: [
      `${at}[0].reason is "${"\u200b".repeat(20)}"; expected a reason of at least 20 visible characters`,
    ],
  },
  "an exemption with an unknown category": {
    file: exempt(exemption({ category: "Waiver" })),
    problems: [`${at}[0].category is "Waiver"; expected waiver or mitigated`],
  },
  "a day in another order": {
    file: exempt(exemption({ expiresOn: "01.02.2027" })),
    problems: [`${at}[0].expiresOn is "01.02.2027"; expected a date such as 2027-01-31 (UTC)`],
  },
  "a day that does not exist": {
    file: exempt(exemption({ expiresOn: "2027-02-29" })),
    problems: [
      `${at}[0].expiresOn is "2027-02-29"; expected a date such as 2027-01-31 (UTC) that exists in the calendar`,
    ],
  },
  "an end before the beginning": {
    file: exempt(exemption({ createdOn: "2027-02-02" })),
    problems: [`${at}[0].expiresOn is 2027-02-01, before createdOn (2027-02-02)`],
  },
  "an exemption that lasts too long": {
    file: exempt(exemption({ expiresOn: "2027-05-01" })),
    problems: [
      `${at}[0].expiresOn is 2027-05-01, 181 days after createdOn; expected at most 180 days (maxExemptionDays)`,
    ],
  },
  "an exemption that lasts longer than this organisation allows": {
    file: { [supported]: { maxExemptionDays: 30, exemptions: [exemption()] } },
    problems: [
      `${at}[0].expiresOn is 2027-02-01, 92 days after createdOn; expected at most 30 days (maxExemptionDays)`,
    ],
  },
  "two exemptions with one ID": {
    file: exempt(exemption(), exemption({ target: "prod/aks" })),
    problems: [`${at}[1].id is "EXM-0007", which another exemption has, too`],
  },
  "two exemptions of one cluster": {
    file: exempt(exemption(), exemption({ id: "EXM-0008" })),
    problems: [`${at}[1].target is also the target of another exemption`],
  },
  "an empty list instead of an object": {
    file: { [configured]: [] },
    problems: [`${configured} is an empty list; expected an object`],
    engine: `parsing "${configured}": [] is not a valid value; must be a string or object`,
  },
  "an empty list instead of a nested object": {
    file: { [configured]: { autoSet: [] } },
    problems: [`${configured}.autoSet is an empty list; expected an object`],
    engine: `${configured}: autoSet: Invalid type. Expected: object, given: array`,
  },
  "exemptions in an object": {
    file: { [supported]: { exemptions: {} } },
    problems: [`${at} is an object; expected a list of exemptions`],
    engine: `${supported}: exemptions: Invalid type. Expected: array, given: object`,
  },
};
