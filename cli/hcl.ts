import { createRequire } from "node:module";
import { Unreadable } from "./text-file";

const converter = "@cdktn/hcl2json";

/**
 * Converts HCL to Terraform JSON with CDK Terrain's library, which contains HashiCorp's own parser. The
 * library is loaded only from next to this package: the files being checked must not choose code to run.
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
