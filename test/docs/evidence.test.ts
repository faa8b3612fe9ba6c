/** Every known way around the pack and the Aspect, with the test that shows the result. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { evidence } from "../pages/evidence";
import { evidencePage } from "../pages/evidence-page";
import { testsIn, titlesIn } from "../support/titles";

const root = join(__dirname, "..", "..");

type Way = readonly [way: string, file: string, title: string];

const inPulumi: readonly Way[] = [
  ["another type token, with a version or of a local package", "pulumi-pack/pack", "%s is checked"],
  [
    "a type token in another case, an explicit provider, aliases, options",
    "pulumi-pack/bypass",
    "what surrounds the inputs changes no verdict:",
  ],
  [
    "a component",
    "with-tools/pulumi-preview",
    "stop the preview, each with its own violations and each once",
  ],
  [
    "a transformation",
    "with-tools/pulumi-bypass",
    "a transformation is checked by its result, also in an `up` without a preview",
  ],
  [
    "ignoreChanges over the network",
    "with-tools/pulumi-bypass",
    "ignoreChanges shows what remains, not what is written",
  ],
  [
    "`none`, nothing, null, an empty text",
    "with-tools/pulumi-preview",
    "stop the preview, each with its own violations and each once",
  ],
  [
    "blanks, look-alikes, another case",
    "pulumi-pack/bypass",
    "a text that only looks like an engine is not one:",
  ],
  ["lists, texts and numbers where an object belongs", "pulumi-pack/pack", "%s fails"],
  ["numbers as texts", "pulumi-pack/bypass", "nodes are counted, however their number is spelled:"],
  [
    "an object that looks like a secret",
    "pulumi-pack/bypass",
    "an engine in an object that looks like a secret, or like nothing known, is not an engine",
  ],
  [
    "keys of the prototype among the inputs",
    "pulumi-pack/pack",
    "an engine hidden in __proto__ is not an engine",
  ],
  ["one unknown leaf", "pulumi-pack/pack", "a network profile that is unknown as a whole (%s)"],
  [
    "a value that only `up` knows",
    "with-tools/pulumi-preview",
    "an engine that only `up` knows is checked there, before the cluster is created",
  ],
  ["a secret", "pulumi-pack/pack", "a secret profile is read like any other"],
  [
    "a secret that cannot be decrypted",
    "pulumi-pack/pack",
    "that `pulumi policy analyze` cannot decrypt are unknown, whatever their type",
  ],
  [
    "no inputs at all",
    "pulumi-pack/pack",
    "without inputs is reported as checked at the end, and fails there if the outputs show nothing either",
  ],
  [
    "an `up` that skips the preview",
    "with-tools/pulumi-bypass",
    "a transformation is checked by its result, also in an `up` without a preview",
  ],
  [
    "`--target`",
    "with-tools/pulumi-bypass",
    "what `--target` leaves out is not deployed, and is reported as undecided",
  ],
  [
    "`.get()`",
    "with-tools/pulumi-bypass",
    "a cluster that a program reads with .get() is shown in no preview and no `up`",
  ],
  [
    "a remediation that a replacement loses",
    "with-tools/pulumi-auto-set",
    "a replacement that loses the value is not a green run, neither in the preview nor after it",
  ],
  [
    "a remediation of another pack",
    "pulumi-pack/bypass",
    "what another pack's remediation removes is gone when the cluster is checked",
  ],
  [
    "a separate Windows pool",
    "pulumi-pack/pack",
    "belong to the cluster that their property depends on, and not to another one",
  ],
  [
    "a Windows pool that refers to its cluster by literal text",
    "pulumi-pack/pack",
    "belong to a cluster by literal name and resource group, in any case",
  ],
  [
    "a Windows pool that may belong to two clusters",
    "pulumi-pack/pack",
    "that may belong to either of two clusters make both unknown, and fail neither",
  ],
  [
    "a bad cluster after a good one of the same name",
    "pulumi-pack/pack",
    "every call is checked by its own inputs, whatever another call said about the same cluster",
  ],
  ["an ARM deployment", "pulumi-pack/deployments", "a cluster in an ARM template fails, by %s"],
  [
    "a generic resource, azapi, a command, a dynamic provider",
    "pulumi-pack/bypass",
    "a cluster that is not a resource of the program is not seen:",
  ],
  [
    "two copies of the SDK",
    "stress/hostile",
    "with a second copy of the SDK, unknown stays unknown and bad stays bad",
  ],
  [
    "another policy in the pack that throws",
    "stress/hostile",
    "a policy that throws in the same pack (%s) ends the run, and passes nothing",
  ],
  [
    "a client that gives up, broken connections",
    "stress/hostile",
    "continues when a client gives up in the middle of an analysis",
  ],
  [
    "inputs too large or too deep",
    "stress/hostile",
    "values nested in 10,000 levels are rejected, and the next cluster is checked",
  ],
  [
    "a rule that is turned off",
    "pulumi-pack/bypass",
    "a rule that is turned off in the configuration reports nothing",
  ],
  ["a misspelled name or level in the configuration", "pulumi-pack/configuration", "by the pack, once: %s"],
  ["keys of the prototype in the configuration", "pulumi-pack/bypass", "a key that every object has: %s"],
  ["options behind the prototype of the configuration", "pulumi-pack/bypass", "an option in __proto__"],
  ["an exemption before its first day", "pulumi-pack/exemptions", "in Pulumi, an exemption"],
  ["an exemption after its last day", "pulumi-pack/exemptions", "in Pulumi, an exemption"],
  [
    "an exemption for another address",
    "pulumi-pack/bypass",
    "an exemption for another cluster, for a pattern of clusters, or for a similar name",
  ],
  [
    "tags and environment variables",
    "pulumi-pack/exemptions",
    "tags, resource options and the environment exempt nothing in Pulumi",
  ],
  [
    "a stale build",
    "package/bundle",
    "no form of the pack starts from changed sources, and every form is rebuilt with them",
  ],
  ["a slow clock", "pulumi-pack/bypass", "the date is the machine's: a slow clock keeps an exemption alive"],
  ["no pack at all", "pulumi-pack/bypass", "a run without the pack succeeds"],
];

const inTerraform: readonly Way[] = [
  [
    "Aspects.of(app)",
    "package/cdktf-install",
    "an Aspect on the App, which the libraries never call, fails it and says what to write",
  ],
  ["Aspects of another copy of the library", "cdktf-aspect/app", "applyTo with the Aspects of $name"],
  [
    "nested stacks and later ones",
    "cdktf-aspect/app",
    "applyTo checks every stack, including nested and later ones",
  ],
  ["a later Aspect", "cdktf-aspect/truth", "%s the engine: %s"],
  [
    "a construct that an Aspect creates too late to be visited",
    "cdktf-aspect/truth",
    "a construct that an Aspect creates after Aspects have passed",
  ],
  ["an override that deletes the engine", "cdktf-aspect/truth", "an override that deletes the engine"],
  ["an override on the stack", "cdktf-aspect/truth", "an override on the stack that deletes the engine"],
  [
    "a cluster or a module that an override on the stack adds",
    "cdktf-aspect/bypass",
    "a module that an override on the stack adds",
  ],
  ["lists where Terraform's JSON has objects", "cdktf-aspect/bypass", "%s is stopped"],
  ["dynamic blocks", "cdktf-aspect/truth", "a dynamic block without elements"],
  ["a Lazy that produces nothing", "cdktf-aspect/truth", "a Lazy that produces nothing"],
  [
    "a Lazy that produces a different value each time",
    "cdktf-aspect/bypass",
    "a Lazy that produces a different value for the file",
  ],
  ["expressions", "cdktf-aspect/truth", "a plain ${}"],
  [
    "an engine in a variable",
    "cdktf-aspect/bypass",
    "an engine in a variable is a warning that lets the synthesis succeed, unless `unknown` is `fail`",
  ],
  [
    "skipValidation",
    "cdktf-aspect/truth",
    "skipValidation does not turn it off, and the final state still decides",
  ],
  [
    "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS",
    "cdktf-aspect/truth",
    "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS lets the synthesis continue, and the error is in the manifest",
  ],
  [
    "the command lines' own exit code",
    "with-tools/ci-examples",
    "fails if it is not, although the files are written",
  ],
  ["HCL output", "cdktf-aspect/truth", "HCL from the CLI's variable: %s"],
  ["a second copy of the bindings", "cdktf-aspect/truth", "a class of a second copy of the bindings"],
  ["a user's own class", "cdktf-aspect/truth", "a user's own class that %s"],
  [
    "an element that writes a cluster past its type",
    "cdktf-aspect/bypass",
    "an element of the user's own class that writes a cluster",
  ],
  ["a raw resource", "cdktf-aspect/examples", "%s"],
  ["azapi, and a type or version that is a variable", "cdktf-aspect/bypass", "azapi is read as it is sent:"],
  ["an azapi pool without a readable body", "cdktf-aspect/bypass", "an agent pool whose body is %s"],
  ["azapi_update_resource", "cdktf-aspect/truth", "azapi_update_resource that states %s"],
  [
    "an ARM template, its parameters and nested ones",
    "cdktf-aspect/bypass",
    "an ARM template is read as Azure evaluates it:",
  ],
  [
    "an ARM template with copies, conditions and nested deployments",
    "cdktf-aspect/bypass",
    "an ARM template has the same findings in the Aspect and, once written, in `check`:",
  ],
  ["modules", "cdktf-aspect/truth", "module %s with %j"],
  [
    "a moved cluster, count, imports, logical ids",
    "cdktf-aspect/bypass",
    "an import and a custom logical ID",
  ],
  [
    "lifecycle.ignore_changes, provisioners, azapi deployments and actions",
    "cdktf-aspect/bypass",
    "what is not written in the stack is not seen:",
  ],
  ["Testing instead of app.synth()", "cdktf-aspect/truth", "Testing.synth"],
  [
    "a stack that is rendered too early",
    "cdktf-aspect/truth",
    "that renders the stack too early does not fix the verdict",
  ],
  [
    "a change while the stack is prepared",
    "cdktf-aspect/bypass",
    "a cluster that is created while the stack is prepared",
  ],
  [
    "a change in a validation",
    "cdktf-aspect/bypass",
    "a validation that changes the cluster after the Aspect's",
  ],
  ["a change in a custom synthesis", "cdktf-aspect/bypass", "a custom synthesis that changes the cluster"],
  ["a stack that changes what it writes", "cdktf-aspect/bypass", "a stack that changes what it writes"],
  ["frozen objects", "cdktf-aspect/bypass", "a frozen node"],
  ["getters that throw", "stress/hostile", "a getter of %s that throws is a finding on that construct only"],
  [
    "getters that the library reads",
    "stress/hostile",
    "a getter of %s that throws ends the synthesis, as it does without the Aspect",
  ],
  [
    "several Aspects, and wrappers around a rendering",
    "cdktf-aspect/field-cases",
    "several Aspects, and other wrappers of a rendering:",
  ],
  [
    "pools that refer to their cluster indirectly",
    "cdktf-aspect/field-cases",
    "Windows pools that refer to their cluster indirectly:",
  ],
  [
    "removed annotations, a custom synthesizer",
    "cdktf-aspect/bypass",
    "code in the program that works against the Aspect is not stopped, and the written file shows it:",
  ],
  ["a file that is edited manually", "cdktf-aspect/bypass", "edited manually, is checked with the edit"],
  ["HCL past the constructs", "cdktf-aspect/bypass", "HCL is read from what HCL will contain: %s"],
  [
    "context, metadata, tags",
    "cdktf-aspect/exemptions",
    "never comes from what a cluster, its stack, the app's context or the environment says about itself",
  ],
  [
    "variables of test runners",
    "package/promise",
    "is not turned off by a test runner's variable; it only stops reporting that nothing called it",
  ],
];

const ways = [...inPulumi, ...inTerraform];

test.each(ways)("%s is shown in test/%s.test.ts: %s", (_way, file, title) => {
  expect([...titlesIn(`test/${file}.test.ts`)]).toContain(title);
});

test("every way is listed once", () => {
  const names = ways.map(([way]) => way);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test.each([
  ["pulumi-pack/bypass", 9],
  ["with-tools/pulumi-bypass", 4],
  ["cdktf-aspect/bypass", 9],
] as const)("every test in test/%s.test.ts is about a listed way", (name, atLeast) => {
  const listed = new Set(ways.filter(([, file]) => file === name).map(([, , title]) => title));
  const shown = new Set(evidence.flatMap(({ tests }) => tests.map(([, title]) => title)));
  const all = testsIn(`test/${name}.test.ts`);
  expect(all.length).toBeGreaterThanOrEqual(atLeast);
  const isNamed = (title: string): boolean => listed.has(title) || shown.has(title);
  // The function that checks a written file has many tests, and counts as one way.
  const others = all.filter(
    (path) => !path.some(isNamed) && !path.includes("a written file, checked independently of the program,"),
  );
  expect(others).toEqual([]);
});

/**
 * The lines of a page that make a statement, by their leading bold words; undefined if they start
 * differently.
 */
