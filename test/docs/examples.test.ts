import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(__dirname, "..", "..");

describe("the demo", () => {
  test(
    "shows a block and a pass without a CLI, reports that, and has the matching exit code",
    { timeout: 120_000 },
    () => {
      // What `npm run demo` runs, without its build: other tests use the build meanwhile.
      const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        readonly scripts: { readonly demo: string };
      };
      const command = scripts.demo.replace("npm run --silent build && ts-node", "npx ts-node");
      expect(command).toMatch(/^npx ts-node /);
      const printed = execSync(command, {
        cwd: root,
        env: { ...process.env, DEMO_STAND_IN: "1" },
        encoding: "utf8",
        timeout: 120_000,
      });
      expect(printed).toContain("No Pulumi CLI found");
      expect(printed.match(/^exit code \d$/gm)).toEqual([
        "exit code 1",
        "exit code 0",
        "exit code 1",
        "exit code 1",
      ]);
      const pages = ["pulumi", "cdktf"].map((name) => readFileSync(join(root, "docs", `${name}.md`), "utf8"));
      const shown = [...pages.join("\n").matchAll(/<!-- demo.* -->\n```\n([^]*?)\n```/g)].map(
        ([, text = ""]) => text,
      );
      expect(shown.length).toBe(2);
      for (const text of shown) {
        const [head = "", ...finding] = text.split(/\n(?= {8}- )/);
        expect(printed).toContain(head);
        expect(printed).toContain(finding.join("\n"));
      }
      expect(printed).toContain("The first program is blocked, the corrected one is not; the Aspect blocks");
    },
  );
});
