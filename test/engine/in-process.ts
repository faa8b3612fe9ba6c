import { createRequire } from "node:module";
import type { AksNetworkPolicy } from "../../pulumi-pack/policies";
import type { Child } from "./child";

const ofTests = createRequire(__filename);

interface Sdk {
  readonly serve: (
    name: string,
    version: string,
    level: string,
    pack: { readonly policies: readonly AksNetworkPolicy[] },
  ) => void;
}

/**
 * Serves policies with the SDK's own server in this process, where a process of the pack's own would be. The
 * server ends with the process, because the SDK hands it to nobody.
 */
export async function serveInProcess(policies: readonly AksNetworkPolicy[]): Promise<Child> {
  const file = ofTests.resolve("@pulumi/policy/server");
  // The SDK serves one pack in a process.
  Reflect.deleteProperty(ofTests.cache, file);
  const { serve } = ofTests(file) as Sdk;
  const { log } = console;
  const port = await new Promise<string>((resolve) => {
    console.log = resolve;
    serve("aks-network-policy", "0.0.0", "mandatory", { policies });
  });
  console.log = log;
  let stopped = false;
  return {
    pid: process.pid,
    stdout: () => `${port}\n`,
    stderr: () => "",
    firstLine: Promise.resolve(port),
    exit: Promise.resolve("exit status 0"),
    code: Promise.resolve(0),
    ended: () => stopped,
    stop: () => {
      stopped = true;
      return Promise.resolve();
    },
  };
}
