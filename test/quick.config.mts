import { defineConfig } from "vitest/config";

/**
 * What `npm run test:quick` runs: the tests of `shared/`, of its readers and of the command line's formats that need no
 * build, no engine, no other process and no library of a host.
 */
export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: [
      "test/{baseline,cluster,dialects,findings,fix,owners,partly-known,reading,remedy,replacement,rules}.test.ts",
      "test/{rule-folders,small-cases}.test.ts",
      "test/documents/*.test.ts",
      "test/azure-policy/interpreter.test.ts",
      "test/cli/{baseline,check,csv-text,exemptions,formats,places}.test.ts",
    ],
    // Ten thousand generated expressions, which the whole suite reads.
    exclude: ["test/documents/arm-expressions-properties.test.ts"],
    testTimeout: 20_000,
  },
});
