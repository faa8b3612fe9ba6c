/** What must fit the engine besides the plugin and the dataplane: one check each, and all must hold. */
import type { Cluster } from "../../cluster/cluster";
import { moreNodesThan, windows2025In, windowsPools } from "../../cluster/cluster";
import type { Answer } from "../../cluster/setting";
import { all, is, not } from "../../cluster/setting";
import { ifStated, isAutomatic, pluginMayBeAzure, runsCilium } from "../conditions";
import type { Decision, Row } from "../decision";
import { decide, rowsPer } from "../decision";
import type { Cause } from "../index";
import type { Outcome } from "../outcome";
import { bad, elsewhere, good, goodWith } from "../outcome";
import type { Windows } from "../verdict";

/** More nodes than this are unsupported with engine azure: https://learn.microsoft.com/azure/aks/use-network-policies (read 2026-08-20). */
const mostNodesOfEngineAzure = 250;

export function windowsPoolsFit(cluster: Cluster): Decision<Outcome> {
  const { yes, hinted, at } = windowsPools(cluster);
  // Nearly every cluster: no row below can apply.
  if (yes.truth === false && hinted.truth === false) return decide([], good);
  const rowsFor = (windows: Windows, when: Answer, outcome: (cause: Cause) => Outcome): Row<Outcome>[] => [
    ...rowsPer(["kubenet", "none"], cluster.plugin, (plugin) => ({
      when: all(when, not(isAutomatic(cluster))),
      then: outcome({ cause: "windows-needs-plugin-azure", windows, plugin }),
    })),
    { when: all(when, runsCilium(cluster)), then: outcome({ cause: "cilium-is-linux-only", windows }) },
  ];
  return decide(
    [
      ...rowsFor({ declaredAt: at }, yes, bad),
      // A hint is not a pool, so it warns and does not fail.
      ...rowsFor("hinted", hinted, goodWith),
    ],
    good,
  );
}

export function dualStackFits(cluster: Cluster): Decision<Outcome> {
  return decide(
    rowsPer(["azure", "calico"], cluster.engine, (engine) => ({
      when: all(is(cluster.ipFamilies, "dual stack"), not(isAutomatic(cluster))),
      then: bad({ cause: "dual-stack-needs-cilium", engine }),
    })),
    good,
  );
}

export function autoProvisioningFits(cluster: Cluster): Decision<Outcome> {
  return decide(
    [
      {
        when: all(
          is(cluster.nodeProvisioning, "Auto"),
          is(cluster.engine, "calico"),
          not(isAutomatic(cluster)),
        ),
        then: bad({ cause: "calico-not-with-auto-provisioning" }),
      },
    ],
    good,
  );
}

/** Azure documents Calico for Windows Server 2019 and 2022: use-network-policies (read 2026-08-18). */
export function windows2025Fits(cluster: Cluster): Decision<Outcome> {
  if (is(cluster.engine, "calico").truth !== true) return decide([], good);
  const windows = windows2025In(cluster);
  if (windows === undefined) return decide([], good);
  return decide(
    [
      {
        when: all(
          pluginMayBeAzure(cluster),
          not(ifStated(is(cluster.dataplane, "cilium"))),
          not(isAutomatic(cluster)),
        ),
        then: goodWith({ cause: "calico-not-documented-for-windows-2025", windows }),
      },
    ],
    good,
  );
}

/** Settings of advanced networking that only Cilium has. */
export function advancedNetworkingFits(
  cluster: Cluster,
  combination: Decision<Outcome>,
): Decision<Outcome>[] {
  const { advancedNetworkSecurity, transitEncryption, accelerationMode } = cluster;
  const withCilium = all(is(cluster.dataplane, "cilium"), pluginMayBeAzure(cluster));
  // The same missing dataplane or plugin must not be reported twice.
  const reported =
    combination.decided && combination.outcome.weight === "bad" && asksForCilium(combination.outcome.cause);
  const fits = (isOn: Answer, cause: Cause): Decision<Outcome> =>
    // Nearly every cluster: none of them is on.
    isOn.truth === false
      ? decide([], good)
      : decide(
          [
            {
              when: all(isOn, not(isAutomatic(cluster)), not(withCilium)),
              then: reported ? elsewhere : bad(cause),
            },
          ],
          good,
        );
  return [
    fits(is(advancedNetworkSecurity, true), { cause: "network-security-needs-cilium" }),
    fits(is(transitEncryption, "WireGuard"), { cause: "wireguard-needs-cilium" }),
    fits(is(accelerationMode, "BpfVeth"), { cause: "acceleration-needs-cilium" }),
  ];
}

function asksForCilium(cause: Cause): boolean {
  return (
    cause.cause === "cilium-needs-its-dataplane" ||
    cause.cause === "dataplane-needs-plugin-azure" ||
    (cause.cause === "engine-needs-plugin-azure" && cause.engine === "cilium")
  );
}

export function nodesFit(cluster: Cluster): Decision<Outcome> {
  return decide(
    [
      {
        when: all(
          is(cluster.engine, "azure"),
          moreNodesThan(cluster, mostNodesOfEngineAzure),
          not(isAutomatic(cluster)),
        ),
        then: bad({ cause: "too-many-nodes" }),
      },
    ],
    good,
  );
}
