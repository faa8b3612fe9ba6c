import { spawn, type ChildProcess } from "node:child_process";

const live = new Set<ChildProcess>();

// Each child leads its own process group, so that a shell script around node is killed with it. The drawback:
// an interrupted test run does not kill it.
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

process.on("exit", () => {
  for (const child of live) killGroup(child, "SIGKILL");
});

export interface Child {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the first line of standard output, or undefined if the process ended without one. */
  readonly firstLine: Promise<string | undefined>;
  readonly exit: Promise<string>;
  readonly code: Promise<number | null>;
  readonly ended: () => boolean;
  stop(): Promise<void>;
}

export async function start(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Child> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => {
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
  });
  live.add(child);

  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const firstLine = new Promise<string | undefined>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
      const end = stdout.indexOf("\n");
      if (end >= 0) resolve(stdout.slice(0, end));
    });
    child.once("close", () => {
      resolve(undefined);
    });
  });
  const code = new Promise<number | null>((resolve) => {
    child.once("close", (exitCode) => {
      live.delete(child);
      resolve(exitCode);
    });
  });
  const exit = code.then((exitCode) =>
    exitCode === null ? `signal ${child.signalCode ?? "unknown"}` : `exit status ${exitCode}`,
  );

  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    firstLine,
    exit,
    code,
    ended: () => !live.has(child),
    async stop() {
      killGroup(child, "SIGTERM");
      const timer = setTimeout(() => {
        killGroup(child, "SIGKILL");
      }, 2000);
      await exit;
      clearTimeout(timer);
    },
  };
}

/** Resolves with undefined if the time runs out before the promise resolves. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<{ value: T } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, ms);
  });
  try {
    return await Promise.race([promise.then((value) => ({ value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
