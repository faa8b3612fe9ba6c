import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { declared, files, inEitherVersion, refusalOf, shown } from "../support/configuration-files";
import { badConfigurations } from "../support/configurations";
import { annotationsOf, appWith, libraries, synthesised } from "../support/terraform";
import { typed } from "../support/terraform-shapes";

const bad = Object.entries(badConfigurations);

describe("a configuration that is not understood is refused by the Aspect before any cluster is judged:", () => {
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

  test("a configuration that is no object", () => {
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
