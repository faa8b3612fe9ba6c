import type { MockInstance } from "vitest";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { StackLike } from "../../cdktf-aspect/constructs";
import type { ClusterOfStack } from "../../cdktf-aspect/inventory";
import type * as Report from "../../cdktf-aspect/report";
import type { Outcome } from "../../shared/findings/judgement";

let printed: string[];
let report: typeof Report;
let once: MockInstance<typeof process.once>;
let removeListener: MockInstance<typeof process.removeListener>;

beforeEach(async () => {
  // As in an ordinary program, outside of any test.
  for (const name of ["VITEST", "CDKTF_OUTDIR", "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"])
    vi.stubEnv(name, undefined);
  vi.resetModules();
  printed = [];
  once = vi.spyOn(process, "once").mockReturnValue(process);
  removeListener = vi.spyOn(process, "removeListener").mockReturnValue(process);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  report = await vi.importActual("../../cdktf-aspect/report");
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const at = (path: string): StackLike => ({ node: { path } }) as StackLike;
const stack = at("s");
const other = at("t");

/** A cluster of a construct, at an address that the construct writes. */
function cluster(path: string, address = "azurerm_kubernetes_cluster.aks"): ClusterOfStack {
  return { source: at(path), subject: {}, address: () => address } as unknown as ClusterOfStack;
}

function unreadable(path: string): ClusterOfStack {
  return { source: at(path), error: new Error("unreadable") };
}

/** What is printed after the synthesis, which is synchronous. */
async function afterwards(): Promise<string> {
  await Promise.resolve();
  return printed.join("");
}

describe("the count", () => {
  test("is printed for a stack that was checked, with or without clusters", async () => {
    report.checked(stack);
    expect(await afterwards()).toBe("aks-network-policy-pack: 0 clusters checked\n");
  });

  test("is not printed if nobody asks for it", async () => {
    report.count(stack, cluster("s/a"), "pass");
    expect(await afterwards()).toBe("");
  });

  test("covers all stacks, with each outcome listed separately, the better ones first", async () => {
    const outcomes: readonly Outcome[] = ["fail", "fail", "fail", "unknown", "unknown", "exempt", "pass"];
    outcomes.forEach((outcome, i) => {
      report.count(i % 2 === 0 ? stack : other, cluster(`s/${i}`), outcome);
    });
    report.checked(other);
    expect(await afterwards()).toBe(
      "aks-network-policy-pack: 7 clusters checked: 1 pass, 1 exempt, 2 not decided, 3 fail\n",
    );
  });

  test.each<[Outcome, Outcome, string]>([
    ["pass", "fail", "1 fail"],
    ["fail", "pass", "1 fail"],
    ["unknown", "exempt", "1 not decided"],
    ["exempt", "unknown", "1 not decided"],
    ["pass", "pass", "1 pass"],
  ])("has each cluster once, by the worst of %s and %s", async (one, another, said) => {
    report.checked(stack);
    report.count(stack, cluster("s/a"), one);
    report.count(stack, cluster("s/a"), another);
    expect(await afterwards()).toBe(`aks-network-policy-pack: 1 cluster checked: ${said}\n`);
  });

  test("distinguishes clusters by their construct and by their address in it", async () => {
    report.checked(stack);
    report.count(stack, cluster("s/a"), "pass");
    report.count(stack, cluster("s/b"), "pass");
    report.count(stack, cluster("s/b", "other"), "pass");
    report.count(stack, unreadable("s/b"), "unknown");
    report.count(stack, unreadable("s/b"), "unknown");
    report.count(stack, unreadable("s/c"), "unknown");
    expect(await afterwards()).toBe("aks-network-policy-pack: 5 clusters checked: 3 pass, 2 not decided\n");
  });

  test("starts again for a stack that is checked again", async () => {
    report.checked(stack);
    report.count(stack, cluster("s/a"), "fail");
    report.note(stack, at("s/a"), "old");
    report.count(other, cluster("t/a"), "pass");
    report.forget(stack);
    report.checked(stack);
    expect(await afterwards()).toBe("aks-network-policy-pack: 1 cluster checked: 1 pass\n");
  });
});

describe("notes", () => {
  test("are printed before the count, once each, stack by stack", async () => {
    report.checked(stack);
    report.note(stack, at("s/a"), "one");
    report.note(other, at("t/a"), "two");
    report.note(stack, at("s/b"), "one");
    report.note(stack, at("s/a"), "one");
    expect(await afterwards()).toBe(
      "[s/a] one\n[s/b] one\n[t/a] two\naks-network-policy-pack: 0 clusters checked\n",
    );
  });

  test("are left to the command lines, which print them", async () => {
    vi.stubEnv("CDKTF_OUTDIR", "out");
    vi.stubEnv("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", "true");
    report.note(stack, at("s/a"), "one");
    expect(await afterwards()).toBe("");
    report.note(stack, at("s/a"), "one");
    report.checked(stack);
    expect(await afterwards()).toBe("aks-network-policy-pack: 0 clusters checked\n");
  });
});

describe("it is printed", () => {
  test("after the synthesis, all at once, and once", async () => {
    report.note(stack, at("s/a"), "one");
    report.note(stack, at("s/a"), "two");
    expect(printed).toEqual([]);
    expect(once).toHaveBeenCalledExactlyOnceWith("exit", expect.any(Function));
    await afterwards();
    expect(printed).toEqual(["[s/a] one\n[s/a] two\n"]);
    expect(removeListener).toHaveBeenCalledExactlyOnceWith("exit", once.mock.calls[0]?.[1]);
    await afterwards();
    expect(printed).toHaveLength(1);
  });

  test("at the end of a program that an error ends before that", () => {
    report.note(stack, at("s/a"), "one");
    const print = once.mock.calls[0]?.[1];
    Reflect.apply(print as () => void, process, []);
    expect(printed).toEqual(["[s/a] one\n"]);
  });

  test("for each synthesis of a program, with that synthesis's results", async () => {
    report.note(stack, at("s/a"), "one");
    await afterwards();
    report.note(stack, at("s/a"), "two");
    await afterwards();
    expect(printed).toEqual(["[s/a] one\n", "[s/a] two\n"]);
  });

  test("not in a test", async () => {
    vi.stubEnv("VITEST", "1");
    report.note(stack, at("s/a"), "one");
    report.checked(stack);
    expect(await afterwards()).toBe("");
    expect(once).not.toHaveBeenCalled();
  });
});
