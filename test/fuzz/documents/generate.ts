/** Hostile documents, from clusters that are generated as in the other stages. */
import fc from "fast-check";
import { asks, blows, damaged, models, sayableIn, spell } from "../generate";
import type { Model } from "../generate";
import type { Ask, Written } from "../oracle";
import type { Mutation } from "./mutations";
import { harmless, mutated, mutationNames, mutations } from "./mutations";
import type { Way } from "./seeds";
import { saysTheSame, ways } from "./seeds";

export interface HostileDocument {
  readonly way: Way;
  readonly mutations: readonly Mutation[];
  readonly fileName: string;
  readonly bytes: Buffer;
  /** The text that the bytes were written from. */
  readonly text: string;
  /** The text of a parameters file. */
  readonly parameters: string | undefined;
  readonly options: readonly string[];
  readonly ask: Ask;
  /** No engine is named anywhere in it, so no mutation can make a cluster pass. */
  readonly isHopeless: boolean;
  /** The cluster that it still declares, unchanged; `undefined` if a mutation changed it. */
  readonly says: Written | undefined;
}

const profiles: readonly Model["settings"][] = ["none", ""].flatMap((engine) =>
  ["kubenet", "none", ""].map((plugin) => ({ engine, plugin, windowsProfile: { adminUsername: "x" } })),
);
const pools: readonly Model["pools"][] = [
  [],
  [{ os: "Windows", apart: true, count: 3 }],
  [{ os: "Linux", apart: false }],
];
/** Clusters without an engine and without any word that would be an engine in another place. */
const unsafeModels: fc.Arbitrary<Model> = fc.record({
  settings: fc.constantFrom(...profiles),
  pools: fc.constantFrom(...pools),
});

const fileNames = [
  "document.json",
  "document.json",
  "document.json",
  "d\u001b[31m\u202e.json",
  "##vso[task.x].json",
  "a b.json",
  "::error::.json",
];

const optionsOf: readonly (readonly string[])[] = [[], [], ["--stack", "prod"], ["--quiet"]];

/** Every organisation has the same configuration, because these documents do not test configurations. */
const defaultAsk = asks.map(({ today }): Ask => ({
  today,
  engines: ["azure", "calico", "cilium"],
  ownCni: "fail",
}));

const base = {
  way: fc.constantFrom(...ways),
  dice: fc.nat(1_000_000),
  ask: defaultAsk,
  fileName: fc.constantFrom(...fileNames),
  options: fc.constantFrom(...optionsOf),
  indent: fc.constantFrom(0, 2),
};

/** A valid cluster in an unmodified document. */
const whole = fc.record({
  ...base,
  model: models,
  hits: blows,
  isHopeless: fc.constant(false),
  mutations: mutations(harmless, { maxLength: 1 }),
});
const changed = fc.record({
  ...base,
  model: models,
  hits: blows,
  isHopeless: fc.constant(false),
  mutations: mutations(mutationNames, { minLength: 1, maxLength: 6 }),
});
const hopeless = fc.record({
  ...base,
  model: unsafeModels,
  hits: fc.constant([]),
  isHopeless: fc.constant(true),
  mutations: mutations(mutationNames, { minLength: 1, maxLength: 6 }),
});

export const hostileDocuments: fc.Arbitrary<HostileDocument> = fc
  .oneof(
    { weight: 3, arbitrary: whole },
    { weight: 4, arbitrary: changed },
    { weight: 4, arbitrary: hopeless },
  )
  .map(({ model, hits, indent, dice, ...rest }): HostileDocument | undefined => {
    const { way } = rest;
    const settings = sayableIn(model.settings, way.spelling);
    const spelt = spell({ ...model, settings }, way.spelling, dice);
    const written = hits.reduce((hurt, blow) => damaged(hurt, blow), spelt);
    const seed = way.write(written, dice);
    if (seed === undefined) return undefined;
    const isSame = rest.mutations.every(({ what }) => harmless.includes(what));
    const { bytes, text } = mutated(seed.content, rest.mutations, indent);
    const document = {
      ...rest,
      bytes,
      text,
      parameters: seed.parameters === undefined ? undefined : JSON.stringify(seed.parameters),
      says: isSame && saysTheSame(way, written) ? written : undefined,
    };
    return { ...document, ...{ [fc.toStringMethod]: () => shown(document) } };
  })
  .filter((document) => document !== undefined);

/** A counterexample, short enough for a person to read. */
function shown({ way, mutations: all, fileName, text, parameters, options }: HostileDocument): string {
  const done = all.map(({ what, at, by }) => `${what} ${at} ${by}`).join(", ");
  const given = parameters === undefined ? "" : `\nparameters: ${parameters.slice(0, 2000)}`;
  return `${way.name}, ${JSON.stringify(fileName)} ${options.join(" ")}\nmutations: ${done}\n${JSON.stringify(text.slice(0, 6000))}${given}`;
}
