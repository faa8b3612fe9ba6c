import type { Circumstances, Configuration, Policy } from "../shared";
import { explainConfiguration, readConfiguration } from "../shared";
import type { AnnotationLevel } from "./annotations";
import type { ConstructLike, ConstructNode, MetadataEntry } from "./constructs";
import { isRecord } from "./constructs";
import type { Found } from "./inventory";
import { clustersAmong } from "./inventory";
import { circumstancesOf, Judgement } from "./judgement";
import { WrittenStack } from "./truth";

/** What is said of a cluster that stands in a file. */
export interface WrittenFinding {
  /** `azurerm_kubernetes_cluster.aks` */
  readonly address: string;
  readonly level: AnnotationLevel;
  readonly message: string;
}

export interface AspectOptions {
  /** The clock that ends of support are judged by; the system's by default. Only the UTC day counts. */
  readonly today?: () => Date;
}

/** Reads a configuration or says what is wrong with it. */
export function policyOf(configuration: Configuration): Policy {
  const read = readConfiguration(configuration);
  if (!read.valid) throw new Error(explainConfiguration(read.problems));
  return read.value;
}

/**
 * Judges a stack by the file that was written, `cdk.tf.json`, in a process that no code of the program has a say in.
 * A finding of level `error` is what must stop a pipeline.
 *
 * @param document the file's content, parsed
 */
export function judgeWritten(
  document: unknown,
  configuration: Configuration = {},
  { today = () => new Date() }: AspectOptions = {},
): WrittenFinding[] {
  if (!isRecord(document) || !parts.some((part) => isRecord(document[part])))
    throw new TypeError("judgeWritten takes the content of a cdk.tf.json, parsed.");
  const policy = policyOf(configuration);
  const found = clustersOf(document);
  const judgement = new Judgement(policy, circumstancesOf(policy, today), found);
  return found.flatMap((each) =>
    [...judgement.messagesFor(each)].map(({ level, text }) => ({
      address: addressIn(each),
      level,
      message: text,
    })),
  );
}

const parts = ["terraform", "resource", "module", "provider"];

function clustersOf(document: unknown): Found[] {
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

function addressIn(found: Found): string {
  return "subject" in found ? found.address() : found.construct.node.path;
}

/**
 * Compares what is written in the end with what was judged: a value that is made anew each time it is asked for, or
 * a change after every Aspect and validation, must not pass for the one that was judged.
 */
export class Comparison {
  private readonly told = new Map<string, number>();

  constructor(
    private readonly policy: Policy,
    private readonly circumstances: Circumstances,
    judgement: Judgement,
    judged: readonly Found[],
    private readonly isInScope: (construct: ConstructLike) => boolean,
  ) {
    for (const found of judged) {
      for (const [rule, weight] of judgement.weightsOf(found)) {
        if (weight > 0) this.told.set(`${rule} ${addressIn(found)}`, weight);
      }
    }
  }

  /** Throws where what is written is worse than what was judged. */
  check(document: unknown): void {
    const found = clustersOf(document).filter(({ construct }) => this.isInScope(construct));
    const judgement = new Judgement(this.policy, this.circumstances, found);
    const worse = found.filter((each) =>
      [...judgement.weightsOf(each)].some(([rule, weight]) => {
        const told =
          this.told.get(`${rule} ${addressIn(each)}`) ?? this.told.get(`${rule} ${each.construct.node.path}`);
        return weight > (told ?? 0);
      }),
    );
    if (worse.length === 0) return;
    const lines = worse.flatMap((each) =>
      [...judgement.messagesFor(each)].map(
        ({ text }) => `  ${addressIn(each)}: ${text.split("\n")[0] ?? ""}`,
      ),
    );
    throw new Error([notAsJudged, ...lines].join("\n"));
  }
}

const notAsJudged =
  "aks-network-policy-pack: what this stack writes is not what was judged. Something changes it after every Aspect and validation, writes it past the constructs, or makes another value each time it is asked for one.";
