import "../pulumi-pack/freshness";
import { exitCodes } from "./exit-codes";
import type { Form } from "./main";
import { main } from "./main";
import { streamsOfProcess } from "./streams";

/** Runs the command line of this process. */
export async function start(form: Form): Promise<void> {
  // A reader that has seen enough closes the pipe, which is not an error.
  const lost: Error[] = [];
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    lost.push(error);
    process.exitCode = exitCodes.notChecked;
    process.stderr.write("Standard output cannot be written.\n");
  });
  const code = await main(process.argv.slice(2), streamsOfProcess(), form);
  process.exitCode = lost.length > 0 ? exitCodes.notChecked : code;
}
