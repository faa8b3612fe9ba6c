/** Where a door cannot say what the table says, or says something else, and why. The rest must be the same everywhere. */
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Model, PoolModel } from "../fuzz/generate";
import type { Tree } from "../fuzz/oracle";

export interface Difference {
  /** The doors that it is about, by their names. */
  readonly doors: RegExp;
  readonly what: string;
  readonly why: string;
  readonly is:
    /** Such a cluster does not go this way. */
    | { readonly cannotSay: (model: Model) => boolean }
    /** The door's answer is the table's on another cluster. */
    | { readonly readsAs: (model: Model) => Model }
    /** The door says beside it what the table says about another cluster. */
    | { readonly saysAlso: (model: Model) => Model };
}

type Settings = Model["settings"];

function withSettings(model: Model, change: (settings: Settings) => Settings): Model {
  return { ...model, settings: change(model.settings) };
}

function without(settings: Settings, name: keyof Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([each]) => each !== name));
}

/** Azure's words, by their small letters. */
const words = new Map(
  [
    ...["azure", "calico", "cilium", "none", "kubenet", "overlay", "Base", "Basic", "Automatic"],
    ...["IPv4", "IPv6", "Auto", "Manual"],
  ].map((word) => [word.toLowerCase(), word]),
);

/** One of Azure's words in another case becomes a text that is none. */
function exactly(value: Tree): Tree {
  if (Array.isArray(value)) return (value as readonly Tree[]).map(exactly);
  if (typeof value !== "string") return value;
  const word = words.get(value.toLowerCase());
  return word === undefined || word === value ? value : "in another case";
}

/** An operating system stays one however it is spelt: a Windows pool must not hide. */
const exactCase = (model: Model): Model =>
  withSettings(model, (settings) =>
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, exactly(value)])),
  );

/** The pool inside a cluster of azurerm is one, and always Linux. */
const isApartInAzurerm = (pool: PoolModel, i: number): boolean => pool.apart || i > 0 || "os" in pool;

/** The settings that stand in the network profile. */
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

/** Does it hold values of the types alone that Azure has in their places? */
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

/** What is not known becomes what the stand-in for azurerm answers, in the type of its place. */
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
    why: "azurerm's own validator compares exactly, and refuses what Azure's API takes.",
    is: { readsAs: exactCase },
  },
  {
    doors: /^azure-native.*: the booted pack/,
    what: "A pool of its own",
    why: "It is registered after its cluster, which is judged at its registration without it, and at the end of the run with it.",
    is: { saysAlso: (model) => ({ ...model, pools: model.pools.filter(({ apart }) => !apart) }) },
  },
  {
    doors: /^azure[ r:].*the booted pack/,
    what: "A pool of its own",
    why: "As above; the one pool inside a cluster of azurerm is always Linux, so that all others are resources of their own.",
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
    why: "The generated classes of cdktf are of azurerm 4.55, which does not have the block.",
    is: { cannotSay: ({ settings }) => settings.nodeProvisioning !== undefined },
  },
  {
    doors: /typed azurerm/,
    what: "A value of another type than Azure has in its place",
    why: "The generated classes do not take it.",
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
    why: "The libraries write them as they are, which is no HCL that Terraform could read.",
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
    what: "A value that is not known yet",
    why: "The libraries do not escape the quotes of a JSON text with an expression in it, which is no HCL.",
    is: { cannotSay: (model) => somewhere(model, isOpen) },
  },
  {
    doors: / HCL, (?!typed)/,
    what: "An object with a member called `value`",
    why: "The libraries take it for a description of their own, and write the value alone, as code.",
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
    why: "In HCL the libraries write a text that is JSON without its quotes, and Terraform takes no object for a template.",
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
    why: "azurerm asks for one. That of the programs has three nodes.",
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
    why: "Terraform's language normalises texts (NFC), so that the reader of HCL does.",
    is: { readsAs: (model) => normalised(model) as Model },
  },
  {
    doors: /module Azure/,
    what: "A pool of its own",
    why: "The modules take pools as their variables.",
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
    what: "A SKU that is not known yet",
    why: "The module sends the network profile or not, and the table has no such cluster.",
    is: { cannotSay: ({ settings }) => isOpen(settings.sku) },
  },
  {
    doors: /0\.3\.3/,
    what: "No network profile",
    why: "The module has a profile of its own: plugin azure, mode overlay and engine azure.",
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
    what: "A value of another type than Azure has in its place, or null",
    why: "Terraform converts it or refuses it, before anything is planned.",
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
    what: "Node auto-provisioning, advanced networking, the number of nodes of a pool of its own",
    why: "The stand-in for azurerm has the attributes of 3.116, and answers one node for a pool of its own.",
    is: {
      cannotSay: ({ settings, pools }) =>
        settings.nodeProvisioning !== undefined ||
        settings.advancedNetworkSecurity !== undefined ||
        pools.some((pool, i) => isApartInAzurerm(pool, i) && (pool.count ?? pool.maximum) !== undefined),
    },
  },
  {
    doors: /^Terraform, azapi, by a variable|^Terraform, azapi.*state/,
    what: "A value that is not known yet",
    why: "A plan has the values of variables, and a state has every value.",
    is: { readsAs: (model) => settled(model, false) },
  },
  {
    doors: /^Terraform, azurerm, by a variable|^Terraform, azurerm.*state/,
    what: "A value that is not known yet",
    why: "A plan has the values of variables, and a state has every value.",
    is: { readsAs: (model) => settled(model, true) },
  },
  {
    doors: /^Terraform, azurerm/,
    what: "A pool of its own without an operating system",
    why: "The provider's default is Linux, whatever the image is called.",
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
    what: "A value that is not known yet",
    why: "What runs is known.",
    is: { cannotSay: (model) => somewhere(model, isOpen) },
  },
  {
    doors: /^az:/,
    what: "Windows credentials",
    why: "Azure lists all node pools with a cluster, so that credentials hint at none.",
    is: { readsAs: (model) => withSettings(model, (settings) => without(settings, "windowsProfile")) },
  },
];
