import { createRequire } from "node:module";
import { Unreadable } from "./text-file";

const converter = "@cdktn/hcl2json";

/**
 * The Terraform JSON that an HCL text is, by the library of CDK Terrain, which is HashiCorp's own parser. It is looked for
 * only next to this package: what is checked must not choose code that runs.
 */
export async function parseHcl(name: string, text: string): Promise<unknown> {
  let parse: (name: string, text: string) => Promise<unknown>;
  try {
    ({ parse } = createRequire(__filename)(converter) as { parse: typeof parse });
  } catch {
    throw new Unreadable(
      `To read HCL, install ${converter}: npm install --save-dev ${converter}. Or check the plan: terraform show -json.`,
    );
  }
  try {
    return await parse(name, text);
  } catch {
    throw new Unreadable("It is not valid HCL.");
  }
}
