import type { ClusterOfDocument, DocumentKind, PlannedChange } from "../documents/document";
import { addressOfCluster } from "../documents/document";
import type { Existence, Language, Voice } from "./voice";

/** The voice for findings on a cluster of a document. */
export function documentVoice(kind: DocumentKind | undefined, found: ClusterOfDocument): Voice {
  const { planned } = found.source;
  switch (kind) {
    case "terraform-plan":
      return {
        late: "`terraform apply`",
        then: "Write a literal value where the cluster is declared, or check the state after that step.",
        language: "HCL",
        existence: existenceOf(planned),
      };
    case "terraform-state":
      return { ...ofFile, language: "HCL", existence: "exists" };
    case "terraform-json":
    case undefined:
      return { ...ofFile, language: "JSON" };
    case "terraform-hcl":
      return { ...ofFile, language: "HCL" };
    case "pulumi-stack":
      return {
        late: "Pulumi decrypts it",
        then: "Run the policy pack in a preview, or write a literal value. An export with `--show-secrets` is read, too, but shows every secret.",
        existence: "exists",
      };
    case "pulumi-preview":
      return {
        late: "`pulumi up`",
        then: "Write a literal value, or check `pulumi stack export` after that step.",
        existence: existenceOf(planned),
      };
    case "arm-template":
      return {
        late: "the deployment",
        then: "Pass the template's parameters with `--parameters`, or write a literal value.",
        language: "JSON",
      };
    case "azure":
      return {
        late: "Azure returns it",
        then: "This answer leaves it out. Use `az aks list`, which leaves nothing out.",
        language: azureCli(addressOfCluster(found)),
        existence: "exists",
      };
  }
}

const ofFile: Voice = {
  late: "`terraform plan`",
  then: "Write a literal value, or check the plan, which knows more: `terraform show -json`.",
};

function existenceOf(planned: PlannedChange | undefined): Existence {
  switch (planned?.action) {
    case undefined:
      return "may exist";
    case "create":
      return "is created";
    case "update":
    case "none":
      return "exists";
    case "replace":
      return { replacedBecauseOf: planned.because.filter((path) => /^[\w.[\]]+$/.test(path)) };
  }
}

function azureCli(id: string): Language {
  const [, resourceGroup] = /\/resourceGroups\/([^/]+)\//i.exec(id) ?? [];
  const name = id.replace(/^.*\//, "");
  return { cluster: { name, resourceGroup } };
}
