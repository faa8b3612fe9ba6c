import { EventEmitter } from "node:events";
import { ThreadsPoolWorker } from "vitest/node";

const answered = { start: "started", stop: "stopped" };

/** The one thread of this process, with the libraries that it has loaded. */
let kept;

class KeptThread extends ThreadsPoolWorker {
  name = "kept-threads";
  #answers = new EventEmitter();

  async start() {
    this.isNew = kept === undefined;
    if (kept === undefined) {
      await super.start();
      kept = this._thread;
      kept.setMaxListeners(0);
      kept.unref();
      kept.once("exit", () => (kept = undefined));
    }
    this._thread = kept;
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
    if (answer === undefined || (answer === "started" && this.isNew)) super.send(message);
    else
      setImmediate(() => this.#answers.emit("message", { type: answer, __vitest_worker_response__: true }));
  }

  async stop() {
    for (const event of this.#answers.eventNames())
      for (const callback of this.#answers.listeners(event)) this.off(event, callback);
  }
}

/** Vitest's threads, except that the thread outlives a run: the libraries are loaded once, the sources each time. */
export function keptThreads() {
  return {
    name: "kept-threads",
    configureVitest({ project, vitest }) {
      vitest.onClose(() => kept?.terminate());
      project.config.pool = "kept-threads";
      project.config.poolRunner = {
        name: "kept-threads",
        createPoolWorker: (options) => new KeptThread(options),
      };
    },
  };
}
