/**
 * Names, values and numbers that no tool writes, for insertion into documents. None of them names an engine.
 */
import { marker } from "../generate";

export const hostileTexts: readonly string[] = [
  "\u001b[31mred\u001b[0m",
  "\u001b]0;title\u0007",
  "evil\u202eexe",
  "a\nb",
  "a\r\n::error::b",
  "::error::b",
  "##vso[task.complete result=Succeeded]",
  "##[error]b",
  "\u0085\u2028\u2029\u200b\ufeff",
  "\u0000",
  "=1+1",
  "<script>alert(1)</script> & \"'",
  "]]>",
  "\ufffe\uffff",
  "|`*_[a](b)\\",
  "\ud800",
  "\udc00\ud800",
  "%0A%25%AZP25",
  "../../../etc/passwd",
  "__proto__",
];

/** Values of another type, or with a special meaning in some tool. None of them names an engine. */
export const strangeValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, "", "x", [], {}, [[]], [null], [{}], { "": "" }],
  ...[
    "${var.x}",
    "${",
    "%{if true}",
    "$${var.x}",
    "${azurerm_kubernetes_cluster.aks.id}",
    "TfToken[TOKEN.1]",
  ],
  ...[
    "[reference('x').y]",
    "[parameters('p')]",
    "[parameters('",
    "[[literal",
    "[variables('v')[0]",
    "[copyIndex()]",
  ],
  ...["[concat(", "[if(true(), null(), 1)]", "[json('{')]", "[guid()]"],
  ...["04da6b54-80e4-46f7-96ec-b56ff0331ba9", "[secret]", "(known after apply)"],
  { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: marker },
  ...["\u212aubenet", "azure\u0000", "c\u0131lium", "al\u200bso"],
  ...[marker, [marker], { [marker]: marker }, `${marker}\n`, `\${${marker}}`],
  { count: 3, name: "n", input: "[copyIndex('n')]" },
  { toString: 1, valueOf: null, constructor: {}, hasOwnProperty: 0 },
];

export const rawNumbers = [
  "1e999",
  "-1e999",
  "-0",
  "1e-999",
  "123456789012345678901234567890",
  "0.1e1",
  "9007199254740993",
];
export const prototypeNames = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "length",
  "prototype",
  "",
];
