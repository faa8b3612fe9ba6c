import type { Engine, Mode, Plugin, Sku, Tool } from "../cluster/cluster";

/**
 * How one kind of resource spells a cluster. It is data, so that the same paths read a cluster, spell the rules'
 * worked examples and name the lines that fix a finding. Where a setting had several names in its history, the
 * current one comes first; an empty list means that the dialect cannot say it.
 */
export interface DialectShape {
  readonly name: string;
  readonly tool: Tool;
  /** azurerm's validators compare values exactly; Azure's API does not. */
  readonly caseSensitive: boolean;
  /** A block that may be written once arrives as an object, or as a list of one where a bridge did not flatten it. */
  readonly blocksMayBeLists: boolean;
  readonly settings: Readonly<Record<SettingName, readonly string[]>>;
  /** What a setting is where nobody writes it. */
  readonly defaults?: {
    readonly sku?: Sku;
    readonly engine?: Engine;
    readonly plugin?: Plugin;
    readonly mode?: Mode;
  };
  /** The engines that a module takes, where those are not all: it refuses the others. */
  readonly engines?: readonly Engine[];
  /** A module chooses the dataplane by the engine: cilium for cilium, Azure's own for the others. */
  readonly dataplaneByEngine?: true;
  /** It changes what it states on a cluster that exists and leaves the rest: what it does not state is not absent. */
  readonly patch?: true;
  /** What a user calls the whole of it where nothing inside it can be read. */
  readonly whole?: string;
  /** What a module takes for a part that nobody writes. Where null is written instead, it does not plan. */
  readonly ownPart?: { readonly path: string; readonly values: Readonly<Record<string, string>> };
  /** What its resource of azapi sends without showing it in a plan is a password. */
  readonly sendsPasswordsApart?: true;
  /** With SKU Automatic a module does not send the network settings that are written next to it. */
  readonly automaticSendsNoNetwork?: true;
  /** Cilium needs mode overlay, unless one of these parts names a subnet for pods: a module checks it. */
  readonly overlayUnless?: readonly string[];
  /** The outbound type, where the tool sends a change of the network to a cluster with a load balancer only. */
  readonly outboundType?: string;
  /** Names that the resource's version does not have, by their setting: what is written there counts for nothing. */
  readonly absentNames?: Readonly<Partial<Record<SettingName, readonly string[]>>>;
  /** Values that the resource's version does not have, by their setting. */
  readonly absentValues?: Readonly<Partial<Record<SettingName, readonly string[]>>>;
  /** Where pools are declared inside the cluster: a list of them, a map of them, or one block that is always Linux. */
  readonly poolsInside: {
    readonly path: string;
    readonly one: boolean;
    readonly map?: true;
    /** A block beside them that is one more pool, always Linux. */
    readonly besides?: string;
    /** The names of the sizes of one more pool, always Linux, that has them at the top of the resource itself. */
    readonly outside?: Pick<PoolPaths, "autoscaling" | "count" | "maximum">;
  };
  readonly pool: PoolPaths;
  /** Where a separate pool has its settings, if they are not at its top; its name is always there. */
  readonly separatePoolSettings?: string;
  /** How a separate pool names its cluster, and how it did in an older version. */
  readonly poolsCluster: { readonly path: string; readonly olderPath?: string; readonly by: "name" | "id" };
  /** What the cluster itself is called, to recognise it in `poolsCluster`. A module may write something before its name. */
  readonly identity: { readonly name: string; readonly resourceGroup: string; readonly prefix?: string };
}

/** A shape together with the resources that are written in it. */
export interface Dialect extends DialectShape {
  readonly matches: Matches;
  /** By what a resource of it is recognised that only changes an existing cluster. */
  readonly patches?: Patches;
  /** The versions in which names and values exist. What is not listed exists in all of them. */
  readonly versions?: Versions;
  /** The version that the dialect is taken at, for a dialect at a version. */
  readonly version?: string | undefined;
  /** What an SDK writes by itself. */
  readonly sdkWrites?: SdkDefault;
  /** The same as the classes that CDKTF generates spell it. */
  readonly typed?: Dialect;
}

/** A resource with this block, but without any of these parts, is read in that dialect. */
export interface Patches {
  readonly block: string;
  readonly without: readonly string[];
  readonly dialect: Dialect;
}

/** By what a resource of the dialect is recognised. */
export interface Matches {
  readonly pulumi?: PulumiTypes;
  readonly terraform?: TerraformTypes;
  readonly azapi?: AzapiTypes;
  readonly template?: TemplateTypes;
  readonly module?: ModuleSources;
  /** The type of a resource that Azure itself shows. */
  readonly azure?: { readonly cluster: string };
}

