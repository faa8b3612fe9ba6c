import { defineConfig } from "vitest/config";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { BaseSequencer } from "vitest/node";
import { keptThreads } from "./kept-threads.mjs";

/** Tests that boot nothing, tables first: a mutant that one of them kills needs no generated input and no synth. */
const suites = {
  shared: [
    // Paths are taken apart once and remembered: what is first to read must not read while it is collected.
    "reading",
    "dialects",
    "owners",
    "rule-pages",
    "rules",
    "bugs",
    "findings",
    "cluster",
    "partly-known",
    "fix",
    "configuration",
    "remedy",
    "fuzz",
    "rules-of-any-cluster",
  ],
  "pulumi-pack": ["pulumi-inventory", "bugs", "fuzz"],
  "shared/documents": [
    "documents",
    "documents/arm-document",
    "documents/arm-expressions",
    "documents/arm-names",
    "documents/arm-scopes",
    "documents/arm-template",
    "documents/azure",
    "documents/kind",
    "documents/pulumi-preview",
    "documents/pulumi-stack",
    "documents/terraform-json",
    "documents/terraform-plan",
    "documents/terraform-state",
    "cdktf-reading",
    "bypass-cdktf",
    "comparison",
    "fuzz",
    "cdktf-truth",
  ],
  "cdktf-aspect": [
    "cdktf-reading",
    "cdktf-stacks",
    "cdktf-field-cases",
    "cdktf-auto-set",
    "bypass-cdktf",
    "cdktf-truth",
  ],
};

const files = suites[(process.env["MUTATION_SUITE"] ?? "shared") as keyof typeof suites].map(
  (name) => `test/${name}.test.ts`,
);

class InThisOrder extends BaseSequencer {
  override sort(specifications: Parameters<BaseSequencer["sort"]>[0]): ReturnType<BaseSequencer["sort"]> {
    const placeOf = ({ moduleId }: { readonly moduleId: string }): number =>
      files.findIndex((file) => moduleId.endsWith(file));
    return Promise.resolve([...specifications].sort((one, other) => placeOf(one) - placeOf(other)));
  }
}

/** A source that does not even load fails no test; to Stryker it is an error of the whole run. */
class LoadErrors implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestModuleEnd(module: TestModule): void {
    for (const error of module.errors()) this.vitest?.state.catchError(error, "Load Error");
  }
}

export default defineConfig({
  plugins: [keptThreads()],
  test: {
    include: files,
    reporters: [new LoadErrors()],
    setupFiles: ["test/mutation/setup.mjs"],
    isolate: false,
    testTimeout: 60_000,
    env: { PROPERTY_SHARE: "0.005", ONLY_LIBRARY: "cdktf" },
    sequence: { sequencer: InThisOrder },
  },
});
