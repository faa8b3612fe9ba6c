import { createRequire } from "node:module";

import type * as Grpc from "@grpc/grpc-js";
import type * as AnalyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as AnalyzerPb from "@pulumi/pulumi/proto/analyzer_pb";
import type * as EngineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EnginePb from "@pulumi/pulumi/proto/engine_pb";
import type * as ProviderPb from "@pulumi/pulumi/proto/provider_pb";
import type * as ResourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb";
import type * as ResourcePb from "@pulumi/pulumi/proto/resource_pb";
import type * as EmptyPb from "google-protobuf/google/protobuf/empty_pb";
import type * as StructPb from "google-protobuf/google/protobuf/struct_pb";

// The generated modules add their exports in a loop, which neither `import` from an ES module nor the test
// runner can see; and message classes are compared by identity, so google-protobuf must be the copy that the
// generated modules load. A plain require from their location solves both.
const load = createRequire(require.resolve("@pulumi/pulumi/proto/analyzer_pb"));

export const grpc = load("@grpc/grpc-js") as typeof Grpc;
export const analyzerPb = load("./analyzer_pb") as typeof AnalyzerPb;
export const enginePb = load("./engine_pb") as typeof EnginePb;
export const resourcePb = load("./resource_pb") as typeof ResourcePb;
export const { InvokeResponse } = load("./provider_pb") as typeof ProviderPb;
export const { AnalyzerClient } = load("./analyzer_grpc_pb") as typeof AnalyzerGrpc;
export const { EngineService } = load("./engine_grpc_pb") as typeof EngineGrpc;
export const { ResourceMonitorService } = load("./resource_grpc_pb") as typeof ResourceGrpc;
export const { Empty } = load("google-protobuf/google/protobuf/empty_pb") as typeof EmptyPb;
export const { Struct } = load("google-protobuf/google/protobuf/struct_pb") as typeof StructPb;

export type { AnalyzerPb, EmptyPb, EngineGrpc, EnginePb, Grpc, ResourceGrpc, ResourcePb, StructPb };

/** The engine's own limit: a cluster with many pools is far below it, a stack of thousands is not. */
export const channelOptions = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": -1,
};

type Callback<Response> = (error: Grpc.ServiceError | null, response: Response) => void;

/** One unary call as a promise. */
export function unary<Request, Response>(
  call: (
    request: Request,
    metadata: Grpc.Metadata,
    options: Partial<Grpc.CallOptions>,
    callback: Callback<Response>,
  ) => Grpc.ClientUnaryCall,
  request: Request,
  timeoutMs: number,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call(request, new grpc.Metadata(), { deadline: Date.now() + timeoutMs }, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

/** Starts a server on a free local port. */
export function listen(server: Grpc.Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(`127.0.0.1:${port}`);
    });
  });
}

/** A message's map as plain entries: its own toArray leaves the values undecoded. */
export function entriesOf<Value>(map: {
  forEach(callback: (value: Value, key: string) => void): void;
}): [string, Value][] {
  const entries: [string, Value][] = [];
  map.forEach((value, key) => entries.push([key, value]));
  return entries;
}
