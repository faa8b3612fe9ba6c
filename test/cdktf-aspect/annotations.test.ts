import { Annotations as LibraryAnnotations, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { beforeEach, describe, expect, test } from "vitest";
import { Annotations } from "../../cdktf-aspect/annotations";
import { annotationsOf } from "../support/terraform";

const made = () => {
  const app = Testing.app();
  const outer = new TerraformStack(app, "outer");
  const inner = new TerraformStack(outer, "inner");
  const output = (scope: TerraformStack, id: string): TerraformOutput =>
    new TerraformOutput(scope, id, { value: "x" });
  return { app, outer, inner, inOuter: output(outer, "a"), inInner: output(inner, "b") };
};

let program: ReturnType<typeof made>;
let annotations: Annotations;
beforeEach(() => {
  program = made();
  annotations = new Annotations();
});

const said = (): string[] =>
  annotationsOf(program.app).map(({ path, level, message }) => `${path} ${level} ${message}`);

describe("a message", () => {
  test("is collected by the library, without a stack trace", () => {
    const { inOuter } = program;
    annotations.add(inOuter, "error", "one");
    annotations.add(inOuter, "warning", "two");
    annotations.add(inOuter, "info", "three");
    expect(said()).toEqual(["outer/a error one", "outer/a warn two", "outer/a info three"]);
    const traced = inOuter.node.metadata.filter(({ trace }) => trace !== undefined);
    expect(traced).toEqual([]);
  });

  test("is added once per construct, and again on another construct, at another level or by another Aspect", () => {
    const { inOuter, inInner } = program;
    annotations.add(inOuter, "error", "one");
    annotations.add(inOuter, "error", "one");
    annotations.add(inOuter, "warning", "one");
    annotations.add(inInner, "error", "one");
    expect(said()).toEqual(["outer/inner/b error one", "outer/a error one", "outer/a warn one"]);
  });

  test("that someone else has already added is not repeated", () => {
    const { inOuter } = program;
    LibraryAnnotations.of(inOuter).addError("one");
    annotations.add(inOuter, "error", "one");
    expect(said()).toEqual(["outer/a error one"]);
  });

  test("on a node that accepts none is not an error, and cannot be withdrawn", () => {
    const { outer, inOuter } = program;
    inOuter.node.addMetadata = () => undefined;
    annotations.add(inOuter, "error", "one");
    annotations.withdraw(outer);
    expect(said()).toEqual([]);
  });
});

describe("messages of a stack are withdrawn", () => {
  beforeEach(() => {
    const { outer, inner, inOuter, inInner } = program;
    annotations.add(outer, "warning", "1");
    annotations.add(inOuter, "error", "2");
    annotations.add(inner, "info", "3");
    annotations.add(inInner, "error", "4");
  });

  test("with what was said of the stacks inside it", () => {
    annotations.withdraw(program.outer);
    expect(said()).toEqual([]);
  });

  test("and nothing of the stacks around it", () => {
    annotations.withdraw(program.inner);
    expect(said()).toEqual(["outer warn 1", "outer/a error 2"]);
  });

  test("and can be said again", () => {
    annotations.withdraw(program.outer);
    annotations.add(program.inOuter, "error", "2");
    expect(said()).toEqual(["outer/a error 2"]);
  });

  test("and not those of others", () => {
    LibraryAnnotations.of(program.inOuter).addWarning("theirs");
    new Annotations().add(program.inOuter, "warning", "another Aspect's");
    annotations.withdraw(program.outer);
    expect(said()).toEqual(["outer/a warn theirs", "outer/a warn another Aspect's"]);
  });

  test("under a name that neither library collects, and not under an empty one", () => {
    annotations.withdraw(program.outer);
    const types = program.outer.node.metadata.map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("aks-network-policy-pack/"))).toHaveLength(1);
  });
});
