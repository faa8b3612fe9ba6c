import { EventEmitter } from "node:events";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate } from "node:timers";
import { ForksPoolWorker } from "vitest/node";

const answered = { start: "started", stop: "stopped" };

/**
 * Everything that a run reloads: the mutant may be in code that runs while a source is loaded, or be cached
 * there.
 */
const sources = ["shared", "pulumi-pack", "cdktf-aspect", "cli", "test", "examples"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|mjs|json)$/.test(name) && !name.includes("node_modules"))
    .map((name) => resolve(folder, name)),
);

/** The single process of these runs, with the libraries that it has loaded. */
let kept;
let runs = 0;

/** Vitest keeps every suite that a process has collected and goes through all of them for each test. */
const runsOfOneProcess = 50;

/**
 * Node refuses a pattern of thousands of names as too large, and Stryker takes that for an error of the mutant.
 * Without a pattern all tests of the chosen files run.
 */
function withUsableFilter(config) {
  try {
    // It is compiled once for each width of characters.
    for (const name of ["", "\u{ffff}"]) config.testNamePattern?.test(name);
    return config;
  } catch {
    return { ...config, testNamePattern: undefined };
  }
}

class KeptProcess extends ForksPoolWorker {
  name = "kept-process";
  #answers = new EventEmitter();
  #isNew = true;
  #config;

  async start() {
    if (runs++ % runsOfOneProcess === 0) {
      kept?.kill();
      kept = undefined;
    }
    this.#isNew = kept === undefined;
    if (kept === undefined) {
      await super.start();
      kept = this._fork;
      kept.setMaxListeners(0);
      kept.unref();
      const started = kept;
      kept.once("exit", () => {
        if (kept === started) kept = undefined;
      });
    }
    this._fork = kept;
  }

  on(event, callback) {
    super.on(event, callback);
    this.#answers.on(event, callback);
  }

  off(event, callback) {
    super.off(event, callback);
    this.#answers.off(event, callback);
  }

  send(message) {
    const answer = answered[message.type];
    // A process gets its configuration when it starts, and every run has a different test filter.
    if (answer === "started") this.#config = withUsableFilter(message.context.config);
    if (answer === undefined || (answer === "started" && this.#isNew)) super.send(this.#prepared(message));
    else
      setImmediate(() => this.#answers.emit("message", { type: answer, __vitest_worker_response__: true }));
  }

  #prepared(message) {
    if (message.type !== "run") return message;
    return { ...message, context: { ...message.context, config: this.#config, invalidates: sources } };
  }

  async stop() {
    for (const event of this.#answers.eventNames())
      for (const callback of this.#answers.listeners(event)) this.off(event, callback);
  }
}

/**
 * Vitest's processes, except that the process outlives a run: the libraries are loaded once, the sources each
 * time.
 */
export function keptProcess() {
  return {
    name: "kept-process",
    configureVitest({ project, vitest }) {
      vitest.onClose(() => kept?.kill());
      project.config.pool = "kept-process";
      project.config.poolRunner = {
        name: "kept-process",
        createPoolWorker: (options) => new KeptProcess(options),
      };
    },
  };
}
