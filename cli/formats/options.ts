import type { PageOfRule } from "../explain";
import type { Look } from "./look";

/** What a format may ask in addition to the report. */
export interface FormatOptions extends Look {
  readonly pageOfRule: PageOfRule;
  /** SARIF lists what is exempted, too. */
  readonly withExempted: boolean;
  /** What a document does not show fails the run, as an unknown value does. */
  readonly notesFail: boolean;
}
