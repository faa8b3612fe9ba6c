import { describe, expect, test } from "vitest";
import { armTemplate } from "../../../shared/dialects/arm-template";
import { clustersInTemplate, readTemplate } from "../../../shared/documents/arm/template";
import type { JsonObject } from "../../../shared/documents/json";
import { aks, calico, cilium, cluster, deployment, pool, told, types } from "../../support/arm-templates";

const npm = { networkPlugin: "azure", networkPolicy: "azure" };
const open = "[reference('elsewhere').value]";

/** A deployment that states only these properties. */
const patch = (properties: unknown): object => ({ type: aks, name: "aks", properties });
const inner = { expressionEvaluationOptions: { scope: "inner" } };

const good = ["resources[0]"];
const notConfigured = ["resources[0]: failure not-configured"];
const isLinuxOnly = ["resources[0]: failure cilium-is-linux-only"];
const undecided = ["resources[0]: unknown"];

type Case = readonly [what: string, template: object, told: readonly string[], parameters?: unknown];

function judges(cases: readonly Case[]): void {
  test.each(cases.map(([what, ...rest]) => ({ what, rest })))("$what", ({ rest }) => {
    const [template, expected, parameters = {}] = rest;
    expect(told(template, { parameters })).toEqual(expected);
  });
}

describe("a deployment that changes an existing cluster", () => {
  judges([
    [
      "Azure Monitor's onboarding",
      { resources: [patch({ azureMonitorProfile: { metrics: { enabled: true } } })] },
      good,
    ],
    ["Defender's", { resources: [patch({ securityProfile: { defender: { enabled: true } } })] }, good],
    [
      "an add-on's, from a variable",
      {
        variables: { addons: { addonProfiles: { azurepolicy: { enabled: true } } } },
        resources: [patch("[variables('addons')]")],
      },
      good,
    ],
    [
      "one in a nested template",
      { resources: [deployment({ resources: [patch({ oidcIssuerProfile: { enabled: true } })] })] },
      ["resources[0] resources[0]"],
    ],
    [
      "one that sets an engine",
      { resources: [patch({ networkProfile: { networkPolicy: "calico" } })] },
      good,
    ],
    ["engine none", { resources: [patch({ networkProfile: { networkPolicy: "none" } })] }, notConfigured],
    [
      "an invalid engine",
      { resources: [patch({ networkProfile: { networkPolicy: "istio" } })] },
      ["resources[0]: failure not-an-engine"],
    ],
    [
      "an engine that is null",
      { resources: [patch({ networkProfile: { networkPolicy: null } })] },
      notConfigured,
    ],
    [
      "an engine that evaluates to null",
      { resources: [patch({ networkProfile: { networkPolicy: "[json('null')]" } })] },
      notConfigured,
    ],
    [
      "an engine that is empty",
      { resources: [patch({ networkProfile: { networkPolicy: "" } })] },
      notConfigured,
    ],
    ["a profile that is null", { resources: [patch({ networkProfile: null })] }, notConfigured],
    [
      "an engine that is unknown",
      { resources: [patch({ networkProfile: { networkPolicy: open } })] },
      undecided,
    ],
    ["an empty profile", { resources: [patch({ networkProfile: {} })] }, good],
    [
      "Cilium, with a Windows pool in the cluster",
      { resources: [patch({ networkProfile: cilium }), pool("aks/win")] },
      isLinuxOnly,
    ],
  ]);
});

