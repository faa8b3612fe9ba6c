import { pageOf } from "./pages";

/** The message about an invalid configuration, for its author. */
export function configurationMessage(problems: readonly string[]): string {
  return [
    "The configuration of aks-network-policy-pack is invalid, so no cluster is checked:",
    ...problems.map((each) => `- ${each}`),
    `More: ${pageOf("configuration")}`,
  ].join("\n");
}
