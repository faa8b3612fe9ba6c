import type { Plugin, Sku, Tool } from "../cluster/cluster";

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
  readonly defaults?: { readonly sku?: Sku; readonly plugin?: Plugin };
  /** It changes what it states on a cluster that exists and leaves the rest: what it does not state is not absent. */
  readonly patch?: true;
  /** What a user calls the whole of it where nothing inside it can be read. */
  readonly whole?: string;
  /** Without this part, a module's own version decides what the part is. */
  readonly unknownWithout?: string;
  /** Settings that the resource's version does not have yet: no fix may write them. */
  readonly tooOldFor?: readonly SettingName[];
  /** Where pools are declared inside the cluster: a list of them, a map of them, or one block that is always Linux. */
  readonly poolsInside: { readonly path: string; readonly one: boolean; readonly map?: true };
  readonly pool: PoolPaths;
  /** Where a separate pool has its settings, if they are not at its top; its name is always there. */
  readonly separatePoolSettings?: string;
  /** How a separate pool names its cluster. */
  readonly poolsCluster: { readonly path: string; readonly by: "name" | "id" };
  /** What the cluster itself is called, to recognise it in `poolsCluster`. */
  readonly identity: { readonly name: string; readonly resourceGroup: string };
}

/** A shape together with the resources that are written in it. */
export interface Dialect extends DialectShape {
  readonly matches: Matches;
  /** By what a resource of it is recognised that only changes an existing cluster. */
  readonly patches?: Patches;
  /** The versions in which names exist. A name that is not listed exists in all of them. */
  readonly versions?: Versions;
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
}

/** Type tokens of Pulumi. */
export interface PulumiTypes {
  readonly cluster: string;
  readonly pool: string;
  /** All tokens of both, where there are more than one. The group `pool` tells a pool. */
  readonly pattern?: RegExp;
  /** Finds the year, the month and the day of the API version in a token. */
  readonly apiVersion?: RegExp;
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
  readonly terraform: readonly string[];
  /** The attributes of those that hold the template and its parameters. */
  readonly template: string;
  readonly parameters: string;
}

/** Sources of Terraform modules. */
export interface ModuleSources {
  readonly source: RegExp;
  /** Sources that match and make no cluster all the same. */
  readonly except?: RegExp;
}

export interface Versions {
  /** Whose version counts. */
  readonly of: "API" | "provider" | "module";
  readonly names: Readonly<Record<string, VersionSpan>>;
}

/** `since` is the first version that has a name, `until` the first that has it no more. */
export interface VersionSpan {
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
}
