/**
 * Where a door cannot express what the table says, or gives another answer, and why. Everything else must be
 * the same everywhere.
 */
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Model, PoolModel } from "../fuzz/generate";
import type { Tree } from "../fuzz/oracle";

export interface Difference {
  /** Matches the names of the doors that it concerns. */
  readonly doors: RegExp;
  readonly what: string;
  readonly why: string;
  readonly is:
    /** Such a cluster is not sent this way. */
    | { readonly cannotSay: (model: Model) => boolean }
    /** The door's answer is the table's answer on another cluster. */
    | { readonly readsAs: (model: Model) => Model }
    /** The door also gives the table's answer on another cluster. */
    | { readonly saysAlso: (model: Model) => Model };
}

type Settings = Model["settings"];

function withSettings(model: Model, change: (settings: Settings) => Settings): Model {
  return { ...model, settings: change(model.settings) };
}

function without(settings: Settings, name: keyof Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([each]) => each !== name));
}

/** Azure's words, by their lower-case form. */
const words = new Map(
  [
    ...["azure", "calico", "cilium", "none", "kubenet", "overlay", "Base", "Basic", "Automatic"],
    ...["IPv4", "IPv6", "Auto", "Manual"],
  ].map((word) => [word.toLowerCase(), word]),
);

/** One of Azure's words in another case becomes an undocumented value. */
function exactly(value: Tree): Tree {
  if (Array.isArray(value)) return (value as readonly Tree[]).map(exactly);
  if (typeof value !== "string") return value;
  const word = words.get(value.toLowerCase());
  return word === undefined || word === value ? value : "in another case";
}

/** An operating system counts in any case: a Windows pool must not hide. */
const exactCase = (model: Model): Model =>
  withSettings(model, (settings) =>
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, exactly(value)])),
  );

/** azurerm has one pool inside a cluster, and it is always Linux. */
const isApartInAzurerm = (pool: PoolModel, i: number): boolean => pool.apart || i > 0 || "os" in pool;

/** The settings in the network profile. */
const ofProfile: readonly (keyof Settings)[] = [
  "engine",
  "plugin",
  "mode",
  "dataplane",
  "ipFamilies",
  "advancedNetworkSecurity",
];

function somewhere(tree: unknown, is: (value: unknown) => boolean): boolean {
  if (is(tree)) return true;
  return typeof tree === "object" && tree !== null && Object.values(tree).some((each) => somewhere(each, is));
}

const isNothing = (value: Tree | undefined): boolean => value === undefined || value === null || value === "";
const isOpen = (value: unknown): boolean => value === notKnownYet;

/** Does it contain only values of the types that Azure expects? */
function isOfType({ settings, pools }: Model): boolean {
  const is = (value: Tree | undefined, type: "string" | "number" | "boolean"): boolean =>
    value === undefined || isOpen(value) || typeof value === type;
  const { ipFamilies, windowsProfile, advancedNetworkSecurity, ...texts } = settings;
  const isBlock = typeof windowsProfile === "object" && windowsProfile !== null;
  return (
    Object.values(texts).every((each) => is(each, "string")) &&
    is(advancedNetworkSecurity, "boolean") &&
    (ipFamilies === undefined ||
      isOpen(ipFamilies) ||
      (Array.isArray(ipFamilies) && ipFamilies.every((each: Tree) => typeof each === "string"))) &&
    (windowsProfile === undefined || (isBlock && "adminUsername" in windowsProfile)) &&
    pools.every(
      ({ os, osSku, autoscaling, count, maximum }) =>
        is(os, "string") &&
        is(osSku, "string") &&
        is(autoscaling, "boolean") &&
        is(count, "number") &&
        is(maximum, "number"),
    )
  );
}

/** Unknown values become what the azurerm stand-in returns, in the type of their place. */
function settled(model: Model, isTyped: boolean): Model {
  const typed = (name: string): Tree => {
    switch (name) {
      case "ipFamilies":
        return ["calico"];
      case "count":
      case "maximum":
        return 6;
      case "autoscaling":
        return true;
      default:
        return "calico";
    }
  };
  const known = (tree: Tree, name: string): Tree => {
    if (tree === notKnownYet) return isTyped ? typed(name) : "calico";
    return Array.isArray(tree) ? (tree as readonly Tree[]).map((each) => known(each, "")) : tree;
  };
  const all = <T extends object>(of: T): T =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, known(value as Tree, name)])) as T;
  return { settings: all(model.settings), pools: model.pools.map(all) };
}

