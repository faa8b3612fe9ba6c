/** https://developer.hashicorp.com/terraform/language/modules/sources (read 2026-11). */
import { expect, test } from "vitest";
import { moduleSourceOf } from "../../../shared/dialects/module-source";

type Row = [
  source: string,
  owner: string | undefined,
  name: string,
  provider?: string | undefined,
  ref?: string,
];

const folder = "terraform-azurerm-aks//modules/v4";
const rows: Row[] = [
  // A registry
  ["Azure/aks/azurerm", "azure", "aks", "azurerm"],
  ["Azure/aks/azurerm//v4", "azure", "aks//v4", "azurerm"],
  ["Azure/aks/azurerm//modules/v4//x", "azure", "aks//modules/v4//x", "azurerm"],
  ["registry.terraform.io/Azure/aks/azurerm", "azure", "aks", "azurerm"],
  ["Registry.OpenTofu.org/Azure/aks/azurerm", "azure", "aks", "azurerm"],
  ["app.terraform.io/Azure/aks/azurerm", "app.terraform.io/azure", "aks", "azurerm"],
  ["modules.example.com:8443/Azure/aks/azurerm", "modules.example.com:8443/azure", "aks", "azurerm"],
  ["x.registry.terraform.io/Azure/aks/azurerm", "x.registry.terraform.io/azure", "aks", "azurerm"],
  // A folder
  ["./modules/aks", undefined, "./modules/aks"],
  ["../aks", undefined, "../aks"],
  ["/srv/aks", undefined, "/srv/aks"],
  ["C:\\modules\\aks", undefined, "C:\\modules\\aks"],
  ["c:/modules/aks", undefined, "c:/modules/aks"],
  ["./aks//inner?ref=1", undefined, "./aks//inner", undefined, "1"],
  // A repository
  ["github.com/Azure/terraform-azurerm-aks", "azure", "terraform-azurerm-aks", "azurerm"],
  ["GitHub.com/Azure/terraform-azurerm-aks", "azure", "terraform-azurerm-aks", "azurerm"],
  [`github.com/Azure/${folder}?ref=9.0.0`, "azure", folder, "azurerm", "9.0.0"],
  [
    "git::https://github.com/Azure/terraform-azurerm-aks.git?depth=1&ref=9.0.0&x=1",
    "azure",
    "terraform-azurerm-aks",
    "azurerm",
    "9.0.0",
  ],
  ["git::https://github.com/Azure/terraform-azurerm-aks.git//modules/v4", "azure", folder, "azurerm"],
  ["git@github.com:Azure/terraform-azurerm-aks.git", "azure", "terraform-azurerm-aks", "azurerm"],
  ["github.com/Azure/aks.gitops", "azure", "aks.gitops"],
  ["github.com/Azure/my-terraform-azurerm-aks", "azure", "my-terraform-azurerm-aks"],
  ["github.com/Azure/Terraform-azurerm-aks?xref=1", "azure", "Terraform-azurerm-aks", "azurerm"],
  ["github.com/Azure/terraform-azurerm-aks?a?ref=2", "azure", "terraform-azurerm-aks", "azurerm"],
  ["github.com/Azure", "azure", ""],
  ["github.com", undefined, ""],
  // Somebody else's repository is never the publisher's.
  [
    "git::ssh://git@gitlab.example.com/Infra/aks/terraform-azurerm-aks.git",
    "git/ssh/git@gitlab.example.com/infra/aks",
    "terraform-azurerm-aks",
    "azurerm",
  ],
  [
    "https://github.com.example.org/Azure/terraform-azurerm-aks",
    "https/github.com.example.org/azure",
    "terraform-azurerm-aks",
    "azurerm",
  ],
  ["bitbucket.org/Azure/terraform-azurerm-aks", "bitbucket.org/azure", "terraform-azurerm-aks", "azurerm"],
  ["bitbucket.org/Azure/aks/azurerm", "bitbucket.org/azure/aks", "azurerm"],
  ["Azure/aks/azurerm/x", "azure/aks/azurerm", "x"],
  ["aks", "/aks", ""],
];
test.each<Row>(rows)("%s", (source, owner, name, provider, ref) => {
  expect(moduleSourceOf(source)).toEqual({ owner, name, provider, ref });
});
