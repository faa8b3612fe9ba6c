/** Clusters as resources of a Pulumi program, and the running pack that checks them. */
import type { Block } from "../fuzz/hosts";
import { tokensOf } from "../fuzz/hosts";
import type { Tree } from "../fuzz/oracle";
import type { Spelling } from "../fuzz/spellings";
import { spellings } from "../fuzz/spellings";
import type { Props, StackResource, Violation } from "../engine/analyzer";
import { unknown } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import { withUnknowns } from "../support/evaluate";
import { nameIn } from "./clusters";
import type { Answers, Spelt, Way } from "./door";
import type { Said } from "./verdicts";
import { rowOf } from "./verdicts";

/** Every Pulumi spelling, the newest of each first. */
export const pulumiSpellings = spellings
  .filter((spelling) => tokensOf(spelling) !== undefined)
  .map((spelling) => {
    const version = spelling.version ?? spelling.provider;
    return { name: `${spelling.dialect.name}${version === undefined ? "" : ` ${version}`}`, spelling };
  });

export interface PulumiResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Tree;
  readonly provider?: { readonly urn: string; readonly type: string; readonly version: string };
  /** The URN of a pool's cluster. */
  readonly cluster?: string;
}

/** A cluster and its separate pools, the cluster first. */
export function resourcesOf({ name, written }: Spelt, spelling: Spelling): readonly PulumiResource[] {
  const tokens = tokensOf(spelling);
  if (tokens === undefined) throw new Error(`${spelling.dialect.name} is not Pulumi's`);
  const urnOf = (type: string, called: string): string => `urn:pulumi:dev::project::${type}::${called}`;
  const type = `pulumi:providers:${tokens.cluster.replace(/:.*/, "")}`;
  const { provider: version } = spelling;
  const provider = version === undefined ? {} : { provider: { urn: urnOf(type, "provider"), type, version } };
  const cluster = { urn: urnOf(tokens.cluster, name), type: tokens.cluster, name, ...provider };
  return [
    // A cluster without any inputs would be one that the program only reads.
    { ...cluster, inputs: { resourceGroupName: "rg", ...(written.cluster as Block) } },
    ...written.separatePools.map((inputs, i): PulumiResource => {
      const called = `${name}pool${i}`;
      const of = { cluster: cluster.urn, ...provider };
      return { urn: urnOf(tokens.pool, called), type: tokens.pool, name: called, inputs, ...of };
    }),
  ];
}

/** The number of clusters per run; the pack waits for the end of a run. */
const clustersInARun = 250;
/** The number of concurrent calls that the engine makes. */
const callsAtOnce = 16;

/** Ways through the running pack: at the registration of each resource, and at the end of each run. */
export function packWays({ pack, setToday }: ClockedPack): readonly Way[] {
  return pulumiSpellings.map(({ name, spelling }) => ({
    name,
    spelling,
    doors: ["the booted pack"],
    ...(isMain(spelling) ? {} : { oneOf: 8 }),
    judge: async (clusters, today) => {
      setToday(today);
      const said = new Map<string, Said[]>(clusters.map((each) => [each.name, []]));
      const note = (urn: string, { policyName, message, enforcementLevel }: Violation): void => {
        const mild = message.startsWith("Unknown: ") ? "unknown" : "notice";
        const kind = enforcementLevel === "advisory" ? mild : "failure";
        said.get(nameIn(urn))?.push({ rule: policyName, kind });
      };
      for (let from = 0; from < clusters.length; from += clustersInARun) {
        const run = clusters.slice(from, from + clustersInARun);
        const resources = run.map((each) =>
          resourcesOf(each, spelling).map((one) => registered(one, spelling)),
        );
        await inTurns(resources, async (some) => {
          for (const each of some)
            for (const violation of (await pack.analyze(each)).violations) note(each.urn, violation);
        });
        const { violations } = await pack.analyzeStack(resources.flat());
        for (const violation of violations) note(violation.urn ?? "", violation);
      }
      return [new Map([...said].map(([of, all]) => [of, rowOf(all)])) satisfies Answers];
    },
  }));
}

/** The newest version of each Pulumi provider, and one token with a version in it. */
export function isMain({ version, provider }: Spelling): boolean {
  return provider === undefined && (version === undefined || version === "2024-05-01");
}

function registered(
  { urn, type, name, inputs, provider, cluster }: PulumiResource,
  { dialect }: Spelling,
): StackResource & { readonly urn: string } {
  return {
    urn,
    type,
    name,
    props: withUnknowns({ inputs }, unknown)["inputs"] as Props,
    dependencies: cluster === undefined ? [] : [cluster],
    propertyDependencies: cluster === undefined ? {} : { [dialect.poolsCluster.path]: [cluster] },
    ...(provider === undefined
      ? {}
      : {
          provider: {
            urn: provider.urn,
            type: provider.type,
            name: "provider",
            props: { version: provider.version },
          },
        }),
  };
}

/** Runs a few at a time, each as soon as a previous one is done. */
async function inTurns<T>(all: readonly T[], use: (each: T) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < all.length) {
      const each = all[next++];
      if (each !== undefined) await use(each);
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, work));
}
