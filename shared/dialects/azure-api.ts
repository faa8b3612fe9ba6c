/** What Azure's API calls things, in every dialect that speaks to it: Microsoft.ContainerService, read 2026-08. */
export const managedClusters = "Microsoft.ContainerService/managedClusters";
export const agentPools = `${managedClusters}/agentPools`;
