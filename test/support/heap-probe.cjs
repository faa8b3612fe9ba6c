// On SIGUSR2 writes how many bytes of heap are in use after garbage collection into the file that HEAP_FILE names. With
// HEAP_SCRIPT only the process of that script does, and writes its own id beside that file.
const { renameSync, writeFileSync } = require("node:fs");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

const { HEAP_FILE: file, HEAP_SCRIPT: script } = process.env;

function write(name, value) {
  writeFileSync(`${name}.new`, String(value));
  renameSync(`${name}.new`, name);
}

if (script === undefined || process.argv[1]?.endsWith(script)) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  process.on("SIGUSR2", () => {
    collect();
    collect();
    write(file, process.memoryUsage().heapUsed);
  });
  if (script !== undefined) write(`${file}.pid`, process.pid);
}
