import * as cdktf from "cdktf";
import * as cdktn from "cdktn";
import type { Construct } from "constructs";
import { KubernetesCluster as CdktfCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool as CdktfPool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { DataAzurermKubernetesCluster as CdktfDataCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { AzurermProvider as CdktfProvider } from "@cdktf/provider-azurerm/lib/provider";
import { KubernetesCluster as CdktnCluster } from "@cdktn/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool as CdktnPool } from "@cdktn/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { DataAzurermKubernetesCluster as CdktnDataCluster } from "@cdktn/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { AzurermProvider as CdktnProvider } from "@cdktn/provider-azurerm/lib/provider";
import { AksNetworkPolicyAspect, type AspectOptions, type Configuration } from "../../cdktf-aspect";
import { exampleDay } from "./evaluate";

/** One of the two libraries with its azurerm bindings; their types are the same as far as tests need them. */
export interface Library {
  readonly name: "cdktf" | "cdktn";
  /** The azurerm version that the bindings were generated for. */
  readonly azurerm: string;
  readonly lib: typeof cdktf;
  readonly KubernetesCluster: typeof CdktfCluster;
  readonly KubernetesClusterNodePool: typeof CdktfPool;
  readonly DataAzurermKubernetesCluster: typeof CdktfDataCluster;
  readonly AzurermProvider: typeof CdktfProvider;
}

export const bothLibraries: readonly [Library, Library] = [
  {
    name: "cdktf",
    azurerm: "4.55.0",
    lib: cdktf,
    KubernetesCluster: CdktfCluster,
    KubernetesClusterNodePool: CdktfPool,
    DataAzurermKubernetesCluster: CdktfDataCluster,
    AzurermProvider: CdktfProvider,
  },
  {
    name: "cdktn",
    azurerm: "4.73.0",
    lib: cdktn as unknown as typeof cdktf,
    KubernetesCluster: CdktnCluster as unknown as typeof CdktfCluster,
    KubernetesClusterNodePool: CdktnPool as unknown as typeof CdktfPool,
    DataAzurermKubernetesCluster: CdktnDataCluster as unknown as typeof CdktfDataCluster,
    AzurermProvider: CdktnProvider as unknown as typeof CdktfProvider,
  },
];

/**
 * Mutation testing runs the same tests thousands of times, and one library is enough to kill what both share.
 */
const { ONLY_LIBRARY: only } = process.env;
export const libraries: readonly Library[] = bothLibraries.filter(
  ({ name }) => only === undefined || name === only,
);
if (libraries.length === 0) throw new Error("ONLY_LIBRARY is cdktf or cdktn");

export type NetworkProfile = NonNullable<ConstructorParameters<typeof CdktfCluster>[2]["networkProfile"]>;

/** What every cluster must have, apart from the subject of these tests. */
export const required = {
  name: "aks",
  location: "westeurope",
  resourceGroupName: "rg",
  dnsPrefix: "aks",
  identity: { type: "SystemAssigned" },
  defaultNodePool: { name: "default", vmSize: "Standard_D4s_v5", nodeCount: 3 },
};

export interface Said {
  readonly path: string;
  readonly level: string;
  readonly message: string;
}

/** The annotations of everything below a construct, as the libraries collect them. */
export function annotationsOf(scope: cdktf.App | cdktf.TerraformStack): Said[] {
  return scope.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => /^@cdktf\/(?:error|warn|info)$/.test(type))
      .map(({ type, data }) => ({
        path: node.path,
        level: type.slice("@cdktf/".length),
        message: String(data),
      })),
  );
}

/** The first line of each annotation, with its level. */
export function told(scope: cdktf.App | cdktf.TerraformStack): string[] {
  return annotationsOf(scope).map(({ level, message }) => `${level} ${message.split("\n")[0] ?? ""}`);
}

export const onExampleDay: AspectOptions = { today: () => exampleDay };

/** A stack with the provider that the libraries require. */
export function stackOf(library: Library, scope: Construct, id: string): cdktf.TerraformStack {
  const stack = new library.lib.TerraformStack(scope, id);
  new library.AzurermProvider(stack, "azurerm", { features: [{}], subscriptionId: "0" });
  return stack;
}

/** An app of a library with one stack and the Aspect on it. */
export function appWith(
  library: Library,
  configuration: Configuration = {},
  options: AspectOptions = onExampleDay,
): { app: cdktf.App; stack: cdktf.TerraformStack; aspect: AksNetworkPolicyAspect } {
  const app = library.lib.Testing.app();
  const stack = stackOf(library, app, "s");
  const aspect = new AksNetworkPolicyAspect(configuration, options);
  library.lib.Aspects.of(stack).add(aspect);
  return { app, stack, aspect };
}

/**
 * Synthesizes an app to its files, as `node main.js` does, and returns its annotations; an error annotation
 * does not throw here.
 */
export function synthesised(app: cdktf.App): string[] {
  try {
    app.synth();
  } catch (error) {
    if (!/Encountered Annotations with level "ERROR"/.test(String(error))) throw error;
  }
  return told(app);
}
