import type { MockInstance } from "vitest";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type * as Presence from "../../cdktf-aspect/presence";

const variables = ["JEST_WORKER_ID", "VITEST", "NODE_TEST_CONTEXT"] as const;
const commandLine = ["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", "CDKTF_OUTDIR"] as const;

/** The process as the module sees it: what it prints, and how it ends. */
let printed: string;
let presence: typeof Presence;
let once: MockInstance<typeof process.once>;

beforeEach(async () => {
  // As in an ordinary program, outside of any test.
  for (const name of [...variables, ...commandLine]) vi.stubEnv(name, undefined);
  vi.resetModules();
  printed = "";
  once = vi.spyOn(process, "once").mockReturnValue(process);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  presence = await vi.importActual("../../cdktf-aspect/presence");
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Ends the program from the module's point of view, and reports the exit code. */
function exit(code: number): unknown {
  const before = process.exitCode;
  process.exitCode = undefined;
  for (const [event, listener] of once.mock.calls)
    if (event === "exit") Reflect.apply(listener, process, [code]);
  const after = process.exitCode;
  process.exitCode = before;
  return after;
}

describe("an Aspect that was never called", () => {
  test("fails the program at its end, and says what to write", () => {
    presence.expectToBeCalled({});
    expect(exit(0)).toBe(1);
    expect(printed).toMatchInlineSnapshot(`
      "aks-network-policy-pack: no stack called the AksNetworkPolicyAspect of this program, so no cluster was judged.
      An Aspect on the App is never called: Aspects.of(app).add(...) does nothing. Write instead:
        AksNetworkPolicyAspect.applyTo(app, Aspects, config);   // every stack
        Aspects.of(stack).add(new AksNetworkPolicyAspect(config)); // one stack
      Import Aspects from the same copy of the library as the stacks.
      "
    `);
  });

  test("is reported once, however many there are", () => {
    presence.expectToBeCalled({});
    presence.expectToBeCalled({});
    expect(once).toHaveBeenCalledOnce();
  });

  test("fails the program even if another one was called", () => {
    const called = {};
    presence.expectToBeCalled(called);
    presence.expectToBeCalled({});
    presence.wasCalled(called);
    expect(exit(0)).toBe(1);
  });

  test("is not mentioned if the program has failed anyway", () => {
    presence.expectToBeCalled({});
    expect(exit(1)).toBeUndefined();
    expect(printed).toBe("");
  });

  test.each(variables)("is not mentioned in a test: %s", (name) => {
    vi.stubEnv(name, "1");
    presence.expectToBeCalled({});
    expect(once).not.toHaveBeenCalled();
  });

  test("is mentioned if another one was created in a test before", () => {
    vi.stubEnv("VITEST", "1");
    presence.expectToBeCalled({});
    vi.stubEnv("VITEST", undefined);
    presence.expectToBeCalled({});
    expect(once).toHaveBeenCalledOnce();
  });
});

test("an Aspect that was called is not mentioned", () => {
  const aspect = {};
  presence.expectToBeCalled(aspect);
  presence.wasCalled(aspect);
  expect(exit(0)).toBeUndefined();
  expect(printed).toBe("");
});

describe("a test runs", () => {
  test.each(variables)("if %s is set, to any value", (name) => {
    expect(presence.runsTests()).toBe(false);
    vi.stubEnv(name, "");
    expect(presence.runsTests()).toBe(true);
  });

  test("if a runner has put its functions into the global scope", () => {
    vi.stubGlobal("describe", describe);
    expect(presence.runsTests()).toBe(true);
  });
});

test("a command line runs the program if both of its variables are set, to any value", () => {
  const [first, second] = commandLine;
  expect(presence.runsInCommandLine()).toBe(false);
  vi.stubEnv(first, "");
  expect(presence.runsInCommandLine()).toBe(false);
  vi.stubEnv(second, "");
  expect(presence.runsInCommandLine()).toBe(true);
  vi.stubEnv(first, undefined);
  expect(presence.runsInCommandLine()).toBe(false);
});
