import { notKnownYet } from "../../shared/cluster/declaration";
import { remedyOf } from "../../shared/fixes/remedy";
import { effectOf } from "../../shared/fixes/replacement";
import type { Subject } from "../../shared/reading/subject";
import type { CauseName } from "../../shared/rules";
import { rules } from "../../shared/rules";
import { autoSetDefaults } from "../../shared/rules/network-policy-configured/options";
import type { Circumstances } from "../../shared/rules/rule";
import type { Told } from "../support/evaluate";
import { refusalText, wroteText } from "../support/words";
import type { Input, Model } from "./generate";
import { changed, marker, placesIn, replaced, spell } from "./generate";
import {
  circumstancesOf,
  findingsFrom,
  isInExpressions,
  isTemplate,
  readByAspect,
  readByPack,
  readPlainly,
  tokensOf,
} from "./hosts";
import type { Facts, Judgement, Tree, Written } from "./oracle";
import { factsOf, judgedBy, readTwice } from "./oracle";
import type { Spelling } from "./spellings";
import { namesIn } from "./spellings";

/**
 * The outcome of an input. `refused`: it fails because a part of it is not documented by Azure, such as a
 * misspelling, a wrong type or something that is not a block. The other failures are understood, and nothing
 * is enforced.
 */
export const kinds = ["passed", "failed", "unknown", "refused"] as const;
export type Kind = (typeof kinds)[number];

/** The outcomes of a number of inputs. */
export interface Tally {
  readonly kinds: Record<Kind, number>;
  /** Undecided although every possible value of the unknown leads to the same verdict. */
  undecided: number;
  readonly causes: Partial<Record<CauseName, number>>;
  /** How often each invariant had something to check. */
  readonly checked: Record<string, number>;
}

export function emptyTally(): Tally {
  return { kinds: { passed: 0, failed: 0, unknown: 0, refused: 0 }, undecided: 0, causes: {}, checked: {} };
}

const rulesReadTwice = rules.filter(({ name }) => readTwice.includes(name));
const isAllReadTwice = rulesReadTwice.length === rules.length;

const unrecognised: readonly (CauseName | undefined)[] = ["not-an-engine", "unrecognized-value"];

/** The worst finding. */
function judgementOf(findings: readonly Told[]): Judgement {
  if (findings.some(({ kind }) => kind === "failure")) return "fail";
  return findings.some(({ kind }) => kind === "unknown") ? "unknown" : "pass";
}

function kindOf(findings: readonly Told[]): Kind {
  const isRefused = findings.some(({ kind, cause }) => kind === "failure" && unrecognised.includes(cause));
  const words = { pass: "passed", fail: "failed", unknown: "unknown" } as const;
  return isRefused ? "refused" : words[judgementOf(findings)];
}

/** The causes without positions: a pool inside its cluster has a path that a separate one does not have. */
function causesOf(findings: readonly Told[]): readonly string[] {
  return [...new Set(findings.map(({ kind, cause }) => `${kind} ${cause ?? ""}`))];
}

/** A violated invariant. */
class Broken extends Error {}

export function expectThat(holds: boolean, invariant: string, ...shown: unknown[]): void {
  if (holds) return;
  throw new Broken([invariant, ...shown.map((each) => JSON.stringify(each, markUnknown, 1))].join("\n"));
}

function markUnknown(_name: string, value: unknown): unknown {
  return typeof value === "symbol" ? "<not known yet>" : value;
}

/**
 * Checks the invariants on one input, and counts its outcome. Throws if one is violated. Those that compare
 * two inputs take turns.
 */
