import { terraformPartOf } from "../shared/dialects/lookup";
import type { UnreadableBlock } from "../shared/documents/clusters";
import { isRecord } from "../shared/documents/json";
import type { BlockName, BlockOrigin } from "../shared/documents/terraform/block";
import { addressOf } from "../shared/documents/terraform/block";
import type { ConstructLike, StackLike } from "./constructs";
import { constructsIn, isDataSource } from "./constructs";

/**
 * The constructs of a stack by the addresses of what they write. Overrides may change what the document says
 * about its constructs.
 */
export class Writers {
  /** The azurerm version that the app's bindings were generated for. */
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
        // If several constructs write one address, none of them is its source.
        const origin = this.byAddress.has(address) ? { source: stack } : originOf(construct, block);
        this.byAddress.set(address, origin);
      } catch (error) {
        // The libraries may read without an error what throws when it is read here; that must be reported.
        this.unreadable.push({ source: construct, error });
      }
    }
  }

  /**
   * No construct is the source of what an override on the stack adds, or of what an element writes outside
   * its type.
   */
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

/**
 * The members of a construct that is a resource or a module. Accessed by name, which is faster than an access
 * with a variable name.
 */
interface Maybe {
  readonly toTerraform?: unknown;
  readonly terraformResourceType?: unknown;
  readonly source?: unknown;
  readonly friendlyUniqueId?: unknown;
  readonly terraformGeneratorMetadata?: unknown;
}

/** The block that a construct writes, if it may be part of a cluster. */
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

/** Does the program write a block through a generated class and know its attributes by that class's names? */
function writesTyped(construct: ConstructLike, kind: BlockName["kind"]): boolean {
  if (kind === "resource")
    return "networkProfileInput" in construct || "kubernetesClusterIdInput" in construct;
  // TerraformHclModule has its variables in one property; generated bindings have one property each.
  return !("variables" in construct);
}

/**
 * The azurerm version that a construct's class was generated for: that of a resource, or of the provider next
 * to it.
 */
function azurermVersionOf(construct: ConstructLike & Maybe): string | undefined {
  const { terraformGeneratorMetadata: metadata } = construct;
  if (!isRecord(metadata) || metadata["providerName"] !== "azurerm") return undefined;
  const version = metadata["providerVersion"];
  return typeof version === "string" ? version : undefined;
}
