import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readInputs } from "../../cli/inputs";
import { filesBelow, isFolder, startsLikeJson } from "../../cli/walk";

vi.mock("node:fs", { spy: true });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "walk-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array = "x"): string {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const found = (): string[] => [...filesBelow(folder)].map((file) => file.slice(folder.length + 1));

describe("the files of a folder", () => {
  test("are those in it and below it, by name", () => {
    for (const name of ["b", "c/a", "a", "c/d/e", "B", "0"]) write(name);
    const sorted = ["0", "B", "a", "b", "c/a", "c/d/e"];
    expect(found()).toEqual(sorted);
    const entries = readdirSync(folder, { withFileTypes: true });
    const named = entries.sort((one, other) => (one.name < other.name ? 1 : -1));
    vi.mocked(readdirSync).mockReturnValueOnce(named as never);
    expect(found()).toEqual(sorted);
  });

  test("do not include what tools keep there", () => {
    for (const name of ["node_modules/x", ".git/x", ".terraform/x", "a/node_modules/x", ".config/x", "git"])
      write(name);
    expect(found()).toEqual([".config/x", "git"]);
  });

  test.each([
    ["without CDKTF's metadata next to its HCL", "cdk.tf", ["a.json", "cdk.tf"]],
    ["with such a file elsewhere", "main.tf", ["a.json", "main.tf", "metadata.json"]],
  ])("are found %s", (_title, name, files) => {
    for (const each of ["a.json", name, "metadata.json"]) write(each);
    expect(found()).toEqual(files);
  });

  test("may be links to files, or broken links, but not links to folders", () => {
    write("folder/file");
    symlinkSync(join(folder, "folder", "file"), join(folder, "link"));
    symlinkSync(join(folder, "folder"), join(folder, "linked"));
    symlinkSync(join(folder, "nowhere"), join(folder, "lost"));
    expect(found()).toEqual(["folder/file", "link", "lost"]);
    expect(
      ["folder", "linked", "link", "lost", "nowhere"].map((name) => isFolder(join(folder, name))),
    ).toEqual([true, true, false, false, false]);
  });

  test("do not include sockets and pipes", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, "socket"), resolve));
    write("file");
    expect(found()).toEqual(["file"]);
    server.close();
  });

  test("are an error if there is no such folder", () => {
    expect(() => [...filesBelow(join(folder, "gone"))]).toThrow("The folder, or one in it, cannot be read.");
  });
});

describe("a file may be JSON", () => {
  test.each<[title: string, content: string | Uint8Array, may: boolean]>([
    ["that starts with an object", "{}", true],
    ["that starts with a list", "[]", true],
    ["after blanks", " \t\r\n\n {}", true],
    ["after a UTF-8 byte order mark", "\ufeff[]", true],
    ["in UTF-16, little-endian", Buffer.from("\ufeff{}", "utf16le"), true],
    ["in UTF-16, big-endian", Buffer.from("\ufeff[]", "utf16le").swap16(), true],
    ["unless it is a text", "x {}", false],
    ["unless it is a JSON text or number", '"{}"', false],
    ["unless it is empty", "", false],
    ["unless it is blank", " \n", false],
    ["unless its first characters do not tell", `${" ".repeat(256)}{}`, false],
    ["whose first characters do tell", `${" ".repeat(255)}{}`, true],
  ])("%s", (_title, content, may) => {
    expect(startsLikeJson(write("file", content))).toBe(may);
  });

  test("if it cannot be read, so that reading it reports why", () => {
    expect(startsLikeJson(join(folder, "gone"))).toBe(true);
    expect(startsLikeJson(folder)).toBe(true);
  });
});

test("opened files are closed again", () => {
  const file = write("file", "{}");
  vi.mocked(openSync).mockClear();
  vi.mocked(closeSync).mockClear();
  startsLikeJson(file);
  startsLikeJson(join(folder, "gone"));
  expect(vi.mocked(closeSync).mock.calls).toEqual([[vi.mocked(openSync).mock.results[0]?.value]]);
  expect(openSync).toHaveBeenCalledWith(file, "r");
});

describe("inputs", () => {
  const read = async (path: string): Promise<unknown> => {
    const files: string[] = [];
    const { all, unreadable, passedOver } = await readInputs(
      { inputs: [{ path, parameters: undefined }], stack: undefined },
      (file) => files.push(file),
    );
    return { files, all: all.map(({ file, stack }) => [file, stack]), unreadable, passedOver };
  };
  const before = process.cwd();
  beforeEach(() => {
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
  });

  test("are the files of a folder that may be documents", async () => {
    for (const name of ["d/a.md", "d/b.json", "d/c.tf.json", "d/d"]) write(name);
    write("d/e.json", "{}");
    expect(await read("d")).toEqual({
      files: ["d/c.tf.json", "d/e.json"],
      all: [],
      unreadable: [{ file: "d/c.tf.json", reason: "It is not JSON: line 1, column 1." }],
      passedOver: 4,
    });
  });

  test("do not include a folder that cannot be read, which is reported", async () => {
    write("d/a.json", "[]");
    vi.mocked(readdirSync).mockImplementationOnce(() => {
      throw new Error("secret");
    });
    const reason = "The folder, or one in it, cannot be read.";
    expect(await read("d")).toMatchObject({ files: [], unreadable: [{ file: "d", reason }] });
  });
});