export function check(input: Input, tally: Tally): void {
  const { written, spelling, ask, toolVersion, dice } = input;
  const circumstances = circumstancesOf(ask);
  const judge = (other: Written): readonly Told[] =>
    findingsFrom(readPlainly(other, spelling, toolVersion), circumstances);
  const counted = (invariant: string): void => {
    tally.checked[invariant] = (tally.checked[invariant] ?? 0) + 1;
  };
  freeze(written.cluster);
  freeze(written.separatePools);
  const reading = readPlainly(written, spelling, toolVersion);
  const findings = findingsFrom(reading, circumstances);
  const facts = factsOf(written, spelling);
  tally.kinds[kindOf(findings)] += 1;
  for (const { cause } of findings)
    if (cause !== undefined) tally.causes[cause] = (tally.causes[cause] ?? 0) + 1;

  hasNoBug(findings);
  repeatsNoSecret(findings.map(({ message }) => message));
  const ofTable = isAllReadTwice ? findings : findingsFrom(reading, circumstances, rulesReadTwice);
  isNoGreenerThanTheTable(judgementOf(ofTable), facts, input, tally);
  isTheSameInItsHost(input, findings, circumstances, counted);
  if (dice % 2 === 0) {
    counted("same input, same output");
    const again = judge(written);
    expectThat(isSame(findings, again), "same input, same output", findings, again);
    isTheSameInEveryDialect(input, circumstances, counted);
    if (spelling.ignoresCase) {
      counted("changing case");
      const other = mapTexts(written, [swapCase, upperCase, lowerCase][dice % 3] ?? swapCase);
      const cased = judge(other);
      expectThat(
        isSame(findings, cased),
        "changing case never changes an ARM verdict",
        other,
        findings,
        cased,
      );
    }
  } else {
    remedies(input, reading.subject, circumstances);
    const beside = withUnrelated(input);
    if (beside !== undefined) {
      counted("unrelated keys");
      const found = judge(beside);
      expectThat(isSame(findings, found), "unrelated keys never change a verdict", beside, findings, found);
    }
    const less = knowingLess(input, findings, facts);
    if (less !== undefined) {
      counted("knowing less");
      expectThat(
        judgementOf(judge(less)) !== "pass",
        "making a known value unknown never turns a fail into a pass",
        less,
        findings,
      );
    }
  }
}

/** A failure without a cause is a caught bug in this package. */
function hasNoBug(findings: readonly Told[]): void {
  const bug = findings.find(({ key }) => key === "bug");
  expectThat(bug === undefined, "never throws", bug);
}

function repeatsNoSecret(texts: readonly string[]): void {
  const secret = texts.find((text) => text.toLowerCase().includes(marker));
  expectThat(secret === undefined, "no value outside the closed sets is echoed", secret);
}

/** Passing, failing and undecided match what the table says for every possible value of the unknown. */
export function isNoGreenerThanTheTable(
  judgement: Judgement,
  facts: Facts,
  { ask, spelling }: Pick<Input, "ask" | "spelling">,
  tally: Pick<Tally, "undecided">,
): void {
  const table = judgedBy(facts, ask);
  const isKnown = !Object.values(facts).includes("unknown");
  // A patch silently leaves alone what it does not state; but if it names anything, it must name an engine.
  const hasItsOwn = facts.automatic === true || ["cilium", "unknown"].includes(facts.dataplane);
  const takesAway = ["none", "wrong"].includes(facts.engine) || (facts.engine === "nothing" && !hasItsOwn);
  const ownCni =
    ["none", "nothing"].includes(facts.engine) && facts.plugin === "none" && ask.ownCni !== "fail";
  const isSilent = spelling.patch === true && !isKnown && (ownCni || !takesAway);
  if (judgement === "pass")
    expectThat(
      table === "pass" || isSilent,
      "never passes without an engine that the table names as enforced",
      facts,
      table,
    );
  if (judgement === "fail") expectThat(table === "fail", "never fails what may be enforced", facts, table);
  if (isKnown) expectThat(judgement === table, "decides what is known", facts, table, judgement);
  else if (judgement === "unknown" && table !== "unknown") tally.undecided += 1;
}

/** Auto-set chooses without throwing, and reveals no secret. */
function remedies({ dice }: Input, subject: Subject, circumstances: Circumstances): void {
  const address = "urn";
  const remedy = remedyOf(subject.cluster, subject.dialect, {
    ...circumstances,
    autoSet: { ...autoSetDefaults, wholeProfile: dice % 2 === 0, acceptReplacement: dice % 3 === 0 },
    address,
    effectOf: (settings) => effectOf(subject, settings),
  });
  const text = remedy.writes ? wroteText(subject, remedy.settings) : refusalText(remedy, address);
  repeatsNoSecret([text]);
}

/** The host's own reader agrees with the evaluator on plain objects. */
function isTheSameInItsHost(
  { written, spelling, dice, toolVersion }: Input,
  findings: readonly Told[],
  circumstances: Circumstances,
  counted: (invariant: string) => void,
): void {
  const tokens = tokensOf(spelling);
  const reading =
    tokens === undefined
      ? readByAspect(written, spelling, dice)
      : readByPack(written, spelling, tokens, dice);
  if (reading === undefined) return;
  counted(tokens === undefined ? "the Aspect's reader" : "the pack's reader");
  if (isTemplate(spelling) && isInExpressions(dice)) counted("expressions of templates");
  const found = findingsFrom(
    "error" in reading ? reading : { subject: { ...reading.subject, toolVersion } },
    circumstances,
  );
  hasNoBug(found);
  repeatsNoSecret(found.map(({ message }) => message));
  const [ours, theirs] = [findings, found].map(causesOf);
  expectThat(isSame(ours, theirs), "a host reads what is written", findings, found);
}

