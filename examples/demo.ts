/**
 * Previews two Pulumi programs with the policy pack and prints Pulumi's output: the first is stopped; the
 * second, corrected, goes through. Uses the Pulumi CLI if it is installed, else a small stand-in for its
 * engine, and prints which. Then synthesizes the CDKTF and CDK Terrain programs, which the Aspect stops.
 * Exits 0 only if all of that happened.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
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

/** Runs a program as `cdktf synth` does, with this package resolved as if it were installed next to it. */
function synthesise(program: string): Shown {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(__dirname, ".."), join(folder, "node_modules", "aks-network-policy-pack"));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", "main.ts"],
    {
      cwd: program,
      encoding: "utf8",
      env: {
        ...process.env,
        NODE_PATH: join(folder, "node_modules"),
        CDKTF_OUTDIR: join(folder, "cdktf.out"),
      },
    },
  );
  rmSync(folder, { recursive: true });
  const errors = /^Error: (Encountered Annotations[^]*?)\n\nEither fix/m.exec(stderr)?.[1];
  return { text: errors ?? stdout + stderr, exitCode: status ?? 1 };
}

async function main(): Promise<void> {
  process.chdir(join(__dirname, ".."));
  const pulumi = process.env["DEMO_STAND_IN"] === undefined ? findPulumi() : undefined;
  console.log(
    pulumi === undefined
      ? "No Pulumi CLI found: previewing with a small stand-in for it (npm run pulumi-cli builds the real one).\n"
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
  for (const library of ["cdktf", "cdktn"]) {
    const { text, exitCode } = synthesise(join("examples", library));
    exitCodes.push(text.includes("[shop/nothing-set] network-policy-configured") ? exitCode : 0);
    console.log(
      `$ npx ts-node main.ts    # in examples/${library}\n\n${text.trimEnd()}\n\nexit code ${exitCode}\n`,
    );
  }
  const [bad, good, cdktf, cdktn] = exitCodes;
  const asExpected = bad !== 0 && good === 0 && cdktf !== 0 && cdktn !== 0;
  console.log(
    asExpected
      ? "The first program is blocked, the corrected one is not; the Aspect blocks the programs of CDKTF and CDK Terrain."
      : "NOT as expected: the corrected program must pass, and the other three must be blocked.",
  );
  process.exitCode = asExpected ? 0 : 1;
}

void main();
