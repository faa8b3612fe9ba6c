import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { declared, files, inEitherVersion, shown } from "../support/configuration-files";
import { annotationsOf, appWith, libraries, synthesised } from "../support/terraform";
import { typed } from "../support/terraform-shapes";

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
