/**
 * The pack and the command line as one self-contained file. Its build adds the version and the pages: see
 * ./bundle.mjs.
 */
import pages from "rule-pages";
import { isCalledByPulumi } from "../cli/called-by-pulumi";

if (isCalledByPulumi(process.argv.slice(2))) void import("../pulumi-pack/pack.js");
else {
  void import("../cli/start.js").then(({ start }) =>
    start({ path: "./aks-network-policy-pack.cjs", pageOfRule: (rule) => pages[rule] ?? "" }),
  );
}
