import { describe, expect, test } from "vitest";
import { parseJson, parseJsonLines } from "../../cli/json-text";
import { refuseRepeatedNames } from "../../cli/repeated-names";

function placeIn(text: string, read: (text: string) => unknown = parseJson): string {
  try {
    read(text);
  } catch (error) {
    return String(error).replace(/^Error: (?:It is not JSON|An object has a name twice): /, "");
  }
  return "nowhere";
}

function unmarked(marked: string): readonly [text: string, place: string] {
  const [before = "", after = ""] = marked.split("‸");
  const column = before.slice(before.lastIndexOf("\n") + 1).length + 1;
  return [before + after, `line ${before.split("\n").length}, column ${column}.`];
}

/** The mark shows where each text stops being JSON; it is not part of the text. */
describe("text that stops being JSON is reported with the position:", () => {
  test.each([
    "‸x",
    "‸]",
    "‸,",
    "‸:",
    "{‸",
    "{‸]",
    "{‸1",
    "{‸,",
    '{"a"‸',
    '{"a"‸,',
    '{"a"‸}',
    '{"a":‸',
    '{"a":‸}',
    '{"a":‸,',
    '{"a":1‸',
    '{"a":1‸]',
    '{"a":1‸:',
    '{"a":1,‸}',
    '{"a":1,‸1',
    '{"a":1,"b"‸}',
    '{"a":{"b":1},‸1',
    '{"a":{"b":1}}‸}',
    '{"a":[1],‸1',
    "[‸",
    "[‸}",
    "[‸,",
    "[‸:",
    "[1‸",
    "[1‸}",
    "[1‸:",
    "[1‸ 2]".replace("‸ ", " ‸"),
    "[1,‸]",
    "[1,‸,",
    "[1,2‸",
    "[[1],‸]",
    '["a",‸]',
    '["a"‸:',
    '{"a":"b"‸:',
    '[{"a":1},‸]',
    '[{"a":1}‸"',
    "[]‸]",
    "[[]‸}",
    "1‸,",
    "1 ‸2",
    "{}‸,",
    "‸tru",
    "‸nul",
    "‸-",
    "0‸1",
    "1‸.",
    "1‸.x",
    "1.25‸x",
    "1‸e",
    "1‸e+",
    "1e5‸x",
    "1e12‸x",
    "1E-12‸x",
    "-1.5e+10‸x",
    '"a‸',
    '"a b!‸',
    '"a‸\n"',
    '"‸\\x"',
    '"‸\\u12g4"',
    '"‸\\u123"',
    '"\\u12aF‸',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t‸',
    '"\\u12345 \\u00e9"‸"',
  ])("%s", (marked) => {
    const [text, place] = unmarked(marked);
    expect(placeIn(text)).toBe(place);
  });

  test("by line and column", () => {
    expect(placeIn('{\n  "a": 1,\r\n\t"b": x\n}')).toBe("line 3, column 7.");
    expect(placeIn("\n\n")).toBe("Error: It is empty.");
    expect(placeIn("")).toBe("Error: It is empty.");
  });

  test("and the value of valid JSON is returned", () => {
    const value = { a: [1.5e3, 0, true, false, null, '\\" \u00e9'], b: {} };
    expect(parseJson(JSON.stringify(value))).toEqual(value);
  });
});

describe("JSON lines", () => {
  test.each([
    ['{"a":1}\n{"b":2}', [{ a: 1 }, { b: 2 }]],
    ['{"a":1}\n{"b":2}\n', [{ a: 1 }, { b: 2 }]],
    ['{"a":1}\r\n\n \t\n  {"b":2}\r\n\n', [{ a: 1 }, { b: 2 }]],
    ['{}\n{}\n[1]\n"x"', [{}, {}, [1], "x"]],
  ])("%j are one value per line", (text, values) => {
    expect(parseJsonLines(text)).toEqual(values);
  });

  test.each([
    ["one line", '{"a":1}'],
    ["one line with its end", '{"a":1}\n'],
    ["a value in several lines", '{\n"a":1}'],
    ["a value in several lines, with a brace in the second", '{"a":\n{"b":1}}'],
    ["lines that are not objects", "[1]\n{}"],
    ["a second line that is not an object", "{}\n[1]"],
    ["an empty line first", "\n{}\n{}"],
    ["nothing", ""],
    ["a line that is not JSON", "{}\n{}\n{"],
  ])("are not %s", (_title, text) => {
    expect(parseJsonLines(text)).toBeUndefined();
  });
});

describe("an object that has a name twice", () => {
  test.each([
    '{"a":1,‸"a":2}',
    '{"a"\n:1,\n ‸"a"\t :2}',
    '{"a":{"a":1},‸"a":1}',
    '{"x":{"a":1,‸"a":1}}',
    '[{"b":{},"c":[{"a":1},[]],‸"b":2}]',
    '{"a\\u0062":1,‸"ab":2}',
    '{"\\"":1,"a":"}",‸"a":2}',
  ])("is reported with the position of the second: %s", (marked) => {
    const [text, place] = unmarked(marked);
    expect(placeIn(text, refuseRepeatedNames)).toBe(
      `${place} Tools do not agree on which of the two counts.`,
    );
  });

  test.each([
    '{"a":{"a":[{"a":"a"},{"a":"a","b":"a"}]},"b":{"a":1}}',
    '{"x":"{\\"a\\":1","a":["a","a"]}',
    '{"a":"\\\\","b":"\\\\"}',
    '["a","a"]',
    '"a"',
  ])("is not found in %s", (text) => {
    expect(placeIn(text, refuseRepeatedNames)).toBe("nowhere");
  });
});
