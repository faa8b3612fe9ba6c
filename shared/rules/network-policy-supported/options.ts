import * as v from "valibot";
import { ruleOptions } from "../options";

export const options = ruleOptions({
  noticeDays: v.pipe(
    v.optional(
      v.nullable(
        v.pipe(
          v.number(() => "a whole number of days, or null"),
          v.integer(() => "a whole number of days, or null"),
          v.minValue(0, () => "0 or more days, or null"),
        ),
      ),
      null,
    ),
    v.description("How many days before an end of support its notice starts; 0 = no notice, null = always."),
  ),
});
