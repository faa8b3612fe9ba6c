import { pageOf } from "./pages";

/** The whole text about a configuration that was refused, for the person who wrote it. */
export function configurationMessage(problems: readonly string[]): string {
  return [
    "The configuration of aks-network-policy-pack is invalid, so no cluster is checked:",
    ...problems.map((each) => `- ${each}`),
    `More: ${pageOf("configuration")}`,
  ].join("\n");
}
