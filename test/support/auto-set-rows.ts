/** What auto-set chooses if no engine is set, row by row (section 6 of the specification). */
import type { Declaration } from "../../shared/cluster/declaration";
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Assignment } from "../../shared/fixes/choice";
import type { Effect } from "../../shared/fixes/replacement";

/** The effects of three kinds of tool: everything that auto-set can meet (section 5 of the specification). */
export const tools = {
  "replaces always": () => "replaced",
  "adds an engine in place": (settings) =>
    settings.every(({ setting }) => setting === "engine") ? "in place" : "replaced",
  "moves to Cilium in place": (settings) =>
    settings.every(({ setting }) => setting === "engine" || setting === "dataplane")
      ? "in place"
      : "replaced",
} as const satisfies Record<string, (settings: readonly Assignment[]) => Effect>;
export type ToolName = keyof typeof tools;

export const calico = "engine=calico";
export const pair = "dataplane=cilium engine=cilium";
export const whole = "plugin=azure mode=overlay dataplane=cilium engine=cilium";
export const windows = [{ count: 3 }, { os: "Windows", separate: true }] as const;

/** A choice is the settings that are written, or why nothing is. */
export const rows: readonly (readonly [
  title: string,
  cluster: Declaration,
  by: Readonly<Record<ToolName, string>>,
])[] = [
  [
    "dataplane cilium",
    { plugin: "azure", dataplane: "cilium" },
    {
      "replaces always": "nothing: would replace by engine=cilium",
      "adds an engine in place": "engine=cilium",
      "moves to Cilium in place": "engine=cilium",
    },
  ],
  [
    "plugin azure, Linux only",
    { plugin: "azure" },
    {
      "replaces always": `nothing: would replace by ${pair}`,
      "adds an engine in place": calico,
      "moves to Cilium in place": pair,
    },
  ],
  [
    "plugin azure, dataplane azure set: no existing value is changed",
    { plugin: "azure", dataplane: "azure" },
    {
      "replaces always": `nothing: would replace by ${calico}`,
      "adds an engine in place": calico,
      "moves to Cilium in place": calico,
    },
  ],
  [
    "plugin azure, Windows pools",
    { plugin: "azure", pools: windows },
    {
      "replaces always": `nothing: would replace by ${calico}`,
      "adds an engine in place": calico,
      "moves to Cilium in place": calico,
    },
  ],
  [
    "plugin azure, Windows hinted",
    { plugin: "azure", windowsProfile: { adminUsername: "azureuser" } },
    {
      "replaces always": `nothing: would replace by ${calico}`,
      "adds an engine in place": calico,
      "moves to Cilium in place": calico,
    },
  ],
  ...(["dual stack", "node auto-provisioning"] as const).flatMap((need) => {
    const asked: Declaration =
      need === "dual stack" ? { ipFamilies: ["IPv4", "IPv6"] } : { nodeProvisioning: "Auto" };
    const nothing = "nothing: nothing fits";
    return [
      [
        `plugin azure, ${need}`,
        { plugin: "azure", ...asked },
        {
          "replaces always": `nothing: would replace by ${pair}`,
          "adds an engine in place": `nothing: would replace by ${pair}`,
          "moves to Cilium in place": pair,
        },
      ],
      [
        `plugin azure, ${need}, Windows pools`,
        { plugin: "azure", ...asked, pools: windows },
        {
          "replaces always": nothing,
          "adds an engine in place": nothing,
          "moves to Cilium in place": nothing,
        },
      ],
    ] as const;
  }),
  [
    "kubenet",
    { plugin: "kubenet" },
    {
      "replaces always": `nothing: would replace by ${calico}`,
      "adds an engine in place": calico,
      "moves to Cilium in place": calico,
    },
  ],
  ...([{ pools: windows }, { nodeProvisioning: "Auto" }, { ipFamilies: ["IPv4", "IPv6"] }] as const).map(
    (more) =>
      [
        `kubenet with ${Object.keys(more).join()}`,
        { plugin: "kubenet", ...more },
        {
          "replaces always": "nothing: nothing fits",
          "adds an engine in place": "nothing: nothing fits",
          "moves to Cilium in place": "nothing: nothing fits",
        },
      ] as const,
  ),
  ...(
    [
      ["no network profile", {}, "no network profile"],
      ["a network profile without a plugin", { mode: "overlay" }, "no plugin"],
      ["plugin none", { plugin: "none" }, "bring your own CNI"],
      ["a correct engine", { plugin: "azure", engine: "calico" }, "an engine is written"],
      ["a wrong engine", { plugin: "kubenet", engine: "azure" }, "an engine is written"],
      ["engine none", { plugin: "azure", engine: "none" }, "an engine is written"],
      ["an invalid engine", { plugin: "azure", engine: "istio" }, "an engine is written"],
      [
        "an unknown engine",
        { plugin: "azure", engine: notKnownYet },
        "not known: networkProfile.networkPolicy",
      ],
      ["an unknown plugin", { plugin: notKnownYet }, "not known: networkProfile.networkPlugin"],
      [
        "an unknown dataplane",
        { plugin: "azure", dataplane: notKnownYet },
        "not known: networkProfile.networkDataPlane",
      ],
      [
        "an unknown operating system",
        { plugin: "azure", pools: [{ count: 1 }, { os: notKnownYet, separate: true }] },
        "not known: osType of a separate node pool",
      ],
    ] as const
  ).map(([title, declaration, why]) => {
    const nothing = `nothing: ${why}`;
    return [
      title,
      declaration,
      {
        "replaces always": nothing,
        "adds an engine in place": nothing,
        "moves to Cilium in place": nothing,
      },
    ] as const;
  }),
];
