/**
 * Mutants of `shared/` that no test can kill, each with the reason why it cannot matter. A run fails on a survivor that is
 * not here, and on an entry that is no survivor any more.
 */
export const accepted = [
  {
    file: "shared/rules/network-policy-compatible.ts",
    line: "const { options = defaultOptions, disabled = [] } = circumstances;",
    was: "[]",
    becomes: '["Stryker was here"]',
    why: "no rule has that name",
  },
  {
    file: "shared/rules/network-policy-supported.ts",
    line: "const { options = defaultOptions, disabled = [] } = circumstances;",
    was: "[]",
    becomes: '["Stryker was here"]',
    why: "no rule has that name",
  },
  {
    file: "shared/rules/network-policy-compatible.ts",
    line: "if (yes.truth === false && hinted.truth === false) return decide([], good);",
    was: "yes.truth === false && hinted.truth === false",
    becomes: "false",
    why: "a short way: where no row can hold, the rows come to the same",
  },
  {
    file: "shared/rules/network-policy-supported.ts",
    line: 'if (runsNpm.truth === false && calicoOnKubenet.truth === false) return { verdict: "pass", notices: [] };',
    was: "runsNpm.truth === false && calicoOnKubenet.truth === false",
    becomes: "false",
    why: "a short way: where no row can hold, the rows come to the same",
  },
  {
    file: "shared/findings.ts",
    line: 'return "unknown" in ofRule ? ofRule.unknown : "warn";',
    was: '"warn"',
    becomes: '""',
    why: "all that is neither `ignore` nor `fail` warns",
  },
  {
    file: "shared/findings.ts",
    line: "if (exemption === undefined) return findings;",
    was: "exemption === undefined",
    becomes: "false",
    why: "no exemption cannot be read as one, and what throws there exempts nothing either",
  },
  {
    file: "shared/findings.ts",
    line: "} catch {",
    was: "{ return false; }",
    becomes: "{}",
    why: "no answer is no compliance either",
  },
];
