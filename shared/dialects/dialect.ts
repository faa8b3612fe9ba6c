import type { Engine, Mode, Plugin, Sku, Tool } from "../cluster/cluster";

/**
 * How one kind of resource spells a cluster. It is data, so the same paths read a cluster, spell the rules'
 * worked examples and name the lines that fix a finding. If a setting has had several names, the current one
 * comes first; an empty list means that the dialect cannot express it.
 */
export interface DialectShape {
  readonly name: string;
  readonly tool: Tool;
  /** azurerm's validators are case-sensitive; Azure's API is not. */
  readonly caseSensitive: boolean;
  /**
   * A block that may be written once arrives as an object, or as a list of one if a bridge did not flatten
   * it.
   */
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
  /** The user's name for the whole resource, for use if nothing inside it can be read. */
  readonly whole?: string;
  /**
   * The module's own values for a part that is not written. With an explicit null the module does not plan.
   */
  readonly ownPart?: { readonly path: string; readonly values: Readonly<Record<string, string>> };
  /** What its resource of azapi sends without showing it in a plan is a password. */
  readonly sendsPasswordsApart?: true;
  /** With SKU Automatic a module does not send the network settings that are written next to it. */
  readonly automaticSendsNoNetwork?: true;
  /** Cilium needs mode overlay unless one of these parts names a subnet for pods; the module checks this. */
  readonly overlayUnless?: readonly string[];
  /** The outbound type, where the tool sends a change of the network to a cluster with a load balancer only. */
  readonly outboundType?: string;
  /** Names that the resource's version does not have, by their setting: what is written there counts for nothing. */
  readonly absentNames?: Readonly<Partial<Record<SettingName, readonly string[]>>>;
  /** Values that this version does not have, by setting. */
  readonly absentValues?: Readonly<Partial<Record<SettingName, readonly string[]>>>;
  /** How pools are declared inside the cluster: as a list, as a map, or as one block that is always Linux. */
  readonly poolsInside: {
    readonly path: string;
    readonly one: boolean;
    readonly map?: true;
    /** One more pool in a separate block, always Linux. */
    readonly besides?: string;
    /** One more pool, always Linux, whose sizes are attributes of the resource itself: their names. */
    readonly outside?: Pick<PoolPaths, "autoscaling" | "count" | "maximum">;
  };
  readonly pool: PoolPaths;
  /** The path of a separate pool's settings, if they are not at the top level. Its name always is. */
  readonly separatePoolSettings?: string;
  /** The attribute by which a separate pool names its cluster, and its name in an older version. */
  readonly poolsCluster: { readonly path: string; readonly olderPath?: string; readonly by: "name" | "id" };
  /** What the cluster itself is called, to recognise it in `poolsCluster`. A module may write something before its name. */
  readonly identity: { readonly name: string; readonly resourceGroup: string; readonly prefix?: string };
}

/** A shape together with the resources written in it. */
export interface Dialect extends DialectShape {
  readonly matches: Matches;
  /** How to recognize a resource that only changes an existing cluster. */
  readonly patches?: Patches;
  /** The versions in which names and values exist. What is not listed exists in all of them. */
  readonly versions?: Versions;
  /** The version, for a dialect at one version. */
  readonly version?: string | undefined;
  /** A value that an SDK adds. */
  readonly sdkWrites?: SdkDefault;
  /** The same dialect in the spelling of CDKTF's generated classes. */
  readonly typed?: Dialect;
}

/** A resource with this block but none of these parts is read in that dialect. */
export interface Patches {
  readonly block: string;
  readonly without: readonly string[];
  readonly dialect: Dialect;
}

/** How a resource of the dialect is recognized. */
export interface Matches {
  readonly pulumi?: PulumiTypes;
  readonly terraform?: TerraformTypes;
  readonly azapi?: AzapiTypes;
  readonly template?: TemplateTypes;
  readonly module?: ModuleSources;
  /** The type of a resource in output of Azure itself. */
  readonly azure?: { readonly cluster: string };
}

