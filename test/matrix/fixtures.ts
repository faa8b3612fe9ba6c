/** A user's project: the sources that every cell of the matrix runs. */
import type { LibraryName } from "./cells";

/**
 * A cluster without an engine, and one with. The old bindings have `features` as one block, later ones as a
 * list.
 */
export const stackSource = (library: LibraryName, features: "{}" | "[{}]"): string => `\
import { KubernetesCluster } from "@${library}/provider-azurerm/lib/kubernetes-cluster";
import { AzurermProvider } from "@${library}/provider-azurerm/lib/provider";
import { TerraformStack } from "${library}";
import { Construct } from "constructs";

const common = {
  location: "westeurope",
  resourceGroupName: "shop",
  dnsPrefix: "shop",
  identity: { type: "SystemAssigned" },
  defaultNodePool: { name: "system", vmSize: "Standard_D4s_v5", nodeCount: 3 },
};

export class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, "azurerm", { features: ${features} });
    new KubernetesCluster(this, "open", {
      ...common,
      name: "open",
      networkProfile: { networkPlugin: "azure" },
    });
    new KubernetesCluster(this, "fine", {
      ...common,
      name: "fine",
      networkProfile: { networkPlugin: "azure", networkPolicy: "calico" },
    });
  }
}

/** Auto-set finds its way to the setters of the bindings, whose names have changed over the years. */
export class Empty extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, "azurerm", { features: ${features} });
    new KubernetesCluster(this, "new", { ...common, name: "new" });
  }
}
`;

/** The \`main.ts\` of the template, with the Aspect. */
export const mainSource = (library: LibraryName): string => `\
import { App, Aspects } from "${library}";
import { AksNetworkPolicyAspect } from "aks-network-policy-pack/cdktf";
import { Shop } from "./stack";

const app = new App();
AksNetworkPolicyAspect.applyTo(app, Aspects);
new Shop(app, "shop");
app.synth();
`;

/** Where a user's test writes what it saw, for the matrix to compare. */
export const seenFile = "seen.json";

export interface Seen {
  readonly node: string;
  readonly found: readonly string[];
  readonly written: Readonly<Record<string, unknown>>;
}

/**
 * A user's unit tests. The runner's functions are imported, because TypeScript 6 finds no globals by itself.
 */
export const testSource = (library: LibraryName, runner: "jest" | "vitest"): string => `\
import { expect, test } from "${runner === "jest" ? "@jest/globals" : "vitest"}";
import { Aspects, TerraformStack, Testing } from "${library}";
import { AksNetworkPolicyAspect } from "aks-network-policy-pack/cdktf";
import { writeFileSync } from "fs";
import { Empty, Shop } from "../stack";

function found(stack: TerraformStack): string[] {
  const lines: string[] = [];
  for (const { node } of stack.node.findAll()) {
    for (const { type, data } of node.metadata) {
      if (type === "@cdktf/error" || type === "@cdktf/warn") lines.push(\`[\${node.path}] \${data}\`);
    }
  }
  return lines;
}

test("clusters without an engine are found, and auto-set gives them one", () => {
  const shop = new Shop(Testing.app(), "shop");
  Aspects.of(shop).add(new AksNetworkPolicyAspect());
  expect(() => Testing.synth(shop, true)).toThrow("network-policy-configured");
  expect(found(shop)).toHaveLength(1);

  const app = Testing.app();
  AksNetworkPolicyAspect.applyTo(app, Aspects, {
    "network-policy-configured": {
      enforcementLevel: "remediate",
      autoSet: { wholeProfile: true, newClusters: ["empty/new"] },
    },
  });
  const empty = new Empty(app, "empty");
  const json = JSON.parse(Testing.synth(empty, true));
  expect(found(empty)).toEqual([]);

  const written = json.resource.azurerm_kubernetes_cluster["new"].network_profile;
  writeFileSync("${seenFile}", JSON.stringify({ node: process.versions.node, found: found(shop), written }));
});
`;

/** A user's own pack in TypeScript, as \`pulumi policy new\` starts one. */
export const ownPackSource = `\
import { PolicyPack } from "@pulumi/policy";
import { policies } from "aks-network-policy-pack/pulumi";

new PolicyPack("our-rules", { policies: [...policies] });
`;
