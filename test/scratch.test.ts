import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";
import { preview } from "./pulumi-cli/cli";
it("x", async () => {
  const t = Date.now();
  const run = await preview({ pack: join(__dirname, "..", "pulumi-pack"), program: (c: any) => {
    const cs = c.require("@pulumi/azure-native/containerservice");
    const rs = c.require("@pulumi/azure-native/resources");
    const group = new rs.ResourceGroup("rg", { resourceGroupName: "none" });
    const mk = (n: string, networkProfile: any) => new cs.ManagedCluster(n, { resourceGroupName: "rg", networkProfile });
    mk("nothing", undefined);
    mk("none", { networkPolicy: "none" });
    mk("cilium", { networkPlugin: "azure", networkPolicy: "cilium" });
    mk("kubenet", { networkPlugin: "kubenet", networkPolicy: "azure" });
    mk("junk", { networkPlugin: "azure", networkPolicy: "azrue" });
    mk("unk", { networkPlugin: "azure", networkPolicy: group.name });
    mk("unk2", { networkPlugin: "azure", networkPolicy: "calico", dnsServiceIP: group.name });
    mk("sec", { networkPlugin: "azure", networkPolicy: c.pulumi.secret("none") });
    mk("sec2", { networkPlugin: "azure", networkPolicy: c.pulumi.secret("hunter2-hunter2") });
    mk("good", { networkPlugin: "azure", networkPolicy: "calico" });
  }});
  writeFileSync("/tmp/scratch.out", `${Date.now() - t} ms exit ${run.exitCode}\n${run.stdout}\n---\n${run.stderr}\n${JSON.stringify(run.events, null, 1)}`);
});
