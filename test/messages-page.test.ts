import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sections } from "../shared/messages/pages";
import { messages, messagesPage } from "./pages/messages-page";
import { anchorsOf } from "./support/markdown";

const root = join(__dirname, "..");

test("the page of every message that is no rule's is what the hosts say", async () => {
  await expect(messagesPage()).toMatchFileSnapshot(join(root, "docs", "messages.md"));
});

test("the README has the place to which every message leads that names one", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const led = Object.values(messages())
    .flat()
    .flatMap(({ text }) => [...text.matchAll(/^(?:Rule|More): (.*)#(.*)$/gm)]);
  expect(new Set(led.map(([, , anchor]) => anchor)).size).toBe(1 + sections.length);
  for (const [, page, anchor] of led) {
    expect(page).toBe("https://www.npmjs.com/package/aks-network-policy-pack");
    expect(anchorsOf(readme)).toContain(anchor);
  }
});
