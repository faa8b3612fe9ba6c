/**
 * Rows as CSV by RFC 4180: CRLF after every line, quotes if a value needs them. A spreadsheet treats a value
 * that starts like a formula as a formula (OWASP, "CSV Injection"), so such a value gets a leading
 * apostrophe, except for negative numbers.
 */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string): string {
  const isFormula = /^[=+\-@\t\r\n＝＋－＠]/.test(value) && !/^-\d+$/.test(value);
  const text = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
