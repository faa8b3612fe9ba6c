import { toJsonSchema } from "@valibot/to-json-schema";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configurationSchema } from "../shared";

test("the JSON Schema is what the code says", async () => {
  const schema = toJsonSchema(configurationSchema, {
    target: "draft-07",
    errorMode: "ignore",
    typeMode: "input",
  });
  const file = join(__dirname, "..", "shared", "configuration.schema.json");
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
});
