/**
 * Terraform addresses: https://developer.hashicorp.com/terraform/cli/state/resource-addressing (read
 * 2026-11).
 */

/** One module call in an address. */
export interface ModuleStep {
  readonly name: string;
  /** The key of its instance as in the address, `[0]` or `["a"]`; empty for a call with a single instance. */
  readonly key: string;
}

/** `module.NAME`, optionally with a key, and the separator before the next one. */
const moduleStep = /module\.([^.[\]"]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.(?=.)|$)/y;

/**
 * The module calls of a module's address, the outermost first; empty for the root module, `undefined` if it
 * is not an address.
 */
export function moduleStepsOf(address: unknown): readonly ModuleStep[] | undefined {
  if (address === undefined || address === null || address === "") return [];
  if (typeof address !== "string") return undefined;
  const steps: ModuleStep[] = [];
  for (let at = 0; at < address.length; at = moduleStep.lastIndex) {
    moduleStep.lastIndex = at;
    const match = moduleStep.exec(address);
    if (match === null) return undefined;
    steps.push({ name: match[1] ?? "", key: match[2] ?? "" });
  }
  return steps;
}

export function moduleAddressOf(steps: readonly ModuleStep[]): string {
  return steps.map(({ name, key }) => `module.${name}${key}`).join(".");
}

/** The key of an instance as Terraform writes it in an address; empty for none. */
export function keyText(key: unknown): string {
  if (typeof key === "number") return `[${key}]`;
  return typeof key === "string" ? `["${escaped(key)}"]` : "";
}

const escapes: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

function escaped(text: string): string {
  return text
    .replace(/[\n\r\t"\\]/g, (character) => escapes[character] ?? "")
    .replace(/[$%](?=\{)/g, "$&$&")
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16);
      return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
    });
}
