import type { Origin } from "../document";
import type { ModuleStep } from "./address";
import { keyText, moduleAddressOf, moduleStepsOf } from "./address";

/** A resource instance as a plan or a state lists it. */
export interface ResourceInstance {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** The enclosing module calls; `undefined` if they cannot be read. */
  readonly steps: readonly ModuleStep[] | undefined;
  /** Its key as in an address; empty for none. */
  readonly key: string;
}

export function resourceInstance(given: {
  /** Terraform's own address, if the document has it. */
  readonly address?: unknown;
  readonly module: unknown;
  readonly type: string;
  readonly name: unknown;
  readonly index: unknown;
}): ResourceInstance {
  const { type } = given;
  const name = typeof given.name === "string" ? given.name : "";
  const steps = moduleStepsOf(given.module);
  const key = keyText(given.index);
  const module = steps === undefined || steps.length === 0 ? "" : `${moduleAddressOf(steps)}.`;
  const address = typeof given.address === "string" ? given.address : `${module}${type}.${name}${key}`;
  return { address, type, name, steps, key };
}

export function originOf({ address, steps = [], type, name }: ResourceInstance): Origin {
  const module = steps.map((step) => step.name);
  return { address, place: { in: "terraform", module, block: "resource", type, name } };
}
