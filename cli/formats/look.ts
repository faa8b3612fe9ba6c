/** Presentation of a text. */
export interface Look {
  readonly colors: boolean;
  /** What a text for people shows besides its last line. Machine-readable formats always have everything. */
  readonly shows: "everything" | "warnings" | "errors";
}

export type Style = "bold" | "dim" | "red" | "yellow" | "green";

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
};

export function styled({ colors }: Pick<Look, "colors">, style: Style, text: string): string {
  const [on, off] = codes[style];
  return colors ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}
