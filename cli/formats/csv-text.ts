/**
 * Rows as CSV by RFC 4180: CRLF after every line, quotes where a value needs them. A spreadsheet takes what begins like a
 * formula for one (OWASP, "CSV Injection"), so such a value starts with an apostrophe; a negative number is none.
 */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string): string {
  const isFormula = /^[=+\-@\t\r\n＝＋－＠]/.test(value) && !/^-\d+$/.test(value);
  const text = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
