import { createHash } from "node:crypto";

/** A fingerprint for services that want a short one without special characters. */
export function digest(fingerprint: string): string {
  return createHash("sha256").update(fingerprint).digest("hex");
}
