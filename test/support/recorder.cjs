// Loaded into a process under test: records every access to the outside in the file named by RECORDER_FILE, one JSON object
// per line. `ours` is true if code of this package made the access, and not its host, its SDK or the module loader.
const fs = require("node:fs");
const { appendFileSync } = fs;
const file = process.env.RECORDER_FILE;
const ownCode =
  /[\\/]dist[\\/](cdktf-aspect|cli|pulumi-pack|shared)[\\/]|[\\/]bundle[\\/]sources\.cjs|[\\/](fastest-levenshtein|valibot)[\\/]/;
let noting = false;

function note(kind, detail) {
  if (noting) return;
  noting = true;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const frames = (new Error().stack ?? "").split("\n").slice(1);
  Error.stackTraceLimit = stackTraceLimit;
  const others = frames.filter((frame) => !frame.includes("recorder.cjs"));
  const asking = others.findIndex((frame) => !frame.includes("node:"));
  const loading = others.slice(0, asking).some((frame) => frame.includes("node:internal/modules/"));
  appendFileSync(
    file,
    `${JSON.stringify({ kind, detail: String(detail), ours: ownCode.test(others[asking] ?? "") && !loading })}\n`,
  );
  noting = false;
}

function wrap(holder, name, kind, detailOf = (args) => args[0]) {
  const original = holder[name];
  if (typeof original !== "function") return;
  const wrapped = function (...args) {
    note(kind, detailOf(args, this));
    return Reflect.apply(original, this, args);
  };
  Object.assign(wrapped, original);
  holder[name] = wrapped;
}

const reading = [
  "readFile",
  "readFileSync",
  "open",
  "openSync",
  "createReadStream",
  "readdir",
  "readdirSync",
  "opendir",
];
const writing = [
  "writeFile",
  "writeFileSync",
  "appendFile",
  "mkdir",
  "mkdirSync",
  "rm",
  "rmSync",
  "createWriteStream",
];
for (const name of reading) wrap(fs, name, "read");
for (const name of writing) wrap(fs, name, "write");
for (const name of ["readFile", "open", "readdir"]) wrap(fs.promises, name, "read");
for (const name of ["writeFile", "mkdir", "rm"]) wrap(fs.promises, name, "write");

const net = require("node:net");
const { _normalizeArgs: normalized } = net;
wrap(net.Socket.prototype, "connect", "connect", (args) => {
  const [{ host = "localhost", port, path }] = Array.isArray(args[0]) ? args[0] : normalized(args);
  return path ?? `${host}:${port}`;
});
wrap(net.Server.prototype, "listen", "listen", (args) => {
  const [{ host, port }] = normalized(args);
  return `${host}:${port}`;
});
wrap(require("node:dgram"), "createSocket", "datagram", (args) => JSON.stringify(args[0]));
const dns = require("node:dns");
for (const name of Object.keys(dns)) if (/^(lookup|resolve|reverse)/.test(name)) wrap(dns, name, "name");
for (const name of Object.keys(dns.promises))
  if (/^(lookup|resolve|reverse)/.test(name)) wrap(dns.promises, name, "name");
const fetching = globalThis.fetch;
globalThis.fetch = (...args) => {
  note("connect", args[0]);
  return fetching(...args);
};

const processes = require("node:child_process");
wrap(processes.ChildProcess.prototype, "spawn", "process", (args) => args[0].file);
for (const name of ["spawnSync", "execSync", "execFileSync"]) wrap(processes, name, "process");
const { Worker } = require("node:worker_threads");
require("node:worker_threads").Worker = class extends Worker {
  constructor(...args) {
    note("process", args[0]);
    super(...args);
  }
};

process.env = new Proxy(process.env, {
  get(env, name) {
    if (typeof name === "string") note("environment", name);
    return Reflect.get(env, name);
  },
});
require("node:module").syncBuiltinESMExports();
