/** The sentence about what a change does to an existing cluster. */
import { expect, test } from "vitest";
import type { ChangeEffect } from "../../../shared/fixes/replacement";
import { effectSentence } from "../../../shared/messages/effects";

const engine = { setting: "engine", path: "network_profile.network_policy", value: "calico" } as const;
const change: ChangeEffect = {
  tool: "azurerm",
  toolVersion: undefined,
  effect: undefined,
  azurermSince: undefined,
  steps: [[engine]],
  before: [],
  toCilium: false,
  newBlock: false,
};

test.each<[title: string, more: Partial<ChangeEffect>, sentence: string]>([
  ["no version changes it in place", {}, "azurerm REPLACES it, in every version."],
  [
    "every version does",
    { azurermSince: "0.0" },
    "azurerm changes it in place (every node pool is reimaged).",
  ],
  [
    "later versions do",
    { azurermSince: "3.75" },
    "azurerm 3.75 and later change it in place (every node pool is reimaged); earlier versions REPLACE it.",
  ],
  [
    "this version replaces, and the change adds the first block",
    { toolVersion: "3.1.0", effect: "replaced", azurermSince: "3.75", newBlock: true },
    "azurerm 3.1.0 (this program's version) REPLACES it; 3.75 and later change it in place. Read the plan first: adding a network profile can force a replacement.",
  ],
  [
    "this version replaces, as all do",
    { toolVersion: "3.1.0", effect: "replaced" },
    "azurerm 3.1.0 (this program's version) REPLACES it.",
  ],
  [
    "the change is not sent",
    { toolVersion: "4.1.0", effect: "in place", azurermSince: "3.75", notSentBecauseOf: "outbound_type" },
    "azurerm 4.1.0 (this program's version) changes it in place (every node pool is reimaged). But azurerm does not send this change to a cluster without a load balancer profile, and with its outbound type (outbound_type) this cluster has none: it stays unchanged until it is recreated.",
  ],
])("%s", (_title, more, sentence) => {
  expect(effectSentence({ ...change, ...more })).toBe(sentence);
});
