import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A test run leaves nothing behind in the temporary folder: it gets its own. The Apps of both libraries
 * create a folder every time and remove none.
 */
export default function setUp(): () => void {
  const scratch = mkdtempSync(join(tmpdir(), "aks-network-policy-pack-"));
  process.env.TMPDIR = scratch;
  return () => {
    rmSync(scratch, { recursive: true, force: true });
  };
}
