/** How Pulumi's documents mark what they do not show. */
import type { Field, Read } from "../../reading/field";
import { fieldsOf, unknownField } from "../../reading/field";
import type { JsonObject } from "../json";

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

/** What the signature has for a secret. */
const secret = "1b47061264138c4ac30d75fd1eb44270";

/** What the document shows at a place. A text that is made of an unknown one is not known either. */
function shown(value: unknown): Read {
  if (typeof value === "string")
    return value === undecryptable || unknowns.some((unknown) => value.includes(unknown))
      ? "unknown"
      : { value };
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, signature)) return { value };
  return decrypted(value as JsonObject);
}

/** `pulumi stack export --show-secrets` writes them as JSON: `SecretV1` of pulumi/pulumi, sdk/go/common/apitype/core.go (read 2026-11). */
function decrypted({ [signature]: kind, plaintext }: JsonObject): Read {
  if (kind !== secret || typeof plaintext !== "string") return "unknown";
  try {
    return shown(JSON.parse(plaintext));
  } catch {
    return "unknown";
  }
}

const shownField = fieldsOf((holder, key) => shown(Reflect.get(holder, key)));

/** A resource's properties, or a part of them, as shown in a document. */
export function fieldOf(value: unknown): Field {
  const read = shown(value);
  return read === "unknown" ? unknownField : shownField(read.value);
}
