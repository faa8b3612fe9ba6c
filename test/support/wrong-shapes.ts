/** Values of every type, for places where a reader expects another one. */
export const wrongShapes: readonly unknown[] = [
  undefined,
  null,
  true,
  5,
  NaN,
  "text",
  "${a.b}",
  "[parameters('a')]",
  "[",
  [],
  [[]],
  [null],
  {},
  { a: 1 },
  Symbol("a"),
  (): void => undefined,
  // Values that String() cannot convert.
  { toString: 5, valueOf: 5 },
];
