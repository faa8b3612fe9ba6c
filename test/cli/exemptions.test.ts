import { describe, expect, test } from "vitest";
import type { Files } from "../support/command";
import { commandIn } from "../support/command";
import { bad, good, open, stateOf, terraform } from "../support/terraform-documents";
import { exemption } from "../support/configurations";

const target = (name: string): string => `shop:azurerm_kubernetes_cluster.${name}`;
function exempting(...entries: readonly object[]): object {
  return {
    "network-policy-configured": {
      exemptions: entries.map((each, i) => exemption({ id: `E${i}`, target: target("aks"), ...each })),
    },
  };
}

interface Listed {
  readonly version: number;
  readonly judgedOn: string;
  readonly exemptions: readonly Readonly<Record<string, unknown>>[];
}
async function listed(files: Files, ...args: readonly string[]): Promise<Listed & { readonly code: number }> {
  const run = await commandIn(files, ["exemptions", "--config", "c.json", "--format", "json", ...args]);
  return { code: run.code, ...(JSON.parse(run.out) as Listed) };
}

describe("exemptions", () => {
  test("are listed with everything that a person needs", async () => {
    const { version, judgedOn, exemptions } = await listed({
      "c.json": exempting({ expiresOn: "2026-12-31" }),
    });
    expect([version, judgedOn]).toEqual([1, "2026-11-23"]);
    expect(exemptions).toEqual([
      {
        rule: "network-policy-configured",
        id: "E0",
        target: target("aks"),
        owner: "team-shop@example.com",
        ticket: "SEC-1234",
        createdOn: "2026-11-01",
        expiresOn: "2026-12-31",
        daysLeft: 38,
        state: "in force",
        use: null,
        because: null,
        near: null,
      },
    ]);
  });

  test.each([
    ["2026-11-01", "2027-02-01", "in force", 70],
    ["2026-11-01", "2026-12-24", "in force", 31],
    ["2026-11-01", "2026-12-23", "ends soon", 30],
    ["2026-11-01", "2026-11-23", "ends soon", 0],
    ["2026-11-01", "2026-11-22", "expired", -1],
    ["2024-02-28", "2024-02-29", "expired", -998],
    ["2026-11-24", "2026-11-30", "not yet", 7],
  ])("from %s to %s are %s, with %i days left", async (createdOn, expiresOn, state, daysLeft) => {
    const { exemptions } = await listed({ "c.json": exempting({ createdOn, expiresOn }) });
    expect(exemptions).toMatchObject([{ state, daysLeft }]);
  });

  test("of every rule, and Pulumi's exceptions, the earliest end first", async () => {
    const dated = (id: string, expiresOn: string): object => ({ exemptions: [exemption({ id, expiresOn })] });
    const configuration = {
      version: 2,
      policies: {
        "network-policy-configured": dated("last", "2027-02-01"),
        "network-policy-supported": dated("first", "2026-12-01"),
      },
      exceptions: {
        "team-shop": {
          reason: "x",
          match: [{ policies: ["network-policy-supported"], targets: ["urn:pulumi:x", "shop/aks"] }],
        },
      },
    };
    const { exemptions } = await listed({ "c.json": configuration });
    expect(exemptions.map(({ id, rule, target: of }) => [id, rule, of])).toEqual([
      ["first", "network-policy-supported", exemption().target],
      ["last", "network-policy-configured", exemption().target],
      ["team-shop", "network-policy-supported", "urn:pulumi:x"],
      ["team-shop", "network-policy-supported", "shop/aks"],
    ]);
    expect(exemptions[2]).toMatchObject({ owner: null, expiresOn: null, daysLeft: null, state: "in force" });
  });

  test("are empty for a configuration without any", async () => {
    expect((await listed({ "c.json": {} })).exemptions).toEqual([]);
    expect(await commandIn({ "c.json": {} }, ["exemptions", "--config", "c.json"])).toEqual({
      code: 0,
      out: "0 exemptions.\n",
      error: "",
    });
  });
});