const withPools = (model: Model, change: (pool: PoolModel, i: number) => PoolModel): Model => ({
  ...model,
  pools: model.pools.map(change),
});

function normalised(tree: unknown): unknown {
  if (typeof tree === "string") return tree.normalize("NFC");
  if (Array.isArray(tree)) return tree.map(normalised);
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, normalised(value)]));
}

export const differences: readonly Difference[] = [
  {
    doors: /^azure-native 20|^ARM template 2024|azapi of 2022/,
    what: "SKU Automatic",
    why: "The enumeration of that API version does not have it, so it is ignored.",
    is: {
      readsAs: (model) =>
        withSettings(model, (settings) =>
          typeof settings.sku === "string" && settings.sku.toLowerCase() === "automatic"
            ? without(settings, "sku")
            : settings,
        ),
    },
  },
  {
    doors:
      /^azure[ :]|^azurerm, bridged|typed azurerm|raw azurerm|module Azure\/aks|0\.3\.3|^Terraform, azurerm/,
    what: "Azure's words in another case",
    why: "azurerm's own validator is case-sensitive, and rejects what Azure's API accepts.",
    is: { readsAs: exactCase },
  },
  {
    doors: /^azure-native.*: the booted pack/,
    what: "A separate pool",
    why: "It is registered after its cluster, which is checked without it at registration, and with it at the end of the run.",
    is: { saysAlso: (model) => ({ ...model, pools: model.pools.filter(({ apart }) => !apart) }) },
  },
  {
    doors: /^azure[ r:].*the booted pack/,
    what: "A separate pool",
    why: "As above; the one pool inside a cluster of azurerm is always Linux, so all others are separate resources.",
    is: {
      saysAlso: (model) => ({
        ...model,
        pools: model.pools.filter((pool, i) => !isApartInAzurerm(pool, i)),
      }),
    },
  },
  {
    doors: /^cdktf.*typed azurerm/,
    what: "Node auto-provisioning",
    why: "cdktf's generated classes are for azurerm 4.55, which does not have the block.",
    is: { cannotSay: ({ settings }) => settings.nodeProvisioning !== undefined },
  },
  {
    doors: /typed azurerm/,
    what: "A value of another type than Azure expects",
    why: "The generated classes do not accept it.",
    is: { cannotSay: (model) => !isOfType(model) },
  },
  {
    doors: / HCL, (?!typed)/,
    what: "Null",
    why: "The libraries cannot write it in HCL: they throw.",
    is: { cannotSay: (model) => somewhere(model, (value) => value === null) },
  },
  {
    doors: / HCL, (?!typed)/,
    what: "A text of several lines, an empty name",
    why: "The libraries write them verbatim, which is not HCL that Terraform could read.",
    is: {
      cannotSay: (model) =>
        somewhere(
          model,
          (value) =>
            (typeof value === "string" && value.includes("\n")) ||
            (typeof value === "object" && value !== null && Object.hasOwn(value, "")),
        ),
    },
  },
  {
    doors: / HCL, azapi, body as JSON text/,
    what: "An unknown value",
    why: "The libraries do not escape the quotes of a JSON text with an expression in it, which is not valid HCL.",
    is: { cannotSay: (model) => somewhere(model, isOpen) },
  },
  {
    doors: / HCL, (?!typed)/,
    what: "An object with a member called `value`",
    why: "The libraries treat it as one of their own descriptions, and write only the value, as code.",
    is: {
      cannotSay: (model) =>
        somewhere(
          model,
          (value) => typeof value === "object" && value !== null && Object.hasOwn(value, "value"),
        ),
    },
  },
  {
    doors: / HCL, ARM template/,
    what: "Everything",
    why: "In HCL the libraries write a text that is JSON without its quotes, and Terraform accepts no object as a template.",
    is: { cannotSay: () => true },
  },
  {
    doors: / HCL, typed azurerm with an override/,
    what: "An engine that an override sets",
    why: "In HCL the libraries drop the overrides of a generated class.",
    is: { readsAs: (model) => withSettings(model, (settings) => without(settings, "engine")) },
  },
  {
    doors: /^cdkt. (JSON|HCL), (typed|raw) azurerm/,
    what: "No pool inside the cluster",
    why: "azurerm requires one. The programs' pool has three nodes.",
    is: {
      readsAs: (model) =>
        model.pools.length > 0 && model.pools.every(isApartInAzurerm)
          ? { ...model, pools: [{ os: "Linux", count: 3, apart: false }, ...model.pools] }
          : model,
    },
  },
  {
    doors: / HCL, .*: check, the file|^Terraform/,
    what: "A letter that Unicode composes into another, such as the sign for Kelvin into K",
    why: "Terraform's language normalizes texts (NFC), and so does the HCL reader.",
    is: { readsAs: (model) => normalised(model) as Model },
  },
  {
    doors: /module Azure/,
    what: "A separate pool",
    why: "The modules take pools as variables.",
    is: { cannotSay: ({ pools }) => pools.some(({ apart }) => apart) },
  },
  {
    doors: /module Azure\/aks/,
    what: "No plugin",
    why: "The default of the module's variable is kubenet.",
    is: {
      readsAs: (model) =>
        isNothing(model.settings.plugin)
          ? withSettings(model, (settings) => ({ ...settings, plugin: "kubenet" }))
          : model,
    },
  },
  {
    doors: /managedcluster\/azurerm:/,
    what: "SKU Automatic",
    why: "The module sends no network profile with it.",
    is: {
      readsAs: (model) =>
        typeof model.settings.sku === "string" && model.settings.sku.toLowerCase() === "automatic"
          ? withSettings(model, (settings) => ofProfile.reduce(without, settings))
          : model,
    },
  },
  {
    doors: /managedcluster\/azurerm:/,
    what: "An unknown SKU",
    why: "The module may or may not send the network profile, and the table has no such cluster.",
    is: { cannotSay: ({ settings }) => isOpen(settings.sku) },
  },
  {
    doors: /0\.3\.3/,
    what: "No network profile",
    why: "The module has its own profile: plugin azure, mode overlay and engine azure.",
    is: {
      readsAs: (model) =>
        ofProfile.some((name) => model.settings[name] !== undefined)
          ? model
          : withSettings(model, (settings) => ({
              ...settings,
              engine: "azure",
              plugin: "azure",
              mode: "overlay",
            })),
    },
  },
  {
    doors: /^Terraform, azurerm/,
    what: "A value of another type than Azure expects, or null",
    why: "Terraform converts or rejects it before anything is planned.",
    is: { cannotSay: (model) => !isOfType(model) || somewhere(model, (value) => value === null) },
  },
  {
    doors: /^Terraform, azurerm/,
    what: "A network profile without a plugin",
    why: "azurerm requires the plugin.",
    is: {
      cannotSay: ({ settings }) =>
        settings.plugin === undefined && ofProfile.some((name) => settings[name] !== undefined),
    },
  },
  {
    doors: /^Terraform, azurerm/,
    what: "Node auto-provisioning, advanced networking, the number of nodes of a separate pool",
    why: "The azurerm stand-in has the attributes of 3.116, and returns one node for a separate pool.",
    is: {
      cannotSay: ({ settings, pools }) =>
        settings.nodeProvisioning !== undefined ||
        settings.advancedNetworkSecurity !== undefined ||
        pools.some((pool, i) => isApartInAzurerm(pool, i) && (pool.count ?? pool.maximum) !== undefined),
    },
  },
  {
    doors: /^Terraform, azapi, by a variable|^Terraform, azapi.*state/,
    what: "An unknown value",
    why: "A plan has the values of variables, and a state has every value.",
    is: { readsAs: (model) => settled(model, false) },
  },
  {
    doors: /^Terraform, azurerm, by a variable|^Terraform, azurerm.*state/,
    what: "An unknown value",
    why: "A plan has the values of variables, and a state has every value.",
    is: { readsAs: (model) => settled(model, true) },
  },
  {
    doors: /^Terraform, azurerm/,
    what: "A separate pool without an operating system",
    why: "The provider's default is Linux, whatever the image.",
    is: {
      readsAs: (model) =>
        withPools(model, (pool, i) =>
          isApartInAzurerm(pool, i) && pool.os === undefined ? { ...pool, os: "Linux" } : pool,
        ),
    },
  },
  {
    doors: /^Terraform, azurerm.*state/,
    what: "A Windows pool without an image",
    why: "A state has the image that Azure chose: Windows Server 2022.",
    is: {
      readsAs: (model) =>
        withPools(model, (pool) =>
          pool.os === "Windows" && pool.osSku === undefined ? { ...pool, osSku: "Windows2022" } : pool,
        ),
    },
  },
  {
    doors: /^az:/,
    what: "An unknown value",
    why: "A running cluster has only known values.",
    is: { cannotSay: (model) => somewhere(model, isOpen) },
  },
  {
    doors: /^az:/,
    what: "Windows credentials",
    why: "Azure lists all node pools with a cluster, so credentials hint at none.",
    is: { readsAs: (model) => withSettings(model, (settings) => without(settings, "windowsProfile")) },
  },
];
