/**
 * Ways around the Aspect in CDKTF and CDK Terrain programs that no other test covers.
 * test/docs/evidence.test.ts lists them all, with the test that shows each.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { App, TerraformStack } from "cdktf";
import { afterEach, describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { judgeWritten } from "../support/judge-written";
import type { Inputs } from "../../shared/reading/spell";
import { exemption } from "../support/configurations";
import { annotationsOf, appWith, libraries, onExampleDay, required, told } from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const noEngine = "this cluster has no network policy engine.";
const notSet = `error network-policy-configured: networkProfile.networkPolicy is not set: ${noEngine}`;
const bad = { ...required, networkProfile: { networkPlugin: "azure" } };
const good = { ...required, networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } };
const written = { network_profile: { network_plugin: "azure", network_policy: "none" } };
const writtenGood = { network_profile: { network_plugin: "azure", network_policy: "calico" } };
const aksType = "Microsoft.ContainerService/managedClusters";
const customSynthesis = Symbol.for("cdktf/customSynthesis");

afterEach(() => {
  delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
  delete process.env["SYNTH_HCL_OUTPUT"];
});

function body(networkPolicy: unknown): Inputs {
  return { properties: { networkProfile: { networkPlugin: "azure", networkPolicy } } };
}

function fileOf({ outdir }: App): string {
  return join(outdir, "stacks", "s", "cdk.tf.json");
}

function documentOf(app: App): unknown {
  return JSON.parse(readFileSync(fileOf(app), "utf8"));
}

/** What a pipeline reports on a file, independent of the program. */
function judgedFile(app: App, configuration?: Configuration): string[] {
  return judgeWritten(documentOf(app), configuration, onExampleDay).map(
    ({ address, level, message }) => `${address} ${level} ${message.split("\n")[0] ?? ""}`,
  );
}

/** The messages of a synthesis, in which an error must stop before anything is written. */
function ended(app: App): readonly string[] {
  let thrown: string | undefined;
  try {
    app.synth();
  } catch (error) {
    thrown = error instanceof Error ? error.message : "no error";
  }
  if (thrown !== undefined) expect(existsSync(fileOf(app))).toBe(false);
  const said = told(app);
  if (said.some((line) => line.startsWith("error"))) expect(thrown).toContain("Encountered Annotations");
  else expect(thrown).toBeUndefined();
  return said;
}

