import type { Subject } from "../reading/subject";
import { defaultOptions } from "../policy/configuration";
import type { Circumstances } from "../rules/rule";
import type { Cause } from "../rules/verdict";
import type { Fix } from "./fix";
import { fixOf } from "./fix";
import type { ChangeEffect } from "./replacement";
import { changeEffect } from "./replacement";

/** What to do about one cause on one cluster. */
export interface Advice {
  readonly fix: Fix;
  /** What the fix does to a cluster that exists. Absent where nothing of the cluster's network is written. */
  readonly effect?: ChangeEffect;
  /** The fix is needed only where the cluster really has the Windows node pools that are hinted at. */
  readonly onlyWithWindowsPools: boolean;
  /** The way out for a cluster whose own CNI enforces NetworkPolicy objects. */
  readonly keepCni?: "accepted" | "needs consent";
}

/** Chooses the fix for a cause from the whole cluster, so that several findings on one cluster ask for the same lines. */
export function adviceFor(cause: Cause, subject: Subject, circumstances: Circumstances): Advice {
  const { cluster, dialect } = subject;
  const { "network-policy-configured": configured } = circumstances.options ?? defaultOptions;
  const fixFor = (assume?: "Windows"): Fix => fixOf(cluster, dialect, circumstances, assume);
  switch (cause.cause) {
    case "plugin-not-written": {
      const settings = [{ setting: "plugin", path: cluster.plugin.path, value: "azure" }] as const;
      return withEffect({ kind: "write", settings, newerApi: false }, subject);
    }
    case "unrecognized-value": {
      const fix = fixFor();
      return withEffect(
        pathsOf(fix).includes(cause.path) ? fix : { kind: "correct", wrong: cause.found },
        subject,
      );
    }
    case "cilium-is-linux-only":
    case "windows-needs-plugin-azure":
    case "engine-azure-ends-on-windows":
      return {
        ...withEffect(fixFor("Windows"), subject),
        onlyWithWindowsPools: cause.windows === "hinted",
      };
    case "bring-your-own-cni":
      return {
        ...withEffect(fixFor(), subject),
        keepCni: configured.bringYourOwnCni === "warn" ? "accepted" : "needs consent",
      };
    case "not-configured":
    case "engine-not-accepted":
    case "not-an-engine":
    case "automatic-has-cilium":
    case "engine-needs-plugin-azure":
    case "dataplane-needs-plugin-azure":
    case "plugin-none-takes-no-engine":
    case "dataplane-needs-engine-cilium":
    case "cilium-needs-its-dataplane":
    case "dual-stack-needs-cilium":
    case "calico-not-with-auto-provisioning":
    case "network-security-needs-cilium":
    case "too-many-nodes":
    case "kubenet-ends":
      return withEffect(fixFor(), subject);
    case "engine-azure-ends": {
      const fix = fixFor();
      const changesEngine = pathsOf(fix).includes(cluster.engine.path);
      // The organisation accepts no other engine that fits.
      return withEffect(
        changesEngine ? fix : { kind: "no accepted engine", accepted: configured.engines },
        subject,
      );
    }
  }
}

function withEffect(fix: Fix, subject: Subject): Advice {
  const effect = effectOfFix(fix, subject);
  return { fix, onlyWithWindowsPools: false, ...(effect === undefined ? {} : { effect }) };
}

function effectOfFix(fix: Fix, subject: Subject): ChangeEffect | undefined {
  switch (fix.kind) {
    case "write":
      return changeEffect(subject, fix.settings);
    case "remove":
      return changeEffect(subject, []);
    case "split the cluster":
    case "no accepted engine":
    case "correct":
      return undefined;
  }
}

function pathsOf(fix: Fix): readonly string[] {
  switch (fix.kind) {
    case "write":
      return fix.settings.map(({ path }) => path);
    case "remove":
      return fix.paths;
    case "split the cluster":
    case "no accepted engine":
    case "correct":
      return [];
  }
}
