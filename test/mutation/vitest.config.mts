import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { BaseSequencer } from "vitest/node";
import { keptProcess } from "./kept-process.mjs";

/**
 * Tests without a pack process, tables first: a mutant that one of them kills needs no generated input and no
 * synthesis.
 */
const core = [
  // Paths are parsed once and cached: the first reader must not run while tests are collected.
  "shared/reading/reading",
  "shared/dialects/dialects",
  "shared/reading/owners",
  "shared/rules/rules",
  "shared/findings/bugs",
  "shared/findings/findings",
  "shared/findings/judgement",
  "shared/cluster/cluster",
  "shared/cluster/pools",
  "shared/rules/unrecognised-engine",
  "shared/dialects/versions-of-modules",
  "shared/dialects/modules-of-avm",
  "shared/dialects/azure-api-versions",
  "shared/reading/partly-known",
  "shared/reading/around",
  "shared/fixes/fix",
  "shared/policy/configuration",
  "docs/rule-pages",
];
const generated = ["properties/fuzz", "properties/rules-of-any-cluster"];

const suites = {
  // These alone cover what decides a verdict, in bounded time.
  core: [...core, "shared/fixes/remedy", ...generated],
  "shared/rules": [...core, ...generated],
  "shared/reading": [
    "shared/reading/reading",
    "shared/reading/owners",
    "shared/reading/partly-known",
    "shared/reading/around",
    "shared/dialects/dialects",
    "shared/dialects/modules-of-avm",
    "shared/dialects/versions-of-modules",
    "shared/messages/words-of-documents",
    "shared/cluster/pools",
    "shared/cluster/cluster",
    "shared/rules/rules",
    "shared/fixes/fix",
    "properties/fuzz",
  ],
  "shared/dialects": [
    "shared/dialects/dialects",
    "shared/dialects/lookup",
    "shared/dialects/module-source",
    "shared/dialects/spelling",
    "shared/dialects/versions-of-modules",
    "shared/dialects/modules-of-avm",
    "shared/dialects/azure-api-versions",
    "shared/reading/reading",
    "shared/rules/rules",
    "shared/fixes/fix",
    "shared/messages/words-of-documents",
    "shared/documents/deployments",
    "shared/documents/terraform-azapi",
    "shared/documents/azure",
    "shared/documents/arm-clusters",
    "shared/documents/pulumi-stack",
  ],
  "shared/fixes": [
    "shared/fixes/fix",
    "shared/fixes/advised-fix",
    "shared/fixes/remedy",
    "shared/fixes/replacement",
    "shared/rules/rules",
    "shared/findings/findings",
    "shared/reading/partly-known",
    "docs/rule-pages",
  ],
  "shared/findings": [
    "shared/findings/findings",
    "shared/findings/judgement",
    "shared/findings/judgement-of-several",
    "shared/findings/bugs",
    "shared/policy/configuration",
    "shared/policy/baseline",
    "shared/rules/rules",
    "shared/fixes/remedy",
    "cli/exemptions",
    "cli/baseline",
    "cli/check",
    "cdktf-aspect/exemptions",
    "cdktf-aspect/auto-set",
  ],
  "shared/messages": [
    "shared/messages/visible",
    "shared/messages/lines",
    "shared/messages/effects",
    "shared/messages/reporting",
    "shared/messages/words-of-documents",
    "shared/public-door",
    "shared/rules/rules",
    "shared/findings/findings",
    "shared/fixes/fix",
    "shared/fixes/replacement",
    "shared/policy/configuration",
    "shared/policy/baseline",
    "docs/rule-pages",
    "docs/messages-page",
    "cli/formats",
    "cli/exemptions",
    "cli/baseline",
    "cli/check",
  ],
  "shared/azure-policy": [
    "shared/azure-policy/conditions",
    "shared/azure-policy/definition",
    "shared/azure-policy/interpreter",
  ],
  "pulumi-pack": [
    "pulumi-pack/inventory",
    "pulumi-pack/policies",
    "shared/findings/bugs",
    "pulumi-pack/deployments",
    "pulumi-pack/changes-not-made",
    "pulumi-pack/exemptions",
    "pulumi-pack/configuration",
    "pulumi-pack/pack",
    "pulumi-pack/auto-set",
    "pulumi-pack/field-cases",
  ],
  "shared/documents/arm": [
    "shared/documents/kind",
    "shared/documents/arm-values",
    "shared/documents/arm-expressions",
    "shared/documents/arm-functions",
    "shared/documents/arm-names",
    "shared/documents/arm-document",
    "shared/documents/arm-clusters",
    "shared/documents/arm-scopes",
    "shared/documents/arm-template",
    "shared/documents/deployments",
  ],
  "shared/documents/terraform": [
    "shared/documents/kind",
    "shared/documents/terraform-constants",
    "shared/documents/terraform-clusters",
    "shared/documents/terraform-references",
    "shared/documents/terraform-plan-links",
    "shared/documents/terraform-azapi",
    "shared/documents/terraform-overrides",
    "shared/documents/terraform-lifecycle",
    "shared/documents/terraform-instances",
    "shared/documents/terraform-pools",
    "shared/documents/terraform-json",
    "shared/documents/terraform-plan",
    "shared/documents/terraform-state",
    "shared/documents/deployments",
    "cdktf-aspect/reading",
    "cdktf-aspect/bypass",
    "properties/fuzz",
  ],
  "shared/documents": [
    "shared/documents/json",
    "shared/documents/azure",
    "shared/documents/kind",
    "shared/documents/pulumi-preview",
    "shared/documents/pulumi-stack",
    "shared/documents/pulumi-ignore-changes",
    "shared/documents/read-once",
    "shared/documents/deployments",
    "shared/documents/terraform-azapi",
    "shared/documents/terraform-clusters",
    "shared/documents/terraform-pools",
    "shared/documents/terraform-json",
    "shared/documents/arm-clusters",
    "docs/comparison",
  ],
  cli: [
    // Sources are loaded once for all files here: files that watch calls to node:fs come first.
    "cli/text-file",
    "cli/walk",
    "cli/arguments",
    "cli/json-text",
    "cli/main",
    "cli/called-by-pulumi",
    "cli/progress",
    "cli/streams",
    "cli/csv-text",
    "cli/exemptions",
    "cli/baseline",
    "cli/check",
    "cli/places",
    "cli/inputs",
    "cli/ambiguous-inputs",
    "cli/override-files",
    "cli/formats",
    "cli/format-cases",
    "cli/azure-policy",
    "cli/seed-template",
    "cli/comparison",
    "cli/peers",
  ],
  "cdktf-aspect": [
    "cdktf-aspect/cover",
    "cdktf-aspect/constructs",
    "cdktf-aspect/annotations",
    "cdktf-aspect/hcl",
    "cdktf-aspect/presence",
    "cdktf-aspect/report",
    "cdktf-aspect/printing",
    "cdktf-aspect/visits",
    "cdktf-aspect/synthesis",
    "cdktf-aspect/messages",
    "cdktf-aspect/auto-set-out-of-reach",
    "cdktf-aspect/judging",
    "cdktf-aspect/other-stacks",
    "cdktf-aspect/writers",
    "cdktf-aspect/rendering",
    "cdktf-aspect/app",
    "cdktf-aspect/reading",
    "cdktf-aspect/stacks",
    "cdktf-aspect/exemptions",
    "cdktf-aspect/field-cases",
    "cdktf-aspect/auto-set",
    "cdktf-aspect/bypass",
    "cdktf-aspect/truth",
  ],
};

