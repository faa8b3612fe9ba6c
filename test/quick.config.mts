import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * The tests of `npm run test:quick`: those of `shared/`, of its readers and of the command line's formats
 * that need no build, no engine, no other process and no host library.
 */
export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: [
      "test/shared/**/*.test.ts",
      "test/cli/{baseline,check,csv-text,exemptions,formats,places}.test.ts",
    ],
    globalSetup: ["test/scratch.ts"],
    testTimeout: 20_000,
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
