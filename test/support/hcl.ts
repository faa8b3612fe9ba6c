/** The lines of the single `network_profile` block in HCL, in any order; none if there is no block. */
export function profileIn(hcl: string): string[] {
  const [, block = ""] = /network_profile \{\n([^]*?)\n\s*\}/.exec(hcl) ?? [];
  return block
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/\s+/g, " ")
        .replace(/"\$\{(var\.\w+)\}"/, "$1"),
    )
    .filter((line) => line !== "")
    .sort();
}
