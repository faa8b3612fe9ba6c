/** The azapi attributes that hold a whole document: `body`, and `sensitive_body`, which is merged into it. */
import type { AzapiTypes, Dialect, SettingName } from "../../dialects/dialect";
import type { Field } from "../../reading/field";
import { absentField, isStated } from "../../reading/field";
import { parsedJson } from "../json";
import { once } from "../once";
import { childOf, textOf } from "../separate-pool";

type Places = AzapiTypes["document"];

/**
 * The same attributes, with the document as it is sent: parsed from its text, with the second one merged in.
 * `textAt` gives a text that may hold expressions; everything around them is known.
 */
export function withDocument(
  root: Field,
  { at, patch }: Places,
  fieldOf: (value: unknown) => Field,
  textAt = (name: string): string | undefined => textOf(childOf(root, name)),
): Field {
  if (root.kind !== "object") return root;
  const documentAt = (name: string): Field => {
    const parsed = parsedJson(textAt(name) ?? "");
    return parsed === undefined ? root.child(name) : fieldOf(parsed);
  };
  // The text may be long, and every setting asks for it once.
  const patching = once(() => documentAt(patch));
  const sent = once(() => patched(documentAt(at), patching()));
  return {
    ...root,
    child: (name) => {
      if (name === patch) return patching();
      return name === at ? sent() : root.child(name);
    },
  };
}

/**
 * A document with a merge patch applied: https://www.rfc-editor.org/rfc/rfc7396. What cannot be determined is
 * unknown.
 */
function patched(document: Field, patch: Field): Field {
  if (patch.kind === "absent") return document;
  if (patch.kind !== "object") return patch;
  if (document.kind !== "object" && document.kind !== "absent") return document;
  return {
    kind: "object",
    child: (name) => {
      const [before, change] = [childOf(document, name), patch.child(name)];
      if (change.kind === "absent") return isStated(change) ? absentField : before;
      const merges = change.kind === "object" && (before.kind === "object" || before.kind === "unknown");
      return merges ? patched(before, change) : change;
    },
    names: () => [...new Set([...namesOf(document), ...namesOf(patch)])],
  };
}

function namesOf(field: Field): readonly string[] {
  return field.kind === "object" ? (field.names?.() ?? []) : [];
}

/**
 * The dialect for one block whose document is split over two attributes: settings in the second one are
 * written there, and a fix in the first would change nothing.
 */
export function dialectOfPatched(dialect: Dialect, document: Places, root: Field): Dialect {
  const changes = childOf(root, document.patch);
  if (changes.kind === "absent") return dialect;
  const sent = childOf(root, document.at).kind;
  // A patch that is not an object replaces the document.
  if (changes.kind === "object" && sent !== "object" && sent !== "unknown") return dialect;
  return withPaths(dialect, document, (path) => states(changes, path.split(".").slice(1)));
}

/** Does a document state the value at a path? A part that is not an object states everything below it. */
function states(document: Field, path: readonly string[]): boolean {
  let part = document;
  for (const name of path) {
    if (part.kind !== "object") return isStated(part);
    part = part.child(name);
  }
  return isStated(part);
}

function withPaths(dialect: Dialect, { at, patch }: Places, isStatedAt: (path: string) => boolean): Dialect {
  const inPatch = (path: string): string => `${patch}${path.slice(at.length)}`;
  const settings = { ...dialect.settings };
  for (const [name, paths] of Object.entries(settings) as [SettingName, readonly string[]][])
    settings[name] = [...paths.filter(isStatedAt).map(inPatch), ...paths];
  const { poolsInside } = dialect;
  return {
    ...dialect,
    settings,
    poolsInside: isStatedAt(poolsInside.path)
      ? { ...poolsInside, path: inPatch(poolsInside.path) }
      : poolsInside,
  };
}
