/** Names in Azure's API, shared by every dialect that uses it: Microsoft.ContainerService, read 2026-08. */
export const managedClusters = "Microsoft.ContainerService/managedClusters";
export const agentPools = `${managedClusters}/agentPools`;
