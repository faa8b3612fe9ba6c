import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const project = (name: string, folders: string) => ({
  extends: true as const,
  test: { name, include: [`test/${folders}/**/*.test.ts`] },
});

/** `npm test` runs the one project, `npm run test:long` the other, and plain `npx vitest run` both. */
export default defineConfig({
  test: {
    globalSetup: ["test/scratch.ts", "test/global-setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      project("short", "{shared,pulumi-pack,cdktf-aspect,cli,docs,project,properties}"),
      project("long", "{package,stress,with-tools}"),
    ],
  },
});
