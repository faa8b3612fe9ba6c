import type { Unrecognized } from "../cluster/setting";
import type { Subject } from "../reading/subject";
import type { Cause } from "../rules";
import { adviceOn, defaultOptions } from "../rules";
import type { Day } from "../rules/days";
import { windowsServer2022 } from "../rules/network-policy-supported/lifetimes";
import type { Circumstances } from "../rules/rule";
import type { Fix } from "./fix";
import { fixOf } from "./fix";
import type { ChangeEffect } from "./replacement";
import { changeEffect } from "./replacement";

/** A value that no fix writes must be changed to one that Azure documents. */
export interface Correction {
  readonly kind: "correct";
  readonly wrong: Unrecognized;
}

/** Windows node pools must run a Windows version that the engine is documented for. */
export interface AnotherWindows {
  readonly kind: "another Windows";
  /** The last day of support of Windows Server 2022, the newest of them. */
  readonly end: Day;
}

/** What to do about one cause on one cluster. */
export interface AdvisedFix {
  readonly fix: Fix | Correction | AnotherWindows;
  /** What the fix does to an existing cluster. Absent if nothing of the cluster's network is written. */
  readonly effect?: ChangeEffect;
  /** The fix is needed only if the cluster really has the Windows node pools that are hinted at. */
  readonly onlyWithWindowsPools: boolean;
  /** The alternative for a cluster whose own CNI enforces NetworkPolicy objects. */
  readonly keepCni?: "accepted" | "needs consent";
}

/**
 * Computes the fix from the whole cluster, so that several findings on one cluster ask for the same lines.
 */
export function advisedFix(cause: Cause, subject: Subject, circumstances: Circumstances): AdvisedFix {
  const { cluster, dialect } = subject;
  const { "network-policy-configured": configured } = circumstances.options ?? defaultOptions;
  const advice = adviceOn(cause);
  const fixFor = (assume?: "Windows"): Fix => fixOf(cluster, dialect, circumstances, assume);
  switch (advice.fix) {
    case "of the cluster":
      return withEffect(fixFor(), subject);
    case "of the cluster, with Windows pools":
      return {
        ...withEffect(fixFor("Windows"), subject),
        onlyWithWindowsPools: advice.windows === "hinted",
      };
    case "of the cluster, or keep the CNI":
      return {
        ...withEffect(fixFor(), subject),
        keepCni: configured.bringYourOwnCni === "warn" ? "accepted" : "needs consent",
      };
    case "of the cluster, if it changes the engine": {
      const fix = fixFor();
      const changesEngine = pathsOf(fix).includes(cluster.engine.path);
      // The organisation accepts no other engine that fits.
      return withEffect(
        changesEngine ? fix : { kind: "no accepted engine", accepted: configured.engines },
        subject,
      );
    }
    case "another Windows": {
      return withEffect({ kind: "another Windows", end: windowsServer2022.end }, subject);
    }
    case "correct the value": {
      const fix = fixFor();
      const isWritten = pathsOf(fix).includes(advice.path);
      return withEffect(isWritten ? fix : { kind: "correct", wrong: advice.found }, subject);
    }
  }
}

function withEffect(fix: AdvisedFix["fix"], subject: Subject): AdvisedFix {
  const effect = effectOfFix(fix, subject);
  return { fix, onlyWithWindowsPools: false, ...(effect === undefined ? {} : { effect }) };
}

function effectOfFix(fix: AdvisedFix["fix"], subject: Subject): ChangeEffect | undefined {
  switch (fix.kind) {
    case "write":
      return changeEffect(subject, fix.settings);
    case "remove":
      return changeEffect(subject, []);
    case "split the cluster":
    case "no accepted engine":
    case "correct":
    case "another Windows":
      return undefined;
  }
}

/** The paths of what a fix writes, removes or corrects. */
export function pathsOf(fix: AdvisedFix["fix"]): readonly string[] {
  switch (fix.kind) {
    case "write":
      return fix.settings.map(({ path }) => path);
    case "remove":
      return fix.paths;
    case "correct":
      return [fix.wrong.at];
    case "split the cluster":
    case "no accepted engine":
    case "another Windows":
      return [];
  }
}