describe("a whole cluster, not a patch", () => {
  const copy = [{ name: "agentPoolProfiles", count: 1, input: { osType: "Linux" } }];
  judges([
    ["has pools", { resources: [patch({ agentPoolProfiles: [] })] }, notConfigured],
    ["has pools through a copy", { resources: [patch({ copy })] }, notConfigured],
    ["has unknown pools", { resources: [patch({ agentPoolProfiles: open })] }, notConfigured],
    [
      "may have pools through a copy that cannot be read",
      { resources: [patch({ copy: open })] },
      notConfigured,
    ],
    ["has a prefix", { resources: [patch({ dnsPrefix: "[parameters('prefix')]" })] }, notConfigured],
    ["has a prefix that is null", { resources: [patch({ dnsPrefix: null })] }, notConfigured],
    ["has a prefix in capitals", { resources: [patch({ DNSPREFIX: "aks" })] }, notConfigured],
    ["has a subdomain", { resources: [patch({ fqdnSubdomain: "aks" })] }, notConfigured],
    [
      "has pools from a union",
      { resources: [patch("[union(createObject(), createObject('agentPoolProfiles', createArray()))]")] },
      notConfigured,
    ],
    ["has nothing at all", { resources: [{ type: aks, name: "aks" }] }, notConfigured],
    ["has properties that are null", { resources: [patch(null)] }, notConfigured],
    [
      "has properties that are not an object",
      { resources: [patch("x")] },
      ["resources[0]: failure not-an-engine"],
    ],
    ["has a list of properties", { resources: [patch([])] }, ["resources[0]: failure not-an-engine"]],
    [
      "has properties that evaluate to a text",
      { resources: [patch("[string('x')]")] },
      ["resources[0]: failure not-an-engine"],
    ],
    ["has unknown properties", { resources: [patch(open)] }, undecided],
  ]);
});

describe("copies of properties", () => {
  const profiles = (count: unknown, osType: unknown): object => ({
    copy: [{ name: "agentPoolProfiles", count, input: { name: "pool", osType } }],
  });
  const fromParameter = {
    resources: [
      cluster(
        cilium,
        "aks",
        {},
        profiles(
          "[length(parameters('pools'))]",
          "[parameters('pools')[copyIndex('agentPoolProfiles')].osType]",
        ),
      ),
    ],
  };
  const given = (...systems: readonly string[]): object => ({
    pools: { value: systems.map((osType) => ({ osType })) },
  });
  judges([
    ["a Windows pool in a parameter", fromParameter, isLinuxOnly, given("Linux", "Windows")],
    ["Linux pools in a parameter", fromParameter, good, given("Linux", "Linux")],
    ["no pools in a parameter", fromParameter, good, given()],
    ["a parameter that is not known", fromParameter, undecided, "unknown"],
    [
      "a Windows pool in the default",
      { parameters: { pools: { defaultValue: [{ osType: "Windows" }] } }, ...fromParameter },
      isLinuxOnly,
    ],
    [
      "a Windows pool in a copy of a variable",
      {
        variables: {
          copy: [
            { name: "systems", count: 2, input: "[if(equals(copyIndex('systems'), 1), 'Windows', 'Linux')]" },
          ],
        },
        resources: [
          cluster(cilium, "aks", {}, profiles(2, "[variables('systems')[copyIndex('agentPoolProfiles')]]")),
        ],
      },
      isLinuxOnly,
    ],
    [
      "an index with an offset",
      {
        parameters: { systems: { defaultValue: ["Linux", "Windows"] } },
        resources: [
          cluster(
            cilium,
            "aks",
            {},
            profiles(1, "[parameters('systems')[copyIndex('agentPoolProfiles', 1)]]"),
          ),
        ],
      },
      isLinuxOnly,
    ],
    [
      "too many nodes over all copies",
      {
        resources: [
          cluster(
            { networkPlugin: "azure", networkPolicy: "azure" },
            "aks",
            {},
            {
              copy: [{ name: "agentPoolProfiles", count: 3, input: { count: 100 } }],
            },
          ),
        ],
      },
      ["resources[0]: failure too-many-nodes", "resources[0]: notice engine-azure-ends"],
    ],
    [
      "a count that Azure refuses",
      { resources: [cluster(cilium, "aks", {}, profiles(801, "Linux"))] },
      undecided,
    ],
  ]);
});

