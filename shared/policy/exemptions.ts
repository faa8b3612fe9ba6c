import * as v from "valibot";
import type { RuleName, RuleOptions } from "../rules";
import { dayNumber, dayNumberOf } from "../rules/days";
import type { Circumstances } from "../rules/rule";

/** How many days before its end an exemption asks for renewal. */
export const renewalDays = 30;

const expectedDay = "a date such as 2027-01-31 (UTC)";
/** A calendar day as `YYYY-MM-DD`. */
export const day = v.pipe(
  v.string(() => expectedDay),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, () => expectedDay),
  v.check(
    (text) => dayNumberOf(text) !== undefined,
    () => `${expectedDay} that exists in the calendar`,
  ),
);

/** Single-line text without surrounding blanks. `what` describes what is expected. */
export function line(
  what: string,
  pattern = /^\S(?:.*\S)?$/,
): v.SchemaWithPipe<readonly [v.StringSchema<() => string>, v.RegexAction<string, () => string>]> {
  return v.pipe(
    v.string(() => what),
    v.regex(pattern, () => what),
  );
}

/** Text as a reader sees it: without zero-width characters, and with runs of blanks collapsed. */
function visible(text: string): string {
  return text
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** An exemption as written under its rule. */
export const exemptionSchema = {
  id: v.pipe(
    line("an id in one line"),
    v.description("Shown with every finding that it covers; unique under its rule."),
  ),
  target: v.pipe(
    line(
      "one exact Pulumi URN, CDKTF construct path, STACK:ADDRESS of Terraform or ARM, or Azure resource id; no pattern",
      /^[^\s*](?:[^*]*[^\s*])?$/,
    ),
    v.description(
      "One cluster: its exact Pulumi URN, CDKTF construct path, STACK:ADDRESS of Terraform or ARM, or Azure resource id.",
    ),
  ),
  reason: v.pipe(
    line("a reason of at least 20 characters, in one line"),
    v.minLength(20, () => "a reason of at least 20 characters"),
    v.check(
      (text) => visible(text).length >= 20,
      () => "a reason of at least 20 visible characters",
    ),
    v.description("Why this cluster may break the rule, in at least 20 characters."),
  ),
  category: v.pipe(
    v.picklist(["waiver", "mitigated"], () => "waiver or mitigated"),
    v.description("Azure Policy's words: waiver accepts the risk, mitigated meets it by other means."),
  ),
  owner: v.pipe(
    line("who is responsible for the cluster"),
    v.description("Who is responsible for the cluster."),
  ),
  approvedBy: v.pipe(line("who approved"), v.description("Who approved the exemption.")),
  ticket: v.pipe(v.optional(line("a ticket's number or address")), v.description("Where it was discussed.")),
  createdOn: v.pipe(day, v.description("The day on which the exemption starts, as YYYY-MM-DD in UTC.")),
  expiresOn: v.pipe(day, v.description("Its last day, as YYYY-MM-DD in UTC.")),
} as const;

/** One cluster whose findings of one rule are advisory until a given day. */
export type DatedExemption = Readonly<v.InferOutput<v.StrictObjectSchema<typeof exemptionSchema, undefined>>>;

/** The same as an exception in a Pulumi configuration of version 2, which has no owner and no end. */
export type PulumiException = Pick<DatedExemption, "id" | "target" | "reason">;

/** One cluster whose findings of one rule are advisory. */
export type Exemption = DatedExemption | PulumiException;

/** Does it have an owner and an end? */
export function isDated(exemption: Exemption): exemption is DatedExemption {
  return "expiresOn" in exemption;
}

/** What an organisation may set under every rule, besides the level. */
export interface ExemptionOptions {
  /** The longest duration of an exemption, in days. */
  readonly maxExemptionDays: number;
  readonly exemptions: readonly Exemption[];
}

/**
 * The exemptions from a rule. They come with the options of a parsed configuration, although a rule itself
 * does not see them; default options have none.
 */
export function exemptionsFrom(name: RuleName, { options }: Circumstances): readonly Exemption[] {
  const ofRule: (RuleOptions & Partial<ExemptionOptions>) | undefined = options?.[name];
  return ofRule?.exemptions ?? [];
}

/** The exemption of the cluster with this address, in force or not. */
export function exemptionOf(exemptions: readonly Exemption[], address: string): Exemption | undefined {
  const key = targetKey(address);
  return exemptions.find(({ target }) => targetKey(target) === key);
}

/** An equal text for targets that mean the same cluster: Azure's resource IDs are case-insensitive. */
export function targetKey(target: string): string {
  return /^\/subscriptions\//i.test(target) ? target.toLowerCase() : target;
}

/** Problems between exemptions that are each well-formed. */
export function problemsOfExemptions(exemptions: readonly Exemption[], maxDays: number): string[] {
  return exemptions.filter(isDated).flatMap(({ id, target, createdOn, expiresOn }, i) => {
    const at = `exemptions[${i}]`;
    const before = exemptions.slice(0, i);
    const days = daysBetween(createdOn, expiresOn);
    return [
      ...(before.some((other) => other.id === id)
        ? [`${at}.id is "${id}", which another exemption has, too`]
        : []),
      ...(before.some((other) => targetKey(other.target) === targetKey(target))
        ? [`${at}.target is also the target of another exemption`]
        : []),
      ...(days < 0 ? [`${at}.expiresOn is ${expiresOn}, before createdOn (${createdOn})`] : []),
      ...(days > maxDays
        ? [
            `${at}.expiresOn is ${expiresOn}, ${days} days after createdOn; expected at most ${maxDays} days (maxExemptionDays)`,
          ]
        : []),
    ];
  });
}

/**
 * The state of an exemption on a day. The last day still counts, with `daysLeft` 0; without an end `daysLeft`
 * is Infinity.
 */
export type Standing =
  | { readonly state: "in force"; readonly daysLeft: number; readonly endsSoon: boolean }
  | { readonly state: "expired"; readonly daysAgo: number }
  | { readonly state: "not yet" };

export function standingOf(exemption: Exemption, today: Date): Standing {
  if (!isDated(exemption)) return { state: "in force", daysLeft: Infinity, endsSoon: false };
  const { createdOn, expiresOn } = exemption;
  const now = dayNumber(today);
  const [first = Infinity, last = -Infinity] = [dayNumberOf(createdOn), dayNumberOf(expiresOn)];
  if (last < now) return { state: "expired", daysAgo: now - last };
  if (first > now) return { state: "not yet" };
  return { state: "in force", daysLeft: last - now, endsSoon: last - now <= renewalDays };
}

function daysBetween(first: string, last: string): number {
  return (dayNumberOf(last) ?? NaN) - (dayNumberOf(first) ?? NaN);
}
