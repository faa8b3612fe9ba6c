import type { VersionSpan } from "./dialect";

// Made by test/facts/azure-api-versions.mjs, which says how: not to be edited by hand.
// Source: https://github.com/Azure/bicep-types-az at 1f896de2db966ad91e8f7d7d981e11d32e4f5d8d (2026-08-20),
// 113 API versions of Microsoft.ContainerService/managedClusters, 2017-08-31 to 2026-05-02-preview.

/** The API versions that have a name, in the spelling of azure-native. */
export const apiVersionsOfNames: Readonly<Record<string, readonly VersionSpan[]>> = {
  "networkProfile.networkPolicy": [{ of: "releases", since: "2018-03-31" }, { of: "previews" }],
  "networkProfile.networkPlugin": [{ of: "releases", since: "2018-03-31" }, { of: "previews" }],
  "networkProfile.networkPluginMode": [
    { of: "releases", since: "2023-02-01" },
    { of: "previews", since: "2022-04-02-preview" },
  ],
  "networkProfile.networkDataplane": [
    { of: "releases", since: "2023-02-01" },
    { of: "previews", since: "2023-02-02-preview" },
  ],
  "networkProfile.ebpfDataplane": [
    { of: "previews", since: "2022-09-02-preview", until: "2023-02-02-preview" },
  ],
  "networkProfile.ipFamilies": [
    { of: "releases", since: "2021-10-01" },
    { of: "previews", since: "2021-11-01-preview" },
  ],
  "networkProfile.advancedNetworking.security.enabled": [
    { of: "releases", since: "2024-09-01" },
    { of: "previews", since: "2024-09-02-preview" },
  ],
  "networkProfile.advancedNetworking.security.transitEncryption.type": [
    { of: "releases", since: "2026-01-01" },
    { of: "previews", since: "2025-03-02-preview" },
  ],
  "networkProfile.advancedNetworking.performance.accelerationMode": [
    { of: "releases", since: "2026-01-01" },
    { of: "previews", since: "2025-07-02-preview" },
  ],
  "nodeProvisioningProfile.mode": [
    { of: "releases", since: "2025-05-01" },
    { of: "previews", since: "2023-09-02-preview" },
  ],
  windowsProfile: [
    { of: "releases", since: "2019-04-01" },
    { of: "previews", since: "2021-11-01-preview" },
  ],
  "sku.name": [
    { of: "releases", since: "2020-03-01" },
    { of: "previews", since: "2021-11-01-preview" },
  ],
};

/** The API versions whose enumeration of `sku.name` has a value. */
export const apiVersionsOfSkus: Readonly<Record<string, readonly VersionSpan[]>> = {
  Automatic: [
    { of: "releases", since: "2025-07-01" },
    { of: "previews", since: "2024-03-02-preview" },
  ],
};
