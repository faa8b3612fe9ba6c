import type { PageOfRule } from "../explain";
import type { Look } from "./look";

/** What a format may read besides the report. */
export interface FormatOptions extends Look {
  readonly pageOfRule: PageOfRule;
  /** SARIF also lists exempted findings. */
  readonly withExempted: boolean;
  /** What a document does not show fails the run, like an unknown value. */
  readonly notesFail: boolean;
}
