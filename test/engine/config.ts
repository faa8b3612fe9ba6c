import type { Json, JsonObject, PackInfo } from "./analyzer";

export type EnforcementLevel = "advisory" | "mandatory" | "remediate" | "disabled";
export const levels: readonly EnforcementLevel[] = ["advisory", "mandatory", "disabled", "remediate"];

export interface PolicyConfig {
  readonly enforcementLevel: EnforcementLevel;
  readonly properties: JsonObject;
}

interface Given {
  readonly enforcementLevel?: EnforcementLevel;
  readonly properties: JsonObject;
}

/** The content of a `--policy-pack-config` file: per policy, or for `all`, a level or an object. */
export type PackConfig = Readonly<Record<string, Json>>;

function isLevel(value: Json | undefined): value is EnforcementLevel {
  return levels.some((level) => level === value);
}

function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** pkg/resource/analyzer/config.go, parsePolicyPackConfig. */
function parse(config: PackConfig): Map<string, Given> {
  const result = new Map<string, Given>();
  for (const [name, value] of Object.entries(config)) {
    // The engine removes this key before it looks at policies: it names Pulumi Cloud environments.
    if (name === "environments") continue;
    const fail = (what: string): never => {
      throw new Error(`parsing enforcement level for "${name}": ${what}`);
    };
    if (typeof value === "string") {
      if (!isLevel(value)) fail(`"${value}" is not a valid enforcement level`);
      else result.set(name, { enforcementLevel: value, properties: {} });
    } else if (isJsonObject(value)) {
      const { enforcementLevel, ...properties } = value;
      if (enforcementLevel === undefined) {
        if (Object.keys(properties).length > 0) result.set(name, { properties });
      } else if (typeof enforcementLevel !== "string") {
        fail(`${JSON.stringify(enforcementLevel)} is not a valid enforcement level; must be a string`);
      } else if (!isLevel(enforcementLevel)) {
        fail(`"${enforcementLevel}" is not a valid enforcement level`);
      } else {
        result.set(name, { enforcementLevel, properties });
      }
    } else {
      throw new Error(
        `parsing "${name}": ${JSON.stringify(value)} is not a valid value; must be a string or object`,
      );
    }
  }
  return result;
}

/** The engine's marker for "no level given", which it rejects only when it sends the configuration. */
const noLevel = "";

type Merged = Map<string, { enforcementLevel: EnforcementLevel | typeof noLevel; properties: JsonObject }>;

function apply(result: Merged, given: ReadonlyMap<string, Given>): void {
  const all = given.get("all")?.enforcementLevel;
  if (all !== undefined) for (const policy of result.values()) policy.enforcementLevel = all;
  for (const [name, { enforcementLevel, properties }] of given) {
    const before = result.get(name);
    result.set(name, {
      enforcementLevel: enforcementLevel ?? before?.enforcementLevel ?? noLevel,
      properties: { ...before?.properties, ...properties },
    });
  }
}

