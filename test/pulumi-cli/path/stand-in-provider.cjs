// Stand-ins for providers: they answer the engine like the real ones wherever a policy can see a difference, without a cloud.
//
// They implement the protocol directly instead of using @pulumi/pulumi/provider, whose server cannot declare preview support.
// Without that the engine uses the inputs as outputs, and a stack policy would not see what it sees in a real preview: there,
// everything that the program leaves to Azure is unknown.
"use strict";

const { createHash } = require("node:crypto");
const { appendFileSync, existsSync, readFileSync } = require("node:fs");
const grpc = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");
const messages = require("@pulumi/pulumi/proto/provider_pb");

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The properties that Azure returns per resource type; in a preview, those that are not inputs are unknown. */
const ANSWERED = {
  "azure-native": {
    ManagedCluster: {
      names:
        "aadProfile addonProfiles agentPoolProfiles apiServerAccessProfile autoScalerProfile autoUpgradeProfile azureApiVersion " +
        "currentKubernetesVersion disableLocalAccounts dnsPrefix eTag enableRBAC fqdn identity identityProfile kind " +
        "kubernetesVersion linuxProfile location maxAgentPools name networkProfile nodeProvisioningProfile nodeResourceGroup " +
        "oidcIssuerProfile powerState privateFQDN provisioningState resourceUID securityProfile serviceMeshProfile " +
        "servicePrincipalProfile sku storageProfile supportPlan systemData tags type upgradeSettings windowsProfile",
      nested: {
        networkProfile:
          "advancedNetworking dnsServiceIP ipFamilies loadBalancerProfile loadBalancerSku natGatewayProfile networkDataplane " +
          "networkMode networkPlugin networkPluginMode networkPolicy outboundType podCidr podCidrs serviceCidr serviceCidrs " +
          "staticEgressGatewayProfile",
        agentPoolProfiles:
          "availabilityZones count currentOrchestratorVersion enableAutoScaling enableNodePublicIP kubeletDiskType maxCount " +
          "maxPods minCount mode name nodeImageVersion nodeLabels nodeTaints orchestratorVersion osDiskSizeGB osDiskType osSKU " +
          "osType podSubnetID powerState provisioningState scaleDownMode securityProfile tags type upgradeSettings vmSize " +
          "vnetSubnetID",
        sku: "name tier",
      },
    },
    AgentPool: {
      names:
        "availabilityZones azureApiVersion count currentOrchestratorVersion enableAutoScaling maxPods mode name nodeImageVersion " +
        "nodeTaints orchestratorVersion osDiskSizeGB osDiskType osSKU osType podSubnetID powerState provisioningState type vmSize " +
        "vnetSubnetID",
    },
    "": { names: "azureApiVersion location name provisioningState tags type" },
  },
  // A bridged Terraform provider returns every input; what its schema marks as Computed is unknown.
  terraform: {
    KubernetesCluster: {
      computed: "fqdn kubeConfigRaw kubernetesVersion networkProfile nodeResourceGroup oidcIssuerUrl",
      nested: {
        networkProfile: "dnsServiceIp networkMode networkPolicy podCidr podCidrs serviceCidr serviceCidrs",
      },
    },
    "": { computed: "" },
  },
};

/** The input that names a resource in azure-native, if it differs from the type's own name. */
const NAME_INPUT = { ManagedCluster: "resourceName", SubnetRouteTable: "subnetName" };
const WITHOUT_LOCATION = /^(AgentPool|KubernetesClusterNodePool|Subnet|RoleAssignment)$/;
/** Parts of the resource's path, which Azure does not return. */
const PATH_INPUTS = new Set([
  "resourceGroupName",
  "resourceName",
  "agentPoolName",
  "virtualNetworkName",
  "subnetName",
]);
/** The properties of a cluster whose change makes azure-native plan a replacement. */
const FORCE_NEW = ["networkPolicy", "networkPlugin", "networkPluginMode", "networkDataplane"];

const words = (text) => text.split(" ").filter(Boolean);
const toStruct = (value) => Struct.fromJavaScript(JSON.parse(JSON.stringify(value)));
const fromStruct = (struct) => (struct === undefined ? {} : struct.toJavaScript());
const isSecret = (value) => value !== null && typeof value === "object" && SIGNATURE in value;
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const partsOf = (urn) => {
  const [, , qualifiedType, ...name] = urn.split("::");
  const type = qualifiedType.split("$").pop();
  return { type, kind: type.split(":").pop(), name: name.join("::") };
};

const camel = (text) => text.charAt(0).toLowerCase() + text.slice(1);
const inside = (value, change) =>
  isSecret(value) ? { ...value, value: change(value.value) } : change(value);

const fillWith = (value, names, filler) => {
  if (Array.isArray(value)) return value.map((item) => inside(item, (each) => fillWith(each, names, filler)));
  if (!isObject(value)) return value;
  return { ...Object.fromEntries(names.map((name) => [name, filler])), ...value };
};

const previewed = (table, inputs) => {
  const names = words(table.names ?? table.computed);
  const outputs = table.names === undefined ? { ...inputs } : {};
  for (const name of names) {
    const nested = table.nested?.[name];
    if (!(name in inputs)) outputs[name] = UNKNOWN;
    else if (nested === undefined) outputs[name] = inputs[name];
    else outputs[name] = inside(inputs[name], (value) => fillWith(value, words(nested), UNKNOWN));
  }
  return outputs;
};

