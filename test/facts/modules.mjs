/**
 * Reads which version of a Terraform module has which variable, into a file of `test/facts/evidence/`:
 *
 *   git clone https://github.com/Azure/terraform-azurerm-aks && node test/facts/modules.mjs
 *   terraform-azurerm-aks
 *
 * Modules are in no package registry that npm reads, so the result is committed.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const profile = "network_profile";
const modules = {
  "terraform-azurerm-aks": {
    file: "module-azure-aks.json",
    called: "module Azure/aks",
    names: [
      "network_policy",
      "network_plugin",
      "network_plugin_mode",
      "network_data_plane",
      "ebpf_data_plane",
      "network_ip_versions",
      "node_provisioning_profile.mode",
      "network_profile_advanced_networking.security_enabled",
      "windows_profile",
    ],
  },
  "terraform-azurerm-avm-res-containerservice-managedcluster": {
    file: "module-avm.json",
    called: "module Azure/avm-res-containerservice-managedcluster",
    names: [
      `${profile}.network_policy`,
      `${profile}.network_plugin`,
      `${profile}.network_plugin_mode`,
      `${profile}.network_dataplane`,
      `${profile}.network_data_plane`,
      `${profile}.ip_families`,
      `${profile}.ip_versions`,
      `${profile}.advanced_networking.security.enabled`,
      "node_provisioning_profile.mode",
      "sku.name",
      "windows_profile",
    ],
  },
  "terraform-azurerm-avm-ptn-aks-production": {
    file: "module-avm-production.json",
    called: "module Azure/avm-ptn-aks-production",
    names: ["network_policy", "kubernetes_version"],
  },
};

const [repository, name = repository] = process.argv.slice(2);
const entry = Object.entries(modules).find(([key]) => name?.replace(/\/$/, "").endsWith(key));
if (repository === undefined || entry === undefined) {
  console.error(
    `Usage: node test/facts/modules.mjs PATH-OF-REPOSITORY [NAME], of ${Object.keys(modules).join(", ")}`,
  );
  process.exit(1);
}
const [key, { file, called, names }] = entry;
const git = (...args) =>
  execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 2 ** 28 });

/** The text of a bracketed value, starting at its bracket. */
function bracketed(text, start) {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if ("{([".includes(text[i])) depth++;
    else if ("})]".includes(text[i]) && --depth === 0) return text.slice(start, i + 1);
    else if (text[i] === "\n" && depth === 0) return text.slice(start, i);
  }
  return text.slice(start);
}

function has(text, path) {
  const [variable, ...members] = path.split(".");
  const at = new RegExp(`^variable "${variable}" `, "m").exec(text);
  if (at === null) return false;
  let rest = bracketed(text, at.index + at[0].length);
  for (const member of members) {
    const found = new RegExp(`\\b${member}\\s*=\\s*`).exec(rest);
    if (found === null) return false;
    rest = bracketed(rest, found.index + found[0].length);
  }
  return true;
}

const numbers = (tag) => tag.replace(/^v/, "").split(".").map(Number);
const tags = git("tag")
  .split("\n")
  .filter((tag) => /^v?\d+\.\d+(?:\.\d+)?$/.test(tag))
  .sort((one, other) => {
    const [a, b] = [numbers(one), numbers(other)];
    return a[0] - b[0] || a[1] - b[1] || (a[2] ?? 0) - (b[2] ?? 0);
  });
const versions = tags.map((tag) => {
  const files = git("ls-tree", "--name-only", tag)
    .split("\n")
    .filter((each) => /^variables.*\.tf$/.test(each));
  const text = files.map((each) => git("show", `${tag}:${each}`)).join("\n");
  const [major, minor = 0, patch = 0] = numbers(tag);
  return [`${major}.${minor}.${patch}`, names.map((path) => (has(text, path) ? "x" : "-")).join("")];
});
const evidence = {
  called,
  source: `https://github.com/Azure/${key} at its tags up to ${tags.at(-1)} (${git("log", "-1", "--format=%cs", tags.at(-1)).trim()})`,
  read: new Date().toISOString().slice(0, 10),
  names,
  versions: Object.fromEntries(versions),
};
const target = join(import.meta.dirname, "evidence", file);
writeFileSync(target, `${JSON.stringify(evidence, null, 2)}\n`);
execFileSync("npx", ["prettier", "--write", target], { stdio: "ignore" });
