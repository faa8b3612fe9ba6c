import type { ConstructLike, ConstructNode, MetadataEntry } from "./constructs";
import type { Found } from "./inventory";
import { clustersAmong } from "./inventory";
import { WrittenStack } from "./truth";

/** The clusters of a document in Terraform's JSON syntax. */
export function clustersOf(document: unknown): Found[] {
  return clustersAmong([], new WrittenStack(document), (path = "") => new Place(path));
}

/** Stands for the construct that wrote a resource, which may be in another process. */
class Place implements ConstructLike, ConstructNode {
  readonly children: ConstructLike[] = [];
  readonly metadata: MetadataEntry[] = [];

  constructor(readonly path: string) {}

  get node(): ConstructNode {
    return this;
  }

  get id(): string {
    return this.path;
  }

  get root(): ConstructLike {
    return this;
  }

  addMetadata(): void {
    // Nobody is told here.
  }

  addValidation(): void {
    // Nor is anything validated.
  }
}

/** Where a cluster stands in a document. */
export function addressIn(found: Found): string {
  return "subject" in found ? found.address() : found.construct.node.path;
}
