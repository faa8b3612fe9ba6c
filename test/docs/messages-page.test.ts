import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pageOf, sections } from "../../shared/messages/pages";
import { ruleNames } from "../../shared/rules";
import { messages, messagesPage } from "../pages/messages-page";
import { anchorsOf } from "../support/markdown";

const root = join(__dirname, "..", "..");

test("the page of all messages that belong to no rule matches the hosts' messages", async () => {
  await expect(messagesPage()).toMatchFileSnapshot(join(root, "docs", "messages.md"));
});

test("the README has the section that each of these messages links to", () => {
  const anchors = anchorsOf(readFileSync(join(root, "README.md"), "utf8"));
  for (const section of [...sections, ...ruleNames]) {
    expect(pageOf(section)).toBe(`https://www.npmjs.com/package/aks-network-policy-pack#${section}`);
    expect(anchors).toContain(section);
  }
  const led = Object.values(messages())
    .flat()
    .flatMap(({ text }) => [...text.matchAll(/^(?:Rule|More): .*#(.*)$/gm)]);
  // The messages of rules tell how to keep a cluster.
  expect(new Set(led.map(([, anchor]) => anchor)).size).toBe(sections.length);
});
