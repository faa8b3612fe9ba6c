import { pageOf } from "../shared/messages/pages";

/**
 * True where the engine started this file: it passes its address. A person who starts it by hand is told how it is used.
 *
 * @param path the file, as the person would name it to the Pulumi CLI
 */
export function startedByEngine(version: string, path: string): boolean {
  const [engineAddress] = process.argv.slice(2);
  if (engineAddress !== undefined && !engineAddress.startsWith("-")) return true;
  process.stderr.write(
    [
      `aks-network-policy-pack ${version}: a Pulumi policy pack, started by the Pulumi CLI:`,
      `  pulumi preview --policy-pack ${path}`,
      `More: ${pageOf("use-it-with-pulumi")}`,
      "",
    ].join("\n"),
  );
  process.exitCode = engineAddress === "--version" || engineAddress === "--help" ? 0 : 2;
  return false;
}
