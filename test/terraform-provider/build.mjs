// `npm run terraform-provider`: builds the stand-ins for the azurerm and azapi providers into bin/, from the
// Go module proxy. Needs only Go.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const providers = ["terraform-provider-azurerm", "terraform-provider-azapi"];
const suffix = process.platform === "win32" ? ".exe" : "";
const binaries = providers.map((name) => join(here, "bin", `${name}${suffix}`));
const sources = ["go.mod", "go.sum", ...providers.map((name) => join(name, "main.go"))];

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

const digest = createHash("sha256");
for (const file of sources) digest.update(readFileSync(join(here, file)));
const built = digest.digest("hex");
const note = join(here, "bin", "sources.sha256");
if (existsSync(note) && readFileSync(note, "utf8") === built && binaries.every((file) => existsSync(file))) {
  console.log("The stand-ins for the Terraform providers are built already.");
  process.exit(0);
}

const [, needed] = /^go (\d+\.\d+)/m.exec(readFileSync(join(here, "go.mod"), "utf8"));
console.log("Building the stand-ins for the Terraform providers (about a minute the first time) …");
const { status, signal, error } = spawnSync(
  "go",
  [
    "build",
    "-buildvcs=false",
    "-trimpath",
    "-ldflags",
    "-s -w",
    "-o",
    `bin${process.platform === "win32" ? "\\" : "/"}`,
    ...providers.map((name) => `./${name}`),
  ],
  { cwd: here, stdio: "inherit", env: { ...process.env, CGO_ENABLED: "0" } },
);
if (error?.code === "ENOENT")
  fail(
    `Go is missing: the stand-ins are built from source and need Go ${needed} or later (https://go.dev/dl).`,
  );
if (status !== 0)
  fail(
    `The stand-ins could not be built: go build ended with ${status ?? signal}. They need Go ${needed} or later.`,
  );
writeFileSync(note, built);
console.log(`Built ${binaries.join(" and ")}.`);