describe("conditions", () => {
  const asked = {
    parameters: { create: {} },
    resources: [cluster({}, "aks", { condition: "[parameters('create')]" })],
  };
  judges([
    ["false", asked, [], { create: { value: false } }],
    ["true", asked, notConfigured, { create: { value: true } }],
    ["unknown: what may be deployed is checked", asked, notConfigured],
    ["a comparison", { resources: [cluster({}, "aks", { condition: "[equals('a', 'b')]" })] }, []],
    [
      "several",
      {
        parameters: { kind: { defaultValue: "" } },
        resources: [cluster({}, "aks", { condition: "[and(not(empty(parameters('kind'))), true())]" })],
      },
      [],
    ],
    ["in capitals", { resources: [cluster({}, "aks", { Condition: false })] }, []],
    [
      "of a deployment",
      { resources: [deployment({ resources: [cluster({})] }, { condition: "[not(true())]" })] },
      [],
    ],
    [
      "of a pool that is not deployed",
      { resources: [cluster(cilium), pool("aks/win", "Windows", { condition: false })] },
      good,
    ],
    [
      "of a Windows pool that may be deployed",
      { resources: [cluster(cilium), pool("aks/win", "Windows", { condition: open })] },
      undecided,
    ],
    [
      "of a Linux pool that may be deployed",
      { resources: [cluster(cilium), pool("aks/user", "Linux", { condition: open })] },
      good,
    ],
    [
      "of a Windows pool that may be deployed but makes no difference",
      { resources: [cluster(calico), pool("aks/win", "Windows", { condition: open })] },
      good,
    ],
    [
      "of a small pool that may be deployed, if nodes count",
      { resources: [cluster(npm), pool("aks/user", "Linux", { condition: open })] },
      ["resources[0]: notice engine-azure-ends"],
    ],
    [
      "of a large pool that may be deployed, if nodes count",
      { resources: [cluster(npm), { ...pool("aks/user"), condition: open, properties: { count: 300 } }] },
      ["resources[0]: unknown", "resources[0]: notice engine-azure-ends"],
    ],
    [
      "of a Windows pool that is deployed together with its cluster",
      {
        resources: [
          cluster(cilium, "aks", { condition: "[parameters('create')]" }),
          pool("aks/win", "Windows", { condition: "[parameters('create')]" }),
        ],
      },
      isLinuxOnly,
    ],
    [
      "of a deployment that may create a cluster and its Windows pool",
      { resources: [deployment({ resources: [cluster(cilium), pool("aks/win")] }, { condition: open })] },
      ["resources[0] resources[0]: failure cilium-is-linux-only"],
    ],
    [
      "of a deployment that may create a Windows pool",
      { resources: [cluster(cilium), deployment({ resources: [pool("aks/win")] }, { condition: open })] },
      undecided,
    ],
  ]);
});

test.each<[what: string, clusters: readonly object[], poolsName: string, mayBeNone: true | undefined]>([
  ["an open condition", [cluster(cilium)], "aks/win", true],
  ["an open condition, beside another cluster", [cluster(cilium), cluster(cilium, "b")], "aks/win", true],
  ["an open name", [cluster(cilium), cluster(cilium, open)], open, undefined],
])("a pool with %s may be none, or another cluster's", (_what, clusters, name, mayBeNone) => {
  const resources = [...clusters, pool(name, "Windows", { condition: open })];
  const [found] = clustersInTemplate({ resources }, armTemplate, types, { parameters: {} });
  expect(found?.cluster.possiblePools?.map((each) => each.mayBeNone)).toEqual([mayBeNone]);
});

