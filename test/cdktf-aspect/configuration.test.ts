import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { declared, files, inEitherVersion, refusalOf, shown } from "../support/configuration-files";
import { badConfigurations } from "../support/configurations";
import { annotationsOf, appWith, libraries, synthesised } from "../support/terraform";
import { resource, typed } from "../support/terraform-shapes";

const bad = Object.entries(badConfigurations);

describe("an invalid configuration is refused by the Aspect before any cluster is checked:", () => {
  test.each(bad)("%s", (_title, { file, problems }) => {
    const configuration = JSON.parse(JSON.stringify(file)) as Configuration;
    const message = refusalOf(problems);
    expect(() => new AksNetworkPolicyAspect(configuration)).toThrow(new Error(message));
    for (const { lib } of libraries) {
      const app = lib.Testing.app();
      expect(() => AksNetworkPolicyAspect.applyTo(app, lib.Aspects, configuration)).toThrow(
        new Error(message),
      );
    }
  });

  test("a configuration that is not an object", () => {
    for (const [file, what] of [
      [null, "null"],
      ["mandatory", '"mandatory"'],
      [[], "an empty list"],
      [5, "5"],
    ] as const) {
      expect(() => new AksNetworkPolicyAspect(file as unknown as Configuration)).toThrow(
        new Error(refusalOf([`the configuration is ${what}; expected an object`])),
      );
    }
  });
});

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
