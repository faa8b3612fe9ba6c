/** The verdicts of the command `check` on files, cluster by cluster. */
import type { Report } from "../../shared/messages/report";
import type { Files } from "../support/command";
import { commandIn } from "../support/command";
import { nameIn } from "./clusters";
import type { Answers } from "./door";
import type { Row } from "./verdicts";
import { rowOf } from "./verdicts";

/** For files created here, or for an existing file. */
export async function checkedFiles(files: Files, args: readonly string[], today: Date): Promise<Answers> {
  const { code, out, error } = await commandIn(files, ["check", ...args, "--format", "json"], { today });
  if (code === 2 || error !== "") throw new Error(`check ended with ${code}: ${error}`);
  return rowsOf(JSON.parse(out) as Report);
}

export function rowsOf({ clusters }: Pick<Report, "clusters">): Answers {
  const rows = new Map<string, Row>();
  for (const { address, findings } of clusters) {
    const name = nameIn(address);
    if (rows.has(name)) throw new Error(`${name} is there twice`);
    rows.set(
      name,
      rowOf(
        findings.map(({ rule, kind, cause }) => {
          if (kind === "exempt") throw new Error("nothing is exempted");
          return { rule, kind, cause };
        }),
      ),
    );
  }
  return rows;
}