describe("expressions", () => {
  const byDataplane =
    "[if(equals(parameters('networkDataplane'), 'cilium'), 'cilium', parameters('networkPolicy'))]";
  const asModule = {
    languageVersion: "2.0",
    parameters: {
      networkDataplane: { type: "string", nullable: true },
      networkPolicy: { type: "string", nullable: true },
    },
    resources: {
      aks: cluster({
        networkPlugin: "azure",
        networkDataplane: "[parameters('networkDataplane')]",
        networkPolicy: byDataplane,
      }),
    },
  };
  const part = "resources, number 1";
  const engine = (networkPolicy: unknown, more: object = {}): object => ({
    ...more,
    resources: [cluster({ networkPlugin: "azure", networkPolicy })],
  });
  judges([
    ["the supplied dataplane", asModule, [part], { networkDataplane: { value: "cilium" } }],
    ["the supplied engine", asModule, [part], { networkPolicy: { value: "calico" } }],
    ["neither given", asModule, [`${part}: failure not-configured`]],
    ["parameters that are not known", asModule, [`${part}: unknown`], "unknown"],
    ["a null", engine("[json('null')]"), notConfigured],
    [
      "a member of a parameter",
      engine("[parameters('aks').networkPolicy]", {
        parameters: { aks: { defaultValue: { networkPolicy: "none" } } },
      }),
      notConfigured,
    ],
    [
      "a variable that refers to a parameter",
      engine("[variables('engine')]", {
        parameters: { engine: { defaultValue: "calico" } },
        variables: { engine: "[parameters('engine')]" },
      }),
      good,
    ],
    ["the first that is not null", engine("[coalesce(null(), 'calico')]"), good],
    [
      "a union",
      {
        parameters: { more: { defaultValue: { networkPolicy: "calico" } } },
        resources: [cluster("[union(createObject('networkPlugin', 'azure'), parameters('more'))]")],
      },
      good,
    ],
    [
      "a member that may be missing",
      engine("[tryGet(parameters('aks'), 'networkPolicy')]", { parameters: { aks: { defaultValue: {} } } }),
      notConfigured,
    ],
    ["a text in upper case", engine("[toUpper('calico')]"), good],
    [
      "names in another case",
      { resources: [cluster({ NetworkPlugin: "azure", NETWORKPOLICY: "none" })] },
      notConfigured,
    ],
    [
      "members of the template and its resources in another case",
      { Resources: [{ Type: aks.toUpperCase(), Name: "aks", Properties: { DnsPrefix: "aks" } }] },
      notConfigured,
    ],
    ["a function that only the deployment evaluates", engine("[reference('x').engine]"), undecided],
  ]);

  const filled = (value: unknown): boolean => typeof value === "string" && value.includes("${");
  test.each<[what: string, networkPolicy: string, parameters?: unknown]>([
    ["as a whole value", "${var.engine}"],
    ["inside a function", "[toLower('${var.engine}')]"],
    ["in a supplied parameter", "[parameters('engine')]", { engine: { value: "${var.engine}" } }],
    ["around all parameters", "[parameters('engine')]", "${jsonencode(var.parameters)}"],
  ])("of Terraform are unknown: %s", (_what, networkPolicy, parameters) => {
    const template = { parameters: { engine: { defaultValue: "calico" } }, ...engine(networkPolicy) };
    expect(told(template, { parameters: parameters ?? {}, isFilledIn: filled })).toEqual(undecided);
  });
});

