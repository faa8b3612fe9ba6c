import type { Field } from "../../reading/field";
import { identityOfId } from "../../reading/identity";
import type { Lifecycle } from "../clusters";
import type { JsonObject } from "../json";
import { noLifecycle } from "../no-lifecycle";
import type { Attributes, Notation } from "./attributes";
import { withDocument } from "./document-attribute";
import type { Link } from "./link";
import { unnamed } from "./link";
import type { Links } from "./plan/links";
import { valueField } from "./plan/planned-field";

/** The attributes of a resource in a state, all of which are known. */
export class StoredAttributes implements Attributes {
  constructor(
    private readonly values: JsonObject,
    private readonly links: () => Links,
  ) {}

  read({ document }: Notation = {}): Field {
    const root = valueField(this.values);
    return document === undefined ? root : withDocument(root, document, valueField);
  }

  textAt(name: string): string | undefined {
    return storedText(this.values, name);
  }

  linkAt(name: string): Link | undefined {
    return linkOfId(this.textAt(name), this.links());
  }

  /** A state lists each instance separately. */
  instances(): number {
    return 1;
  }

  lifecycle(): Lifecycle {
    return noLifecycle();
  }

  keyOf(names: readonly string[]): string {
    return JSON.stringify(names.map((name) => this.values[name]));
  }

  isFilledIn(): boolean {
    return false;
  }
}

export function storedText(values: JsonObject, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** The cluster with an ID, or one with the same name. A text that is not a cluster's ID refers to none. */
export function linkOfId(id: string | undefined, links: Links): Link | undefined {
  if (id === undefined) return undefined;
  const addresses = links.withId(id);
  if (addresses.length > 0) return { addresses, identity: unnamed, isOpen: false };
  const identity = identityOfId(id.toLowerCase());
  return identity?.name === undefined ? undefined : { addresses, identity, isOpen: false };
}
