import type { PolicyProviderResource } from "@pulumi/policy";
import type { Dialect } from "../shared/dialects/dialect";
import type { PartOfCluster } from "../shared/dialects/lookup";
import { isResourceOfModule, pulumiPartOf } from "../shared/dialects/lookup";
import { parsedJson } from "../shared/documents/json";
import { childOf, textOf } from "../shared/documents/separate-pool";
import type { Field } from "../shared/reading/field";
import { fieldsOf, unknownField } from "../shared/reading/field";

/**
 * The version of the provider that deploys a resource: the SDK's, which every SDK but YAML's sends along, with default
 * and explicit providers alike. For a parameterized provider (azurerm through the bridge) it is the package's own.
 */
export function versionOf(provider: PolicyProviderResource | undefined): string | undefined {
  const props = fieldOf(provider?.props);
  const version = props.kind === "object" ? props.child("version") : props;
  return version.kind === "scalar" ? String(version.value) : undefined;
}

/** The part of a cluster that a resource is, or `undefined`. `version` is its provider's. */
export function partOf(
  { type, props }: { readonly type: string; readonly props: unknown },
  version?: string,
): PartOfCluster | undefined {
  return pulumiPartOf(type, version, (name) => textOf(childOf(fieldOf(props), name)));
}

/** A Terraform module has a version of its own, which says nothing of the provider inside it. */
export function toolVersionOf(type: string, version: string | undefined): string | undefined {
  return isResourceOfModule(type) ? undefined : version;
}

/** A resource's properties as its dialect has them: azapi takes the whole resource as a document, perhaps as JSON text. */
export function rootOf(props: unknown, { matches: { azapi } }: Dialect): Field {
  const root = fieldOf(props);
  if (azapi === undefined || root.kind !== "object") return root;
  const { at, patch } = azapi.document;
  return {
    ...root,
    child: (name) => (name === at ? documentIn(root.child(at), root.child(patch)) : root.child(name)),
  };
}

/** What another document patches is not known here. */
function documentIn(document: Field, patch: Field): Field {
  if (patch.kind !== "absent") return unknownField;
  const parsed = parsedJson(textOf(document) ?? "");
  return parsed === undefined ? document : fieldOf(parsed);
}

/**
 * What `pulumi policy analyze` puts in the place of a secret of any shape that it cannot decrypt. Nothing tells a pack that it
 * is asked by that command, so the same text in a program is not known either: that hides nothing, because Azure takes no
 * such engine.
 */
const undecryptable = "[secret]";

/** A resource's properties as the SDK hands them over: behind a proxy that throws on a value that is not known yet. */
export const fieldOf: (props: unknown) => Field = fieldsOf((holder, key) => {
  try {
    const value: unknown = Reflect.get(holder, key);
    return value === undecryptable ? "unknown" : { value };
  } catch (error) {
    if (isUnknownValueError(error)) return "unknown";
    throw error;
  }
});

// By its shape and not by its class, because two copies of the SDK may be loaded.
function isUnknownValueError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "unknownTypeSentinel" in error;
}