const created = (isNative, kind, name, id, inputs) => {
  const outputs = Object.fromEntries(
    Object.entries(inputs).filter(([key]) => !isNative || !PATH_INPUTS.has(key)),
  );
  if (isNative && kind === "ManagedCluster") {
    // As recorded from Azure for a cluster without a network profile.
    outputs.networkProfile =
      "networkProfile" in inputs
        ? inside(inputs.networkProfile, (profile) => ({ networkPolicy: "none", ...profile }))
        : {
            networkPlugin: "azure",
            networkPluginMode: "overlay",
            networkDataplane: "azure",
            networkPolicy: "none",
          };
    outputs.fqdn = `${name}.hcp.invalid`;
  }
  return { ...outputs, id, name: inputs.name ?? name };
};

module.exports = async function serve(packageName) {
  const isNative = packageName === "azure-native";
  const tables = isNative ? ANSWERED["azure-native"] : ANSWERED.terraform;
  const tableOf = (kind) => tables[kind] ?? tables[""];

  const record = (method, urn, inputs, preview) => {
    const file = process.env.STAND_IN_RECORD;
    if (file) appendFileSync(file, `${JSON.stringify({ method, urn, inputs, preview })}\n`);
  };
  const existing = () => {
    const file = process.env.STAND_IN_EXISTING;
    return file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  };

  const nameInputOf = (kind) => (isNative ? (NAME_INPUT[kind] ?? `${camel(kind)}Name`) : "name");

  const handlers = {
    getPluginInfo: () => new PluginInfo().setVersion("0.0.0"),
    getSchema: () => new messages.GetSchemaResponse().setSchema("{}"),
    checkConfig: (request) => new messages.CheckResponse().setInputs(request.getNews()),
    diffConfig: () => new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE),
    configure: () =>
      new messages.ConfigureResponse()
        .setAcceptsecrets(true)
        .setAcceptresources(true)
        .setAcceptoutputs(false)
        .setSupportspreview(true),
    cancel: () => new Empty(),
    attach: () => new Empty(),
    invoke: (request) => new messages.InvokeResponse().setReturn(request.getArgs()),

    check(request) {
      const { kind, name } = partsOf(request.getUrn());
      const olds = fromStruct(request.getOlds());
      const inputs = fromStruct(request.getNews());
      record("check", request.getUrn(), inputs);
      const nameInput = nameInputOf(kind);
      if (!(nameInput in inputs)) {
        const suffix = createHash("sha256").update(request.getUrn()).digest("hex").slice(0, 8);
        inputs[nameInput] = olds[nameInput] ?? `${name}${suffix}`;
        if (isNative) inputs.__createBeforeDelete = true;
      }
      if (!WITHOUT_LOCATION.test(kind) && !("location" in inputs)) inputs.location = "westeurope";
      return new messages.CheckResponse().setInputs(toStruct(inputs));
    },

    diff(request) {
      const olds = fromStruct(request.getOldInputs());
      const news = fromStruct(request.getNews());
      const diffs = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
        (key) => !same(olds[key], news[key]),
      );
      const oldProfile = olds.networkProfile ?? {};
      const newProfile = news.networkProfile ?? {};
      const replaces = FORCE_NEW.some((key) => !same(oldProfile[key], newProfile[key]))
        ? ["networkProfile"]
        : [];
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      return new messages.DiffResponse()
        .setChanges(diffs.length === 0 ? DIFF_NONE : DIFF_SOME)
        .setDiffsList(diffs)
        .setReplacesList(isNative ? replaces : [])
        .setDeletebeforereplace(replaces.length > 0);
    },

    create(request) {
      const { type, kind, name } = partsOf(request.getUrn());
      const inputs = fromStruct(request.getProperties());
      record("create", request.getUrn(), inputs, request.getPreview());
      delete inputs.__createBeforeDelete;
      if (request.getPreview()) {
        return new messages.CreateResponse().setProperties(toStruct(previewed(tableOf(kind), inputs)));
      }
      const id = `/subscriptions/00000000-0000-0000-0000-000000000000/${type.replaceAll(":", "/")}/${name}`;
      return new messages.CreateResponse()
        .setId(id)
        .setProperties(toStruct(created(isNative, kind, inputs[nameInputOf(kind)] ?? name, id, inputs)));
    },

    update(request) {
      const { kind, name } = partsOf(request.getUrn());
      const inputs = fromStruct(request.getNews());
      record("update", request.getUrn(), inputs, request.getPreview());
      delete inputs.__createBeforeDelete;
      const outputs = request.getPreview()
        ? previewed(tableOf(kind), inputs)
        : created(isNative, kind, inputs[nameInputOf(kind)] ?? name, request.getId(), inputs);
      return new messages.UpdateResponse().setProperties(toStruct(outputs));
    },

    read(request) {
      const id = request.getId();
      const properties = existing()[id] ?? { ...fromStruct(request.getProperties()), id };
      return new messages.ReadResponse()
        .setId(id)
        .setProperties(toStruct(properties))
        .setInputs(request.getInputs());
    },

    delete: () => new Empty(),
  };

  const server = new grpc.Server();
  server.addService(
    ResourceProviderService,
    Object.fromEntries(
      Object.entries(handlers).map(([method, answer]) => [
        method,
        (call, callback) => {
          let response;
          try {
            response = answer(call.request);
          } catch (error) {
            callback({ code: grpc.status.UNKNOWN, message: String(error.stack) });
            return;
          }
          callback(null, response);
        },
      ]),
    ),
  );
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(String(port));
  });
  // The engine keeps this pipe open while it runs, so that a killed CLI leaves no provider behind.
  process.stdin.on("end", () => process.exit()).resume();
};
