import type { AspectsLike } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { azureNative } from "../../shared/dialects/azure-native";
import type { AutoSetRemark, Finding } from "../../shared/findings/finding";
import type { Assignment } from "../../shared/fixes/choice";
import { fixOf } from "../../shared/fixes/fix";
import type { Refusal } from "../../shared/fixes/remedy";
import { configurationMessage } from "../../shared/messages/configuration";
import type { Exemption } from "../../shared/policy/exemptions";
import { readCluster } from "../../shared/reading/cluster";
import type { Subject } from "../../shared/reading/subject";
import { rules } from "../../shared/rules";
import type { Rule } from "../../shared/rules/rule";
import { badConfigurations, exemption } from "../support/configurations";
import { exampleDay, plainField } from "../support/evaluate";
import { annotationsOf, appWith, bothLibraries, required, stackOf, synthesised } from "../support/terraform";
import {
  bugText,
  exemptionText,
  ignoredText,
  lostText,
  refusalText,
  remarkText,
  unknownText,
  unseenText,
  unusedText,
  wroteText,
} from "../support/words";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A message, when it is printed, and where it is explained: a file next to this page and an anchor in it. */
export interface Entry {
  readonly when: string;
  readonly home: string;
  readonly text: string;
}
type Section = readonly Entry[];

/**
 * Every kind of finding except causes, whose messages are on the rules' pages. A new kind does not compile
 * until its messages are here.
 */
type Told = Exclude<Finding["about"], "cause">;

const [configured] = rules as readonly [Rule, ...Rule[]];
const [cdktf, cdktn] = bothLibraries;
const subject: Subject = {
  cluster: readCluster(plainField({ networkProfile: { networkPlugin: "azure" } }), azureNative),
  dialect: azureNative,
};
const settings: readonly Assignment[] = (() => {
  const fix = fixOf(subject.cluster, azureNative, { today: exampleDay });
  if (fix.kind !== "write") throw new Error("there is something to write");
  return fix.settings;
})();
const mine: Exemption = exemption();
const address = mine.target;

const exemptions = "exemptions.md";
const autoSet = "auto-set.md";

const refusals: { readonly [Because in Refusal["because"]]: Extract<Refusal, { because: Because }> } = {
  "nothing to do": { because: "nothing to do" },
  exempted: { because: "exempted" },
  "an engine is written": { because: "an engine is written" },
  "bring your own CNI": { because: "bring your own CNI" },
  "not known": { because: "not known", parts: ["networkProfile.networkDataplane"] },
  "no network profile": { because: "no network profile" },
  "no plugin": { because: "no plugin" },
  "nothing fits": { because: "nothing fits" },
  "out of reach": { because: "out of reach" },
  "made by a module": { because: "made by a module" },
  "made by a template": { because: "made by a template" },
  ignored: { because: "ignored", settings, option: "ignoreChanges" },
  replacement: { because: "replacement", settings },
  protected: { because: "protected", settings, option: "protect" },
  "not sent": { because: "not sent", settings, path: "network_profile.outbound_type" },
  "a bug": { because: "a bug" },
};

function onDay(day: string): string {
  return exemptionText(mine, new Date(`${day}T12:00:00Z`));
}

const told: Readonly<Record<Told, Section>> = {
  unknown: [
    {
      when: 'A value is not known yet, and the configuration says `"unknown": "fail"`',
      home: `rules/${configured.name}.md#not-known-yet`,
      text: unknownText(configured, ["networkProfile.networkPolicy"], subject, "failure"),
    },
  ],
  bug: [
    {
      when: "The pack itself failed",
      home: exemptions,
      text: bugText(configured, new TypeError("secret")),
    },
  ],
  "auto-set wrote": [{ when: "Written", home: autoSet, text: wroteText(subject, settings) }],
  "auto-set lost": [
    {
      when: "Written, but not in what Pulumi deploys",
      home: autoSet,
      text: lostText(subject, settings, address),
    },
  ],
  "auto-set unseen": [
    {
      when: "Written, but nobody can see yet whether Pulumi deploys it",
      home: autoSet,
      text: unseenText(configured, settings),
    },
  ],
};

const remarks: Readonly<Record<AutoSetRemark["state"], Section>> = {
  "not applied": [
    {
      when: "Written, but not in the inputs",
      home: autoSet,
      text: remarkText({ state: "not applied", settings }),
    },
  ],
  refused: Object.entries(refusals).map(([because, refusal]) => ({
    when: `Not written: ${because}`,
    home: autoSet,
    text: refusalText(refusal, address),
  })),
};

const standings: Section = [
  { when: "Exempted", home: exemptions, text: onDay("2026-11-23") },
  { when: "Exempted, in the last 30 days", home: exemptions, text: onDay("2027-01-20") },
  { when: "From the day after its last", home: exemptions, text: onDay("2027-02-02") },
  { when: "Before its first day", home: exemptions, text: onDay("2026-10-30") },
];

const unused: Section = [
  {
    when: "Its target matches no cluster",
    home: exemptions,
    text: unusedText(configured, mine, { matches: "no cluster", near: undefined, clusters: ["prod/aks"] }),
  },
  {
    when: "Its target differs from an address only in case",
    home: exemptions,
    text: unusedText(configured, mine, {
      matches: "no cluster",
      near: address.replace("::aks", "::AKS"),
      clusters: [address.replace("::aks", "::AKS")],
    }),
  },
  {
    when: "Its target has several clusters",
    home: exemptions,
    text: unusedText(configured, mine, { matches: "several clusters" }),
  },
  {
    when: "Its cluster complies",
    home: exemptions,
    text: unusedText(configured, mine, { matches: "a cluster that complies" }),
  },
];

