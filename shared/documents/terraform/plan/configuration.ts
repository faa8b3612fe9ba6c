/**
 * The configuration that a plan contains besides its changes:
 * https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation (read
 * 2026-11).
 */
import type { JsonObject } from "../../json";
import { isRecord, textIn } from "../../json";
import type { ModuleStep } from "../address";
import { listOf } from "../syntax";

/** One module of a configuration, read lazily. */
export class ConfiguredModule {
  /** Distinguishes it from the other modules of its configuration. */
  readonly number: number;
  private resources: ReadonlyMap<unknown, JsonObject> | undefined;
  private readonly children = new Map<string, ConfiguredModule | undefined>();

  constructor(
    private readonly module: JsonObject,
    /** The call in the enclosing module; `undefined` for the root module. */
    readonly call: { readonly from: ConfiguredModule; readonly written: JsonObject } | undefined,
    /** Returns the next number. */
    private readonly count: () => number,
  ) {
    this.number = count();
  }

  /** A resource by its address in the module: `azurerm_kubernetes_cluster.aks`, or `data.TYPE.NAME`. */
  resource(address: string): JsonObject | undefined {
    if (this.resources === undefined) {
      const blocks = listOf(this.module["resources"]).filter(isRecord);
      this.resources = new Map(blocks.map((block) => [block["address"], block]));
    }
    return this.resources.get(address);
  }

  child(name: string): ConfiguredModule | undefined {
    if (!this.children.has(name)) this.children.set(name, this.calledAs(name));
    return this.children.get(name);
  }

  private calledAs(name: string): ConfiguredModule | undefined {
    const written = partOf(partOf(this.module, "module_calls"), name);
    const module = partOf(written, "module");
    return written === undefined || module === undefined
      ? undefined
      : new ConfiguredModule(module, { from: this, written }, this.count);
  }

  output(name: string): unknown {
    return partOf(partOf(this.module, "outputs"), name)?.["expression"];
  }

  outputs(): readonly unknown[] {
    return Object.values(partOf(this.module, "outputs") ?? {})
      .filter(isRecord)
      .map(({ expression }) => expression);
  }
}

/** A member of an object, if it is an object itself and not inherited. */
export function partOf(holder: JsonObject | undefined, name: string): JsonObject | undefined {
  const part = holder !== undefined && Object.hasOwn(holder, name) ? holder[name] : undefined;
  return isRecord(part) ? part : undefined;
}

/** The configuration in a plan, as far as the plan has one. */
export class Configuration {
  private readonly root: ConfiguredModule | undefined;
  private readonly variables: JsonObject;
  private readonly providers: JsonObject;

  constructor(plan: JsonObject) {
    const configuration = partOf(plan, "configuration");
    const root = partOf(configuration, "root_module");
    let modules = 0;
    this.root = root && new ConfiguredModule(root, undefined, () => modules++);
    this.variables = partOf(plan, "variables") ?? {};
    this.providers = partOf(configuration, "provider_config") ?? {};
  }

  moduleAt(steps: readonly ModuleStep[]): ConfiguredModule | undefined {
    let module = this.root;
    for (const { name } of steps) module = module?.child(name);
    return module;
  }

  /** Is the root module's variable set, or does it have a default? Both are known at plan time. */
  hasVariable(name: string): boolean {
    return Object.hasOwn(this.variables, name);
  }

  /** All version constraints on azurerm: the constraints of all modules must hold. */
  constraintOnAzurerm(): string {
    return (
      Object.values(this.providers)
        .filter(isRecord)
        // The first versions of the format have no full name.
        .filter(({ full_name: full, name }) => /(?:^|\/)azurerm$/i.test(textIn(full ?? name)))
        .map(({ version_constraint: constraint }) => textIn(constraint))
        .filter((constraint) => constraint !== "")
        .join(",")
    );
  }
}
