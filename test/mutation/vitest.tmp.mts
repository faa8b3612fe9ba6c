import { defineConfig } from "vitest/config";
export default defineConfig({ test: { env: { PROPERTY_SHARE: "0.005" }, include: ["test/findings.test.ts","test/reading.test.ts"] } });
