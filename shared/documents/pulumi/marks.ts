/** How Pulumi's documents mark values that they do not show. */
import type { Field } from "../../reading/field";
import { fieldsOf, unknownField } from "../../reading/field";

/**
 * What Pulumi writes instead of a hidden secret of any shape: in the output of `pulumi preview --json`, and
 * if `pulumi policy analyze` cannot decrypt one. The same text in a program also counts as unknown. That
 * hides nothing, because Azure accepts no such engine.
 */
export const undecryptable = "[secret]";

/** The key of an object that represents a special value: a secret, an asset, a reference to a resource. */
const signature = "4dabf18193072939515e22adb298388d";

/**
 * What Pulumi writes for a value that is only known at deployment, one text per shape:
 * sdk/go/common/resource/plugin/rpc.go (read 2026-08).
 */
const unknowns = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/** Does the document hide this value? A text that contains a placeholder is unknown too. */
function isHidden(value: unknown): boolean {
  if (typeof value === "string")
    return value === undecryptable || unknowns.some((unknown) => value.includes(unknown));
  return typeof value === "object" && value !== null && Object.hasOwn(value, signature);
}

const shownField = fieldsOf((holder, key) => {
  const value: unknown = Reflect.get(holder, key);
  return isHidden(value) ? "unknown" : { value };
});

/** A resource's properties, or a part of them, as shown in a document. */
export function fieldOf(value: unknown): Field {
  return isHidden(value) ? unknownField : shownField(value);
}
