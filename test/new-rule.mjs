import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/* Writes the folder of a new rule: `npm run new:rule -- NAME`. The result compiles and is a complete rule
 * with a cause, its words and examples. Replace every `TODO` in it. */

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The problem with a name; `undefined` for a valid one. A published name never changes. */
function problemWith(name) {
  if (name === undefined) return "usage: npm run new:rule -- NAME";
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(name))
    return `${JSON.stringify(name)} is not a name for a rule: use lower-case letters and hyphens, at least two words, and name the good condition, such as network-policy-configured`;
  if (existsSync(join(root, "shared", "rules", name))) return `shared/rules/${name} exists already`;
  // Messages link to the README's sections by name.
  const headings = readFileSync(join(root, "README.md"), "utf8").match(/^#+ .*$/gm) ?? [];
  const anchors = headings.map((heading) => heading.replace(/^#+ /, "").toLowerCase().replaceAll(" ", "-"));
  return anchors.includes(name) ? `the README has a section named ${name} already` : undefined;
}

function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

const index = (rule) => `export { causes } from "./causes";
export { options } from "./options";
export { ${rule} as rule } from "./rule";
`;

const options = () => `import { ruleOptions } from "../options";

/** TODO: the rule's own options, an entry each; level and exemptions every rule has. */
export const options = ruleOptions({});
`;

const causes = (rule, type, name) => `import type { CausesOf } from "../cause";
import { fixTheCluster } from "../cause";
import { isSetTo } from "../wording";
import { ${rule} } from "./rule";

/** TODO: what the rule finds, as data. */
export type ${type} = { readonly cause: "breaks-${name}" };

export const causes: CausesOf<${type}> = {
  "breaks-${name}": {
    heading: "TODO: kubenet in overlay mode",
    found: (_, { plugin, mode }) =>
      \`\${isSetTo(plugin, "kubenet")} and \${isSetTo(mode, "overlay")}: TODO, what is wrong.\`,
    why: () => ${rule}.why,
    advice: fixTheCluster,
  },
};
`;

const rule = (ruleConst, name) => `import type { Cluster } from "../../cluster/cluster";
import { all, is, not } from "../../cluster/setting";
import { isAutomatic } from "../conditions";
import { decide } from "../decision";
import { networkPolicyCompatible } from "../network-policy-compatible/rule";
import { networkPolicyConfigured } from "../network-policy-configured/rule";
import { bad, good, verdictOf } from "../outcome";
import { unlessReportedBy } from "../reported";
import type { Circumstances, Rule } from "../rule";
import type { Verdict } from "../verdict";
import { examples, fixesShown } from "./examples";

/** TODO: when a cluster breaks the rule. A condition may be unknown; the table decides as far as the known values reach. */
function judge(cluster: Cluster, circumstances: Circumstances): Verdict {
  const { plugin, mode } = cluster;
  const rows = [
    {
      when: all(is(plugin, "kubenet"), is(mode, "overlay"), not(isAutomatic(cluster))),
      then: bad({ cause: "breaks-${name}" }),
    },
  ];
  const others = [networkPolicyConfigured, networkPolicyCompatible];
  return unlessReportedBy(others, verdictOf(decide(rows, good)), cluster, circumstances);
}

export const ${ruleConst}: Rule = {
  name: "${name}",
  title: "TODO: the good condition in a few words",
  description: "TODO: the good condition in one sentence.",
  summary: "TODO: Fails if …, in one sentence. [Its page](docs/rules/${name}.md) has every case.",
  severity: "medium",
  level: "mandatory",
  why: "TODO: what goes wrong on a cluster that breaks the rule.",
  remedy: "TODO: what to do, in general.",
  references: [
    // TODO: where each fact was read, and when.
    { title: "Azure Kubernetes Service", url: "https://learn.microsoft.com/azure/aks/" },
  ],
  reviewed: "${new Date().toISOString().slice(0, 10)}",
  sameCheckIn: [],
  frameworks: networkPolicyConfigured.frameworks,
  judge,
  examples,
  fixesShown,
};
`;

const examples = (name) => `import { notKnownYet } from "../../cluster/declaration";
import type { Example, ShownFix } from "../rule";

/** TODO: at least one example for each cause, one that passes and one that cannot be decided. */
export const examples: readonly Example[] = [
  {
    title: "kubenet in overlay mode, engine calico",
    cluster: { plugin: "kubenet", mode: "overlay", engine: "calico" },
    expect: { verdict: "fail", causes: ["breaks-${name}"] },
  },
  {
    title: "plugin azure in overlay mode, engine calico",
    cluster: { plugin: "azure", mode: "overlay", engine: "calico" },
    expect: { verdict: "pass" },
  },
  {
    title: "kubenet, engine calico, mode not known yet",
    cluster: { plugin: "kubenet", mode: notKnownYet, engine: "calico" },
    expect: { verdict: "unknown" },
  },
];

export const fixesShown: readonly ShownFix[] = [
  { heading: "kubenet in overlay mode", example: "kubenet in overlay mode, engine calico" },
];
`;

const [name] = process.argv.slice(2);
const problem = problemWith(name);
if (problem === undefined) {
  const constant = camelCase(name);
  const type = `${constant.charAt(0).toUpperCase()}${constant.slice(1)}Cause`;
  const files = {
    "index.ts": index(constant),
    "rule.ts": rule(constant, name),
    "options.ts": options(),
    "causes.ts": causes(constant, type, name),
    "examples.ts": examples(name),
  };
  const folder = join(root, "shared", "rules", name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  console.log(
    [
      `shared/rules/${name} is written. Next:`,
      "1. List it in shared/rules/index.ts, in the order in which a person fixes a cluster:",
      `     import * as ${constant} from "./${name}";`,
      `     "${name}": ${constant},`,
      "2. npx vitest run --update, which writes its page, its words, the JSON Schema and its section of the README.",
      "3. Replace every TODO in the folder, then repeat step 2.",
    ].join("\n"),
  );
} else {
  console.error(problem);
  process.exitCode = 1;
}
