import { ruleOptions, unknown } from "../options";

export const options = ruleOptions({ unknown });