/** The input with one known value less, if it still fails for another reason. */
function knowingLess({ written, dice }: Input, findings: readonly Told[], facts: Facts): Written | undefined {
  // Unknown values are assumed to become documented ones, so a wrong one may be hidden, except for the
  // engine.
  const isWrong =
    facts.somethingWrong ||
    Object.entries(facts).some(([name, fact]) => name !== "engine" && fact === "wrong");
  if (judgementOf(findings) !== "fail" || isWrong) return undefined;
  return changed(written, dice, () => notKnownYet);
}

/** With this number `spell` uses the first name of every setting. */
const inNewestNames = 2;

function isTheSameInEveryDialect(
  { model, spelling, other }: Input,
  circumstances: Circumstances,
  counted: (invariant: string) => void,
): void {
  if (model === undefined || spelling === other) return;
  if (![spelling, other].every((each) => meansTheSame(model, each))) return;
  counted("every dialect");
  const [one, two] = [spelling, other].map((each) =>
    causesOf(findingsFrom(readPlainly(spell(model, each, inNewestNames), each, undefined), circumstances)),
  );
  expectThat(
    isSame(one, two),
    "same cluster, same verdict in every dialect",
    spell(model, other, inNewestNames),
    one,
    two,
  );
}

/** Can the spelling express all of the model, without any additional meaning? */
function meansTheSame({ settings, pools }: Model, spelling: Spelling): boolean {
  if (spelling.patch === true || spelling.sku !== undefined) return false;
  // The treatment of SKU Automatic depends on the version or module.
  if ((spelling.noAutomatic ?? spelling.automaticAlone) === true && settings.sku !== undefined) return false;
  if (Object.keys(settings).some((name) => spelling.settings[name as keyof typeof settings].length === 0))
    return false;
  // An empty list is no block to Terraform, but is one to Azure.
  if (Array.isArray(settings.windowsProfile)) return false;
  const isEmpty = (value: Tree | undefined): boolean => value === undefined || value === null || value === "";
  // The treatment of an absent value depends on the module.
  if (spelling.plugin !== undefined && isEmpty(settings.plugin)) return false;
  if (spelling.ownProfile !== undefined && settings.engine === undefined && settings.plugin === undefined)
    return false;
  // A text that is correct only in another case is accepted by Azure only.
  const texts = [...Object.values(settings), ...pools.flatMap((pool) => Object.values(pool) as Tree[])].flat(
    2,
  );
  return texts.every(
    (text) =>
      typeof text !== "string" || !words.has(text.toLowerCase()) || words.get(text.toLowerCase()) === text,
  );
}

const words = new Map(
  [
    ...["azure", "calico", "cilium", "none", "kubenet", "overlay", "Base", "Basic", "Automatic"],
    ...["IPv4", "IPv6", "Auto", "Manual"],
  ].map((word) => [word.toLowerCase(), word]),
);

/** The input with a key in one of its blocks that is meaningless in its dialect. */
function withUnrelated({ written, spelling, unrelated: [name, value], dice }: Input): Written | undefined {
  if (namesIn(spelling).has(name)) return undefined;
  const maps = spelling.pools.form === "map" ? spelling.pools.at : undefined;
  const tree: readonly Tree[] = [written.cluster, ...written.separatePools];
  const places = placesIn(tree);
  const place = places[dice % places.length] ?? [0];
  if (place.at(-1) === maps) return undefined;
  const beside = (block: Tree): Tree =>
    typeof block !== "object" || block === null || Array.isArray(block) || Object.hasOwn(block, name)
      ? block
      : { ...(block as { readonly [name: string]: Tree }), [name]: value };
  const [cluster = {}, ...separatePools] = replaced(tree, place, beside) as readonly Tree[];
  return { cluster, separatePools };
}

function mapTexts({ cluster, separatePools }: Written, change: (text: string) => string): Written {
  const map = (tree: Tree): Tree => {
    if (typeof tree === "string") return change(tree);
    if (typeof tree !== "object" || tree === null) return tree;
    if (Array.isArray(tree)) return (tree as readonly Tree[]).map(map);
    return Object.fromEntries(
      Object.entries(tree).map(([name, inner]: [string, Tree]) => [name, map(inner)]),
    );
  };
  return { cluster: map(cluster), separatePools: separatePools.map(map) };
}

const upperCase = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
const lowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const swapCase = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase()));

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Makes changing an input on the way throw. */
function freeze(tree: unknown): void {
  if (typeof tree !== "object" || tree === null || Object.isFrozen(tree)) return;
  Object.freeze(tree);
  for (const inner of Object.values(tree)) freeze(inner);
}
