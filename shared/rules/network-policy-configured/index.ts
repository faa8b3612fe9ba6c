export { causes } from "./causes";
export { options } from "./options";
export { networkPolicyConfigured as rule } from "./rule";
