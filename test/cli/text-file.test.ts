import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Unreadable, isWritten, mostBytes, reasonIn, textOf } from "../../cli/text-file";

vi.mock("node:fs", { spy: true });

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "text-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const fileWith = (bytes: Uint8Array | string): string => {
  const file = join(folder, "file");
  fs.writeFileSync(file, bytes);
  return file;
};

describe("a text", () => {
  test.each<[title: string, bytes: Uint8Array, text: string]>([
    ["in UTF-8", Buffer.from("é"), "é"],
    ["in UTF-8 with a byte order mark", Buffer.from("\ufeffé"), "é"],
    ["in UTF-16, little-endian", Buffer.from("\ufeffé", "utf16le"), "é"],
    ["in UTF-16, big-endian", Buffer.from("\ufeffé", "utf16le").swap16(), "é"],
    ["that starts with the first half of a mark", Buffer.from([0xff, 0x61]), "\ufffda"],
    ["that starts with the second half of a mark", Buffer.from([0xfe, 0x61]), "\ufffda"],
    ["with the first half of a mark in second place", Buffer.from([0x61, 0xfe]), "a\ufffd"],
    ["with the second half of a mark in second place", Buffer.from([0x61, 0xff]), "a\ufffd"],
  ])("%s is decoded", (_title, bytes, text) => {
    expect(textOf(fileWith(bytes))).toBe(text);
  });

  test("is standard input's if requested", () => {
    const file = fileWith("from standard input");
    const bytes = fs.readFileSync(file);
    vi.mocked(fs.readFileSync).mockReturnValueOnce(bytes);
    expect(textOf("-")).toBe("from standard input");
    expect(fs.readFileSync).toHaveBeenLastCalledWith(0);
  });
});

describe("a file that cannot be read is reported with the reason:", () => {
  const most = "It is too large: the limit is 500 MB.";
  test.each<[code: string | undefined, told: string]>([
    ["ENOENT", "There is no such file."],
    ["EACCES", "Permission to read it is denied."],
    ["EPERM", "Permission to read it is denied."],
    ["EISDIR", "It is a folder."],
    ["EAGAIN", "Standard input is not ready."],
    ["ERR_FS_FILE_TOO_LARGE", most],
    ["ERR_STRING_TOO_LONG", most],
    ["EIO", "It cannot be read (EIO)."],
    ["ELOOP", "It cannot be read (ELOOP)."],
    ["E", "It cannot be read."],
    ["EIO of a secret", "It cannot be read."],
    ["secret EIO", "It cannot be read."],
    ["eio", "It cannot be read."],
    ["", "It cannot be read."],
    [undefined, "It cannot be read."],
  ])("%s", (code, told) => {
    const error = code === undefined ? new Error("secret") : Object.assign(new Error("secret"), { code });
    vi.mocked(fs.statSync).mockImplementationOnce(() => {
      throw error;
    });
    expect(() => textOf("file")).toThrow(told);
    vi.mocked(fs.statSync).mockReset();
  });

  test.each<unknown>([{ code: "ENOENT" }, "ENOENT", undefined])(
    "what is thrown may not be an Error: %j",
    (thrown) => {
      vi.mocked(fs.statSync).mockImplementationOnce(() => {
        throw thrown;
      });
      expect(() => textOf("file")).toThrow("It cannot be read.");
    },
  );

  test("a real folder, and a missing file", () => {
    expect(() => textOf(folder)).toThrow("It is a folder.");
    expect(() => textOf(join(folder, "gone"))).toThrow("There is no such file.");
  });
});

describe("a file that is too large", () => {
  const file = (size: number): string => {
    const path = fileWith("x");
    vi.mocked(fs.statSync).mockReturnValueOnce(Object.assign(fs.statSync(path), { size }));
    return path;
  };

  test("is not read", () => {
    expect(() => textOf(file(mostBytes + 1))).toThrow("It has 501 MB; the limit is 500 MB.");
    expect(textOf(file(mostBytes))).toBe("x");
  });

  test("is not decoded either, wherever its bytes come from", () => {
    const read = (length: number): string => {
      vi.mocked(fs.readFileSync).mockReturnValueOnce({ length } as never);
      return textOf("-");
    };
    expect(() => read(mostBytes + 1)).toThrow("It has 501 MB; the limit is 500 MB.");
    expect(() => read(mostBytes)).toThrow(/^It is too large: the limit is 500 MB\.$/);
  });

  test("is reported if Node cannot hold its text", () => {
    vi.spyOn(TextDecoder.prototype, "decode").mockImplementation(() => {
      throw new Error("too long");
    });
    expect(() => textOf(fileWith("x"))).toThrow("It is too large: the limit is 500 MB.");
  });
});

test("only the reason of an unreadable file is told; any other error stays one", () => {
  expect(reasonIn(new Unreadable("It is empty."))).toBe("It is empty.");
  const error = new TypeError("secret");
  expect(() => reasonIn(error)).toThrow(error);
});

describe("a file is written", () => {
  const written = (file: string, ...write: ((file: string, text: string) => void)[]) => {
    let told = "";
    const streams = {
      out: () => undefined,
      error: (text: string) => (told += text),
      colors: false,
      isWatched: false,
      stepSummary: undefined,
    };
    return [isWritten(file, "text", streams, ...write), told];
  };

  test("replacing its content, or as requested", () => {
    const file = fileWith("before ");
    expect(written(file, fs.appendFileSync)).toEqual([true, ""]);
    expect(fs.readFileSync(file, "utf8")).toBe("before text");
    expect(written(file)).toEqual([true, ""]);
    expect(fs.readFileSync(file, "utf8")).toBe("text");
  });

  test("or the failure is reported", () => {
    expect(written("gone\u001b/file")).toEqual([false, "gone\\u{1b}/file: It cannot be written.\n"]);
  });
});
