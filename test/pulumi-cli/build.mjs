// `npm run pulumi-cli`: builds the Pulumi CLI pinned in go.mod into bin/, from the Go module proxy. Needs
// only Go. With `-- --oldest` it builds the one in oldest/, which only the matrix needs.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const MODULE = "github.com/pulumi/pulumi/pkg/v3";
const tests = dirname(fileURLToPath(import.meta.url));
const [option] = process.argv.slice(2);
const here = option === "--oldest" ? join(tests, "oldest") : tests;
const binary = join(here, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

if (option !== undefined && option !== "--oldest") fail(`npm run pulumi-cli: what is ${option}?`);

const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: here, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], ...options });

const needed = /^go (\d+)\.(\d+)/m.exec(readFileSync(join(here, "go.mod"), "utf8"));
const neededGo = `${needed[1]}.${needed[2]}`;

// Runs outside the module, to get the version of the local toolchain: inside it an old Go downloads the
// version that go.mod names. That also works, but only if toolchain downloads are allowed.
const asked = run("go", ["version"], { cwd: dirname(process.execPath) });
if (asked.error?.code === "ENOENT") {
  fail(
    `Go is missing: the Pulumi CLI of these tests is built from source and needs Go ${neededGo} or later (https://go.dev/dl).`,
  );
}
const found = /go(\d+)\.(\d+)/.exec(asked.stdout ?? "");
if (asked.status !== 0 || found === null) {
  fail(
    `\`go version\` did not answer a version:\n${asked.stdout ?? ""}${asked.stderr ?? String(asked.error)}`,
  );
}
const isOld = Number(found[1]) === Number(needed[1]) && Number(found[2]) < Number(needed[2]);

const listed = run("go", ["list", "-m", "-f", "{{.Version}}", MODULE]);
if (listed.status !== 0) {
  if (isOld)
    fail(
      `Go ${found[1]}.${found[2]} is too old: Go ${neededGo} or later is needed (https://go.dev/dl).\n${listed.stderr}`,
    );
  fail(`\`go list -m ${MODULE}\` failed:\n${listed.stderr}`);
}
const version = listed.stdout.trim();

if (existsSync(binary)) {
  const answered = run(binary, ["version"], { env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" } });
  if (answered.status === 0 && answered.stdout.trim() === version) {
    console.log(`The Pulumi CLI ${version} is built already.`);
    process.exit(0);
  }
}

console.log(
  `Building the Pulumi CLI ${version} (several minutes and about 3 GB of Go's caches the first time) …`,
);
const built = run(
  "go",
  [
    "build",
    "-buildvcs=false",
    "-trimpath",
    "-tags",
    "osusergo,grpcnotrace",
    "-ldflags",
    `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`,
    "-o",
    binary,
    `${MODULE}/cmd/pulumi`,
  ],
  { stdio: "inherit", env: { ...process.env, CGO_ENABLED: "0" } },
);
if (built.status !== 0)
  fail(`The Pulumi CLI ${version} could not be built (go build ended with ${built.status ?? built.signal}).`);
console.log(`Built ${binary}.`);
