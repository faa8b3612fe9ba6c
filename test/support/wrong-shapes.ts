/** Values of every shape, to stand where a reader expects another one. */
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
  // What String() cannot make a text of.
  { toString: 5, valueOf: 5 },
];
