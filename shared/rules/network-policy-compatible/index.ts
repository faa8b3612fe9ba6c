export { causes } from "./causes";
export { options } from "./options";
export { networkPolicyCompatible as rule } from "./rule";