const names =
  process.env["MUTATION_TESTS"]?.split(",") ??
  suites[(process.env["MUTATION_SUITE"] ?? "core") as keyof typeof suites];
const files = names.map((name) => `test/${name}.test.ts`);
const missing = files.filter((file) => !existsSync(file));
if (missing.length > 0) throw new Error(`There is no ${missing.join(", ")}`);

class InThisOrder extends BaseSequencer {
  override sort(specifications: Parameters<BaseSequencer["sort"]>[0]): ReturnType<BaseSequencer["sort"]> {
    const placeOf = ({ moduleId }: { readonly moduleId: string }): number =>
      files.findIndex((file) => moduleId.endsWith(file));
    return Promise.resolve([...specifications].sort((one, other) => placeOf(one) - placeOf(other)));
  }
}

/** A source that does not even load fails no test; Stryker treats it as an error of the whole run. */
class LoadErrors implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestModuleEnd(module: TestModule): void {
    // Stryker cannot print the plain objects that Vitest makes of errors.
    for (const { message } of module.errors())
      this.vitest?.state.catchError(new Error(message), "Load Error");
  }
}

export default defineConfig({
  plugins: [keptProcess()],
  test: {
    include: files,
    reporters: [new LoadErrors()],
    setupFiles: ["test/mutation/setup.mjs"],
    isolate: false,
    testTimeout: 60_000,
    env: { PROPERTY_SHARE: "0.005", ONLY_LIBRARY: "cdktf", PACK_IN_PROCESS: "" },
    sequence: { sequencer: InThisOrder },
  },
});
