/**
 * When a stack is checked during a synthesis, and on which rendering. The checks are fakes; the stacks and
 * syntheses are real.
 */
import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import type { App } from "cdktf";
import { beforeEach, describe, expect, test } from "vitest";
import type { Judging } from "../../cdktf-aspect/synthesis";
import { Synthesis } from "../../cdktf-aspect/synthesis";

const customSynthesis = Symbol.for("cdktf/customSynthesis");

let app: App;
let stack: TerraformStack;
/** How often the library itself rendered the stack. */
let renders: number;

class Counted extends TerraformStack {
  override toTerraform(): unknown {
    renders += 1;
    return super.toTerraform();
  }
}

beforeEach(() => {
  renders = 0;
  app = Testing.app();
  stack = new Counted(app, "s");
  new TerraformOutput(stack, "o", { value: "x" });
});

/** Registers a fake Aspect for the next synthesis, and returns what it was asked. */
function judged({
  aspect = {},
  wrote = false,
  isComplete = true,
  errors = [],
}: {
  readonly aspect?: object;
  readonly wrote?: boolean;
  readonly isComplete?: boolean;
  readonly errors?: readonly string[];
} = {}): string[] {
  const asked: string[] = [];
  const judging: Judging = {
    write: () => {
      asked.push("write");
      return wrote;
    },
    judge: () => {
      asked.push("judge");
      return errors;
    },
    isComplete: () => isComplete,
  };
  Synthesis.of(stack).await(aspect, judging);
  return asked;
}

/** The stack's custom synthesis, as the libraries call it. */
function synthesise(session?: unknown): void {
  const custom: unknown = Reflect.get(stack, customSynthesis);
  (custom as { onSynthesize(session: unknown): void }).onSynthesize(session);
}

describe("in a synthesis", () => {
  test("the stack is rendered once, and that rendering is written", () => {
    const asked = judged();
    app.synth();
    expect(asked).toEqual(["write", "judge"]);
    expect(renders).toBe(1);
  });

  test("the stack is rendered once more if something was written into it", () => {
    const [first, second] = [judged({ wrote: true }), judged()];
    app.synth();
    expect([first, second]).toEqual([
      ["write", "judge"],
      ["write", "judge"],
    ]);
    expect(renders).toBe(2);
  });

  test("nothing is checked if no Aspect is waiting", () => {
    const asked = judged();
    synthesise();
    synthesise();
    expect(asked).toEqual(["write", "judge"]);
    expect(renders).toBe(1);
  });

  test("an Aspect that registers again is asked once, with its latest registration", () => {
    const aspect = {};
    const [first, second] = [judged({ aspect }), judged({ aspect })];
    synthesise();
    expect([first, second]).toEqual([[], ["write", "judge"]]);
  });

  test("errors are left to annotations, which end it", () => {
    judged({ errors: ["wrong"] });
    expect(() => {
      synthesise();
    }).not.toThrow();
  });
});

describe("an existing custom synthesis of the stack", () => {
  test("is called first, unchanged, with the session", () => {
    const calls: unknown[] = [];
    const own = {
      onSynthesize(session: unknown) {
        calls.push([this === own, session, renders]);
      },
    };
    Object.defineProperty(stack, customSynthesis, { value: own, configurable: true });
    judged();
    synthesise("session");
    expect(calls).toEqual([[true, "session", 0]]);
    expect(renders).toBe(1);
  });

  test("may render the stack, which triggers no check", () => {
    const onSynthesize = (): void => {
      stack.toTerraform();
      expect(asked).toEqual([]);
    };
    Object.defineProperty(stack, customSynthesis, { value: { onSynthesize }, configurable: true });
    const asked = judged();
    synthesise();
    expect(asked).toEqual(["write", "judge"]);
  });

  test.each([undefined, null, 5, {}, { onSynthesize: "text" }])("may be missing: %j", (own) => {
    Object.defineProperty(stack, customSynthesis, { value: own, configurable: true });
    const asked = judged();
    synthesise();
    expect(asked).toEqual(["write", "judge"]);
  });
});

