/**
 * Programs of both libraries that declare clusters, synthesized to files; the Aspect checks them on the way,
 * and `check` checks the files.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformResource } from "cdktf";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Inputs } from "../../shared/reading/spell";
import type { Library } from "../support/terraform";
import { annotationsOf, libraries, stackOf, synthesised } from "../support/terraform";
import type { Shape } from "../support/terraform-shapes";
import {
  aks,
  aks10,
  avm,
  avmOf2025,
  azapiObject,
  azapiOf2022,
  azapiText,
  raw,
  template,
  typed,
} from "../support/terraform-shapes";
import { checkedFiles } from "./checked";
import { nameIn } from "./clusters";
import type { Answers, Spelt, Way } from "./door";
import type { Said } from "./verdicts";
import { rowOf, spellingOf } from "./verdicts";

interface Form {
  readonly shape: Shape;
  /** The version of the API or module, if the spelling has one. */
  readonly version?: string;
  readonly oneOf?: number;
}

/** The engine comes from an override only, the rest from the properties of the class. */
const overridden: Shape = {
  ...typed,
  name: "typed azurerm with an override",
  declare: (library, stack, { cluster, separatePools }, prefix = "") => {
    const { networkPolicy, ...networkProfile } = (cluster["networkProfile"] ?? {}) as Inputs;
    const others = networkPolicy === undefined ? cluster : { ...cluster, networkProfile };
    typed.declare(library, stack, { cluster: others, separatePools }, prefix);
    const made = stack.node.findChild(`${prefix}aks`) as unknown as Pick<TerraformResource, "addOverride">;
    if (networkPolicy === notKnownYet) made.addOverride("network_profile.network_policy", "${var.unknown}");
    else if (networkPolicy !== undefined) made.addOverride("network_profile.network_policy", networkPolicy);
  },
};

const forms: readonly Form[] = [
  { shape: typed, oneOf: 2 },
  { shape: overridden, oneOf: 8 },
  { shape: raw },
  { shape: azapiObject, version: "2026-03-01" },
  { shape: azapiText, version: "2026-03-01", oneOf: 2 },
  { shape: azapiOf2022, version: "2022-03-01", oneOf: 2 },
  { shape: template, oneOf: 2 },
  { shape: aks, oneOf: 2 },
  { shape: aks10, version: "10.2.0", oneOf: 4 },
  { shape: avm, oneOf: 2 },
  { shape: avmOf2025, version: "0.3.3", oneOf: 4 },
];

const formats = ["JSON", "HCL"] as const;
type Format = (typeof formats)[number];

/** The libraries' cost of a stack grows faster than its elements. */
const clustersInAStack = 250;

export const synthWays: readonly Way[] = libraries.flatMap((library) =>
  formats.flatMap((format) => forms.map((form) => wayOf(library, format, form))),
);

function wayOf(library: Library, format: Format, { shape, version, oneOf = 1 }: Form): Way {
  return {
    name: `${library.name} ${format}, ${shape.name}`,
    spelling: spellingOf(shape.dialect.name, version),
    doors: ["the Aspect", "check, the file"],
    oneOf,
    judge: async (clusters, today) => {
      const outdir = mkdtempSync(join(tmpdir(), "conformance-"));
      try {
        const told = synth(library, format, outdir, shape, clusters, today);
        const stacks = join(outdir, "stacks");
        const files = readdirSync(stacks).map((stack) =>
          join(stacks, stack, format === "JSON" ? "cdk.tf.json" : "cdk.tf"),
        );
        return [told, await checkedFiles({}, files, today)];
      } finally {
        rmSync(outdir, { recursive: true });
      }
    },
  };
}

/** The Aspect's answer on each cluster. */
function synth(
  { name, ...library }: Library,
  format: Format,
  outdir: string,
  shape: Shape,
  clusters: readonly Spelt[],
  today: Date,
): Answers {
  const said = new Map<string, Said[]>(clusters.map((each) => [each.name, []]));
  withSettings(format, () => {
    const app = new library.lib.App({ outdir, skipValidation: true });
    for (let from = 0; from < clusters.length; from += clustersInAStack) {
      const stack = stackOf({ name, ...library }, app, `stack${from}`);
      for (const { name: prefix, written } of clusters.slice(from, from + clustersInAStack))
        shape.declare(
          { name, ...library },
          stack,
          { cluster: written.cluster as Inputs, separatePools: written.separatePools as readonly Inputs[] },
          prefix,
        );
    }
    AksNetworkPolicyAspect.applyTo(app, library.lib.Aspects, {}, { today: () => today });
    synthesised(app);
    for (const { path, level, message } of annotationsOf(app)) {
      const [, rule = "", text = ""] = /^([\w-]+)(?: \([^)]*\))?: (.*)/s.exec(message) ?? [];
      const mild = text.startsWith("Unknown: ") ? "unknown" : "notice";
      said.get(nameIn(path))?.push({ rule, kind: level === "error" ? "failure" : mild });
    }
  });
  return new Map([...said].map(([of, all]) => [of, rowOf(all)]));
}

/** The libraries read these when stacks are created and written. */
function withSettings(format: Format, use: () => void): void {
  const settings: Readonly<Record<string, string | undefined>> = {
    SYNTH_HCL_OUTPUT: format === "HCL" ? "true" : undefined,
    // Otherwise the first error would keep the app from writing its stacks.
    CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
  };
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  const { stackTraceLimit } = Error;
  // The libraries take a stack trace for every token, which nobody reads here and which takes most of the
  // time.
  Error.stackTraceLimit = 0;
  try {
    for (const [name, value] of Object.entries(settings)) setVariable(name, value);
    use();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    for (const [name, value] of before) setVariable(name, value);
  }
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
