import { Empty, enginePb, EngineService, grpc, listen, type EngineGrpc, type Grpc } from "./proto";

export interface LogMessage {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly urn: string;
}

export interface EngineHost {
  readonly address: string;
  readonly logs: LogMessage[];
  stop(): void;
}

const severities = ["debug", "info", "warning", "error"] as const;

/** Adds pulumirpc.Engine, to which packs and programs log, and keeps the messages. */
export function addEngine(server: Grpc.Server, logs: LogMessage[]): void {
  let root = "";
  const implementation: EngineGrpc.IEngineServer = {
    log(call, callback) {
      const request = call.request;
      const severity = severities[request.getSeverity()];
      // The SDK sends a debug message for every step, which the CLI shows only on request.
      if (severity !== "debug") logs.push({ severity, message: request.getMessage(), urn: request.getUrn() });
      callback(null, new Empty());
    },
    getRootResource(_call, callback) {
      const response = new enginePb.GetRootResourceResponse();
      response.setUrn(root);
      callback(null, response);
    },
    setRootResource(call, callback) {
      root = call.request.getUrn();
      callback(null, new enginePb.SetRootResourceResponse());
    },
    startDebugging(_call, callback) {
      callback(null, new Empty());
    },
    requirePulumiVersion(_call, callback) {
      callback(null, new enginePb.RequirePulumiVersionResponse());
    },
  };
  server.addService(EngineService, { ...implementation });
}

export async function startEngine(): Promise<EngineHost> {
  const server = new grpc.Server();
  const logs: LogMessage[] = [];
  addEngine(server, logs);
  const address = await listen(server);
  return {
    address,
    logs,
    stop: () => {
      server.forceShutdown();
    },
  };
}