describe("wrapping a stack's methods", () => {
  const methods = (): unknown[] =>
    [customSynthesis, "toTerraform", "toHclTerraform"].map((name) => Reflect.get(stack, name) as unknown);

  test("happens once", () => {
    judged();
    const covered = methods();
    judged();
    expect(methods()).toEqual(covered);
  });

  test("happens again over later wrappers", () => {
    judged();
    const theirs = (): string => "theirs";
    Reflect.set(stack, "toTerraform", theirs);
    const onSynthesize = theirs;
    Object.defineProperty(stack, customSynthesis, { value: { onSynthesize }, configurable: true });
    const asked = judged();
    expect(Reflect.get(stack, "toTerraform")).not.toBe(theirs);
    synthesise();
    expect(asked).toEqual(["write", "judge"]);
  });

  test("adds no method that the library does not have", () => {
    Reflect.set(stack, "toHclTerraform", undefined);
    judged();
    expect(Reflect.get(stack, "toHclTerraform")).toBeUndefined();
  });

  test("adds no enumerable property to the stack", () => {
    const before = Object.keys(stack);
    judged();
    expect(Object.keys(stack)).toEqual(before);
    expect(Object.getOwnPropertyDescriptor(stack, customSynthesis)?.enumerable).toBe(false);
  });
});

describe("the rendering that was checked", () => {
  test("is passed on once", () => {
    judged();
    synthesise();
    const { length } = [stack.toTerraform()];
    expect([length, renders]).toEqual([1, 1]);
    stack.toTerraform();
    expect(renders).toBe(2);
  });

  test("is dropped if the synthesis fails before it is written", async () => {
    judged();
    synthesise();
    await Promise.resolve();
    stack.toTerraform();
    expect(renders).toBe(2);
  });

  test("is dropped if Aspects run again", () => {
    judged();
    synthesise();
    judged();
    stack.toTerraform();
    expect(renders).toBe(2);
  });

  test.each<[title: string, synthesizer: unknown]>([
    ["of a custom class", new Date()],
    ["with its own method", { synthesize: () => undefined }],
    ["that is not one", undefined],
  ])(
    "is not passed on by a synthesizer %s, and what that renders is checked again",
    (_title, synthesizer) => {
      const asked = judged();
      Reflect.set(stack, "synthesizer", synthesizer);
      synthesise();
      stack.toTerraform();
      expect(renders).toBe(2);
      expect(asked).toEqual(["write", "judge", "write", "judge"]);
    },
  );

  test("is not passed on by the library's own synthesizer with a wrapped method", () => {
    judged();
    const { synthesizer } = stack;
    Reflect.set(synthesizer, "synthesize", () => undefined);
    synthesise();
    stack.toTerraform();
    expect(renders).toBe(2);
  });
});

describe("if someone renders the stack without a custom synthesis", () => {
  test("it is checked once", () => {
    const asked = judged();
    stack.toTerraform();
    stack.toTerraform();
    expect(asked).toEqual(["write", "judge"]);
  });

  test("errors stop it, each reported once", () => {
    judged({ errors: ["one", "two"] });
    judged({ errors: ["two"] });
    expect(rendering).toThrow(/^aks-network-policy-pack: this stack must not be written:\none\ntwo$/);
    expect(rendering).not.toThrow();
  });

  test("it is checked before every Aspect has run, and again later, and no early error stops it", () => {
    const [first, second] = [judged({ errors: ["one"] }), judged({ isComplete: false })];
    expect(rendering).not.toThrow();
    expect(rendering).not.toThrow();
    for (const asked of [first, second]) expect(asked).toEqual(["write", "judge", "write", "judge"]);
  });

  test("an Aspect that throws does not stop the next one", () => {
    const failing = { ...judging(), judge: () => fail() };
    const aspect = {};
    Synthesis.of(stack).await(aspect, failing);
    expect(rendering).toThrow("a bug");
    const asked = judged({ aspect });
    stack.toTerraform();
    expect(asked).toEqual(["write", "judge"]);
  });
});

const judging = (): Judging => ({ write: () => false, judge: () => [], isComplete: () => true });

const rendering = (): unknown => stack.toTerraform() as unknown;

function fail(): never {
  throw new Error("a bug");
}
