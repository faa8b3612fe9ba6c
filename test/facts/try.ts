import {
  azureNativeSurfaces,
  azureClassicSurfaces,
  bindingsSurfaces,
  armSurfaces,
  root,
  installed,
} from "./surface";
import {
  compareSurface,
  compareTokens,
  compareMatches,
  compareUnionOfValues,
  compareSdkDefaults,
} from "./compare";
import { considered } from "./considered";
const all = [
  ...azureNativeSurfaces(installed(root, "@pulumi/azure-native")!),
  ...azureNativeSurfaces(installed(root + "/test/azure-native-v2", "@pulumi/azure-native")!),
  ...azureClassicSurfaces(installed(root, "@pulumi/azure")!),
  ...["@cdktf/provider-azurerm", "@cdktn/provider-azurerm"].flatMap((n) =>
    bindingsSurfaces(installed(root, n)!, n),
  ),
  ...armSurfaces(installed(root, "@azure/arm-containerservice")!),
];
const ds = [
  ...all.flatMap((s) => compareSurface(s, considered)),
  ...compareTokens(all),
  ...compareMatches(all),
  ...compareUnionOfValues(all),
  ...all
    .filter((s) => s.label.includes("native"))
    .flatMap((s) => compareSdkDefaults(s, s.label.split(" ")[1]!.replace(",", ""))),
];
const props: any = {};
const rest = [];
for (const d of ds) {
  const m = /^(\S+) of a (\w+) is in (.*), and nobody/.exec(d.what);
  const v = /^(\S+) takes "(.*)" in/.exec(d.what);
  if (m) {
    const fam = /arm|native/.test(m[3]!) ? "A" : "T";
    const i = m[1]!.lastIndexOf(".");
    (props[`${fam} ${m[2]} ${i < 0 ? "" : m[1]!.slice(0, i)}`] ??= new Set()).add(m[1]!.slice(i + 1));
  } else if (v) (props[`V ${v[1]}`] ??= new Set()).add(v[2]);
  else rest.push(d);
}
for (const [k, s] of Object.entries(props)) console.log(k, "::", [...(s as any)].sort().join(" "));
for (const d of rest) console.log(d.what, "|", d.where, "|", d.change);
