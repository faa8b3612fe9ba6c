import { createHash } from "node:crypto";

/** A short fingerprint without special characters, for services that want one. */
export function digest(fingerprint: string): string {
  return createHash("sha256").update(fingerprint).digest("hex");
}