/** Pulumi type tokens. */
export interface PulumiTypes {
  readonly cluster: string;
  readonly pool?: string;
  /** Matches all tokens of both, if there are several. The group `pool` marks a pool. */
  readonly pattern?: RegExp;
  /** Finds the API version in a token: year, month, day and the preview suffix. */
  readonly apiVersion?: RegExp;
  /** The API version of tokens that name none, by provider version, oldest first. */
  readonly defaultApiVersions?: readonly { readonly before: string; readonly api: string }[];
  /** Tokens of a package discontinued before it had a provider version, and their API version. */
  readonly ended?: { readonly pattern: RegExp; readonly api: string };
}

/** A value that an SDK adds if the program does not set one. */
export interface SdkDefault {
  readonly setting: SettingName;
  readonly value: string;
  /** The SDK's name in a sentence, followed by its version. */
  readonly sdk: string;
  /** The versions of the SDK, which are its provider's. */
  readonly versions: VersionSpan;
  /** The API versions for which the SDK adds it. */
  readonly apis: readonly VersionSpan[];
}

/** Terraform resource types. */
export interface TerraformTypes {
  readonly cluster: string;
  readonly pool?: string;
}

/** A Terraform resource that accepts any type of Azure's API. */
export interface AzapiTypes {
  readonly resources: readonly string[];
  /** The attribute that holds the API type, followed by `@` and an API version. */
  readonly typeAt: string;
  readonly cluster: string;
  readonly pool?: string;
  /** Matches only a type that is known after apply and may turn out to be the cluster's. */
  readonly unclear?: true;
  /** The attribute that holds the resource, and the one merged into it. */
  readonly document: { readonly at: string; readonly patch: string };
}

/** Azure API types in ARM templates, and the Terraform resources that deploy a template. */
export interface TemplateTypes {
  readonly cluster: string;
  readonly pool: string;
  /** A nested template. */
  readonly deployment: string;
  /** A deployment stack. */
  readonly stack: string;
  /** The resources of other tools that deploy a template. */
  readonly terraform: { readonly types: readonly string[]; readonly at: DeploymentPlaces };
  readonly azapi: DeploymentPlaces;
  readonly pulumi: readonly { readonly pattern: RegExp; readonly at: DeploymentPlaces }[];
}

/** Where a resource that deploys a template holds it: paths, at which it may also be JSON text. */
export interface DeploymentPlaces {
  readonly template: string;
  readonly parameters: string;
  /** The path of a link to a parameters file that is not part of the document. */
  readonly parametersLink?: string;
}

/** Terraform module sources. */
export interface ModuleSources {
  /** The owner of the modules; any owner if left out. */
  readonly owner?: string;
  /** Matches the module's name in a registry, or its repository's name. */
  readonly name: RegExp;
  /** Names that match but do not create a cluster. */
  readonly except?: RegExp;
  /** Matches the name of a module that makes a node pool of such a cluster. */
  readonly pool?: RegExp;
  /** The provider that a module is named after, where it is named after one. */
  readonly provider?: RegExp;
  /** The versions of the module with this spelling. */
  readonly versions?: VersionSpan;
}

export interface Versions {
  /** Which version decides. */
  readonly of: "API" | "provider" | "module";
  /** The user's name for it, before the version: `azurerm`. */
  readonly called: string;
  /** What happens to a name that a version does not have. */
  readonly absent: "dropped" | "refused";
  readonly names: Readonly<Record<string, readonly VersionSpan[]>>;
  /** The same for values, by setting. */
  readonly values?: Readonly<Partial<Record<SettingName, Readonly<Record<string, readonly VersionSpan[]>>>>>;
}

/** `since` is the first version that has a name, `until` the first that no longer has it. */
export interface VersionSpan {
  /** Azure's API has previews as well as releases; both by default. */
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
  /** The pool's name as a separate resource, if it differs. */
  readonly nameApart?: string;
  /** Empty if inline pools cannot express it. */
  readonly os: string;
  readonly osSku: string;
  readonly autoscaling: readonly string[];
  readonly count: string;
  readonly maximum: string;
  /** Lists with the sizes of a pool of virtual machines, each with the name of the number in it. */
  readonly virtualMachines?: readonly { readonly path: string; readonly count: string }[];
}
