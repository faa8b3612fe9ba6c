import { effects, resources } from "../shared/azure-policy/definition";
import { pageOf } from "../shared/messages/pages";
import { ruleNames } from "../shared/rules";
import { formatNames } from "./formats";

export function help(version: string, path: string): string {
  return `aks-network-policy-pack ${version}

Stops AKS clusters on which every pod can reach every pod.

  aks-network-policy-pack check [FILE | FOLDER | -]...   checks the clusters in files that any tool wrote
  aks-network-policy-pack exemptions --config FILE       lists exemptions, when they end, and whether they are used
  aks-network-policy-pack config FILE                    says whether a configuration is valid
  aks-network-policy-pack explain [RULE]                 prints the page of a rule
  aks-network-policy-pack azure-policy                   prints the rules as a definition of Azure Policy
  pulumi preview --policy-pack ${path}

Run a command with --help to see its options.
More: ${pageOf("use-it-with-pulumi")}
`;
}

/** The usage of each command. */
export const helpOf = {
  check: `aks-network-policy-pack check [FILE | FOLDER | -]...

Checks the AKS clusters in Terraform and OpenTofu plans and states (terraform show -json), Terraform JSON and HCL,
Pulumi stacks and previews (pulumi stack export, pulumi preview --json --show-sames), ARM templates (bicep build),
and the output of az (az aks list). - is standard input.

  --config FILE            the organisation's configuration
  --parameters FILE        parameters of the ARM template named before it
  --stack NAME             the first part of an exemption's target, NAME:ADDRESS. Without it, the file's path from here;
                           for cdktf.out, the stack's folder
  --root FOLDER            the sources of a plan, a state or a Pulumi stack, so that reports can name files and lines
  --format FORMAT[=FILE]   ${formatNames.join(", ")};
                           may be repeated. Text goes to standard output unless another format does
  --allow-none             exit code 0 if no cluster is found
  --fail-on-warning        exit code 1 for warnings, too, but not for exempted findings
  --sarif-exempted         SARIF also lists exempted findings, as suppressed
  --baseline FILE          its findings are warnings that say since when; only new ones are errors
  --write-baseline FILE    writes what fails today; findings already in the file keep their day
  --owner NAME             who is responsible for the written baseline
  --quiet                  the text shows only errors and its last line; with --fail-on-warning, warnings, too
  --help, --version

Exit codes: 0 no error, 1 a finding has level error, 2 something could not be checked, 3 no cluster found.
`,
  exemptions: `aks-network-policy-pack exemptions --config FILE [INPUT]...

Lists the exemptions of a configuration with owner, ticket and days left. The first to end is at the top.
With inputs (see check --help) it also says whether each exemption is used there.

  --config FILE            the organisation's configuration
  --format FORMAT          text, json or csv
  --expiring-within DAYS   exit code 1 if an exemption has expired or has at most DAYS left
  --stack NAME             as for check
  --parameters FILE        as for check
  --help, --version

Exit codes: 0, 1 with --expiring-within, 2 something could not be read.
`,
  config: `aks-network-policy-pack config FILE

Says whether a configuration is valid, and at which level it puts each rule. Pulumi silently drops a misspelt rule.

Exit codes: 0 valid, 2 invalid.
`,
  explain: `aks-network-policy-pack explain [RULE]

Prints the page of a rule: ${ruleNames.join(", ")}.
Without a rule, describes each one in a line.
`,
  "azure-policy": `aks-network-policy-pack azure-policy

Prints the rules, as of today, as a custom definition of Azure Policy in JSON: the body of a resource of type
Microsoft.Authorization/policyDefinitions.

  --config FILE            the organisation's configuration: sets the parameters' defaults (engines, bringYourOwnCni)
  --effect EFFECT          the default effect: ${effects.join(", ")}; Audit by default
  --resource RESOURCE      what it checks: ${resources.join(" or ")}; cluster by default

Exit codes: 0 printed, 2 not printed.
`,
} as const;

export type Command = keyof typeof helpOf;
export const commands = Object.keys(helpOf) as readonly Command[];