describe("with inputs, an exemption", () => {
  const words = {
    "a cluster that complies": "the cluster now complies, so remove it",
    "several clusters": "several clusters have this target",
    "no cluster": "no cluster has this target",
    "nothing to exempt": "the cluster's verdict is unknown, it cannot be read, or another entry comes first",
    "not in force": "the cluster fails, and this is not in force",
  };
  const rows: readonly (readonly [string, object, object, string, keyof typeof words | null])[] = [
    ["of a cluster that fails", { aks: bad }, {}, "used", null],
    ["of a cluster that complies", { aks: good }, {}, "unused", "a cluster that complies"],
    ["of two clusters", { aks: [bad, bad] }, {}, "unused", "several clusters"],
    ["of no cluster", { b: bad }, {}, "unused", "no cluster"],
    ["of a cluster that is not decided", { aks: open }, {}, "unused", "nothing to exempt"],
    ["that has ended", { aks: bad }, { expiresOn: "2026-11-22" }, "unused", "not in force"],
    ["that has not begun", { aks: bad }, { createdOn: "2026-11-24" }, "unused", "not in force"],
    ["of another stack", { aks: bad }, { target: "other:aks" }, "not about these inputs", null],
  ];
  test.each(rows)("%s", async (_title, clusters, entry, use, because) => {
    const files = { "a.tf.json": terraform(clusters as Record<string, object>), "c.json": exempting(entry) };
    const { code, exemptions } = await listed(files, "a.tf.json", "--stack", "shop");
    expect(exemptions).toMatchObject([{ use, because }]);
    expect(code).toBe(0);
    const { out } = await commandIn(files, [
      ...["exemptions", "--config", "c.json", "a.tf.json", "--stack", "shop"],
    ]);
    expect(out).toContain(`\n  ${use}${because === null ? "" : `: ${words[because]}`}\n`);
  });

  test.each([
    ["of a misspelled stack", "shpo:azurerm_kubernetes_cluster.aks", "shop:azurerm_kubernetes_cluster.aks"],
    [
      "of a stack in another case",
      "Shop:azurerm_kubernetes_cluster.aks",
      "shop:azurerm_kubernetes_cluster.aks",
    ],
    ["of a stack with another name", "other:azurerm_kubernetes_cluster.aks", null],
    ["of another cluster in a misspelled stack", "shpo:azurerm_kubernetes_cluster.main", null],
    ["that is too long to be a typo", `shpo:${"a".repeat(600)}`, null],
  ])("%s has the nearest target as a hint, or none", async (_title, target, near) => {
    const files = { "a.tf.json": terraform({ aks: bad }), "c.json": exempting({ target }) };
    const { exemptions } = await listed(files, "a.tf.json", "--stack", "shop");
    expect(exemptions).toMatchObject([{ use: "not about these inputs", near }]);
  });

  test("shows in the text which target was probably meant", async () => {
    const files = {
      "a.tf.json": terraform({ aks: bad }),
      "c.json": exempting({ target: "shpo:azurerm_kubernetes_cluster.aks" }),
    };
    const { out } = await commandIn(files, [
      "exemptions",
      "--config",
      "c.json",
      "a.tf.json",
      "--stack",
      "shop",
    ]);
    expect(out).toContain(
      '\n  not about these inputs\n  did you mean "shop:azurerm_kubernetes_cluster.aks"?\n',
    );
  });

  test("is used if one of several documents needs it", async () => {
    const files = {
      "a/a.tf.json": terraform({ aks: good }),
      "state.json": stateOf({ aks: bad }),
      "c.json": exempting({}),
    };
    const { exemptions } = await listed(files, "a", "state.json", "--stack", "shop");
    expect(exemptions).toMatchObject([{ use: "used" }]);
  });

  test("reports no use if an input cannot be read, but exit code 2", async () => {
    const files = { "a.tf.json": "{", "c.json": exempting({}) };
    const { code, out, error } = await commandIn(files, ["exemptions", "--config", "c.json", "a.tf.json"]);
    expect([code, error]).toEqual([2, "a.tf.json: It is not JSON: line 1, column 2.\n"]);
    expect(out).toContain("\n  not about these inputs\n");
  });
});

