import type { PolicyProviderResource } from "@pulumi/policy";
import type { Dialect } from "../shared/dialects/dialect";
import type { PartOfCluster, TemplateDeployment } from "../shared/dialects/lookup";
import { partIn, rootOf as rootIn } from "../shared/documents/pulumi/parts";
import { undecryptable } from "../shared/documents/pulumi/marks";
import type { Field } from "../shared/reading/field";
import { fieldsOf } from "../shared/reading/field";

/**
 * The version of the provider that deploys a resource: the SDK's version, which every SDK except YAML's
 * sends, with default and explicit providers alike. For a parameterized provider (azurerm through the bridge)
 * it is the package's own.
 */
export function versionOf(provider: PolicyProviderResource | undefined): string | undefined {
  const props = fieldOf(provider?.props);
  const version = props.kind === "object" ? props.child("version") : props;
  return version.kind === "scalar" ? String(version.value) : undefined;
}

interface Resource {
  readonly type: string;
  readonly props: unknown;
}

/**
 * The role of a resource: a part of a cluster, a deployment that may contain clusters, or `undefined`.
 * `version` is its provider's.
 */
export function partOf(resource: Resource, version?: string): PartOfCluster | TemplateDeployment | undefined {
  return partIn(resource, fieldOf, version);
}

/** A resource's properties in the form of its dialect. */
export function rootOf(props: unknown, dialect: Dialect): Field {
  return rootIn(props, dialect, fieldOf);
}

/** A resource's properties as the SDK passes them: behind a proxy that throws for an unknown value. */
export const fieldOf: (props: unknown) => Field = fieldsOf((holder, key) => {
  try {
    const value: unknown = Reflect.get(holder, key);
    return value === undecryptable ? "unknown" : { value };
  } catch (error) {
    if (isUnknownValueError(error)) return "unknown";
    throw error;
  }
});

// By shape instead of class, because two copies of the SDK may be loaded.
function isUnknownValueError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "unknownTypeSentinel" in error;
}
