import type fc from "fast-check";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { dialectAt } from "../../shared/dialects/at-version";
import type { Inputs } from "../../shared/reading/spell";
import { rules } from "../../shared/rules";
import type { Props, StackResource } from "../engine/analyzer";
import { secret, unknown } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import {
  aspectVoice,
  findingsTold,
  pulumiVoice,
  pulumiVoiceAtTheEnd,
  withUnknowns,
} from "../support/evaluate";
import type { Library } from "../support/terraform";
import { annotationsOf, onExampleDay, stackOf } from "../support/terraform";
import type { Shape } from "../support/terraform-shapes";
import { aks, avm, azapiObject, azapiText, azapiUpdate, raw, template } from "../support/terraform-shapes";
import type { Input } from "./generate";
import { inputs, marker } from "./generate";
import { circumstancesOf, meansMore, meansMoreToTemplates, readPlainly, tokensOf } from "./hosts";
import type { Ask, Tree, Written } from "./oracle";

const ask: Ask = { today: "2026-11-23", engines: ["azure", "calico", "cilium"], ownCni: "fail" };

function isBlock(tree: Tree): boolean {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree) && Object.keys(tree).length > 0;
}

/**
 * Inputs for the running pack: what Pulumi could send for a registered cluster, whose internal keys it keeps.
 */
export const pulumiInputs: fc.Arbitrary<Input> = inputs.filter(
  ({ spelling, written: { cluster } }) =>
    tokensOf(spelling) !== undefined &&
    spelling.provider === undefined &&
    isBlock(cluster) &&
    !Object.keys(cluster as object).every((name) => name.startsWith("__")),
);

let count = 0;

/**
 * Declares the cluster and its pools to the running pack, ends the run, and compares every message with the
 * evaluator's.
 */
export async function checkPack({ pack }: ClockedPack, { written, spelling, dice }: Input): Promise<void> {
  const tokens = tokensOf(spelling);
  if (tokens === undefined) throw new Error("no Pulumi dialect");
  const dialect = spelling.dialect;
  const link = dialect.poolsCluster.path;
  const resource = (type: string, tree: Tree, of: readonly string[]): StackResource => {
    const name = `${marker}${count++}`;
    const props = withUnknowns({ tree: tree }, unknown)["tree"] as Props;
    return {
      type,
      name,
      urn: `urn:pulumi:dev::project::${type}::aks${count}`,
      props: dice % 3 === 0 ? asSecrets(props) : props,
      dependencies: of,
      propertyDependencies: of.length === 0 ? {} : { [link]: of },
    };
  };
  const cluster = resource(tokens.cluster, written.cluster, []);
  const pools = written.separatePools.map((pool) => resource(tokens.pool, pool, [cluster.urn ?? ""]));
  const told: string[] = [];
  for (const each of [cluster, ...pools])
    for (const { policyName, message } of (await pack.analyze(each)).violations)
      told.push(`${policyName}: ${message}`);
  const before = told.length;
  const end = await pack.analyzeStack([cluster, ...pools]);
  told.push(...end.violations.map(({ policyName, message }) => `${policyName}: ${message}`));

  const said = (whole: Written, voice: typeof pulumiVoice): { key: string; text: string }[] => {
    const { subject } = readPlainly(whole, spelling, undefined);
    return rules.flatMap((rule) =>
      findingsTold(rule, subject, circumstancesOf(ask), voice).map(({ key, message }) => ({
        key: `${rule.name} ${key}`,
        text: `${rule.name}: ${message}`,
      })),
    );
  };
  const alone = said({ ...written, separatePools: [] }, pulumiVoice);
  const added = said(written, pulumiVoiceAtTheEnd).filter(
    ({ key }) => !alone.some((each) => each.key === key),
  );
  expectSame(
    told.slice(0, before),
    alone.map(({ text }) => text),
  );
  expectSame(
    told.slice(before),
    added.map(({ text }) => text),
  );
}