/** pkg/resource/analyzer/config.go, ReconcilePolicyPackConfig, then the check of plugin.Configure. */
export function reconcile(info: PackInfo, config: PackConfig): Map<string, PolicyConfig> {
  const merged: Merged = new Map();
  for (const policy of info.policies) {
    const properties: Record<string, Json> = {};
    for (const [key, schema] of Object.entries(policy.configSchema?.properties ?? {})) {
      if (isJsonObject(schema) && schema["default"] !== undefined) properties[key] = schema["default"];
    }
    merged.set(policy.name, { enforcementLevel: policy.enforcementLevel, properties });
  }
  apply(
    merged,
    // In the protocol, an initial configuration always has a level: "none given" and "advisory" are both 0.
    new Map(Object.entries(info.initialConfig)),
  );
  apply(merged, parse(config));

  const errors: string[] = [];
  for (const policy of info.policies) {
    if (!policy.configSchema) continue;
    const { properties, required } = policy.configSchema;
    const schema = { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
    for (const error of validate(schema, merged.get(policy.name)?.properties ?? {}, "(root)")) {
      errors.push(`${policy.name}: ${error.replace(/^\(root\): /, "")}`);
    }
  }
  if (errors.length > 0) {
    throw new Error(`validating policy config: ${info.name} ${info.version}  ${errors.sort().join("; ")}`);
  }

  const result = new Map<string, PolicyConfig>();
  for (const [name, { enforcementLevel, properties }] of merged) {
    if (enforcementLevel === noLevel) {
      throw new Error(`configuring policy pack "${info.name}": invalid enforcement level ""`);
    }
    result.set(name, { enforcementLevel, properties });
  }
  return result;
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

// The engine's schemas allow every keyword of draft 7; these are the ones that a policy's options need.
// Ignoring an unknown keyword would let a test accept a configuration that the real engine rejects.
const annotations = new Set(["title", "description", "default", "examples", "$comment"]);

/** The part of gojsonschema that the engine uses, with its wording. */
function validate(schema: JsonObject, value: Json, path: string): string[] {
  const errors: string[] = [];
  const say = (what: string): void => void errors.push(`${path}: ${what}`);
  const below = (key: string | number): string => (path === "(root)" ? `${key}` : `${path}.${key}`);
  const list = (of: Json | undefined): readonly Json[] => (Array.isArray(of) ? (of as readonly Json[]) : []);
  const object = isJsonObject(value) ? value : undefined;
  const array = Array.isArray(value) ? (value as readonly Json[]) : undefined;

  for (const [keyword, rule] of Object.entries(schema)) {
    switch (keyword) {
      case "type": {
        const expected = typeof rule === "string" ? [rule] : list(rule);
        const given = typeOf(value);
        if (!expected.includes(given) && !(given === "integer" && expected.includes("number"))) {
          const words = typeof rule === "string" ? rule : `[${expected.map(String).join(",")}]`;
          say(`Invalid type. Expected: ${words}, given: ${given}`);
        }
        break;
      }
      case "enum":
      case "const": {
        const allowed = (keyword === "enum" ? list(rule) : [rule]).map((item) => JSON.stringify(item));
        if (!allowed.includes(JSON.stringify(value))) {
          const must = keyword === "enum" ? "must be one of the following:" : "does not match:";
          say(`${path} ${must} ${allowed.join(", ")}`);
        }
        break;
      }
      case "properties":
        for (const [key, sub] of Object.entries(object && isJsonObject(rule) ? rule : {})) {
          const field = object?.[key];
          if (field !== undefined && isJsonObject(sub)) errors.push(...validate(sub, field, below(key)));
        }
        break;
      case "required":
        for (const key of object ? list(rule) : []) {
          if (typeof key === "string" && object?.[key] === undefined) say(`${key} is required`);
        }
        break;
      case "additionalProperties": {
        const known = isJsonObject(schema["properties"]) ? schema["properties"] : {};
        for (const [key, field] of Object.entries(object ?? {})) {
          if (key in known || rule === true) continue;
          if (isJsonObject(rule)) errors.push(...validate(rule, field, below(key)));
          else say(`Additional property ${key} is not allowed`);
        }
        break;
      }
      case "items":
        if (!isJsonObject(rule))
          throw new Error(`${path}: a list of schemas under "items" is not supported here`);
        array?.forEach((item, index) => errors.push(...validate(rule, item, below(index))));
        break;
      case "uniqueItems": {
        const items = rule === true && array ? array.map((item) => JSON.stringify(item)) : [];
        items.forEach((item, index) => {
          const first = items.indexOf(item);
          if (first !== index) say(`array items[${first},${index}] must be unique`);
        });
        break;
      }
      case "minItems":
        if (array && array.length < Number(rule)) say(`Array must have at least ${Number(rule)} items`);
        break;
      case "maxItems":
        if (array && array.length > Number(rule)) say(`Array must have at most ${Number(rule)} items`);
        break;
      case "minLength":
        if (typeof value === "string" && value.length < Number(rule)) {
          say(`String length must be greater than or equal to ${Number(rule)}`);
        }
        break;
      case "maxLength":
        if (typeof value === "string" && value.length > Number(rule)) {
          say(`String length must be less than or equal to ${Number(rule)}`);
        }
        break;
      case "pattern":
        if (typeof value === "string" && typeof rule === "string" && !new RegExp(rule).test(value)) {
          say(`Does not match pattern '${rule}'`);
        }
        break;
      case "minimum":
        if (typeof value === "number" && value < Number(rule)) {
          say(`Must be greater than or equal to ${Number(rule)}`);
        }
        break;
      case "maximum":
        if (typeof value === "number" && value > Number(rule)) {
          say(`Must be less than or equal to ${Number(rule)}`);
        }
        break;
      default:
        if (!annotations.has(keyword)) {
          throw new Error(`${path}: the keyword "${keyword}" is not supported here`);
        }
    }
  }
  return errors;
}