describe("copies of resources", () => {
  const copy = { name: "clusters", count: 3 };
  const engines = { parameters: { engines: { defaultValue: ["calico", "none", "calico"] } } };
  const each = { networkPlugin: "azure", networkPolicy: "[parameters('engines')[copyIndex()]]" };
  judges([
    [
      "that read the same are one",
      { resources: [cluster({}, "[concat('aks', copyIndex())]", { copy })] },
      notConfigured,
    ],
    [
      "that differ are kept apart",
      { ...engines, resources: [cluster(each, "[concat('aks', copyIndex())]", { copy })] },
      [
        "resources[0] copyIndex 0",
        "resources[0] copyIndex 1: failure not-configured",
        "resources[0] copyIndex 2",
      ],
    ],
    ["with count 0", { resources: [cluster({}, "aks", { copy: { name: "c", count: 0 } })] }, []],
    [
      "of unknown number",
      { ...engines, resources: [cluster(each, "aks", { copy: { name: "c", count: open } })] },
      undecided,
    ],
    [
      "of a deployment",
      {
        ...engines,
        resources: [deployment({ resources: [cluster(each)] }, { copy })],
      },
      [
        "resources[0] copyIndex 0 resources[0]",
        "resources[0] copyIndex 1 resources[0]: failure not-configured",
        "resources[0] copyIndex 2 resources[0]",
      ],
    ],
    [
      "have their own pools",
      {
        resources: [
          cluster(cilium, "[format('aks{0}', copyIndex())]", { copy: { name: "c", count: 2 } }),
          pool("aks1/win"),
        ],
      },
      ["resources[0] copyIndex 0", "resources[0] copyIndex 1: failure cilium-is-linux-only"],
    ],
    [
      "of pools",
      {
        resources: [
          cluster(cilium),
          pool("[format('aks/pool{0}', copyIndex())]", "[if(equals(copyIndex(), 1), 'Windows', 'Linux')]", {
            copy: { name: "p", count: 2 },
          }),
        ],
      },
      isLinuxOnly,
    ],
    [
      "of Windows pools, possibly none",
      { resources: [cluster(cilium), pool("aks/win", "Windows", { copy: { name: "p", count: open } })] },
      undecided,
    ],
  ]);
});

describe("a deployment whose template is not included is noted", () => {
  const linked = (
    more: object = {},
    properties: unknown = { templateLink: { uri: "https://x/a.json" } },
  ) => ({
    type: "Microsoft.Resources/deployments",
    name: "linked",
    properties,
    ...more,
  });
  const asCopies = { copy: { name: "c", count: 3 } };
  test.each<[what: string, template: object, unseen: readonly string[], parameters?: object]>([
    ["a link", { resources: [linked()] }, ["resources[0]"]],
    ["a template that is an expression", { resources: [linked({}, { template: open })] }, ["resources[0]"]],
    ["a template that is null", { resources: [linked({}, { template: null })] }, ["resources[0]"]],
    ["properties that are an expression", { resources: [linked({}, open)] }, ["resources[0]"]],
    ["no properties", { resources: [linked({}, undefined)] }, ["resources[0]"]],
    [
      "a type in upper case",
      { resources: [linked({ type: "MICROSOFT.RESOURCES/DEPLOYMENTS" })] },
      ["resources[0]"],
    ],
    ["one of several", { resources: [cluster(cilium), deployment({}), linked()] }, ["resources[2]"]],
    ["several", { resources: [linked(), linked()] }, ["resources[0]", "resources[1]"]],
    ["by its symbolic name", { resources: { a: cluster(cilium), b: linked() } }, ["resources, number 2"]],
    [
      "in a nested template",
      { resources: [deployment({ resources: [cluster(cilium), linked()] })] },
      ["resources[0] resources[1]"],
    ],
    ["once for all copies", { resources: [linked(asCopies)] }, ["resources[0]"]],
    ["if its condition is unknown", { resources: [linked({ condition: open })] }, ["resources[0]"]],
    ["not if it is not deployed", { resources: [linked({ condition: false })] }, []],
    [
      "not if a parameter prevents the deployment",
      { resources: [linked({ condition: "[parameters('d')]" })] },
      [],
      { d: { value: false } },
    ],
    [
      "not if the enclosing deployment is not deployed",
      { resources: [deployment({ resources: [linked()] }, { condition: false })] },
      [],
    ],
    ["not if it exists already", { resources: { a: linked({ existing: true }) } }, []],
    ["not if there are no copies", { resources: [linked({ copy: { name: "c", count: 0 } })] }, []],
    ["not if the template is included", { resources: [deployment({ resources: [cluster({})] })] }, []],
    [
      "not if the template is included in upper case",
      { resources: [linked({}, { TEMPLATE: { resources: [] } })] },
      [],
    ],
    ["not for another resource", { resources: [{ type: "Microsoft.Storage/storageAccounts" }] }, []],
  ])("%s", (_what, template, unseen, parameters = {}) => {
    const reading = readTemplate(template as JsonObject, armTemplate, types, { parameters });
    expect(reading.unseenDeployments).toEqual(unseen);
  });

  test("by its position in what surrounds the template", () => {
    const reading = readTemplate({ resources: [linked()] }, armTemplate, types, {
      parameters: {},
      place: "here",
    });
    expect(reading).toEqual({ clusters: [], unseenDeployments: ["here resources[0]"] });
  });
});

