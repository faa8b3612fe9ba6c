/** What may be long is read once, and not once per setting or per pool. */
import { describe, expect, test } from "vitest";
import { azapi } from "../../../shared/dialects/azapi";
import { fieldOf } from "../../../shared/documents/pulumi/marks";
import { rootOf } from "../../../shared/documents/pulumi/parts";
import { withDocument } from "../../../shared/documents/terraform/document-attribute";
import { unnamed } from "../../../shared/documents/terraform/link";
import { OwnersOfPools } from "../../../shared/documents/terraform/owners-of-pools";
import type { ClusterAlone } from "../../../shared/documents/terraform/parts";
import type { Field } from "../../../shared/reading/field";
import { readCluster } from "../../../shared/reading/cluster";

const body = JSON.stringify({ properties: { networkProfile: { networkPolicy: "calico" } } });

describe("a document in an attribute is parsed once, however many settings are read from it:", () => {
  const counted = (): { readonly times: Map<string, number>; readonly count: (name: string) => void } => {
    const times = new Map<string, number>();
    return { times, count: (name) => times.set(name, (times.get(name) ?? 0) + 1) };
  };

  test("in Terraform", () => {
    const { times, count } = counted();
    const root = fieldOf({ body });
    const { engine } = readCluster(
      withDocument(root, { at: "body", patch: "sensitive_body" }, fieldOf, (name) => {
        count(name);
        return name === "body" ? body : undefined;
      }),
      azapi,
    );
    expect(engine).toMatchObject({ state: "known", value: "calico" });
    expect(times).toEqual(
      new Map([
        ["body", 1],
        ["sensitive_body", 1],
      ]),
    );
  });

  test("in Pulumi", () => {
    const { times, count } = counted();
    const counting = (value: unknown): Field => {
      if (typeof value === "object" && value !== null && "properties" in value) count("parsed");
      return fieldOf(value);
    };
    const { engine } = readCluster(rootOf({ body }, azapi, counting), azapi);
    expect(engine).toMatchObject({ state: "known", value: "calico" });
    expect(times).toEqual(new Map([["parsed", 1]]));
  });
});

test("pools with the same address share one list of clusters, however many there are", () => {
  const cluster = { address: () => "azapi_resource.aks", identity: () => unnamed } as ClusterAlone<string>;
  const owners = new OwnersOfPools([cluster, { ...cluster }]);
  const link = { addresses: ["azapi_resource.aks"], identity: unnamed, isOpen: false };
  const [one, other] = [owners.ofOwn(link), owners.ofOwn(link)];
  expect(one.possible).toHaveLength(2);
  expect(one.possible).toBe(other.possible);
});
