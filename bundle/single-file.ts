/** The pack as one file that needs nothing beside it. Its build carries the version in, see ./bundle.mjs. */
import { version } from "../package.json";
import { startedByEngine } from "../pulumi-pack/usage";

if (startedByEngine(version, "./aks-network-policy-pack.cjs")) void import("../pulumi-pack/pack.js");