const refused: Section = [
  {
    when: "Invalid",
    home: "configuration.md#mistakes",
    text: configurationMessage(badConfigurations["several things wrong at once"]?.problems ?? []),
  },
];

/** What the Aspect adds to a finding on a cluster with an override. */
function overridden(): string {
  const { app, stack } = appWith(cdktf);
  const cluster = new cdktf.KubernetesCluster(stack, "aks", {
    ...required,
    networkProfile: { networkPlugin: "azure" },
  });
  cluster.addOverride("network_profile.network_policy", "none");
  synthesised(app);
  return annotationsOf(app)[0]?.message.split("\n").at(-1) ?? "nothing";
}

/** The errors of `applyTo`. */
function misapplied(): Section {
  const { Aspects, Testing } = cdktf.lib;
  const thrownBy = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof Error) return error.message;
    }
    throw new Error("nothing was thrown");
  };
  const withStack = (): ReturnType<typeof Testing.app> => {
    const app = Testing.app();
    stackOf(cdktf, app, "shop");
    return app;
  };
  const deaf: AspectsLike = { of: () => ({ add: () => undefined }) };
  const entries: readonly (readonly [when: string, text: string])[] = [
    [
      "Without Aspects",
      thrownBy(() => AksNetworkPolicyAspect.applyTo(Testing.app(), undefined as unknown as AspectsLike)),
    ],
    [
      "With a stack",
      thrownBy(() => AksNetworkPolicyAspect.applyTo(stackOf(cdktf, Testing.app(), "shop") as never, Aspects)),
    ],
    ["With neither an App nor a stack", thrownBy(() => AksNetworkPolicyAspect.applyTo({} as never, Aspects))],
    [
      "With another library's Aspects",
      thrownBy(() => AksNetworkPolicyAspect.applyTo(withStack(), cdktn.lib.Aspects)),
    ],
    [
      "In an app without stacks",
      thrownBy(() => {
        const app = Testing.app();
        AksNetworkPolicyAspect.applyTo(app, Aspects);
        app.synth();
      }),
    ],
    [
      "With the Aspects of another copy of the library",
      thrownBy(() => {
        const app = withStack();
        AksNetworkPolicyAspect.applyTo(app, deaf);
        app.synth();
      }),
    ],
  ];
  return entries.map(([when, text]) => ({
    when,
    home: "cdktf.md",
    text,
  }));
}

/** The executable's message if it cannot start because Pulumi's SDK is missing. */
function notStarted(): Section {
  const root = join(__dirname, "..", "..");
  const place = mkdtempSync(join(tmpdir(), "started-"));
  for (const name of ["dist/cli", "dist/pulumi-pack", "pulumi-pack/package.json"])
    cpSync(join(root, name), join(place, name), { recursive: true });
  const start = (folder: string, ...args: string[]): string =>
    spawnSync(process.execPath, [join(folder, "dist", "cli", "bin.js"), ...args], {
      encoding: "utf8",
    }).stderr.trimEnd();
  const entries = [
    { when: "Without a command", text: start(root) },
    { when: "Without Pulumi's SDK", text: start(place, "127.0.0.1:1") },
  ];
  rmSync(place, { recursive: true });
  return entries.map((entry) => ({ ...entry, home: "pulumi.md" }));
}

/** Every message except those on a rule's page. */
export function messages(): Readonly<Record<string, Section>> {
  return {
    "With a finding": [
      ...told.unknown,
      {
        when: "CDKTF and CDK Terrain: an override changes the properties",
        home: "cdktf.md",
        text: overridden(),
      },
      {
        when: "Pulumi: the program ignores changes of what the fix writes",
        home: "pulumi.md#a-finding-that-stays",
        text: ignoredText(configured, subject),
      },
      ...told.bug,
    ],
    "An exemption of the finding": standings,
    "An exemption that does nothing": unused,
    "Auto-set": [
      ...told["auto-set wrote"],
      ...told["auto-set lost"],
      ...told["auto-set unseen"],
      ...remarks["not applied"],
      ...remarks.refused,
    ],
    "The configuration": refused,
    "`AksNetworkPolicyAspect.applyTo`": misapplied(),
    "The start of the pack": notStarted(),
  };
}

export function messagesPage(): string {
  return [
    "<!-- Made from what the package says by test/docs/messages-page.test.ts, which fails where the two differ. -->",
    "# All other messages",
    `A rule's page has its messages: ${rules.map(({ name }) => `[${name}](rules/${name}.md#what-is-checked)`).join(", ")}. Here are all others, each under a link to the page that explains it, as users of azure-native see them. Some are single lines of a finding: why auto-set wrote nothing, and, as its last line, what an exemption does.`,
    ...Object.entries(messages()).flatMap(([heading, entries]) => [
      `## ${heading}`,
      ...entries.map(({ when, home, text }) => `[${when}](${home}):\n\n\`\`\`\n${text}\n\`\`\``),
    ]),
    "",
  ].join("\n\n");
}
