import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { declared, files, inEitherVersion, shown } from "../support/configuration-files";
import { annotationsOf, appWith, libraries, synthesised } from "../support/terraform";
import { resource, typed } from "../support/terraform-shapes";

describe.each(files.flatMap(inEitherVersion))("one file, %s,", (_title, file, said) => {
  test.each(libraries)("in $name", (library) => {
    const { app, stack } = appWith(library, JSON.parse(JSON.stringify(file)) as Configuration);
    for (const [name, spelled] of declared(typed.dialect)) {
      typed.declare(library, new Construct(stack, name), spelled);
    }
    synthesised(app);
    const findings = annotationsOf(app).map(({ path, level, message }) => ({
      stops: level === "error",
      rule: message.split(":")[0] ?? "",
      cluster: path.split("/")[1] ?? "",
    }));
    expect(shown(findings)).toEqual(said);
  });
});

describe.each(libraries)("$name: levels of all rules and of one", (library) => {
  const severities: readonly (readonly [Configuration, readonly string[]])[] = [
    [{}, ["error", "error"]],
    [{ all: "advisory" }, ["warn", "warn"]],
    [{ all: "disabled" }, []],
    [{ all: { enforcementLevel: "advisory" }, "network-policy-configured": "mandatory" }, ["error", "warn"]],
    [{ "network-policy-configured": "disabled" }, ["error"]],
    [{ "network-policy-compatible": { enforcementLevel: "advisory" } }, ["error", "warn"]],
    [{ all: "disabled", "network-policy-compatible": "remediate" }, ["error"]],
  ];
  test.each(severities)("%j", (configuration, expected) => {
    const { app, stack } = appWith(library, configuration);
    resource(library, stack, "open", "azurerm_kubernetes_cluster", {
      network_profile: { network_plugin: "azure" },
    });
    resource(library, stack, "wrong", "azurerm_kubernetes_cluster", {
      network_profile: { network_plugin: "kubenet", network_policy: "azure" },
    });
    synthesised(app);
    expect(annotationsOf(app).map(({ level }) => level)).toEqual(expected);
  });
});
