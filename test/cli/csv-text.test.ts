import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvText } from "../../cli/formats/csv-text";

/** The rows of a text by RFC 4180, section 2, parsed character by character. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = "";
  let isQuoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? "";
    if (isQuoted) {
      if (character !== '"') value += character;
      else if (text[i + 1] === '"') value += text[(i += 1)] ?? "";
      else isQuoted = false;
    } else if (character === '"') {
      expect(value).toBe("");
      isQuoted = true;
    } else if (character === ",") {
      row.push(value);
      value = "";
    } else if (text.startsWith("\r\n", i)) {
      rows.push([...row, value]);
      [row, value] = [[], ""];
      i += 1;
    } else value += character;
  }
  expect([isQuoted, row, value]).toEqual([false, [], ""]);
  return rows;
}

describe("CSV", () => {
  test.each([
    ["plain", "plain"],
    ["", ""],
    ["a,b", '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ["two\r\nlines", '"two\r\nlines"'],
    ["=1+1", "'=1+1"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ["+1", "'+1"],
    ["-1+1", "'-1+1"],
    ["-12", "-12"],
    ["=1-2", "'=1-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", '"\'\r=1"'],
    ["\n=1", '"\'\n=1"'],
    ["＝1", "'＝1"],
    ["a=b", "a=b"],
  ])("has %j as %j", (value, written) => {
    expect(csvText(["column"], [[value]])).toBe(`column\r\n${written}\r\n`);
  });

  test("parses back to the input, and contains no formula", () => {
    const texts = fc.string({ unit: fc.constantFrom(..."a\",;\r\n=+-@'1\t".split("")), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 4 }), (rows) => {
        const [header, ...read] = rowsOf(csvText(["one", "two"], rows));
        expect(header).toEqual(["one", "two"]);
        const values = read.flat();
        expect(values.filter((each) => /^[=+\-@\t\r\n]/.test(each) && !/^-\d+$/.test(each))).toEqual([]);
        const given = rows.flat();
        expect(values.map((each, i) => (each === given[i] ? each : each.slice(1)))).toEqual(given);
      }),
    );
  });
});