describe.each(libraries)("$name:", (library) => {
  const { lib, KubernetesCluster } = library;

  interface Way {
    readonly title: string;
    readonly declare: (stack: TerraformStack, app: App) => void;
    readonly said: readonly string[];
  }

  const isNone = `error network-policy-configured: networkProfile.networkPolicy is "none": ${noEngine}`;
  const onStack = `error network-policy-configured: network_profile.network_policy is "none": ${noEngine}`;
  const writes = (
    id: string,
    document: object,
    terraformResourceType: string,
    stack: TerraformStack,
  ): void => {
    class Own extends lib.TerraformResource {
      override toTerraform(): object {
        return document;
      }
    }
    new Own(stack, id, { terraformResourceType });
  };
  const ways: readonly Way[] = [
    {
      title: "an element of the user's own class that writes a cluster",
      declare: (stack) => {
        class Own extends lib.TerraformElement {
          override toTerraform(): object {
            return { resource: { azurerm_kubernetes_cluster: { aks: written } } };
          }
        }
        new Own(stack, "own");
      },
      said: [onStack],
    },
    {
      title: "a resource of another type that writes a cluster",
      declare: (stack) => {
        writes(
          "own",
          { resource: { azurerm_kubernetes_cluster: { aks: written } } },
          "azurerm_subnet",
          stack,
        );
      },
      said: [onStack],
    },
    {
      title: "a cluster that also writes a second one",
      declare: (stack) => {
        const both = { a: writtenGood, b: written };
        const type = "azurerm_kubernetes_cluster";
        writes("own", { resource: { [type]: both } }, type, stack);
      },
      said: [onStack],
    },
    {
      title: "a type that is a token",
      declare: (stack) => {
        const terraformResourceType = lib.Lazy.stringValue({ produce: () => "azurerm_kubernetes_cluster" });
        resource(library, stack, "aks", terraformResourceType, written);
      },
      said: [onStack],
    },
    {
      title: "two constructs with one logical ID, which are written as one",
      declare: (stack) => {
        const cilium = { networkPlugin: "azure", networkDataPlane: "cilium" };
        const one = new KubernetesCluster(stack, "one", { ...required, networkProfile: cilium });
        const two = new KubernetesCluster(stack, "two", good);
        for (const each of [one, two]) each.overrideLogicalId("aks");
      },
      said: [
        'error network-policy-compatible: network_profile.network_policy is "calico" and network_profile.network_data_plane is "cilium": the Cilium dataplane takes no other engine.',
      ],
    },
    {
      title: "a Lazy that produces a different value for the file",
      declare: (stack) => {
        let isJudged = false;
        const networkPolicy = lib.Lazy.stringValue({ produce: () => (isJudged ? "none" : "calico") });
        const networkProfile = { networkPlugin: "azure", networkPolicy };
        const made = new KubernetesCluster(stack, "aks", { ...required, networkProfile });
        made.node.addValidation({
          validate: () => {
            isJudged = true;
            return [];
          },
        });
      },
      said: [isNone],
    },
    {
      title: "a validation that changes the cluster after the Aspect's",
      declare: (stack) => {
        const made = new KubernetesCluster(stack, "aks", good);
        made.node.addValidation({
          validate: () => {
            made.addOverride("network_profile.network_policy", "none");
            return [];
          },
        });
      },
      said: [isNone],
    },
    {
      title: "a custom synthesis that changes the cluster",
      declare: (stack) => {
        const made = new KubernetesCluster(stack, "aks", good);
        const onSynthesize = (): void => {
          made.addOverride("network_profile.network_policy", undefined);
        };
        Object.defineProperty(made, customSynthesis, { value: { onSynthesize } });
      },
      said: [notSet],
    },
    {
      title: "a custom synthesis that adds a cluster",
      declare: (stack) => {
        const output = new lib.TerraformOutput(stack, "o", { value: "x" });
        const onSynthesize = (): unknown => new KubernetesCluster(stack, "late", bad);
        Object.defineProperty(output, customSynthesis, { value: { onSynthesize } });
      },
      said: [notSet],
    },
    {
      title: "a stack that changes what it writes",
      declare: (stack) => {
        new KubernetesCluster(stack, "aks", good);
        const render = stack.toTerraform.bind(stack) as () => { resource: Record<string, unknown> };
        stack.toTerraform = () => {
          const document = render();
          return { ...document, resource: { azurerm_kubernetes_cluster: { aks: written } } };
        };
      },
      said: [isNone],
    },
    {
      title: "a cluster that is created while the stack is prepared",
      declare: (stack) => {
        const prepare = stack.prepareStack.bind(stack);
        stack.prepareStack = () => {
          prepare();
          new KubernetesCluster(stack, "late", bad);
        };
      },
      said: [notSet],
    },
    {
      title: "a module that an override on the stack adds",
      declare: (stack) => {
        stack.addOverride("module.aks", { source: "Azure/aks/azurerm", network_plugin: "azure" });
      },
      said: [`error network-policy-configured: network_policy is not set: ${noEngine}`],
    },
    ...(
      [
        ["resource", [{ azurerm_kubernetes_cluster: { aks: written } }]],
        ["resource.azurerm_kubernetes_cluster", [{ aks: written }]],
        ["resource.azurerm_kubernetes_cluster", { aks: [written] }],
      ] as const
    ).map(([path, value], i) => ({
      title: `a list in place of an object, at level ${i + 1} of an override on the stack`,
      declare: (stack: TerraformStack) => {
        stack.addOverride(path, value);
      },
      said: [onStack],
    })),
    {
      title: "an import and a custom logical ID",
      declare: (stack) => {
        // It is not created.
        new KubernetesCluster(stack, "none", { ...bad, count: 0 });
        new KubernetesCluster(stack, "there", bad).importFrom("/subscriptions/x");
        new KubernetesCluster(stack, "named", bad).overrideLogicalId("other");
      },
      said: [notSet, notSet],
    },
    {
      title: "a frozen node",
      declare: (stack) => {
        Object.freeze(new KubernetesCluster(stack, "aks", bad).node);
      },
      said: [notSet],
    },
  ];
  // An import requires the terraform binary in validations, which are not part of this package.
  const offline = (each: Way): boolean => !each.title.includes("an import");

  test.each(ways.map((each) => [each.title, each] as const))("%s is stopped", (_title, each) => {
    const { app, stack } = appWith(library);
    if (!offline(each)) Reflect.set(app, "skipValidation", true);
    each.declare(stack, app);
    expect(ended(app)).toEqual(each.said);
  });

  describe("azapi is read as it is sent:", () => {
    const bodyOf = (part: string): string => `error network-policy-configured: body${part}: ${noEngine}`;
    const sensitiveOf = (part: string): string => bodyOf(part).replace("body", "sensitive_body");
    const isNoneInSensitiveBody = sensitiveOf('.properties.networkProfile.networkPolicy is "none"');
    const isNone = bodyOf('.properties.networkProfile.networkPolicy is "none"');
    const open = (part: string): string =>
      `warn network-policy-configured: Unknown: ${part} is not known before \`terraform plan\`.`;
    const clusters: readonly (readonly [string, Inputs, readonly string[]])[] = [
      ["an API version that is a variable", { type: `${aksType}@\${var.api}`, body: body("none") }, [isNone]],
      [
        "a type that is a variable",
        { type: "${var.type}", body: body("none") },
        [open("the type of this resource")],
      ],
      [
        "a type that is a variable in part",
        { type: "Microsoft.ContainerService/${var.type}@2025-07-01", body: body("none") },
        [open("the type of this resource")],
      ],
      [
        "a variable in another type",
        { type: "Microsoft.Network/${var.type}@2025-01-01", body: body("none") },
        [],
      ],
      [
        "a sensitive body that takes the engine away",
        { body: body("calico"), sensitive_body: body("none") },
        [isNoneInSensitiveBody],
      ],
      [
        "a sensitive body that deletes the engine",
        { body: body("calico"), sensitive_body: body(null) },
        [sensitiveOf(".properties.networkProfile.networkPolicy is not set")],
      ],
      [
        "a sensitive body that deletes the profile",
        { body: body("calico"), sensitive_body: { properties: { networkProfile: null } } },
        [sensitiveOf(".properties.networkProfile.networkPolicy is not set")],
      ],
      [
        "a sensitive body that only Terraform knows",
        { body: body("calico"), sensitive_body: "${var.body}" },
        [open("sensitive_body (one unknown value in it is enough)")],
      ],
      [
        "a sensitive body whose profile only Terraform knows",
        { body: body("calico"), sensitive_body: { properties: { networkProfile: "${var.profile}" } } },
        [open("sensitive_body.properties.networkProfile (one unknown value in it is enough)")],
      ],
      [
        "a sensitive body over one that only Terraform knows",
        { body: "${var.body}", sensitive_body: { properties: {} } },
        [open("body (one unknown value in it is enough)")],
      ],
      [
        "a sensitive body over JSON text",
        { body: JSON.stringify(body("calico")), sensitive_body: body("none") },
        [isNoneInSensitiveBody],
      ],
      [
        "a sensitive body over what is not a document",
        { body: "x", sensitive_body: body("calico") },
        [bodyOf(" is text, not an object")],
      ],
      [
        "a sensitive body that is a list",
        { body: body("calico"), sensitive_body: [1] },
        [sensitiveOf(" is a list, not an object")],
      ],
      [
        "a sensitive body that is about something else",
        {
          body: body("calico"),
          sensitive_body: { properties: { windowsProfile: { adminPassword: "${var.x}" } } },
        },
        [],
      ],
      [
        "a Lazy sensitive body",
        { body: body("calico"), sensitive_body: lib.Lazy.anyValue({ produce: () => body("none") }) },
        [isNoneInSensitiveBody],
      ],
    ];
    test.each(clusters)("%s", (_title, attributes, said) => {
      const { app, stack } = appWith(library);
      resource(library, stack, "aks", "azapi_resource", {
        type: `${aksType}@2025-07-01`,
        name: "aks",
        ...attributes,
      });
      expect(ended(app)).toEqual(said);
    });

    const cilium = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
    const wrong = (shape: string): string =>
      `error network-policy-compatible: a separate node pool is ${shape}, not an object.`;
    const undecided = `warn network-policy-compatible: Unknown: a separate node pool is not known before \`terraform plan\`.`;
    const pools: readonly (readonly [string, unknown, readonly string[]])[] = [
      ["text", "not JSON", [wrong("text")]],
      ["a list", [{ osType: "Windows" }], [wrong("a list")]],
      ["a list as JSON text", '[{"osType": "Windows"}]', [wrong("a list")]],
      ["a number", 3, [wrong("a number")]],
      ["an object with properties that are text", { properties: "x" }, [wrong("text")]],
      ["an object with properties that are a list", { properties: [] }, [wrong("a list")]],
      ["known to Terraform only", "${var.pool}", [undecided]],
      ["an object whose properties only Terraform knows", { properties: "${var.pool}" }, [undecided]],
      [
        "Windows, as an object",
        { properties: { osType: "Windows" } },
        [expect.stringContaining("Windows node pool")],
      ],
      [
        "Windows, as JSON text",
        '{"properties": {"osType": "Windows"}}',
        [expect.stringContaining("Windows node pool")],
      ],
      ["empty", {}, []],
      ["null", null, []],
    ];
    test.each(pools)("an agent pool whose body is %s", (_title, poolBody, said) => {
      const { app, stack } = appWith(library);
      const type = `${aksType}@2025-07-01`;
      resource(library, stack, "aks", "azapi_resource", {
        type,
        body: { properties: { networkProfile: cilium } },
      });
      resource(library, stack, "pool", "azapi_resource", {
        type: `${aksType}/agentPools@2025-07-01`,
        parent_id: "${azapi_resource.aks.id}",
        body: poolBody,
      });
      expect(ended(app)).toEqual(said);
    });
  });

  describe("an ARM template is read as Azure evaluates it:", () => {
    const cluster = { type: aksType, name: "aks", ...body("[parameters('engine')]") };
    const by = (engine: string) => ({ parameters: { engine: { defaultValue: engine } } });
    const nested = (options?: object, parameters?: object, more: object = {}) => ({
      ...by("none"),
      ...more,
      resources: [
        {
          type: "Microsoft.Resources/deployments",
          properties: {
            expressionEvaluationOptions: options,
            parameters,
            template: { ...by("calico"), resources: [cluster] },
          },
        },
      ],
    });
    const plain = { ...by("calico"), resources: [cluster] };
    const isNone = expect.stringMatching(
      /^error network-policy-configured .*networkPolicy is "none"/,
    ) as string;
    const isOpen = expect.stringMatching(/^warn network-policy-configured .*Unknown: /) as string;
    const templates: readonly (readonly [string, object, string | undefined, readonly string[]])[] = [
      ["a nested template takes its parameters from the outer one", nested(), undefined, [isNone]],
      ["the same if it says so", nested({ scope: "Outer" }), undefined, [isNone]],
      ["a nested template with inner scope", nested({ scope: "inner" }), undefined, []],
      [
        "the same with a value from outside",
        nested({ scope: "inner" }, { engine: { value: "none" } }),
        undefined,
        [isNone],
      ],
      [
        "the same with an expression from outside",
        nested({ scope: "inner" }, { engine: { value: "[parameters('engine')]" } }),
        undefined,
        [isNone],
      ],
      [
        "language version 2.0, where inner scope is the default",
        nested(undefined, undefined, { languageVersion: "2.0" }),
        undefined,
        [],
      ],
      [
        "parameters that only Terraform knows",
        plain,
        "${jsonencode({ engine = { value = var.engine } })}",
        [isOpen],
      ],
      ["parameters that are not JSON", plain, "engine=none", [isOpen]],
      ["a parameter from a key vault", plain, '{"engine": {"reference": {}}}', [isOpen]],
      ["a parameter in another case", plain, '{"Engine": {"value": "none"}}', [isNone]],
      [
        "a parameter in a whole file of them",
        plain,
        '{"parameters": {"engine": {"value": "none"}}}',
        [isNone],
      ],
      ["a default", plain, undefined, []],
    ];
    test.each(templates)("%s", (_title, template, parameters, said) => {
      const { app, stack } = appWith(library);
      resource(library, stack, "arm", "azurerm_resource_group_template_deployment", {
        template_content: JSON.stringify(template),
        ...(parameters === undefined ? {} : { parameters_content: parameters }),
      });
      expect(ended(app)).toEqual(said);
    });
  });

  describe("an ARM template has the same findings in the Aspect and, once written, in `check`:", () => {
    const cilium = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
    const whole = (networkProfile: object, more: object = {}): object => ({
      type: aksType,
      name: "[parameters('name')]",
      properties: { dnsPrefix: "aks", networkProfile, ...more },
    });
    const patch = (properties: object): object => ({ type: aksType, name: "aks", properties });
    const parameters = { name: { defaultValue: "aks" }, pools: {}, create: {}, dataplane: {}, engine: {} };
    const pools = {
      copy: [
        {
          name: "agentPoolProfiles",
          count: "[length(parameters('pools'))]",
          input: { osType: "[parameters('pools')[copyIndex('agentPoolProfiles')].osType]" },
        },
      ],
    };
    const byDataplane = "[if(equals(parameters('dataplane'), 'cilium'), 'cilium', parameters('engine'))]";
    const win = {
      type: `${aksType}/agentPools`,
      name: "[format('{0}/{1}', toUpper(parameters('name')), 'win')]",
      properties: { osType: "Windows" },
    };
    const linuxOnly = /^error network-policy-compatible .*Windows node pool/;
    const isNone = /^error network-policy-configured .*networkPolicy is "none"/;
    const isNotSet = /^error network-policy-configured .*networkPolicy is not set/;
    const isOpen = /^warn network-policy-configured .*Unknown: /;
    const cases: readonly (readonly [string, object, string | undefined, readonly RegExp[]])[] = [
      ["a patch", patch({ azureMonitorProfile: { metrics: { enabled: true } } }), undefined, []],
      ["a patch to none", patch({ networkProfile: { networkPolicy: "none" } }), undefined, [isNone]],
      ["a patch to nothing", patch({ networkProfile: { networkPolicy: null } }), undefined, [isNotSet]],
      ["pools in a copy", whole(cilium, pools), '{"pools":{"value":[{"osType":"Windows"}]}}', [linuxOnly]],
      ["the same with Linux", whole(cilium, pools), '{"pools":{"value":[{"osType":"Linux"}]}}', []],
      [
        "a condition that is false",
        { ...whole({}), condition: "[parameters('create')]" },
        '{"create":{"value":false}}',
        [],
      ],
      [
        "a condition that is unknown",
        { ...whole({}), condition: "[parameters('create')]" },
        '{"create":{"value":"${var.create}"}}',
        [isNotSet],
      ],
      [
        "an engine by its dataplane",
        whole({ networkPlugin: "azure", networkPolicy: byDataplane }),
        '{"dataplane":{"value":"azure"},"engine":{"value":"none"}}',
        [isNone],
      ],
      [
        "the same that only Terraform knows",
        whole({ networkPlugin: "azure", networkPolicy: byDataplane }),
        '{"dataplane":{"value":"${var.dataplane}"},"engine":{"value":"none"}}',
        [isOpen],
      ],
      ["a pool by its cluster's name", whole(cilium, { resources: [] }), "pool", [linuxOnly]],
    ];
    test.each(cases)("%s", (_title, declared, given, said) => {
      process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
      const { app, stack } = appWith(library);
      const resources = given === "pool" ? [declared, win] : [declared];
      resource(library, stack, "arm", "azurerm_resource_group_template_deployment", {
        template_content: JSON.stringify({ parameters, resources }),
        ...(given === undefined || given === "pool" ? {} : { parameters_content: given }),
      });
      app.synth();
      const expected = said.map((pattern) => expect.stringMatching(pattern) as string);
      expect(told(app)).toEqual(expected);
      const address = "azurerm_resource_group_template_deployment.arm template_content resources[0] ";
      const lines = judgedFile(app);
      expect(lines.map((line) => line.slice(0, address.length))).toEqual(said.map(() => address));
      expect(lines.map((line) => line.slice(address.length).replace(/^warning/, "warn"))).toEqual(expected);
    });
  });

  describe("a written file, checked independently of the program,", () => {
    test("has the program's findings, by address, and a good one has none", () => {
      process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
      const { app, stack } = appWith(library);
      new KubernetesCluster(stack, "bad", bad);
      new KubernetesCluster(stack, "good", good);
      new lib.TerraformHclModule(stack, "module", {
        source: "Azure/aks/azurerm",
        variables: { network_plugin: "azure" },
      });
      app.synth();
      expect(judgedFile(app).sort()).toEqual([
        `azurerm_kubernetes_cluster.bad error network-policy-configured: network_profile.network_policy is not set: ${noEngine}`,
        `module.module error network-policy-configured: network_policy is not set: ${noEngine}`,
      ]);
      expect(judgedFile(app, { all: "advisory" }).map((line) => line.split(" ")[1])).toEqual([
        "warning",
        "warning",
      ]);
    });

    test("is exempted by address and the stack that the caller names, never by what the file says about itself", () => {
      process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
      const { app, stack } = appWith(library);
      new KubernetesCluster(stack, "aks", bad);
      new KubernetesCluster(stack, "liar", bad);
      stack.addOverride("resource.azurerm_kubernetes_cluster.liar.//.metadata.path", "s/aks");
      const raw = resource(library, stack, "raw", "azurerm_kubernetes_cluster", {});
      raw.addOverride("//", { metadata: { path: "s/azurerm_kubernetes_cluster.aks" } });
      app.synth();
      const levels = (target: string, inStack?: string): string[] => {
        const exempting = { "network-policy-configured": { exemptions: [exemption({ target })] } };
        const options = { ...onExampleDay, ...(inStack === undefined ? {} : { stack: inStack }) };
        return judgeWritten(documentOf(app), exempting, options)
          .map(({ address, level }) => `${address.replace(/^.*\./, "")} ${level}`)
          .sort();
      };
      const all = ["aks error", "liar error", "raw error"];
      expect(levels("s/aks", "s")).toEqual(all);
      expect(levels("s/aks")).toEqual(all);
      expect(levels("s:azurerm_kubernetes_cluster.aks")).toEqual(all);
      expect(levels("s:azurerm_kubernetes_cluster.aks", "other")).toEqual(all);
      expect(levels("azurerm_kubernetes_cluster.aks", "s")).toEqual(all);
      expect(levels("s:azurerm_kubernetes_cluster.aks", "s")).toEqual(["aks warning", ...all.slice(1)]);
    });

    test("in the program too, a cluster cannot use another's exemption by overriding its path", () => {
      const { app, stack } = appWith(library, {
        "network-policy-configured": { exemptions: [exemption({ target: "s/aks" })] },
      });
      new KubernetesCluster(stack, "aks", bad);
      const liar = new KubernetesCluster(stack, "liar", bad);
      liar.addOverride("//.metadata.path", "s/aks");
      stack.addOverride("resource.azurerm_kubernetes_cluster.more", {
        ...written,
        "//": { metadata: { path: "s/aks" } },
      });
      expect(ended(app).map((line) => line.split(" ")[0])).toEqual(["error", "warn", "error"]);
    });

    test("finds what a pipeline must not apply although the synthesis continued", () => {
      process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
      const { app, stack } = appWith(library);
      new KubernetesCluster(stack, "aks", bad);
      app.synth();
      expect(judgedFile(app)).toHaveLength(1);
    });

    test("edited manually, is checked with the edit", () => {
      const { app, stack } = appWith(library);
      new KubernetesCluster(stack, "aks", good);
      app.synth();
      expect(judgedFile(app)).toEqual([]);
      const text = readFileSync(fileOf(app), "utf8").replace('"calico"', '"none"');
      writeFileSync(fileOf(app), text);
      expect(judgedFile(app)).toHaveLength(1);
    });

    test.each([undefined, null, "{}", 7, {}, { stacks: {} }])("must be one: %j is refused", (document) => {
      expect(() => judgeWritten(document)).toThrow("not a kind of document that check reads");
    });

    test("an invalid configuration is refused", () => {
      const misspelt = { "network-policy-configred": "disabled" } as Configuration;
      expect(() => judgeWritten({ resource: {} }, misspelt)).toThrow("network-policy-configred");
    });
  });

  // The following gets through. Each case is a row of docs/limits.md ("What it cannot stop"), with the same
  // text.

  describe("code in the program that works against the Aspect is not stopped, and the written file shows it:", () => {
    const against: Readonly<Record<string, (stack: TerraformStack) => void>> = {
      "it takes the annotation away": (stack) => {
        lib.Aspects.of(stack).add({
          visit: (visited) => {
            if (visited !== stack) return;
            const ours = Reflect.get(stack, customSynthesis) as { onSynthesize(session: unknown): void };
            const onSynthesize = (session: unknown): void => {
              ours.onSynthesize(session);
              for (const { node } of stack.node.children)
                for (const entry of node.metadata)
                  if (entry.type === "@cdktf/error") Reflect.set(entry, "type", "nothing");
            };
            Object.defineProperty(stack, customSynthesis, { value: { onSynthesize } });
          },
        });
      },
      "it takes in no annotation": (stack) => {
        const { node } = stack.node.children.find((each) => each instanceof KubernetesCluster) ?? stack;
        node.addMetadata = () => undefined;
      },
      "it has a synthesizer of its own": (stack) => {
        const own: TerraformStack["synthesizer"] = {
          synthesize: (session) => {
            const { workingDirectory } = session.manifest.forStack(stack);
            const folder = join(session.outdir, workingDirectory);
            execFileSync("mkdir", ["-p", folder]);
            writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack.toTerraform()));
          },
        };
        stack.synthesizer = own;
      },
    };
    test.each(Object.entries(against))("%s", (_title, work) => {
      const { app, stack } = appWith(library);
      new KubernetesCluster(stack, "aks", bad);
      work(stack);
      app.synth();
      expect(annotationsOf(app)).toEqual([]);
      expect(judgedFile(app)).toEqual([
        `azurerm_kubernetes_cluster.aks error network-policy-configured: network_profile.network_policy is not set: ${noEngine}`,
      ]);
    });
  });

  test.each<[string, (stack: TerraformStack) => void, readonly string[]]>([
    [
      "a class that writes a cluster past its type",
      (stack) => {
        class Own extends lib.TerraformElement {
          override toHclTerraform(): object {
            return {
              resource: { azurerm_kubernetes_cluster: { aks: { name: { value: "aks", type: "simple" } } } },
            };
          }
        }
        new Own(stack, "own");
      },
      [`error network-policy-configured: network_profile.network_policy is not set: ${noEngine}`],
    ],
    [
      "a class that sets the engine where JSON is made, and not where HCL is",
      (stack) => {
        class Own extends KubernetesCluster {
          protected override synthesizeAttributes(): Record<string, unknown> {
            return { ...super.synthesizeAttributes(), ...writtenGood };
          }
        }
        new Own(stack, "aks", bad);
      },
      [notSet],
    ],
    [
      "a class that takes the engine away where HCL is made",
      (stack) => {
        class Own extends KubernetesCluster {
          protected override synthesizeHclAttributes(): Record<string, unknown> {
            return { ...super.synthesizeHclAttributes(), network_profile: undefined };
          }
        }
        new Own(stack, "aks", good);
      },
      [notSet],
    ],
    [
      "a class that sets the engine where HCL is made",
      (stack) => {
        class Own extends KubernetesCluster {
          protected override synthesizeHclAttributes(): Record<string, unknown> {
            const value = {
              network_plugin: { value: "azure", type: "simple", isBlock: false },
              network_policy: { value: "calico", type: "simple", isBlock: false },
            };
            return {
              ...super.synthesizeHclAttributes(),
              network_profile: { value, isBlock: true, type: "list" },
            };
          }
        }
        new Own(stack, "aks", bad);
      },
      [],
    ],
    [
      "an object whose own method makes another HCL",
      (stack) => {
        const made = new KubernetesCluster(stack, "aks", good);
        const render = made.toHclTerraform.bind(made) as () => object;
        made.toHclTerraform = () => {
          const part = JSON.stringify(render()).replaceAll("calico", "none");
          return JSON.parse(part) as never;
        };
      },
      [isNone],
    ],
  ])("HCL is read from what HCL will contain: %s", (_title, declare, said) => {
    process.env["SYNTH_HCL_OUTPUT"] = "true";
    const { app, stack } = appWith(library);
    declare(stack);
    expect(ended(app)).toEqual(said);
  });

  describe("what is not written in the stack is not seen:", () => {
    const ways: readonly (readonly [string, (stack: TerraformStack) => unknown])[] = [
      [
        "a network that lifecycle.ignore_changes keeps as it is",
        (stack) =>
          new KubernetesCluster(stack, "aks", {
            ...good,
            lifecycle: { ignoreChanges: ["network_profile"] },
          }),
      ],
      [
        "a command that a provisioner runs",
        (stack) =>
          new KubernetesCluster(stack, "aks", {
            ...good,
            provisioners: [{ type: "local-exec", command: "az aks update --network-policy none" }],
          }),
      ],
      [
        "a linked template inside an azapi deployment",
        (stack) =>
          resource(library, stack, "x", "azapi_resource", {
            type: "Microsoft.Resources/deployments@2024-07-01",
            body: { properties: { templateLink: { uri: "https://example.org/aks.json" } } },
          }),
      ],
      [
        "an azapi action on a cluster",
        (stack) =>
          resource(library, stack, "x", "azapi_resource_action", {
            type: `${aksType}@2025-07-01`,
            resource_id: "${var.id}",
            method: "PUT",
            body: body("none"),
          }),
      ],
      [
        "a template that is an expression",
        (stack) =>
          resource(library, stack, "x", "azurerm_resource_group_template_deployment", {
            template_content: '${file("aks.json")}',
          }),
      ],
      [
        "a module whose source does not name AKS",
        (stack) => new lib.TerraformHclModule(stack, "x", { source: "acme/platform/azurerm" }),
      ],
    ];
    test.each(ways)("%s", (_title, declare) => {
      const { app, stack } = appWith(library);
      declare(stack);
      expect(ended(app)).toEqual([]);
    });
  });

  test("an engine in a variable is a warning that lets the synthesis succeed, unless `unknown` is `fail`", () => {
    const declared = (configuration: Configuration): readonly string[] => {
      const { app, stack } = appWith(library, configuration);
      const networkProfile = { networkPlugin: "azure", networkPolicy: "${var.engine}" };
      new KubernetesCluster(stack, "aks", { ...required, networkProfile });
      return ended(app).map((line) => line.split(":")[0] ?? "");
    };
    expect(declared({})).toEqual(["warn network-policy-configured"]);
    expect(declared({ "network-policy-configured": { unknown: "fail" } })).toEqual([
      "error network-policy-configured",
    ]);
  });
});
