export { causes } from "./causes";
export { options } from "./options";
export { networkPolicySupported as rule } from "./rule";
