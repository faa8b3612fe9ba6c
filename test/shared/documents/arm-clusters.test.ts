import { describe, expect, test } from "vitest";
import { armTemplate } from "../../../shared/dialects/arm-template";
import type { TemplateTypes } from "../../../shared/dialects/dialect";
import type { Deployment } from "../../../shared/documents/arm/template";
import { clustersInTemplate } from "../../../shared/documents/arm/template";
import type { JsonObject } from "../../../shared/documents/json";
import { renamed } from "../../support/renamed";
import { engineAndPools } from "../../support/shown-clusters";

describe("an ARM template", () => {
  const type = "Microsoft.ContainerService/managedClusters";
  const cluster = (networkPolicy: string, name = "aks", more: object = {}): object => ({
    type,
    name,
    properties: { networkProfile: { networkPolicy } },
    ...more,
  });
  const pool = (name: string): object => ({
    type: `${type}/agentPools`,
    name,
    properties: { osType: "Windows" },
  });
  const nested = (template: object, properties: object = {}): object => ({
    type: "Microsoft.Resources/deployments",
    name: "nested",
    properties: { template, ...properties },
  });
  const types = armTemplate.matches.template as TemplateTypes;
  const lines = (template: object, deployment: Partial<Deployment> = {}): string[] =>
    clustersInTemplate(template as JsonObject, armTemplate, types, { parameters: {}, ...deployment }).map(
      ({ part, cluster: found }) => `${part}: ${engineAndPools(found)}`,
    );

  test.each<[what: string, template: object, lines: readonly string[], deployment?: Partial<Deployment>]>([
    ["nothing", {}, []],
    ["a list of resources", { resources: [{}, cluster("calico")] }, ["resources[1]: calico"]],
    ["named resources", { resources: { a: {}, b: cluster("calico") } }, ["resources, number 2: calico"]],
    ["its position", { resources: [cluster("calico")] }, ["here resources[0]: calico"], { place: "here" }],
    ["an existing cluster", { resources: [cluster("calico", "a", { existing: true })] }, []],
    ["a cluster that is not deployed", { resources: [cluster("calico", "a", { condition: false })] }, []],
    [
      "pools by their cluster's name",
      { resources: [pool("b/win"), cluster("azure", "a"), cluster("calico", "b")] },
      ["resources[1]: azure", "resources[2]: calico win"],
    ],
    [
      "the only pool of the only cluster",
      { resources: [pool("[var.x]"), cluster("azure")] },
      ["resources[1]: azure "],
    ],
    [
      "a pool whose name is a number",
      { resources: [{ ...pool("x"), name: 5 }, cluster("azure")] },
      ["resources[1]: azure "],
    ],
    [
      "two pools of other names",
      { resources: [pool("x/win"), pool("y/win"), cluster("azure")] },
      ["resources[2]: azure"],
    ],
    [
      "a pool inside its cluster",
      {
        resources: [
          cluster("azure", "a", { resources: [{ ...pool("win"), type: "agentPools" }] }),
          cluster("azure", "b"),
        ],
      },
      ["resources[0]: azure win", "resources[1]: azure"],
    ],
    [
      "nested templates, the innermost first",
      { resources: [cluster("azure"), nested({ resources: [nested({ resources: [cluster("calico")] })] })] },
      ["resources[1] resources[0] resources[0]: calico", "resources[0]: azure"],
    ],
    ["a loop of null", { resources: [cluster("calico", "a", { copy: null })] }, ["resources[0]: calico"]],
    [
      "a loop of null, and one without a name, of a pool",
      {
        resources: [
          cluster("azure", "a"),
          { ...pool("a/win"), copy: null },
          cluster("azure", "b"),
          { ...pool("b/win"), copy: { count: 0 } },
        ],
      },
      ["resources[0]: azure win", "resources[2]: azure win?"],
    ],
    [
      "a pool whose name has more parts, and one whose parts are partly known",
      {
        resources: [
          cluster("azure", "ab"),
          cluster("azure", "c"),
          pool("a/b/win"),
          pool("[concat(reference('elsewhere').name, '/c/win')]"),
        ],
      },
      ["resources[0]: azure undefined?", "resources[1]: azure undefined?"],
    ],
    [
      "a loop without a name, of which nothing is counted",
      { resources: [cluster("calico", "a", { copy: { count: 2 } })] },
      ["resources[0]: calico"],
    ],
    [
      "a member in two spellings, of which the documented one counts",
      { resources: [cluster("calico", "a", { Type: "x" })] },
      ["resources[0]: calico"],
    ],
    [
      "parameters that a nested template is given beside a link to others",
      {
        resources: [
          nested(
            {
              parameters: { engine: { type: "string" } },
              resources: [cluster("[parameters('engine')]")],
            },
            {
              expressionEvaluationOptions: { scope: "inner" },
              parameters: { engine: { value: "calico" } },
              parametersLink: { uri: "https://example.org/parameters.json" },
            },
          ),
        ],
      },
      ["resources[0] resources[0]: calico"],
    ],
    [
      "a value that the surrounding document fills in",
      { resources: [cluster("${var.engine}")] },
      ["resources[0]: unknown"],
      { isFilledIn: (value) => value === "${var.engine}" },
    ],
    [
      "a member whose name is an expression",
      {
        resources: [
          { type, name: "aks", "[toLower('PROPERTIES')]": { networkProfile: { networkPolicy: "calico" } } },
        ],
      },
      ["resources[0]: calico"],
    ],
    [
      "a member whose name the surrounding document fills in",
      { resources: [cluster("calico", "aks", { "${var.name}": {} })] },
      ["resources[0]: unknown"],
      { isFilledIn: (value) => value === "${var.name}" },
    ],
  ])("with %s", (_what, template, expected, deployment) => {
    expect(lines(template, deployment)).toEqual(expected);
  });

  /** The same with all names of members in upper case. */
  const loud = (template: object): object => renamed(template, (name) => name.toUpperCase()) as object;

  test.each([
    ["2022-01-01", ["properties.networkProfile.networkDataplane"]],
    ["2025-07-01", undefined],
    [undefined, undefined],
  ])("at API version %s lacks %j", (apiVersion, lacking) => {
    const properties = { networkProfile: { networkDataplane: "cilium" } };
    const template = { resources: [cluster("cilium", "aks", { apiVersion, properties })] };
    const [found] = clustersInTemplate(template, armTemplate, types, { parameters: {} });
    expect(found?.cluster.notInVersion?.map(({ path }) => path)).toEqual(lacking);
  });

  const open = "[reference('elsewhere').value]";
  const at = (resourceGroup: unknown, resource: object, subscriptionId?: unknown): object => ({
    ...nested({ resources: [resource] }),
    ...{ resourceGroup, subscriptionId },
  });
  test.each<[what: string, resources: readonly object[], lines: readonly string[]]>([
    ["another group", [at("one", cluster("azure", open)), at("two", pool("x/win"))], ["azure"]],
    ["the same group", [at("one", cluster("azure", open)), at("ONE", pool("x/win"))], ["azure win"]],
    ["an unknown group", [at("one", cluster("azure", open)), at(open, pool("x/win"))], ["azure win"]],
    [
      "a group for a cluster's unknown one",
      [at(open, cluster("azure", open)), at("two", pool("x/win"))],
      ["azure win"],
    ],
    ["the group of the template", [cluster("azure", open), at(null, pool("x/win"))], ["azure win"]],
    [
      "the group around it",
      [
        at("one", cluster("azure", "x")),
        at("two", cluster("calico", "x")),
        at("one", at(null, pool("x/win"))),
      ],
      ["azure win", "calico"],
    ],
    ["a group for the template's", [cluster("azure", open), at("one", pool("x/win"))], ["azure win"]],
    [
      "another subscription",
      [at("one", cluster("azure", open), "a"), at("one", pool("x/win"), "b")],
      ["azure"],
    ],
    [
      "the same subscription",
      [at("one", cluster("azure", open), "a"), at("one", pool("x/win"), "A")],
      ["azure win"],
    ],
    [
      "the cluster's name in another group",
      [at("one", cluster("azure", "x")), at("two", pool("x/win"))],
      ["azure"],
    ],
    [
      "the cluster's name in an unknown group",
      [at("one", cluster("azure", "x")), at(open, pool("x/win"))],
      ["azure win"],
    ],
    [
      "the cluster's name in the same group",
      [at("one", cluster("azure", "x")), at("one", pool("x/win"))],
      ["azure win"],
    ],
    [
      "the same unknown group",
      [at(open, cluster("azure", "x")), at(open, cluster("calico", "y")), at(open, pool("x/win"))],
      ["azure win", "calico"],
    ],
    [
      "a group and two clusters that may be in it",
      [at("one", cluster("azure", open)), at(open, cluster("calico", open)), at("one", pool("x/win"))],
      ["azure win?", "calico win?"],
    ],
    [
      "a group, two clusters that may be in it and one that is not",
      [
        at("one", cluster("azure", open)),
        at(open, cluster("calico", open)),
        at("two", cluster("none", open)),
        at("one", pool("x/win")),
      ],
      ["azure win?", "calico win?", "none"],
    ],
  ])("with a pool in %s", (_what, resources, expected) => {
    const withoutPlace = (line: string): string => line.replace(/^.*: /, "");
    for (const template of [{ resources }, loud({ resources })])
      expect(lines(template).map(withoutPlace)).toEqual(expected);
  });

  const stack = (template: object, deploymentScope?: unknown): object => ({
    ...nested(template, { deploymentScope }),
    type: "Microsoft.Resources/deploymentStacks",
  });
  const inNumber = { copy: { name: "c", count: open } };
  const ofIndex = { condition: "[equals(copyIndex(), parameters('n'))]", copy: { name: "c", count: 1 } };
  test.each<[what: string, resources: readonly object[], lines: readonly string[]]>([
    [
      "the scope of its stack",
      [cluster("azure"), stack({ resources: [cluster("calico")] }), pool("aks/win")],
      ["calico win", "azure win"],
    ],
    [
      "another scope than a stack",
      [cluster("azure"), stack({ resources: [cluster("calico")] }, "/x"), pool("aks/win")],
      ["calico", "azure win"],
    ],
    [
      "the scope of another stack",
      [
        stack({ resources: [cluster("calico")] }, "/x"),
        stack({ resources: [cluster("azure"), pool("aks/win")] }, "/y"),
      ],
      ["calico", "azure win"],
    ],
    [
      "a group, and the cluster in the scope of a stack that deploys elsewhere",
      [at("one", stack({ resources: [cluster("azure")] }, "/x")), at("one", pool("aks/win"))],
      ["azure win"],
    ],
    [
      "a cluster that exists already",
      [cluster("azure", "aks", { existing: true }), cluster("calico", "b"), pool("aks/win")],
      ["calico"],
    ],
    [
      "the list of a cluster's other parts",
      [
        cluster("azure", "aks", {
          resources: [5, null, { type: "maintenanceConfigurations", name: "default" }, pool("win")],
        }),
      ],
      ["azure win"],
    ],
    [
      "the same condition",
      [cluster("azure", "aks", { condition: open }), { ...pool("aks/win"), condition: open }],
      ["azure win"],
    ],
    [
      "another condition",
      [
        cluster("azure", "aks", { condition: open }),
        { ...pool("aks/win"), condition: "[parameters('other')]" },
      ],
      ["azure win?"],
    ],
    [
      "a condition of each copy",
      [cluster("azure", "aks", ofIndex), { ...pool("aks/win"), ...ofIndex }],
      ["azure win?"],
    ],
    [
      "the same condition of another template",
      [
        { ...pool("x"), copy: { name: "c", count: open } },
        cluster("azure", "aks", { condition: "[parameters('n')]" }),
        nested(
          { resources: [{ ...pool("aks/win"), condition: "[parameters('n')]" }] },
          { expressionEvaluationOptions: { scope: "inner" } },
        ),
      ],
      ["azure x? win?"],
    ],
    [
      "copies of unknown number",
      [cluster("azure", "aks", inNumber), { ...pool("aks/win"), ...inNumber }],
      ["azure win?"],
    ],
  ])("with a pool in %s", (_what, resources, expected) => {
    const withoutPlace = (line: string): string => line.replace(/^.*: /, "");
    for (const template of [{ resources }, loud({ resources })])
      expect(lines(template).map(withoutPlace)).toEqual(expected);
  });

  test("merges pools that may belong to any of its clusters, and adds up their nodes", () => {
    const ofNodes = (name: string, count: unknown, osType = "Linux"): object => ({
      ...pool(name),
      properties: { osType, count },
    });
    const resources = [
      ...[cluster("azure", "a"), cluster("azure", "b")],
      ...[ofNodes(open, 100), ofNodes(open, 200), ofNodes(open, 50, "Windows"), ofNodes(open, 7)],
      ...[ofNodes(open, open), ofNodes(open, open), ofNodes(open, "x"), ofNodes(open, "x")],
    ];
    const found = clustersInTemplate({ resources }, armTemplate, types, { parameters: {} });
    const nodesOf = found.map(({ cluster: { possiblePools = [] } }) =>
      possiblePools.map(({ maximumNodes: nodes }) =>
        nodes.state === "known" && typeof nodes.value === "number" ? nodes.value : nodes.state,
      ),
    );
    expect(nodesOf).toEqual([
      [307, 50, "unknown", "known"],
      [307, 50, "unknown", "known"],
    ]);
  });

  const parameters = { Engine: { type: "string", defaultValue: "cilium" } };
  const asked = { resources: [cluster("[parameters('engine')]")] };
  test.each<[what: string, template: object, line: string, parameters?: unknown]>([
    ["a default", { parameters, ...asked }, "cilium"],
    ["a given value", { parameters, ...asked }, "calico", { engine: { value: "calico" } }],
    ["a value from elsewhere", { parameters, ...asked }, "unknown", { engine: { reference: {} } }],
    ["parameters that are not known", { parameters, ...asked }, "unknown", "unknown"],
    ["a variable", { variables: { e: "azure" }, resources: [cluster("[variables('E')]")] }, "azure"],
    [
      "an expression that is only known at deployment",
      { parameters, resources: [cluster("[concat(parameters('engine'), reference('x').y)]")] },
      "unknown",
    ],
    ["a text in double brackets", { resources: [cluster("[[x]")] }, "?"],
    [
      "what a function of its own says",
      {
        functions: [
          {
            namespace: "own",
            members: {
              same: { parameters: [{ name: "a", type: "string" }], output: { value: "[parameters('a')]" } },
            },
          },
        ],
        resources: [cluster("[own.same('calico')]")],
      },
      "calico",
    ],
    [
      "null for a parameter of a type that may be null",
      {
        definitions: { engine: { type: "string", nullable: true } },
        parameters: { engine: { $ref: "#/definitions/engine", defaultValue: "azure" } },
        ...asked,
      },
      "absent",
      { engine: { value: null } },
    ],
    [
      "a copy of a variable",
      {
        variables: {
          copy: [{ name: "engines", count: 2, input: "[if(equals(copyIndex('engines'), 1), 'calico', '')]" }],
        },
        resources: [cluster("[variables('engines')[1]]")],
      },
      "calico",
    ],
  ])("finds %s", (_what, template, line, given = {}) => {
    for (const each of [template, loud(template)])
      expect(lines(each, { parameters: given })).toEqual([`resources[0]: ${line}`]);
  });

  test("finds pools by a copy of a property", () => {
    const copy = [{ name: "agentPoolProfiles", count: 2, input: { name: "w", osType: "Windows" } }];
    const template = { resources: [cluster("azure", "aks", { properties: { copy } })] };
    for (const each of [template, loud(template)]) {
      const [found] = clustersInTemplate(each as JsonObject, armTemplate, types, { parameters: {} });
      expect(found?.cluster.pools).toMatchObject({ value: [{ name: "w" }, { name: "w" }] });
    }
  });

  const inner = { parameters: { engine: { defaultValue: "azure" } }, ...asked };
  test.each<[why: string, around: object, properties: object, engine: string]>([
    ["in the outer template", {}, {}, "cilium"],
    [
      "in the nested template, with inner scope",
      {},
      { expressionEvaluationOptions: { scope: "Inner" } },
      "azure",
    ],
    ["in the nested template, from language version 2.0 on", { languageVersion: "2.0" }, {}, "azure"],
    [
      "in the outer template, with outer scope",
      { languageVersion: "2.0" },
      { expressionEvaluationOptions: { scope: "outer" } },
      "cilium",
    ],
    [
      "in the parameters passed to it",
      {},
      { expressionEvaluationOptions: { scope: "inner" }, parameters: { engine: { value: "calico" } } },
      "calico",
    ],
    [
      "in a file that is linked",
      {},
      { expressionEvaluationOptions: { scope: "inner" }, parametersLink: { uri: "https://example.org" } },
      "unknown",
    ],
  ])("finds the parameters of a nested template %s", (_why, around, properties, found) => {
    const template = { ...around, parameters, resources: [nested(inner, properties)] };
    for (const each of [template, loud(template)])
      expect(lines(each)).toEqual([`resources[0] resources[0]: ${found}`]);
  });
});
