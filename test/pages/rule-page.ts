import { azureNative } from "../../shared/dialects/azure-native";
import { changeEffect } from "../../shared/fixes/replacement";
import { effectSentence } from "../../shared/messages/effects";
import type { Configuration } from "../../shared/policy/schema";
import { readCluster } from "../../shared/reading/cluster";
import { spell } from "../../shared/reading/spell";
import { defaultOptions, headingOf, rules } from "../../shared/rules";
import { countdownDays, lifetimes } from "../../shared/rules/network-policy-supported/lifetimes";
import type { Example, Rule } from "../../shared/rules/rule";
import type { Told } from "../support/evaluate";
import { evaluate, exampleDay, plainField } from "../support/evaluate";
import { organisationExamples, saidUnder } from "./organisations";
import { exampleCalled, notations, repairOf, snippet } from "./snippets";

/** A sample exemption from a rule, as in an organisation's configuration. */
export function sampleExemption({ name }: Rule): Configuration {
  return {
    [name]: {
      exemptions: [
        {
          id: "EXM-0007",
          target: "urn:pulumi:prod::shop::azure-native:containerservice:ManagedCluster::aks",
          reason: "Moves to a new cluster this winter, see SEC-1234",
          category: "waiver",
          owner: "team-shop@example.com",
          approvedBy: "platform-security@example.com",
          createdOn: "2026-11-01",
          expiresOn: "2027-02-01",
        },
      ],
    },
  };
}

export function rulePage(rule: Rule): string {
  const severity = `${rule.severity.charAt(0).toUpperCase()}${rule.severity.slice(1)}`;
  return [
    `<!-- Made from shared/rules/${rule.name} by test/docs/rule-pages.test.ts, which fails where the two differ. -->`,
    `# ${rule.name}`,
    `**${rule.title}.** ${severity} severity, ${rule.level} unless [configured](../configuration.md) otherwise, last reviewed on ${rule.reviewed}.`,
    rule.description,
    `**Why it matters:** ${rule.why}`,
    `**What to do:** ${rule.remedy}`,
    "## The fix",
    `Copy the lines from your message: they fit your cluster.${rule.fixesShown.length === 0 ? "" : " These are the most common ones."} Leave the other settings of the cluster unchanged.`,
    ...rule.fixesShown.map(({ heading, example }, i) => fixSection(rule, heading, example, i === 0)),
    "A fix that replaces the cluster deletes it first. [How to keep it](../../README.md#clusters-that-exist), and [what each tool and version replaces](../replacement.md).",
    "## What is checked",
    "Open a group for examples and the message that each gets, here in `pulumi preview` for azure-native " +
      `on ${isoDay(exampleDay)}, without its last line, which leads to this page. Other tools get the same message with their own property names. [One table](../verdicts.md) has the verdicts of all ${numberWords[rules.length] ?? rules.length} rules.`,
    ...causeSections(rule),
    ...silentSections(rule),
    ...endings(rule),
    "## An exemption",
    "For one cluster, for a limited time. [What the keys mean](../exemptions.md):",
    fence("json", JSON.stringify(sampleExemption(rule), undefined, 2)),
    "## Metadata",
    metadata(rule),
    "## References",
    rule.references.map(({ title, url, read }) => `- [${title}](${url})${readOn(read)}`).join("\n"),
    "",
  ].join("\n\n");
}

function fixSection(rule: Rule, heading: string, title: string, isFirst: boolean): string {
  const example = exampleCalled(rule, title);
  const byText = new Map<string, { readonly names: string[]; readonly language: string }>();
  for (const notation of notations) {
    const text = snippet(repairOf(example, notation.dialect), notation);
    const same = byText.get(text);
    if (same === undefined) byText.set(text, { names: [notation.name], language: notation.language });
    else same.names.push(notation.name);
  }
  const blocks = [...byText].map(
    ([text, { names, language }]) => `${names.join("; ")}:\n\n${fence(language, text)}`,
  );
  const content = [...blocks, `A cluster that exists:\n\n${effects(example)}`].join("\n\n");
  return isFirst ? `### ${heading}\n\n${content}` : folded(heading, content);
}

/** The effect of one example's fix in each tool. */
function effects(example: Example): string {
  const tools = new Map(notations.map(({ dialect }) => [dialect.tool, dialect]));
  return [...tools.values()]
    .map((dialect) => {
      const { before, settings } = repairOf(example, dialect);
      const cluster = readCluster(plainField(before), dialect);
      return `- ${effectSentence(changeEffect({ cluster, dialect }, settings))}`;
    })
    .join("\n");
}

const numberWords = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

