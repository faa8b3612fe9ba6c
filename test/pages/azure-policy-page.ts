import type { Definition } from "../../shared/azure-policy/definition";
import { effects } from "../../shared/azure-policy/definition";
import { outlineOf } from "../../shared/policy/outline";
import { dayNumberOf } from "../../shared/rules/days";
import { lifetimes } from "../../shared/rules/network-policy-supported/lifetimes";
import { definitionFor, unseen } from "../shared/azure-policy/comparison";
import { exampleDay } from "../support/evaluate";

/** How to assign the definition with each tool, as shown on the page. */
export function programs(
  { name, properties }: Definition = definitionFor("cluster"),
): Readonly<Record<"sh" | "hcl" | "ts" | "bicep", string>> {
  const file = `${name}.json`;
  return {
    sh: `az policy definition create --name ${name} --mode ${properties.mode} \\
  --display-name "$(jq -r .properties.displayName ${file})" \\
  --metadata category=${properties.metadata.category} \\
  --params "$(jq .properties.parameters ${file})" --rules "$(jq .properties.policyRule ${file})"
az policy assignment create --name aks-network-policy --policy ${name} \\
  --scope "/subscriptions/$SUBSCRIPTION" --params '{"effect":{"value":"Audit"}}'
az policy assignment non-compliance-message create --name aks-network-policy \\
  --scope "/subscriptions/$SUBSCRIPTION" --message "$(jq -r .properties.metadata.nonComplianceMessage ${file})"`,
    hcl: `locals {
  aks = jsondecode(file("${file}"))
}

resource "azurerm_policy_definition" "aks" {
  name         = local.aks.name
  policy_type  = local.aks.properties.policyType
  mode         = local.aks.properties.mode
  display_name = local.aks.properties.displayName
  description  = local.aks.properties.description
  metadata     = jsonencode(local.aks.properties.metadata)
  parameters   = jsonencode(local.aks.properties.parameters)
  policy_rule  = jsonencode(local.aks.properties.policyRule)
}

resource "azurerm_subscription_policy_assignment" "aks" {
  name                 = "aks-network-policy"
  subscription_id      = "/subscriptions/\${var.subscription}"
  policy_definition_id = azurerm_policy_definition.aks.id
  parameters           = jsonencode({ effect = { value = "Audit" } })

  non_compliance_message {
    content = local.aks.properties.metadata.nonComplianceMessage
  }
}`,
    ts: `import { PolicyAssignment, PolicyDefinition } from "@pulumi/azure-native/authorization";
import { readFileSync } from "node:fs";

const { name, properties } = JSON.parse(readFileSync("${file}", "utf8"));
const definition = new PolicyDefinition(name, { policyDefinitionName: name, ...properties });
new PolicyAssignment("aks-network-policy", {
  scope: \`/subscriptions/\${process.env.ARM_SUBSCRIPTION_ID}\`,
  policyDefinitionId: definition.id,
  parameters: { effect: { value: "Audit" } },
  nonComplianceMessages: [{ message: properties.metadata.nonComplianceMessage }],
});`,
    bicep: `targetScope = 'subscription'

var aks = loadJsonContent('${file}')

resource definition 'Microsoft.Authorization/policyDefinitions@2023-04-01' = {
  name: aks.name
  properties: aks.properties
}

resource assignment 'Microsoft.Authorization/policyAssignments@2023-04-01' = {
  name: 'aks-network-policy'
  properties: {
    policyDefinitionId: definition.id
    parameters: { effect: { value: 'Audit' } }
    nonComplianceMessages: [{ message: aks.properties.metadata.nonComplianceMessage }]
  }
}`,
  };
}

/** What is not part of a cluster, and so not in the definition. */
const around = [
  "An end of support after the day on which the definition was printed. Its description has that day.",
  "The API version. Azure itself refuses or drops what a version does not have.",
  "The exemptions of the configuration: Azure has its own, by scope. Levels, notices and `unknown` have no effect here, except that a `disabled` rule is left out.",
  "What runs inside the cluster, such as the NetworkPolicy objects. Azure Policy for Kubernetes is a different product.",
];

