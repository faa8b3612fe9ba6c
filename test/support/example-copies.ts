import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Copies an example to a folder, together with the packages that it imports, including this one. */
export function copyExample(example: string, folder: string): string {
  cpSync(join(root, "examples", example), folder, { recursive: true });
  const packages = [
    "@types",
    "@pulumi",
    "@cdktf",
    "@cdktn",
    "cdktf",
    "cdktn",
    "constructs",
    "ts-node",
    "typescript",
  ];
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  for (const each of packages)
    symlinkSync(join(root, "node_modules", each), join(folder, "node_modules", each));
  symlinkSync(root, join(folder, "node_modules", "aks-network-policy-pack"));
  return folder;
}
