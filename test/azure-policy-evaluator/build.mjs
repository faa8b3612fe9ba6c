// `npm run azure-policy-evaluator`: builds a program around Microsoft's open evaluator of Azure Policy (the
// crate regorus) into target/. Needs only Rust. A single test uses it.
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const cwd = dirname(fileURLToPath(import.meta.url));
const { status, signal, error } = spawnSync("cargo", ["build", "--release", "--locked"], {
  cwd,
  stdio: "inherit",
});
if (error?.code === "ENOENT")
  console.error("Rust is missing: the evaluator is built from source (https://rustup.rs).");
else if (status !== 0)
  console.error(`The evaluator could not be built: cargo ended with ${status ?? signal}.`);
process.exitCode = status ?? 1;
