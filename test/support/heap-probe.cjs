// On SIGUSR2, writes the heap bytes in use after garbage collection to the file named by HEAP_FILE. With HEAP_SCRIPT, only
// the process that runs that script does so, and it writes its process ID next to that file.
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
