import "../pulumi-pack/freshness";
import type { Form } from "./main";
import { main } from "./main";
import { streamsOfProcess } from "./streams";

/** Runs the command line of this process. */
export async function start(form: Form): Promise<void> {
  // A reader that has seen enough closes the pipe, which is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  process.exitCode = await main(process.argv.slice(2), streamsOfProcess(), form);
}
