import { expect, test } from "vitest";
import { visible } from "../../../shared/messages/visible";

test.each([
  ["a cluster", "a cluster"],
  ["a\u001b[31mb", "a\\u{1b}[31mb"],
  ["a\r\nb", "a\\u{d}\\u{a}b"],
  ["a\u202eb\u200bc", "a\\u{202e}b\\u{200b}c"],
  ["a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"],
  ["half \ud83d", "half \\u{d83d}"],
  ["whole \u{1f600}", "whole \u{1f600}"],
  ["a\u{e0001}b", "a\\u{e0001}b"],
  // Commands of pipelines.
  ["::error::a", "\\u{3a}:error::a"],
  ["  ::error::a", "  \\u{3a}:error::a"],
  ["a::b", "a::b"],
  [":a", ":a"],
  ["a ##[error]b", "a \\u{23}#[error]b"],
  ["##VSO[task.complete]", "\\u{23}#VSO[task.complete]"],
  ["## a", "## a"],
])("%j is printed as %j", (text, printed) => {
  expect(visible(text)).toBe(printed);
});