/** Type tokens of Pulumi. */
export interface PulumiTypes {
  readonly cluster: string;
  readonly pool?: string;
  /** All tokens of both, where there are more than one. The group `pool` tells a pool. */
  readonly pattern?: RegExp;
  /** Finds the API version in a token: the year, the month, the day, and the word for a preview. */
  readonly apiVersion?: RegExp;
  /** The API version of tokens that name none, by the version of their provider, the oldest first. */
  readonly defaultApiVersions?: readonly { readonly before: string; readonly api: string }[];
  /** Tokens of a package that ended before it had a provider's version, and their API version. */
  readonly ended?: { readonly pattern: RegExp; readonly api: string };
}

/** A value that an SDK writes where the program writes none. */
export interface SdkDefault {
  readonly setting: SettingName;
  readonly value: string;
  /** What the SDK is called in a sentence, behind its version. */
  readonly sdk: string;
  /** The versions of the SDK, which are its provider's. */
  readonly versions: VersionSpan;
  /** The API versions for which it does so. */
  readonly apis: readonly VersionSpan[];
}

/** Resource types of Terraform. */
export interface TerraformTypes {
  readonly cluster: string;
  readonly pool?: string;
}

/** A resource of Terraform that takes any type of Azure's API. */
export interface AzapiTypes {
  readonly resources: readonly string[];
  /** The attribute that holds the API's type, followed by `@` and an API version. */
  readonly typeAt: string;
  readonly cluster: string;
  readonly pool?: string;
  /** Matches only a type that is not known before deployment, and may turn out to be the cluster's. */
  readonly unclear?: true;
  /** The attribute that holds the resource, and the one that is merged into it. */
  readonly document: { readonly at: string; readonly patch: string };
}

/** Types of Azure's API in ARM templates, and the resources of Terraform that deploy a template. */
export interface TemplateTypes {
  readonly cluster: string;
  readonly pool: string;
  /** A template inside a template. */
  readonly deployment: string;
  /** A deployment that Azure keeps together. */
  readonly stack: string;
  /** The resources of tools that deploy a template. */
  readonly terraform: { readonly types: readonly string[]; readonly at: DeploymentPlaces };
  readonly azapi: DeploymentPlaces;
  readonly pulumi: readonly { readonly pattern: RegExp; readonly at: DeploymentPlaces }[];
}

/** Where a resource that deploys a template holds it: paths, at which it may be written as JSON text. */
export interface DeploymentPlaces {
  readonly template: string;
  readonly parameters: string;
  /** Where its parameters are in a file that the resource only names. */
  readonly parametersLink?: string;
}

/** Sources of Terraform modules. */
export interface ModuleSources {
  /** Whose modules they are; anybody's where it is left out. */
  readonly owner?: string;
  /** Matches the module's name in a registry, or the name of its repository. */
  readonly name: RegExp;
  /** Names that match and make no cluster all the same. */
  readonly except?: RegExp;
  /** Matches the name of a module that makes a node pool of such a cluster. */
  readonly pool?: RegExp;
  /** The provider that a module is named after, where it is named after one. */
  readonly provider?: RegExp;
  /** The versions of the module that are written so. */
  readonly versions?: VersionSpan;
}

export interface Versions {
  /** Whose version counts. */
  readonly of: "API" | "provider" | "module";
  /** What a user calls it, before the version: `azurerm`. */
  readonly called: string;
  /** What becomes of a name that a version does not have. */
  readonly absent: "dropped" | "refused";
  readonly names: Readonly<Record<string, readonly VersionSpan[]>>;
  /** The same of values, by their setting. */
  readonly values?: Readonly<Partial<Record<SettingName, Readonly<Record<string, readonly VersionSpan[]>>>>>;
}

/** `since` is the first version that has a name, `until` the first that has it no more. */
export interface VersionSpan {
  /** Azure's API has previews as well as releases; by default both are meant. */
  readonly of?: "releases" | "previews";
  readonly since?: string;
  readonly until?: string;
}

export type SettingName =
  | "engine"
  | "plugin"
  | "mode"
  | "dataplane"
  | "sku"
  | "ipFamilies"
  | "nodeProvisioning"
  | "advancedNetworkSecurity"
  | "transitEncryption"
  | "accelerationMode"
  | "kubernetesVersion"
  | "windowsProfile";

export interface PoolPaths {
  readonly name: string;
  /** The pool's name where it is a resource of its own, if that differs. */
  readonly nameApart?: string;
  /** Empty where pools inside the cluster cannot say it. */
  readonly os: string;
  readonly osSku: string;
  readonly autoscaling: readonly string[];
  readonly count: string;
  readonly maximum: string;
  /** Lists of the sizes of a pool of virtual machines, each with the name of the number in them. */
  readonly virtualMachines?: readonly { readonly path: string; readonly count: string }[];
}
