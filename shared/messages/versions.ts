import { isIn } from "../dialects/at-version";
import type { Dialect } from "../dialects/dialect";
import type { Subject } from "../reading/subject";

/**
 * What a user cannot see in the program: names that this version does not have, and values that an SDK adds.
 */
export function versionLines(subject: Subject): readonly string[] {
  const { cluster, dialect } = subject;
  const lines = (cluster.notInVersion ?? []).map(({ path, value }) => {
    const version = versionOf(dialect);
    return value === undefined
      ? `${path} is not in ${version}, so it is ${dialect.versions?.absent ?? "dropped"}.`
      : `${path} ${JSON.stringify(value)} is not in ${version}, so it is ignored.`;
  });
  const written = sdkLine(subject);
  return written === undefined ? lines : [...lines, written];
}

/** `API version 2022-03-01` */
function versionOf({ versions, version }: Dialect): string {
  const called = versions?.called ?? "this version";
  if (version === undefined) return `the newest ${called}`;
  // A program can pass any string as its provider's version, possibly a secret.
  if (!plainVersion.test(version)) return `this ${called}`;
  const [, limit] = /^(.*)-0$/.exec(version) ?? [];
  return limit === undefined ? `${called} ${version}` : `${called} before ${limit}`;
}

const plainVersion = /^\d+(?:[.-]\d+){0,2}(?:-(?:alpha|beta|dev|pre|preview|privatepreview|rc)?[.\d]*)?$/;

function sdkLine({ cluster, dialect, toolVersion }: Subject): string | undefined {
  const { sdkWrites } = dialect;
  if (sdkWrites === undefined || toolVersion === undefined || !/^\d+\./.test(toolVersion)) return undefined;
  const { setting, value, sdk, versions, apis } = sdkWrites;
  if (!isIn(versions, toolVersion) || !apis.some((api) => isIn(api, dialect.version))) return undefined;
  const found = cluster[setting];
  const isThere = "state" in found && found.state === "known" && found.value === value;
  return isThere
    ? `${found.path} ${JSON.stringify(value)} is the default that version ${parseInt(toolVersion, 10)} of ${sdk} writes.`
    : undefined;
}
