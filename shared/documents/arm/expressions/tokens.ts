export type Token =
  | { readonly kind: "literal"; readonly value: string | number }
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "sign"; readonly text: string };

/** Each alternative starts with a different character, so that no text is scanned twice. */
const tokenPattern =
  /\s+|'(?<text>(?:[^']|'')*)'|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_$][\w$]*)|(?<sign>[()[\],.?])/y;

/** The tokens of an expression; `undefined` if it contains anything else. */
export function tokensOf(expression: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (pattern.lastIndex < expression.length) {
    const groups = pattern.exec(expression)?.groups;
    if (groups === undefined) return undefined;
    const { text, number, name, sign } = groups;
    if (text !== undefined) tokens.push({ kind: "literal", value: text.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: "literal", value: Number(number) });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
  }
  return tokens;
}
