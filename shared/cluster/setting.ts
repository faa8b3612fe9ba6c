/**
 * One setting of a cluster, as far as it is known before deployment.
 *
 * `path` is the name that the user's own dialect gives it (`networkProfile.networkPolicy`). For `unknown`, `unknownAt`
 * is the outermost part that is not known, which is often a parent: Pulumi's Node SDKs make a whole
 * `networkProfile` unknown as soon as one leaf of it is. `isDefault`: nobody wrote the value, a Terraform module takes it.
 */
export type Setting<T> =
  | { readonly state: "known"; readonly value: T; readonly path: string; readonly isDefault?: true }
  | { readonly state: "absent"; readonly path: string }
  | { readonly state: "unknown"; readonly path: string; readonly unknownAt: string };

/**
 * The type of the value found where another type was expected. The value itself may be a secret and is not
 * kept.
 */
export type Shape =
  "nothing" | "text" | "a number" | "a negative number" | "a boolean" | "a list" | "an object";

/**
 * A value that Azure does not document for its setting. It never passes and is never echoed.
 *
 * `at` is the wrong part, which may be a parent of the setting (a `networkProfile` that is a number).
 */
export interface Unrecognized {
  readonly unrecognized: Shape;
  readonly at: string;
  /** What was expected instead. */
  readonly expected: string;
  /** The documented value closest to the text, if it is close enough to be a typo. */
  readonly closest?: string | undefined;
}

export function isUnrecognized(value: unknown): value is Unrecognized {
  return typeof value === "object" && value !== null && "unrecognized" in value;
}

/** The unrecognized value of a setting, if it has one. */
export function wrongIn(setting: Setting<unknown>): Unrecognized | undefined {
  const { value }: { readonly state: string; readonly value?: unknown } = setting;
  return isUnrecognized(value) ? value : undefined;
}

/** A boolean that may depend on settings that are not known yet (Kleene's three-valued logic). */
export interface Answer {
  readonly truth: boolean | "unknown";
  /** The unknown parts that would decide it; empty unless `truth` is `"unknown"`. */
  readonly dependsOn: readonly string[];
}

const yes: Answer = { truth: true, dependsOn: [] };
const no: Answer = { truth: false, dependsOn: [] };

export function answer(truth: boolean): Answer {
  return truth ? yes : no;
}

export function unknownBecauseOf(...dependsOn: string[]): Answer {
  return { truth: "unknown", dependsOn };
}

/** Is the setting one of `values`? */
export function is<T>(setting: Setting<T>, ...values: T[]): Answer {
  switch (setting.state) {
    case "known":
      return answer(values.includes(setting.value));
    case "absent":
      return no;
    case "unknown":
      return unknownBecauseOf(setting.unknownAt);
  }
}

export function isAbsent(setting: Setting<unknown>): Answer {
  switch (setting.state) {
    case "known":
      return no;
    case "absent":
      return yes;
    case "unknown":
      return unknownBecauseOf(setting.unknownAt);
  }
}

/** Is the setting written, with a value that Azure does not document? */
export function isNotRecognized(setting: Setting<unknown>): Answer {
  switch (setting.state) {
    case "known":
      return answer(isUnrecognized(setting.value));
    case "absent":
      return no;
    case "unknown":
      return unknownBecauseOf(setting.unknownAt);
  }
}

export function not(a: Answer): Answer {
  return a.truth === "unknown" ? a : answer(!a.truth);
}

export function all(...answers: Answer[]): Answer {
  let open: Answer[] | undefined;
  for (const a of answers) {
    if (a.truth === false) return no;
    if (a.truth === "unknown") (open ??= []).push(a);
  }
  return open === undefined ? yes : unknownBecauseOf(...new Set(open.flatMap((a) => a.dependsOn)));
}

export function any(...answers: Answer[]): Answer {
  let open: Answer[] | undefined;
  for (const a of answers) {
    if (a.truth === true) return yes;
    if (a.truth === "unknown") (open ??= []).push(a);
  }
  return open === undefined ? no : unknownBecauseOf(...new Set(open.flatMap((a) => a.dependsOn)));
}

/** Placeholder in `dependsOn` for what a patch leaves unstated. */
export const unstated = "(not stated)";

/** Does it depend only on what a patch leaves unstated? That is not reported. */
export function isOnlyUnstated(dependsOn: readonly string[]): boolean {
  return dependsOn.every((part) => part === unstated);
}