interface Said {
  readonly title: string;
  readonly messages: readonly Told[];
}

function said(rule: Rule): Said[] {
  return rule.examples.flatMap((example) => {
    const spelled = spell(example.cluster, azureNative);
    return spelled === undefined
      ? []
      : [{ title: titleOf(example), messages: evaluate(rule, spelled, azureNative, example.today) }];
  });
}

/** Findings that only exist with a certain configuration. */
function findingsWithOptions(rule: Rule): Said[] {
  return organisationExamples.map((example) => {
    const [[option, value] = []] = Object.values(example.options).flatMap((ofRule) => Object.entries(ofRule));
    const title = `${example.title} (\`"${String(option)}": ${JSON.stringify(value)}\`)`;
    return { title, messages: saidUnder(example, rule) };
  });
}

interface Group {
  readonly anchor: string;
  readonly heading: string;
  /** Failures first, then notices, then undecided ones. */
  readonly rank: number;
  readonly titlesByMessage: Map<string, string[]>;
}

/** Where a page explains findings of one kind and cause. */
export function anchorOf({ kind, cause }: Told): Omit<Group, "titlesByMessage"> {
  if (cause === undefined)
    return { anchor: "not-known-yet", heading: "A value that is not known yet: unknown", rank: 2 };
  return kind === "failure"
    ? { anchor: cause, heading: `${headingOf(cause)}: fails`, rank: 0 }
    : { anchor: `${cause}-notice`, heading: `${headingOf(cause)}: a notice`, rank: 1 };
}

/** One collapsible section per cause, failures before notices, and one for what cannot be decided. */
function causeSections(rule: Rule): string[] {
  const groups = new Map<string, Group>();
  for (const { title, messages } of [...said(rule), ...findingsWithOptions(rule)]) {
    for (const finding of messages) {
      const named = anchorOf(finding);
      const group = groups.get(named.anchor) ?? { ...named, titlesByMessage: new Map<string, string[]>() };
      groups.set(group.anchor, group);
      const titles = group.titlesByMessage.get(finding.message) ?? [];
      group.titlesByMessage.set(finding.message, [...titles, title]);
    }
  }
  return [...groups.values()]
    .sort((one, two) => one.rank - two.rank)
    .map(({ anchor, heading, titlesByMessage }) => {
      const blocks = [...titlesByMessage].map(
        ([message, titles]) =>
          `${titles.map((title) => `- ${title}`).join("\n")}\n\n${fence("", withoutLink(message))}`,
      );
      return `<a id="${anchor}"></a>\n\n${folded(heading, blocks.join("\n\n"))}`;
    });
}

/** The last line of a message links to its rule, which is the page itself. */
function withoutLink(message: string): string {
  return message.replace(/\nRule: \S+$/, "");
}

/** The examples without findings. */
function silentSections(rule: Rule): string[] {
  const silent = said(rule).filter(({ messages }) => messages.length === 0);
  const list = silent.map(({ title }) => `- ${title}`).join("\n");
  return silent.length === 0
    ? []
    : [folded("Nothing to report: the cluster passes, or another rule reports it", list)];
}

function titleOf({ title, today }: Example): string {
  return today === undefined ? title : `${title} (${isoDay(today)})`;
}

function endings(rule: Rule): string[] {
  if (!("noticeDays" in defaultOptions[rule.name])) return [];
  const rows = Object.entries(lifetimes).map(([what, { end, source }]) => `| ${what} | ${end} | ${source} |`);
  return [
    "## Ends of support",
    `A cluster gets a notice until the last day, with the days left in the last ${countdownDays}, and fails from the day after. \`noticeDays\` [sets](../configuration.md) how early the notice starts.`,
    ["| what | last day | announced in |", "| --- | --- | --- |", ...rows].join("\n"),
  ];
}

function metadata({ name, severity, level, frameworks, sameCheckIn, reviewed }: Rule): string {
  const rows = [
    ["id, and the name of the policy in Pulumi", `\`${name}\``],
    ["severity", severity],
    ["level", level],
    ["reviewed", reviewed],
    ...frameworks.map((each) => [`${each.name} ${each.version}`, `${each.reference}: ${each.specification}`]),
    ...sameCheckIn.map(({ tool, id }) => [`the same check in ${tool}`, `\`${id}\``]),
  ];
  return ["| | |", "| --- | --- |", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

function folded(summary: string, content: string): string {
  return `<details>\n<summary>${summary.replace(/`([^`]*)`/g, "<code>$1</code>")}</summary>\n\n${content}\n\n</details>`;
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function readOn(read: string | undefined): string {
  return read === undefined ? "" : `, read ${read}`;
}

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}