describe("a pool belongs to the cluster with its name", () => {
  const byName = "[format('{0}/{1}', parameters('clusterName'), 'win')]";
  const named = cluster(cilium, "[parameters('clusterName')]");
  const parameters = { clusterName: {} };
  const moduleOfPool = {
    parameters: { cluster: {}, name: {} },
    resources: [pool("[format('{0}/{1}', parameters('cluster'), parameters('name'))]")],
  };
  const passedOn = {
    ...inner,
    parameters: { cluster: { value: "[parameters('clusterName')]" }, name: { value: "win" } },
  };
  judges([
    [
      "from a parameter that is not supplied",
      { parameters, resources: [named, pool("linux", "Linux"), pool(byName)] },
      isLinuxOnly,
    ],
    ["in another case", { resources: [cluster(cilium), pool("AKS/w")] }, isLinuxOnly],
    [
      "that a parameter passes to one of them only",
      { parameters, resources: [cluster(cilium), pool(byName)] },
      isLinuxOnly,
      { clusterName: { value: "AKS" } },
    ],
    [
      "from another expression with the same parameter",
      {
        parameters,
        resources: [named, pool("[concat(parameters('ClusterName'), '/win')]")],
      },
      isLinuxOnly,
    ],
    [
      "in a separate module",
      { parameters, resources: [named, deployment(moduleOfPool, {}, passedOn)] },
      isLinuxOnly,
    ],
    [
      "in a nested template with outer scope",
      { parameters, resources: [named, deployment({ resources: [pool(byName)] })] },
      isLinuxOnly,
    ],
    [
      "inside it",
      { resources: [cluster(cilium, "aks", { resources: [{ ...pool("win"), type: "agentPools" }] })] },
      isLinuxOnly,
    ],
    [
      "inside it, by the full type",
      { resources: [cluster(cilium, "aks", { resources: [pool("win")] })] },
      isLinuxOnly,
    ],
    [
      "inside it, in a copy",
      {
        resources: [
          cluster(cilium, "aks", {
            resources: [
              {
                ...pool("w"),
                type: "AgentPools",
                properties: { osType: "[createArray('Linux', 'Windows')[copyIndex()]]" },
                copy: { name: "p", count: 2 },
              },
            ],
          }),
        ],
      },
      isLinuxOnly,
    ],
    [
      "with unknown properties",
      { resources: [cluster(cilium), { ...pool("aks/win"), properties: open }] },
      undecided,
    ],
    [
      "with properties that are a text",
      { resources: [cluster(cilium), { ...pool("aks/win"), properties: "x" }] },
      ["resources[0]: failure unrecognized-value"],
    ],
    [
      "without properties",
      { resources: [cluster(cilium), { ...pool("aks/user"), properties: undefined }] },
      good,
    ],
    ["and to no cluster with another name", { resources: [cluster(cilium), pool("other/win")] }, good],
    [
      "and not to another one, if its own exists already",
      {
        languageVersion: "2.0",
        resources: {
          there: { type: aks, name: "[parameters('other')]", existing: true },
          aks: named,
          win: pool("[format('{0}/win', parameters('other'))]"),
        },
      },
      ["resources, number 2"],
    ],
    [
      "and not to another one, if its own is not deployed",
      {
        resources: [
          cluster(cilium, "[parameters('one')]"),
          cluster(cilium, "[parameters('two')]", { condition: false }),
          pool("[format('{0}/win', parameters('two'))]"),
        ],
      },
      good,
    ],
    [
      "and not to the cluster of that name in another resource group",
      {
        resources: [
          cluster(cilium),
          deployment({ resources: [cluster(cilium), pool("aks/win")] }, { resourceGroup: "other" }),
        ],
      },
      ["resources[1] resources[0]: failure cilium-is-linux-only", "resources[0]"],
    ],
  ]);
});

