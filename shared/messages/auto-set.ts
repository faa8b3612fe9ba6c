import type { AutoSetFinding, AutoSetRemark } from "../findings/finding";
import type { Assignment } from "../fixes/choice";
import type { Refusal } from "../fixes/remedy";
import { effectSentence } from "./effects";
import { instruction, linesOf } from "./lines";
import { pageOf, ruleLine } from "./pages";
import type { Voice } from "./voice";
import type { Words } from "./words";

/** What happened to the settings that auto-set wrote. */
export function autoSetWords(finding: AutoSetFinding, voice: Voice): Words {
  const { settings } = finding;
  switch (finding.about) {
    case "auto-set wrote":
      return {
        found: `Auto-set wrote ${changesOf(settings)}.`,
        fix: [
          `If the cluster exists: ${effectSentence(finding.effect)}`,
          `Write it in the program too: ${instruction(settings)}`,
          `If auto-set stops writing it: ${effectSentence(finding.effectOfRemoval)}`,
        ],
        more: `More: ${pageOf("auto-set")}`,
      };
    case "auto-set lost":
      return {
        found: `Auto-set wrote ${changesOf(settings)}, but Pulumi deploys this cluster without that.`,
        why: "When a change replaces a cluster, Pulumi creates the new one from the program's own inputs, without what a policy wrote. A run with `--target` also leaves out the other clusters.",
        fix: [`Fix: in the program, ${instruction(settings)}`],
        effect: `If the cluster exists: ${effectSentence(finding.effect)}`,
        notes: [
          `Or replace the cluster with \`pulumi up --replace '${finding.address}'\`, which keeps what a policy wrote.`,
        ],
        more: ruleLine(finding.rule),
      };
    case "auto-set unseen":
      return {
        found: `Unknown: auto-set wrote ${changesOf(settings)}; whether Pulumi deploys it is not known before ${voice.late}, because the cluster's provider depends on an unknown value.`,
        why: "If that step replaces an existing cluster, the new one will not have it. To be sure, write it in the program.",
        more: ruleLine(finding.rule),
      };
  }
}

function changesOf(settings: readonly Assignment[]): string {
  return settings.map(({ path, value }) => `${path}: not set -> ${JSON.stringify(value)}`).join(", ");
}

/** Auto-set's remark on a finding. */
export function remarkLines(remark: AutoSetRemark | undefined): readonly string[] {
  switch (remark?.state) {
    case undefined:
      return [];
    case "refused":
      return refusalLines(remark.refusal, remark.address);
    case "not applied":
      return [
        `Auto-set wrote ${changesOf(remark.settings)}, but the inputs do not have it: \`pulumi policy analyze\` writes nothing, or a later policy pack has removed it.`,
      ];
  }
}

/** Why auto-set left a cluster alone. `address` is the cluster's address in the configuration. */
function refusalLines(refusal: Refusal, address: string): readonly string[] {
  switch (refusal.because) {
    case "nothing to do":
      return ["Auto-set wrote nothing: this cluster gets its engine without a setting."];
    case "exempted":
      return [
        "Auto-set wrote nothing: an exemption is in force for this cluster. If an earlier run wrote an engine, this run removes it, which may replace the cluster: read the preview before you accept it.",
      ];
    case "an engine is written":
      return ["Auto-set wrote nothing: an engine is already set, and auto-set never changes a value."];
    case "bring your own CNI":
      return ["Auto-set wrote nothing: AKS installs no engine with your own CNI."];
    case "not known":
      return [
        `Auto-set wrote nothing: it cannot choose an engine until ${refusal.parts.join(", ")} ${refusal.parts.length === 1 ? "is" : "are"} known.`,
      ];
    case "no network profile":
      return [
        "Auto-set wrote nothing: the cluster has no network profile, and auto-set adds one only with `autoSet.wholeProfile`.",
      ];
    case "no plugin":
      return ["Auto-set wrote nothing: the network profile names no plugin."];
    case "nothing fits":
      return [
        "Auto-set wrote nothing: no engine that it may choose (`engines`, `autoSet.engine`) fits this cluster without changing a value.",
      ];
    case "out of reach":
      return [
        "Auto-set wrote nothing: an override, a token or something other than a generated azurerm class decides the network profile.",
      ];
    case "made by a module":
      return ["Auto-set wrote nothing: a Terraform module makes this cluster from the module's own values."];
    case "made by a template":
      return ["Auto-set wrote nothing: an ARM template makes this cluster."];
    case "ignored":
      return [
        `Auto-set wrote nothing: the program ignores changes (\`${refusal.option}\`) to what it would write: ${linesOf(refusal.settings).join(", ")}.`,
      ];
    case "protected":
      return [
        `Auto-set wrote nothing, because this may replace an existing cluster, and the program protects it (\`${refusal.option}\`): ${linesOf(refusal.settings).join(", ")}.`,
        `To write it for a new cluster, configure \`autoSet.newClusters\` with ${JSON.stringify(address)}.`,
      ];
    case "not sent":
      return [
        `Auto-set wrote nothing, because azurerm would plan this change but not send it to an existing cluster (${refusal.path}): ${linesOf(refusal.settings).join(", ")}.`,
        `To write it for a new cluster, configure \`autoSet.newClusters\` with ${JSON.stringify(address)}.`,
      ];
    case "a bug":
      return ["Auto-set wrote nothing: it failed because of a bug in aks-network-policy-pack."];
    case "replacement":
      return [
        `Auto-set wrote nothing, because this may replace an existing cluster: ${linesOf(refusal.settings).join(", ")}.`,
        `To write it anyway, configure \`autoSet.newClusters\` with ${JSON.stringify(address)}, or \`autoSet.acceptReplacement\`.`,
      ];
  }
}