describe("exit codes of exemptions", () => {
  const rows: readonly (readonly [string, object | undefined, readonly string[], number])[] = [
    ["without a number of days", exempting({ expiresOn: "2026-11-02" }), [], 0],
    ["one ends within them", exempting({ expiresOn: "2026-11-30" }), ["--expiring-within", "7"], 1],
    ["one ends a day later", exempting({ expiresOn: "2026-12-01" }), ["--expiring-within", "7"], 0],
    ["one ends today", exempting({ expiresOn: "2026-11-23" }), ["--expiring-within", "0"], 1],
    ["one has ended", exempting({ expiresOn: "2026-11-22" }), ["--expiring-within", "0"], 1],
    [
      "one ends before it begins",
      exempting({ createdOn: "2026-11-24", expiresOn: "2026-11-25" }),
      ["--expiring-within", "7"],
      1,
    ],
    ["there are none", {}, ["--expiring-within", "7"], 0],
    ["no days", {}, ["--expiring-within", "soon"], 2],
    ["a negative number of days", {}, ["--expiring-within=-1"], 2],
    ["two formats", {}, ["--format", "csv", "--format", "json"], 2],
    ["a format that only check has", {}, ["--format", "sarif"], 2],
    ["an option of check", {}, ["--baseline", "b.json"], 2],
    ["no configuration", undefined, [], 2],
    ["a configuration that is not valid", { all: "nothing" }, [], 2],
  ];
  test.each(rows)("if it is %s", async (_title, configuration, args, code) => {
    const files: Files = configuration === undefined ? {} : { "c.json": configuration };
    expect((await commandIn(files, ["exemptions", "--config", "c.json", ...args])).code).toBe(code);
  });

  test("without --config", async () => {
    const { code, error } = await commandIn({ "c.json": {} }, ["exemptions", "c.json"]);
    expect([code, error.split("\n")[0]]).toEqual([2, "exemptions needs --config FILE."]);
  });
});

describe("formats of exemptions", () => {
  const hostile = '=1+1\u001b[31m\u202e::error::<b>|"x",\']]>';
  const files = {
    "a.tf.json": terraform({ aks: bad }),
    "c.json": exempting(
      { id: hostile, owner: hostile, ticket: `@${hostile}`, expiresOn: "2026-12-01" },
      { target: `shop:${hostile}` },
      { target: target("gone"), expiresOn: "2026-11-20", owner: "-12", ticket: undefined },
    ),
  };
  const args = ["exemptions", "--config", "c.json", "a.tf.json", "--stack", "shop"];

  test("text is for people", async () => {
    const { code, out } = await commandIn(files, [...args, "--expiring-within", "10"]);
    expect(code).toBe(1);
    const shown = '=1+1\\u{1b}[31m\\u{202e}::error::<b>|"x",\']]>';
    expect(out).toBe(
      [
        "expired  E2  network-policy-configured  3 days ago",
        "  shop:azurerm_kubernetes_cluster.gone",
        "  owner -12, from 2026-11-01 to 2026-11-20",
        "  unused: no cluster has this target",
        "",
        `ends soon  ${shown}  network-policy-configured  8 days left`,
        "  shop:azurerm_kubernetes_cluster.aks",
        `  owner ${shown}, ticket @${shown}, from 2026-11-01 to 2026-12-01`,
        "  used",
        "",
        "in force  E1  network-policy-configured  70 days left",
        `  shop:${shown}`,
        "  owner team-shop@example.com, ticket SEC-1234, from 2026-11-01 to 2027-02-01",
        "  unused: no cluster has this target",
        "",
        "3 exemptions: 1 expired, 1 ends soon, 1 in force. Expired or with at most 10 days left: 2.",
        "",
      ].join("\n"),
    );
  });

  test("CSV contains no formula", async () => {
    const { out } = await commandIn(files, [...args, "--format", "csv"]);
    const shown = '=1+1\\u{1b}[31m\\u{202e}::error::<b>|""x"",\']]>';
    expect(out).toBe(
      [
        "rule,id,target,owner,ticket,createdOn,expiresOn,daysLeft,state,use,because",
        "network-policy-configured,E2,shop:azurerm_kubernetes_cluster.gone,-12,,2026-11-01,2026-11-20,-3,expired,unused,no cluster",
        `network-policy-configured,"'${shown}",shop:azurerm_kubernetes_cluster.aks,"'${shown}","'@${shown}",2026-11-01,2026-12-01,8,ends soon,used,`,
        `network-policy-configured,E1,"shop:${shown}",team-shop@example.com,SEC-1234,2026-11-01,2027-02-01,70,in force,unused,no cluster`,
        "",
      ].join("\r\n"),
    );
  });

  test("JSON has it unchanged, without a terminal control character", async () => {
    const { out } = await commandIn(files, [...args, "--format", "json"]);
    // eslint-disable-next-line no-control-regex -- the test looks for them
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect((JSON.parse(out) as Listed).exemptions.map(({ owner }) => owner)).toContain(hostile);
  });

  test("colors are for terminals", async () => {
    const colors = (await commandIn(files, args, { colors: true })).out;
    expect(colors).toContain("\u001b[31mexpired\u001b[39m");
  });

  test("there is a help text", async () => {
    const { code, out } = await commandIn({}, ["exemptions", "--help"]);
    expect([code, out.split("\n")[0]]).toEqual([
      0,
      "aks-network-policy-pack exemptions --config FILE [INPUT]...",
    ]);
  });
});
