/** Clusters in the ARM templates that a Pulumi program deploys: reported on the resource that deploys them. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { rules } from "../../shared/rules";
import type { JsonObject, Props, Violation } from "../engine/analyzer";
import { unknown, urnOf } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack } from "../support/clocked-pack";
import { exemption } from "../support/configurations";

const configured = "network-policy-configured";
const deployment = "azure-native:resources:Deployment";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterEach(() => clocked.pack.configure({}));
afterAll(() => clocked.stop());

function cluster(networkProfile: object | undefined, more: object = {}): object {
  return {
    type: "Microsoft.ContainerService/managedClusters",
    apiVersion: "2025-07-01",
    name: "aks",
    properties: { dnsPrefix: "aks", ...(networkProfile === undefined ? {} : { networkProfile }), ...more },
  };
}

const open = cluster({ networkPlugin: "azure", networkPolicy: "none" });
const calico = cluster({ networkPlugin: "azure", networkPolicy: "calico" });
const byParameter = cluster({ networkPlugin: "azure", networkPolicy: "[parameters('engine')]" });

function template(...resources: object[]): object {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { engine: { type: "string" } },
    resources,
  };
}

function native(written: unknown, engine?: unknown): Props {
  const parameters = engine === undefined ? {} : { parameters: { engine: { value: engine } } };
  return { properties: { mode: "Incremental", template: written, ...parameters } } as Props;
}

async function said(props: Props, type = deployment): Promise<readonly Violation[]> {
  return (await clocked.pack.analyze({ type, name: "d", props })).violations;
}

const levels = (violations: readonly Violation[]): string[] =>
  violations.map(({ enforcementLevel, policyName }) => `${enforcementLevel} ${policyName}`);
const fails = [`mandatory ${configured}`];

const text = JSON.stringify(template(open));
test.each<[type: string, props: Props]>([
  [deployment, native(template(open))],
  ["azure-native:resources/v20240301:DeploymentAtSubscriptionScope", native(template(open))],
  ["azure-native:resources:DeploymentStackAtResourceGroup", { template: template(open) } as unknown as Props],
  ["azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment", { templateContent: text }],
  ["azure:core/templateDeployment:TemplateDeployment", { templateBody: text }],
  [
    "azurerm:index/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
    { templateContent: text },
  ],
])("a cluster in an ARM template fails, by %s", async (type, props) => {
  expect(levels(await said(props, type))).toEqual(fails);
});

describe("the template's values decide:", () => {
  test.each<[title: string, props: Props, expected: readonly string[]]>([
    ["a parameter that is given", native(template(byParameter), "calico"), []],
    ["a parameter that is none", native(template(byParameter), "none"), fails],
    ["a parameter that only `up` knows", native(template(byParameter), unknown), [`advisory ${configured}`]],
    [
      "a value inside the template that only `up` knows",
      native(template(cluster({ networkPlugin: "azure", networkPolicy: unknown }))),
      [`advisory ${configured}`],
    ],
    ["a good cluster", native(template(calico)), []],
    ["a good cluster next to a bad one", native(template(calico, { ...open, name: "two" })), fails],
    ["no network profile", native(template(cluster(undefined))), fails],
    [
      "a Windows pool under Cilium",
      native(
        template(
          cluster(
            { networkPlugin: "azure", networkDataplane: "cilium" },
            { agentPoolProfiles: [{ name: "win", osType: "Windows" }] },
          ),
        ),
      ),
      ["mandatory network-policy-compatible"],
    ],
    [
      "a nested template",
      native(
        template({
          type: "Microsoft.Resources/deployments",
          apiVersion: "2022-09-01",
          name: "inner",
          properties: { template: template(open) },
        }),
      ),
      fails,
    ],
    ["a template that only `up` knows", native(unknown), []],
    ["a template without clusters", native(template()), []],
    ["a template that is none", native("none"), []],
  ])("%s", async (_title, props, expected) => {
    expect(levels(await said(props))).toEqual(expected);
  });
});

test("the message says where in the template the cluster is", async () => {
  const [violation] = await said(native(template(calico, { ...open, name: "two" })));
  expect(violation?.message).toMatch(
    /^In properties\.template resources\[1\]: properties\.networkProfile\.networkPolicy is "none": /,
  );
});

describe("an exemption names the cluster by its URN and its place", () => {
  const urn = urnOf(deployment, "d");
  const place = "properties.template resources[0]";
  const exempting = (target: string): Promise<unknown> =>
    clocked.pack.configure({
      [configured]: { exemptions: [exemption({ target }) as unknown as JsonObject] },
    });
  const resource = { type: deployment, name: "d" };
  const unused = async (props: Props): Promise<string[]> => {
    await clocked.pack.analyze({ ...resource, props });
    const { violations } = await clocked.pack.analyzeStack([{ ...resource, props }]);
    return violations.map(({ message }) => message);
  };

  test("and lets that one through", async () => {
    await exempting(`${urn} ${place}`);
    const two = native(template(open, { ...open, name: "two" }));
    expect(levels(await said(two))).toEqual([`advisory ${configured}`, ...fails]);
    expect(await unused(two)).toEqual([]);
  });

  test("and is reported where the cluster complies", async () => {
    await exempting(`${urn} ${place}`);
    expect(await unused(native(template(calico)))).toEqual([expect.stringContaining("complies")]);
  });

  test("and not by the URN alone", async () => {
    await exempting(urn);
    expect(levels(await said(native(template(open))))).toEqual(fails);
    expect(await unused(native(template(open)))).toEqual([expect.stringContaining(`"${urn} ${place}"`)]);
  });
});

test("auto-set writes into no template, and says so", async () => {
  await clocked.pack.configure({ [configured]: { enforcementLevel: "remediate" } });
  const unfit = cluster({ networkPlugin: "kubenet", networkPolicy: "azure" });
  const resource = { type: deployment, name: "d", props: native(template(open, unfit)) };
  const { remediations } = await clocked.pack.remediate(resource);
  expect(remediations).toEqual([]);
  const refused = (await said(resource.props)).map(({ policyName, message }) => [
    policyName,
    message.includes("Auto-set wrote nothing: an ARM template makes this cluster."),
  ]);
  // The other rule has no auto-set.
  expect(refused).toEqual([
    [configured, true],
    ["network-policy-compatible", false],
  ]);
});

test("a resource that is no deployment is none of it", async () => {
  const { notApplicable } = await clocked.pack.analyze({
    type: "azure-native:resources:ResourceGroup",
    name: "rg",
    props: native(template(open)),
  });
  expect(notApplicable.map(({ policyName }) => policyName)).toEqual(rules.map(({ name }) => name));
});
