/** What an Aspect prints after a synthesis. No program of its own is started: these variables are all that tells one from a test. */
import type { MockInstance } from "vitest";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type * as Door from "../../cdktf-aspect";
import { libraries, onExampleDay, required, stackOf } from "../support/terraform";

let write: MockInstance<typeof process.stderr.write>;
let door: typeof Door;

beforeEach(async () => {
  for (const name of ["VITEST", "CDKTF_OUTDIR", "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"])
    vi.stubEnv(name, undefined);
  vi.resetModules();
  write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(process, "once").mockReturnValue(process);
  vi.spyOn(process, "removeListener").mockReturnValue(process);
  // What waits to print is kept by the module.
  door = await vi.importActual("../../cdktf-aspect");
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe.each(libraries)("$name", (library) => {
  const { lib } = library;

  async function printed(
    engines: Readonly<Record<string, string>>,
    summary?: boolean,
    configuration: Door.Configuration = {},
  ): Promise<string> {
    const app = lib.Testing.app();
    const stack = stackOf(library, app, "s");
    for (const [id, networkPolicy] of Object.entries(engines))
      new library.KubernetesCluster(stack, id, {
        ...required,
        networkProfile: { networkPlugin: "azure", networkPolicy },
      });
    const options = summary === undefined ? onExampleDay : { ...onExampleDay, summary };
    lib.Aspects.of(stack).add(new door.AksNetworkPolicyAspect(configuration, options));
    try {
      app.synth();
    } catch {
      // Errors end the synthesis.
    }
    await Promise.resolve();
    return write.mock.calls.map(([text]) => String(text)).join("");
  }

  test("is how many clusters were checked, in one line", async () => {
    expect(await printed({ one: "calico", two: "calico" })).toBe(
      "aks-network-policy-pack: 2 clusters checked: 2 pass\n",
    );
  });

  test("is the same line in a stack without clusters", async () => {
    expect(await printed({})).toBe("aks-network-policy-pack: 0 clusters checked\n");
  });

  test.each<[title: string, configuration: Door.Configuration, line: string]>([
    ["by one rule less", { "network-policy-configured": "disabled" }, "2 clusters checked: 2 pass"],
    [
      "by one rule alone",
      { all: "disabled", "network-policy-configured": "advisory" },
      "2 clusters checked: 1 pass, 1 fail",
    ],
    ["by no rule", { all: "disabled" }, "0 clusters checked"],
  ])("counts a cluster that is checked %s", async (_title, configuration, line) => {
    const text = await printed({ one: "calico", open: "none" }, undefined, configuration);
    expect(text.split("\n").at(-2)).toBe(`aks-network-policy-pack: ${line}`);
  });

  test("is warnings, and no errors, which the library prints", async () => {
    const text = await printed({ open: "none", npm: "azure" });
    expect(text).toMatch(/^\[s\/npm\] network-policy-supported: /);
    expect(text).not.toContain("[s/open]");
    expect(text).toContain("2 clusters checked: 1 pass, 1 fail\n");
  });

  test("is only warnings where the summary is switched off", async () => {
    expect(await printed({ npm: "azure" }, false)).toMatch(/^\[s\/npm\] network-policy-supported: [^]*\n$/);
    write.mockClear();
    expect(await printed({ one: "calico" }, false)).toBe("");
  });
});