function leadsOf(markdown: string): (string | undefined)[] {
  return markdown
    .split(/\n(?=- |\n)/)
    .map((part) => part.trim().replace(/\s+/g, " "))
    .filter((part) => part.startsWith("- "))
    .map((part) => /^- \*\*(.+?)\*\*/.exec(part)?.[1]);
}

describe.each([
  ["docs/limits.md", 12],
  ["SECURITY.md", 15],
] as const)("%s:", (page, atLeast) => {
  const leads = leadsOf(readFileSync(join(root, page), "utf8"));
  const ofPage = evidence.filter((each) => each.page === page);

  test("every line has evidence, and all evidence has a line, in the same order", () => {
    expect(leads.length).toBeGreaterThanOrEqual(atLeast);
    expect(ofPage.map(({ line }) => line)).toEqual(leads);
  });

  test.each(ofPage)("$line", ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter(([file, title]) => !titlesIn(`test/${file}.test.ts`).has(title))).toEqual([]);
  });
});

test("docs/evidence.md names these tests", async () => {
  await expect(evidencePage()).toMatchFileSnapshot(join(root, "docs", "evidence.md"));
});

test("an unknown title is reported", () => {
  const titles = titlesIn("test/shared/findings/bugs.test.ts");
  expect([titles.has("inside a rule"), titles.has("inside a ruler")]).toEqual([true, false]);
});
