import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(__dirname, "..", "..");

/** A page for readers. */
export interface Page {
  readonly file: string;
  /** The path from the repository's root, with forward slashes. */
  readonly name: string;
  readonly text: string;
  /** A test compares the whole page with generated text. */
  readonly isGenerated: boolean;
}

/** Every page of the repository: those in its root, in `docs/` and in `examples/`. */
export const pages: readonly Page[] = [".", "docs", "examples"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: folder !== ".", encoding: "utf8" })
      .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
      .map((name) => join(root, folder, name)),
  )
  .map((file) => {
    const text = readFileSync(file, "utf8");
    const name = relative(root, file).replaceAll("\\", "/");
    return { file, name, text, isGenerated: text.startsWith("<!-- Made from") };
  });

export interface Block {
  readonly page: Page;
  readonly language: string;
  readonly text: string;
  /** The line before the block. */
  readonly before: string;
}

/** The fenced blocks of a page. */
export function blocksOf(page: Page): Block[] {
  return [...page.text.matchAll(/(?:^|\n)([^\n]*)\n```(\w*)\n([^]*?)\n```(?=\n|$)/g)].map(
    ([, before = "", language = "", text = ""]) => ({ page, language, text, before }),
  );
}

export const blocks: readonly Block[] = pages.flatMap(blocksOf);

export function blocksIn(language: string): readonly Block[] {
  return blocks.filter((block) => block.language === language && !block.page.isGenerated);
}