function asSecrets(props: Props): Props {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [name, value === undefined ? value : secret(value)]),
  );
}

function expectSame(told: readonly string[], expected: readonly string[]): void {
  const secretTold = told.find((text) => text.toLowerCase().includes(marker));
  if (secretTold !== undefined) throw new Error(`a value is repeated: ${secretTold}`);
  const [one, two] = [told, expected].map((texts) => [...texts].sort().join("\n"));
  if (one !== two) throw new Error(`the host says\n${one}\nand the evaluator\n${two}`);
}

const shapes: readonly Shape[] = [raw, azapiObject, azapiText, azapiUpdate, template, aks, avm];
const names = new Set(shapes.map(({ dialect }) => dialect.name));

/**
 * Inputs for the libraries: what a program could write, in a Terraform dialect. Not `__proto__`: an override
 * with that key changes the prototype of every object in the process, in both libraries.
 */
export const terraformInputs: fc.Arbitrary<Input> = inputs.filter(
  ({ spelling, written }) =>
    names.has(spelling.dialect.name) &&
    (spelling.version === undefined || spelling.version === "2025-07-01") &&
    isBlock(written.cluster) &&
    Object.keys(written.cluster as object).every((name) => /^[a-z]\w*$/.test(name)) &&
    written.separatePools.every((pool) => typeof (pool as { readonly name?: Tree }).name === "string") &&
    !/"__proto__":/.test(JSON.stringify(written)) &&
    !meansMore.test(JSON.stringify(written)) &&
    !meansMoreToTemplates(written, spelling),
);

/**
 * Declares each cluster in a separate stack of one app of the library, synthesizes them, and compares every
 * message with the evaluator's.
 */
export function checkLibrary(library: Library, batch: readonly Input[]): void {
  const app = library.lib.Testing.app();
  // Otherwise the first error annotation would keep the app from its other stacks.
  const stacks = withVariable("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", () => batch.map(declared));
  AksNetworkPolicyAspect.applyTo(app, library.lib.Aspects, {}, onExampleDay);
  app.synth();
  for (const { stack, shape, spelling, whole } of stacks) {
    const version = shape.toolVersion(library);
    const { dialect } = spelling;
    const ofProvider = dialect.versions?.of === "provider" ? dialectAt(dialect, version) : dialect;
    const read = readPlainly(whole, { ...spelling, dialect: ofProvider }, version);
    const subject = { ...read.subject, dialect: ofProvider };
    const said = rules.flatMap((rule) =>
      findingsTold(rule, subject, circumstancesOf(ask), aspectVoice).map(
        ({ kind, message }) => `${kind === "failure" ? "error" : "warn"} ${rule.name}: ${message}`,
      ),
    );
    // For a document with several resources, a message says which one.
    const told = annotationsOf(stack).map(
      ({ level, message }) => `${level} ${message.replace(/^([\w-]+) \([^)]*\): /, "$1: ")}`,
    );
    expectSame(told, [...new Set(said)]);
  }

  function declared({ written, spelling, dice }: Input, i: number) {
    const isDocument = isBlock((written.cluster as { readonly body?: Tree }).body ?? null);
    const possible = shapes.filter(
      (each) => each.dialect.name === spelling.dialect.name && (each !== azapiText || isDocument),
    );
    const shape = possible[dice % possible.length];
    if (shape === undefined) throw new Error(`no shape for ${spelling.dialect.name}`);
    const stack = stackOf(library, app, `s${i}`);
    const separatePools = shape.takesPoolsApart ? written.separatePools : [];
    const cluster = written.cluster as Inputs;
    shape.declare(library, stack, { cluster, separatePools: separatePools as readonly Inputs[] });
    return { stack, shape, spelling, whole: { cluster: shape.inputs(cluster) as Tree, separatePools } };
  }
}

function withVariable<T>(name: string, use: () => T): T {
  const before = process.env[name];
  process.env[name] = "true";
  try {
    return use();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before;
  }
}
