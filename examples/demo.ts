/**
 * Previews the two example programs with the policy pack and prints what Pulumi would: the first is stopped, the second,
 * corrected, goes through. It uses the Pulumi CLI where one is at hand, and else a small stand-in for its engine; it
 * says which. Ends with 0 only where the first was blocked and the second was not.
 */
import { join } from "node:path";
import { preview, render } from "../test/engine/preview";
import { findPulumi, preview as previewByCli } from "../test/pulumi-cli/cli";

const pack = "pulumi-pack";

interface Shown {
  readonly text: string;
  readonly exitCode: number;
}

async function byStandIn(program: string): Promise<Shown> {
  const result = await preview({ program, packs: [pack] });
  return { text: result.error ?? render(result), exitCode: result.exitCode };
}

async function byPulumi(program: string): Promise<Shown> {
  const { stdout, stderr, exitCode } = await previewByCli({
    programModule: join(program, "index.ts"),
    project: "shop",
    pack,
  });
  const policies = /^Policies:\n(?: {4}.*\n)*/m.exec(stdout)?.[0];
  return { text: policies ?? stdout + stderr, exitCode };
}

async function main(): Promise<void> {
  process.chdir(join(__dirname, ".."));
  const pulumi = process.env["DEMO_STAND_IN"] === undefined ? findPulumi() : undefined;
  console.log(
    pulumi === undefined
      ? "No Pulumi CLI at hand: previewing with a small stand-in for its engine (npm run pulumi-cli builds the real one).\n"
      : `Previewing with the Pulumi CLI ${pulumi.version} (azure-native itself is a stand-in: nothing is deployed).\n`,
  );
  const show = pulumi === undefined ? byStandIn : byPulumi;
  const exitCodes: number[] = [];
  for (const program of ["examples/pulumi-azure-native", "examples/pulumi-azure-native-fixed"]) {
    const { text, exitCode } = await show(program);
    exitCodes.push(exitCode);
    console.log(`$ pulumi preview --policy-pack ${pack}    # in ${program}\n`);
    console.log(`${text.trimEnd()}\n\nexit code ${exitCode}\n`);
  }
  const [bad, good] = exitCodes;
  const asPromised = bad !== 0 && good === 0;
  console.log(
    asPromised
      ? "The first program is blocked, the corrected one is not."
      : "NOT as it should be: the first program has to be blocked and the corrected one has to pass.",
  );
  process.exitCode = asPromised ? 0 : 1;
}

void main();
