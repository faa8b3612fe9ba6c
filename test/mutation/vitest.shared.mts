import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import { keptThreads } from "./kept-threads.mjs";

/** Tables first: a mutant that one of them kills needs no generated input. */
const files = [
  "test/rule-pages.test.ts",
  "test/rules.test.ts",
  "test/bugs.test.ts",
  "test/findings.test.ts",
  "test/cluster.test.ts",
  "test/reading.test.ts",
  "test/configuration.test.ts",
  "test/remedy.test.ts",
  "test/fuzz.test.ts",
  "test/rules-of-any-cluster.test.ts",
];

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
