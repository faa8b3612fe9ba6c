/** A real Terraform with the stand-ins of `test/terraform-provider/`: no Azure, no network. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import type { JsonObject } from "../../shared/documents/json";
import type { Need } from "./needs";

const providers = join(__dirname, "..", "terraform-provider", "bin");

export const terraformNeed: Need = { what: "Terraform and its stand-in providers", missing: missing() };

function missing(): string | undefined {
  if (!existsSync(join(providers, "sources.sha256")))
    return "The stand-ins for the Terraform providers are not built: npm run terraform-provider";
  const { status } = spawnSync("terraform", ["version"], { env: environment() });
  return status === 0
    ? undefined
    : "Terraform is not on the PATH: https://developer.hashicorp.com/terraform/install";
}

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_CLI_ARGS: "-no-color",
    ...more,
  };
}

/** A folder with a configuration in HCL, and the state that Terraform keeps in it. */
export class TerraformFolder {
  private readonly path = mkdtempSync(join(tmpdir(), "terraform-"));
  private readonly settings = join(this.path, "settings.tfrc");

  constructor(files: Readonly<Record<string, string>>) {
    const overrides = ["hashicorp/azurerm", "azure/azapi"].map(
      (name) => `${JSON.stringify(name)} = ${JSON.stringify(providers)}`,
    );
    this.write({
      ...files,
      "settings.tfrc": `provider_installation {\n dev_overrides {\n${overrides.join("\n")}\n}\n direct {}\n}\n`,
    });
    this.run("get");
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), content);
    }
  }

  /** The plan as printed by `show -json`. Its file is kept for `apply`. */
  plan(...args: readonly string[]): JsonObject {
    this.run("plan", "-input=false", "-out=plan.bin", ...args);
    return this.show("plan.bin");
  }

  /** A plan that ends with an error, as far as it got. */
  failingPlan(): JsonObject {
    expect(() => this.run("plan", "-input=false", "-out=plan.bin")).toThrow("Planning failed");
    return this.show("plan.bin");
  }

  /** Applies the last plan. */
  apply(): void {
    this.run("apply", "-input=false", "plan.bin");
  }

  /** The state as printed by `show -json`. */
  state(): JsonObject {
    return this.show();
  }

  /** The state as in its file. */
  stateFile(): JsonObject {
    return JSON.parse(readFileSync(join(this.path, "terraform.tfstate"), "utf8")) as JsonObject;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private show(...args: readonly string[]): JsonObject {
    return JSON.parse(this.run("show", "-json", ...args)) as JsonObject;
  }

  private run(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("terraform", args, {
      cwd: this.path,
      env: environment({ TF_CLI_CONFIG_FILE: this.settings }),
      encoding: "utf8",
      maxBuffer: 1024 ** 3,
    });
    if (status !== 0) throw new Error(`terraform ${args.join(" ")}:\n${stdout}\n${stderr}`);
    return stdout;
  }
}
