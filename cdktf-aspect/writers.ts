import { terraformPartOf } from "../shared/dialects/lookup";
import type { UnreadableBlock } from "../shared/documents/clusters";
import { isRecord } from "../shared/documents/json";
import type { BlockName, BlockOrigin } from "../shared/documents/terraform/block";
import { addressOf } from "../shared/documents/terraform/block";
import type { ConstructLike, StackLike } from "./constructs";
import { constructsIn, isDataSource } from "./constructs";

/** The constructs of a stack by the addresses of what they write. What the document says about its constructs may be overridden. */
export class Writers {
  /** The version of azurerm that the app's bindings were generated for. */
  azurermVersion: string | undefined;
  readonly unreadable: UnreadableBlock<ConstructLike>[] = [];
  private readonly byAddress = new Map<string, BlockOrigin<ConstructLike>>();

  constructor(private readonly stack: StackLike) {
    for (const construct of constructsIn(stack)) {
      try {
        this.azurermVersion ??= azurermVersionOf(construct);
        const block = blockOf(construct);
        if (block === undefined) continue;
        const address = addressOf(block);
        // Several that are written as one are none of them.
        const origin = this.byAddress.has(address) ? { source: stack } : originOf(construct, block);
        this.byAddress.set(address, origin);
      } catch (error) {
        // What the libraries read without an error may throw when it is read here, and must not pass for that.
        this.unreadable.push({ source: construct, error });
      }
    }
  }

  /** No construct stands for what an override on the stack adds, and for what an element writes past its type. */
  originOf(block: BlockName): BlockOrigin<ConstructLike> {
    return this.byAddress.get(addressOf(block)) ?? { source: this.stack };
  }
}

function originOf(construct: ConstructLike & Maybe, { kind }: BlockName): BlockOrigin<ConstructLike> {
  return {
    source: construct,
    typed: writesTyped(construct, kind),
    toolVersion: azurermVersionOf(construct),
    moduleSource: kind === "module" ? construct.source : undefined,
  };
}

/** What a construct has if it is a resource or a module. By their names, which is sooner than by any way that takes the name. */
interface Maybe {
  readonly toTerraform?: unknown;
  readonly terraformResourceType?: unknown;
  readonly source?: unknown;
  readonly friendlyUniqueId?: unknown;
  readonly terraformGeneratorMetadata?: unknown;
}

/** The block that a construct stands for, if that may be a part of a cluster. */
function blockOf(construct: ConstructLike & Maybe): BlockName | undefined {
  if (typeof construct.toTerraform !== "function") return undefined;
  const type = construct.terraformResourceType;
  if (typeof type === "string") {
    if (terraformPartOf(type) === undefined || isDataSource(construct)) return undefined;
    return { kind: "resource", type, name: String(construct.friendlyUniqueId) };
  }
  return typeof construct.source === "string"
    ? { kind: "module", type: "", name: String(construct.friendlyUniqueId) }
    : undefined;
}

/** Does the program write a block through a generated class, and know its attributes by the names of that class? */
function writesTyped(construct: ConstructLike, kind: BlockName["kind"]): boolean {
  if (kind === "resource")
    return "networkProfileInput" in construct || "kubernetesClusterIdInput" in construct;
  // TerraformHclModule has its variables in one property; generated bindings have one property for each.
  return !("variables" in construct);
}

/** The version of azurerm that a construct's class was generated for: that of a resource, or of the provider beside it. */
function azurermVersionOf(construct: ConstructLike & Maybe): string | undefined {
  const { terraformGeneratorMetadata: metadata } = construct;
  if (!isRecord(metadata) || metadata["providerName"] !== "azurerm") return undefined;
  const version = metadata["providerVersion"];
  return typeof version === "string" ? version : undefined;
}