/** `docs/azure-policy.md`. */
export function azurePolicyPage(): string {
  const definition = definitionFor("cluster");
  const { name, properties } = definition;
  const file = `${name}.json`;
  const ofPools = definitionFor("node-pool");
  const { sh, hcl, ts, bicep } = programs(definition);
  const described = outlineOf("network-policy-configured");
  const today = dayNumberOf(exampleDay.toISOString().slice(0, 10)) ?? 0;
  const ends = Object.values(lifetimes)
    .map(({ end }) => end)
    .filter((end) => (dayNumberOf(end) ?? 0) >= today)
    .sort();
  const meanings: Readonly<Record<string, string>> = {
    effect: `${effects.join(", ")}: Audit reports a failing resource, Deny refuses it.`,
    engines: described["engines"]?.description ?? "",
    bringYourOwnCni: `${described["bringYourOwnCni"]?.description ?? ""} Here, \`warn\` is \`allow\`.`,
  };
  const rows = Object.entries(properties.parameters).map(
    ([parameter, { defaultValue }]) =>
      `| \`${parameter}\` | ${meanings[parameter] ?? ""} | \`${JSON.stringify(parameter === "effect" ? "Audit" : defaultValue)}\` |`,
  );
  return `<!-- Made from shared/azure-policy/ by test/docs/rule-pages.test.ts, which fails where the two differ. -->

# Azure Policy: for clusters outside your programs

Azure sees every cluster, also those from the portal, from \`az\` and from other teams' templates. No built-in policy requires a network policy engine.
This custom definition does. It is generated from the same rules.

\`\`\`sh
npx aks-network-policy-pack azure-policy > ${file}
npx aks-network-policy-pack azure-policy --resource node-pool > ${ofPools.name}.json
\`\`\`

\`--config FILE\` takes the parameters' defaults from the organisation's configuration; \`--effect\` sets the default effect. Each release page has both
files, too. A file is the body of a resource of type \`Microsoft.Authorization/policyDefinitions\`.

| parameter | meaning | default |
| --- | --- | --- |
${rows.join("\n")}

The definition for node pools judges pools that are separate resources. Such a pool does not show its cluster, so the definition fails only what no
cluster may have: a Windows pool if \`engines\` has no engine for Windows, and an operating system that Azure does not document.

## Assign it

With \`az\` and \`jq\`:

\`\`\`sh
${sh}
\`\`\`

Terraform:

\`\`\`hcl
${hcl}
\`\`\`

Pulumi:

\`\`\`ts
${ts}
\`\`\`

Bicep (\`az deployment sub create\`):

\`\`\`bicep
${bicep}
\`\`\`

People whose requests are denied read the message of the assignment. Assign \`${ofPools.name}.json\` in the same way, under other names.

## Roll it out

1. **Audit**, and look: \`az policy state trigger-scan\`, then \`az policy state list --policy-assignment aks-network-policy --filter "complianceState eq 'NonCompliant'"\`. The scan
   judges the cluster as Azure returns it: an engine that nobody set reads \`none\`.
2. **Fix or exempt.** \`az aks list | npx aks-network-policy-pack check -\` says what to change, and what that does to the cluster. Exempt what must
   wait: \`az policy exemption create\` with a category, an end, and the cluster or its resource group as the scope.
3. **Deny**: set the parameter \`effect\`. From then on Azure refuses every write to a failing cluster, upgrades and scaling included. It also refuses
   a change of engine through \`none\`: exempt a cluster before you migrate it.

Print the definitions again with each version of this package, and after each end of support: ${ends.join(", ")}.

## What it cannot see

It never denies what the rules pass. It misses only these failures (a test compares the verdicts on 100,000 generated clusters, as requests and as
Azure returns them):

${unseen.map(({ what }) => `- ${what}`).join("\n")}

And it cannot see what is in no request:

${around.map((what) => `- ${what}`).join("\n")}
`;
}
