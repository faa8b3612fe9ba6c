import { Struct, type StructPb } from "./proto";

/** A property value in the engine. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Secret
  | readonly Value[]
  | { readonly [key: string]: Value | undefined };

export type Props = Readonly<Record<string, Value | undefined>>;

export type UnknownKind = "string" | "bool" | "number" | "array" | "asset" | "archive" | "object";

const sentinels: Readonly<Record<UnknownKind, string>> = {
  string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  bool: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  array: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};

const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** A value that exists only once something else has been created. */
export class Unknown {
  constructor(readonly kind: UnknownKind) {}
}

export class Secret {
  constructor(readonly value: Value) {}
}

/** What Node, Python, Go and YAML programs send for anything unknown, whatever its type. */
export const unknown = new Unknown("string");

const unknowns = new Map<string, Unknown>(
  (Object.keys(sentinels) as UnknownKind[]).map((kind) => [
    sentinels[kind],
    kind === "string" ? unknown : new Unknown(kind),
  ]),
);

export function unknownOf(kind: UnknownKind): Unknown {
  return kind === "string" ? unknown : (unknowns.get(sentinels[kind]) ?? unknown);
}

export function secret(value: Value): Secret {
  return new Secret(value);
}

export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown;
}

export function isSecret(value: Value | undefined): value is Secret {
  return value instanceof Secret;
}

export function isObject(value: Value | undefined): value is { readonly [key: string]: Value | undefined } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !isUnknown(value) &&
    !isSecret(value)
  );
}

type Wire = ReturnType<StructPb.Struct["toJavaScript"]>[string];

function valueToWire(value: Value): Wire {
  if (isUnknown(value)) return sentinels[value.kind];
  if (isSecret(value)) return { [signature]: secretSignature, value: valueToWire(value.value) };
  if (isObject(value)) return objectToWire(value);
  if (typeof value === "object" && value !== null) return value.map(valueToWire);
  return value;
}

function objectToWire(props: Props): { [key: string]: Wire } {
  // Not by assignment: a key called __proto__ must reach the pack as one.
  return Object.fromEntries(
    Object.entries(props).flatMap(([key, value]) => (value === undefined ? [] : [[key, valueToWire(value)]])),
  );
}

export function toStruct(props: Props): StructPb.Struct {
  return Struct.fromJavaScript(objectToWire(props));
}

function valueFromWire(wire: Wire): Value {
  if (typeof wire === "string") return unknowns.get(wire) ?? wire;
  if (typeof wire !== "object" || wire === null) return wire;
  if (Array.isArray(wire)) return wire.map(valueFromWire);
  const fields = wire as { [key: string]: Wire };
  const { id, urn, value } = fields;
  const kind = fields[signature];
  if (kind === secretSignature) return new Secret(valueFromWire(value ?? null));
  // A policy never sees a resource reference: the engine passes the ID, or the URN if there is none.
  if (kind === resourceSignature) return valueFromWire((id === undefined || id === "" ? urn : id) ?? null);
  if (kind === outputSignature) {
    const plain = value === undefined ? unknown : valueFromWire(value);
    return fields["secret"] === true ? new Secret(plain) : plain;
  }
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, valueFromWire(field)]));
}

export function fromStruct(struct: StructPb.Struct | undefined): Record<string, Value> {
  const wire = struct?.toJavaScript() ?? {};
  return Object.fromEntries(Object.entries(wire).map(([key, value]) => [key, valueFromWire(value)]));
}

/** The engine keeps keys that begin with two underscores to itself, except when it requests a remediation. */
export function withoutInternalKeys(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !key.startsWith("__")));
}
