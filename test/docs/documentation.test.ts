import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { commands, helpOf } from "../../cli/help";
import { readConfiguration } from "../../shared/policy/configuration";
import { rules } from "../../shared/rules";
import { bootPack } from "../engine/analyzer";
import { blocks, blocksIn, pages } from "../pages/markdown-files";
import { anchorsOf } from "../support/markdown";
import { diagnosticsOf } from "../support/typescript";

const root = join(__dirname, "..", "..");
const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  readonly name: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};

test("a link leads to what exists", () => {
  let links = 0;
  for (const { file, name, text } of pages) {
    // The text after a link's address is the title of a test, which test/docs/evidence.test.ts looks up.
    for (const [, to = ""] of text.matchAll(/\]\((?!https:)([^)\s]+)(?:\)| ")/g)) {
      const [path = "", anchor] = to.split("#");
      const target = path === "" ? file : resolve(dirname(file), path);
      expect([name, to, existsSync(target)]).toEqual([name, to, true]);
      if (anchor !== undefined)
        expect([name, to, anchorsOf(readFileSync(target, "utf8")).has(anchor)]).toEqual([name, to, true]);
      links += 1;
    }
  }
  expect(links).toBeGreaterThan(50);
});

describe("a block of code", () => {
  test("is in a language that is checked here, or the page has its own test", () => {
    const unknown = blocks.filter(({ page, language, before }) => {
      if (page.isGenerated || ["ts", "json", "sh", "yaml"].includes(language)) return false;
      // test/docs/readme.test.ts compares these with the demo's output.
      return !(language === "" && before.startsWith("<!-- demo"));
    });
    expect(unknown.map(({ page, text }) => [page.name, text])).toEqual([]);
    for (const language of ["ts", "json", "sh"]) expect(blocksIn(language).length).toBeGreaterThan(2);
  });

  test("in JSON is a valid configuration, or editor settings that name the schema", () => {
    for (const { language, text } of blocks) {
      if (language !== "json") continue;
      const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
      const settings = value["json.schemas"] as readonly { readonly url: string }[] | undefined;
      if (settings === undefined) expect(readConfiguration(value)).toMatchObject({ valid: true });
      for (const { url } of settings ?? [])
        expect(existsSync(join(root, url.replace(`./node_modules/${manifest.name}`, ".")))).toBe(true);
    }
  });

  test("in YAML is run by the test of the action or of the hook", () => {
    const shown = blocksIn("yaml").map(({ text }) => Object.keys(parse(text) as object));
    expect(shown).toEqual([["permissions", "jobs"], ["repos"]]);
  });

  test("in shell runs existing commands", () => {
    const release = read(".github", "workflows", "release.yml");
    const pack = new RegExp(` --policy-pack (?:node_modules/(\\.bin/|${manifest.name}/)|\\./)(\\S+)$`);
    /** A command of this package, with options that its help lists. */
    const isCommand = ([name = "", ...words]: readonly string[]): boolean => {
      const help = commands.find((each) => each === name);
      return (
        help !== undefined &&
        words.filter((word) => word.startsWith("--")).every((option) => helpOf[help].includes(`  ${option}`))
      );
    };
    const isReleased = (file: string): boolean => release.includes(`dist/${file}`);
    const exists = (line: string): boolean => {
      const [command = "", ...words] = line.split(" ");
      const [first = ""] = words;
      switch (command) {
        case "npm":
          if (first === "run")
            return words.length === 2 && words[1] !== undefined && words[1] in manifest.scripts;
          if (first === "install") {
            const [option, ...names] = words.slice(1);
            const known = [manifest.name, ...Object.keys(manifest.peerDependencies)];
            return option === "--save-dev" && names.length > 0 && names.every((name) => known.includes(name));
          }
          return line === "npm ci" || line === "npm test";
        case "sha256sum":
          return first === "--check" && isReleased(words[1] ?? "");
        case "chmod":
          return first === "+x" && isReleased(words[1] ?? "");
        // Commands of other tools, whose output is piped or written.
        case "terraform":
          return /^(?:plan -out=plan\.bin|show -json plan\.bin > plan\.json)$/.test(words.join(" "));
        case "az":
          return words.join(" ") === "aks list";
        case "npx":
          return first in manifest.bin && isCommand(words.slice(1));
        case "pulumi": {
          // test/with-tools/pulumi-commands.test.ts checks commands and options with the real CLI.
          if (first === "policy" || first === "stack" || words.includes("--json")) return true;
          const [, place, name = ""] = pack.exec(line) ?? [];
          if (place === undefined) return isReleased(name);
          return place === ".bin/"
            ? name in manifest.bin
            : manifest.files.includes(`${name}/PulumiPolicy.yaml`);
        }
        default:
          return false;
      }
    };
    const lines = blocksIn("sh").flatMap(({ text }) =>
      text.split("\n").flatMap((line) => line.replace(/ +#.*/, "").split(/ && | \| /)),
    );
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect([line, exists(line)]).toEqual([line, true]);
  });
});

test("scripts, folders and files that a page names in backticks exist", () => {
  let named = 0;
  for (const { name, text } of pages) {
    const scripts = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = ""]) => script);
    for (const script of scripts) expect(Object.keys(manifest.scripts)).toContain(script);
    const paths = text.matchAll(
      /`((?:\.ci|bench|bundle|cdktf-aspect|docs|examples|pulumi-pack|shared|test)\/[\w./-]*)`/g,
    );
    const prefixes = text.matchAll(/--prefix (\S+?)`/g);
    const installed = text.matchAll(new RegExp(`node_modules/${manifest.name}/([\\w./-]+)`, "g"));
    for (const [, path = ""] of [...paths, ...prefixes, ...installed]) {
      expect([name, path, existsSync(join(root, path))]).toEqual([name, path, true]);
      named += 1;
    }
    named += scripts.length;
  }
  expect(named).toBeGreaterThan(20);
});

describe("a program that a page shows", () => {
  const shown = blocksIn("ts").map(({ text }) => text);
  const [first = "", ...others] = shown.filter((text) => text.includes("AksNetworkPolicyAspect"));
  const apply = /^AksNetworkPolicyAspect\.applyTo\(app, Aspects\).*$/m;
  // A block without imports continues the first one.
  const aspects = [
    first,
    ...others.map((text) => (text.startsWith("import ") ? text : `${first.replace(apply, "")}\n${text}`)),
  ];
  const packs = shown.filter((text) => text.includes("new PolicyPack("));

  const checks = shown.filter((text) => text.includes("check("));

  test("is one of these three kinds", () => {
    expect(aspects.length).toBe(3);
    expect(packs.length).toBe(1);
    expect(checks.length).toBe(1);
    expect(aspects.length + packs.length + checks.length).toBe(shown.length);
    expect(first).toMatch(apply);
  });

  test("compiles", () => {
    const programs = Object.fromEntries(
      [...aspects, ...packs, ...checks].map((text, i) => [`shown${i}.ts`, text] as const),
    );
    const misspelt = { "misspelt.ts": first.replace("applyTo(app", "aplyTo(app") };
    const found = diagnosticsOf({ ...programs, ...misspelt }, root);
    expect(found.filter((each) => !each.startsWith("misspelt.ts"))).toEqual([]);
    expect(found.join()).toContain("'aplyTo' does not exist");
  });

  let work: string;
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), "shown-"));
    const modules = join(work, "node_modules");
    mkdirSync(modules);
    for (const name of ["@pulumi", "@cdktf", "cdktf", "constructs"])
      symlinkSync(join(root, "node_modules", name), join(modules, name));
    symlinkSync(root, join(modules, manifest.name));
  });
  afterAll(() => {
    rmSync(work, { recursive: true });
  });
  const compiled = (text: string): string =>
    ts.transpileModule(text, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
    }).outputText;

  /** The program with a stack that has a cluster without an engine, completed as a user would. */
  function synthesised(program: string): { status: number | null; stderr: string; cluster: () => unknown } {
    const rest = `
      const { TerraformStack } = require("cdktf");
      const { AzurermProvider } = require("@cdktf/provider-azurerm/lib/provider");
      const { KubernetesCluster } = require("@cdktf/provider-azurerm/lib/kubernetes-cluster");
      const stack = new TerraformStack(app, "prod");
      new AzurermProvider(stack, "azurerm", { features: [{}] });
      new KubernetesCluster(stack, "aks", {
        name: "aks", location: "westeurope", resourceGroupName: "rg", dnsPrefix: "aks",
        identity: { type: "SystemAssigned" },
        defaultNodePool: { name: "default", vmSize: "Standard_D4s_v5", nodeCount: 3 },
        networkProfile: { networkPlugin: "azure" },
      });
      app.synth();`;
    writeFileSync(join(work, "program.js"), `${compiled(program)}\n${rest}`);
    const { status, stderr } = spawnSync(process.execPath, ["program.js"], { cwd: work, encoding: "utf8" });
    const cluster = (): unknown => {
      const stack = JSON.parse(
        readFileSync(join(work, "cdktf.out", "stacks", "prod", "cdk.tf.json"), "utf8"),
      ) as { resource: { azurerm_kubernetes_cluster: { aks: unknown } } };
      return stack.resource.azurerm_kubernetes_cluster.aks;
    };
    return { status, stderr, cluster };
  }

  test("stops a synth", () => {
    const { status, stderr } = synthesised(first);
    expect(status).toBe(1);
    expect(stderr).toContain("[prod/aks] network-policy-configured: networkProfile.networkPolicy is not set");
  });

  test("takes its configuration from the file that it names", () => {
    const program = aspects.find((text) => text.includes("readFileSync")) ?? "";
    for (const [level, expected] of [
      ["mandatory", 1],
      ["advisory", 0],
    ] as const) {
      writeFileSync(join(work, "aks-network-policy.json"), JSON.stringify({ all: level }));
      expect([level, synthesised(program).status]).toEqual([level, expected]);
    }
  });

  test("writes an engine where it says so", () => {
    const { status, stderr, cluster } = synthesised(aspects.find((text) => text.includes("remediate")) ?? "");
    expect([status, stderr]).toEqual([0, ""]);
    expect(cluster()).toMatchObject({
      network_profile: { network_plugin: "azure", network_data_plane: "cilium", network_policy: "cilium" },
    });
  });

  test("is a pack that starts with the rules in it", async () => {
    const [pack = ""] = packs;
    const folder = join(work, "pack");
    mkdirSync(folder);
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "1.0.0", main: "index.js" }));
    writeFileSync(join(folder, "index.js"), compiled(pack));
    const booted = await bootPack(folder, { cwd: folder });
    try {
      const { name, policies } = await booted.info();
      expect(name).toBe("our-rules");
      expect([...new Set(policies.map((policy) => policy.name))]).toEqual(rules.map((rule) => rule.name));
    } finally {
      await booted.stop();
    }
  });
});
