import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import { keptThreads } from "./kept-threads.mjs";

/** Tests that boot nothing, tables first: a mutant that one of them kills needs no generated input and no synth. */
const suites = {
  shared: [
    "rule-pages",
    "rules",
    "bugs",
    "findings",
    "cluster",
    "reading",
    "configuration",
    "remedy",
    "fuzz",
    "rules-of-any-cluster",
  ],
  hosts: ["pulumi-inventory", "bugs", "fuzz", "cdktf-truth"],
};

const files = suites[process.env["MUTATION_SUITE"] === "hosts" ? "hosts" : "shared"].map(
  (name) => `test/${name}.test.ts`,
);

class InThisOrder extends BaseSequencer {
  override sort(specifications: Parameters<BaseSequencer["sort"]>[0]): ReturnType<BaseSequencer["sort"]> {
    const placeOf = ({ moduleId }: { readonly moduleId: string }): number =>
      files.findIndex((file) => moduleId.endsWith(file));
    return Promise.resolve([...specifications].sort((one, other) => placeOf(one) - placeOf(other)));
  }
}

export default defineConfig({
  plugins: [keptThreads()],
  test: {
    include: files,
    setupFiles: ["test/mutation/setup.mjs"],
    isolate: false,
    testTimeout: 60_000,
    env: { PROPERTY_SHARE: "0.005" },
    sequence: { sequencer: InThisOrder },
  },
});
