import type { Assignment, Choice } from "../fixes/choice";
import type { ChangeEffect } from "../fixes/replacement";
import { isAbsent, is } from "../cluster/setting";
import { any } from "../cluster/setting";
import type { Cluster } from "../cluster/cluster";
import type { AzureCli } from "./voice";

/** https://learn.microsoft.com/cli/azure/aks#az-aks-update (read 2026-11). */
const options: Readonly<Record<keyof Choice, string>> = {
  plugin: "--network-plugin",
  mode: "--network-plugin-mode",
  dataplane: "--network-dataplane",
  engine: "--network-policy",
};

/** The commands that change a running cluster, one per operation that Azure requires. */
export function azureCommands(
  settings: readonly Assignment[],
  effect: ChangeEffect | undefined,
  { engine }: Cluster,
  { cluster }: AzureCli,
): string[] {
  const start = `az aks update --resource-group ${word(cluster.resourceGroup, "GROUP")} --name ${word(cluster.name, "NAME")}`;
  const command = (step: readonly Assignment[]): string =>
    [start, ...step.map(({ setting, value }) => `${options[setting]} ${value}`)].join(" ");
  const hasEngine = any(isAbsent(engine), is(engine, "none")).truth === false;
  const changesEngine = settings.some(({ setting }) => setting === "engine");
  // Azure changes one engine to another by way of none, except for the changes it documents.
  const removesFirst =
    effect?.before.includes("engine off") === true ||
    (hasEngine && changesEngine && effect?.effect !== "in place");
  return [
    ...(removesFirst ? [`${start} ${options.engine} none`] : []),
    ...(effect?.steps ?? [settings]).map(command),
  ];
}

/** A name that needs no quotes in a shell; for anything else, a placeholder that the reader fills in. */
function word(name: string | undefined, placeholder: string): string {
  return name !== undefined && /^\w[\w.-]*$/.test(name) ? name : placeholder;
}