describe("a pool whose cluster cannot be determined", () => {
  const two = [cluster(cilium, "a"), cluster(calico, "b")];
  judges([
    [
      "belongs to the only cluster",
      { resources: [cluster(cilium), pool("[parameters('pool')]")] },
      isLinuxOnly,
    ],
    [
      "belongs to the only cluster it may belong to",
      { resources: [cluster(cilium, "[parameters('name')]"), cluster(calico, "b"), pool("x/win")] },
      ["resources[0]: failure cilium-is-linux-only", "resources[1]"],
    ],
    [
      "may belong to several, which are undecided if it makes a difference",
      { resources: [...two, pool("[parameters('pool')]")] },
      ["resources[0]: unknown", "resources[1]"],
    ],
    [
      "may belong to several by the cluster's name",
      { resources: [...two, pool("[concat(parameters('cluster'), '/win')]")] },
      ["resources[0]: unknown", "resources[1]"],
    ],
    [
      "makes no difference if it is Linux",
      { resources: [...two, pool("[parameters('pool')]", "Linux")] },
      ["resources[0]", "resources[1]"],
    ],
    [
      "makes no difference next to a known one",
      { resources: [...two, pool("[parameters('pool')]"), pool("a/win")] },
      ["resources[0]: failure cilium-is-linux-only", "resources[1]"],
    ],
  ]);
});

test("the rule's own example, with its parameters, passes with today's notices", () => {
  const names = [
    "name",
    "location",
    "identityName",
    "kubernetesVersion",
    "dnsPrefix",
    "clusterSubnetId",
    "clusterAdmins",
    "workspaceId",
  ];
  const agentPool = (name: string, mode: string, maxCount: number): object => ({
    ...{ name, mode, minCount: 3, maxCount, enableAutoScaling: true, maxPods: 50, osDiskSizeGB: 0 },
    ...{ vmSize: "Standard_D4s_v5", type: "VirtualMachineScaleSets", osDiskType: "Ephemeral" },
    vnetSubnetID: "[parameters('clusterSubnetId')]",
  });
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
    variables: { serviceCidr: "192.168.0.0/16", dnsServiceIP: "192.168.0.4" },
    resources: [
      {
        type: aks,
        apiVersion: "2023-11-01",
        name: "[parameters('name')]",
        location: "[parameters('location')]",
        identity: {
          type: "UserAssigned",
          userAssignedIdentities: {
            "[format('{0}', resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', parameters('identityName')))]":
              {},
          },
        },
        properties: {
          kubernetesVersion: "[parameters('kubernetesVersion')]",
          dnsPrefix: "[parameters('dnsPrefix')]",
          agentPoolProfiles: [agentPool("system", "System", 5), agentPool("user", "User", 20)],
          aadProfile: { managed: true, tenantID: "[subscription().tenantId]" },
          networkProfile: {
            networkPlugin: "azure",
            networkPolicy: "azure",
            loadBalancerSku: "standard",
            serviceCidr: "[variables('serviceCidr')]",
            dnsServiceIP: "[variables('dnsServiceIP')]",
          },
        },
        dependsOn: [
          "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', parameters('identityName'))]",
        ],
      },
    ],
  };
  const notice = ["resources[0]: notice engine-azure-ends"];
  expect(told(template)).toEqual(notice);
  expect(told(template, { parameters: "unknown" })).toEqual(notice);
  const win = pool("[format('{0}/{1}', parameters('name'), 'win')]");
  expect(told({ ...template, resources: [...template.resources, win] })).toEqual([
    "resources[0]: failure engine-azure-ends-on-windows",
  ]);
});
