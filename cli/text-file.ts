import { readFileSync, statSync, writeFileSync } from "node:fs";
import { visible } from "../shared/messages/visible";
import type { Streams } from "./streams";

/** Why a file cannot be used, as a sentence without the file's name. */
export class Unreadable extends Error {}

/** The same for a document that may declare a cluster, which is never skipped, not even in a folder. */
export class Unjudgeable extends Unreadable {}

/** The reason in such an error. Any other error is thrown again. */
export function reasonIn(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  throw error;
}

/** The size limit of a file in bytes: Node's longest string is only slightly longer. */
export const mostBytes = 500_000_000;

/** The text of a file, or of standard input for `-`. */
export function textOf(path: string): string {
  return decoded(bytesOf(path));
}

/** Writes or appends to a file, and prints an error if that fails. */
export function isWritten(
  file: string,
  text: string,
  { error }: Streams,
  write: (file: string, text: string) => void = writeFileSync,
): boolean {
  try {
    write(file, text);
    return true;
  } catch {
    error(`${visible(file)}: It cannot be written.\n`);
    return false;
  }
}

function bytesOf(path: string): Buffer {
  try {
    if (path === "-") return readFileSync(0);
    const { size } = statSync(path);
    if (size > mostBytes) throw tooLarge(size);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(reasonOf(error));
  }
}

function tooLarge(size: number): Unreadable {
  return new Unreadable(`It has ${Math.ceil(size / 1e6)} MB; the limit is ${mostBytes / 1e6} MB.`);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
      return "There is no such file.";
    case "EACCES":
    case "EPERM":
      return "Permission to read it is denied.";
    case "EISDIR":
      return "It is a folder.";
    case "EAGAIN":
      return "Standard input is not ready.";
    case "ERR_FS_FILE_TOO_LARGE":
    case "ERR_STRING_TOO_LONG":
      return `It is too large: the limit is ${mostBytes / 1e6} MB.`;
    default:
      return /^E[A-Z]+$/.test(code) ? `It cannot be read (${code}).` : "It cannot be read.";
  }
}

/** UTF-8 with or without a byte order mark, and UTF-16 with one, which `>` produces in Windows PowerShell. */
function decoded(bytes: Buffer): string {
  if (bytes.length > mostBytes) throw tooLarge(bytes.length);
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
    // Invalid UTF-8 becomes U+FFFD inside a string, and is not JSON outside of one.
    return new TextDecoder("utf-8").decode(bytes);
  } catch {
    throw new Unreadable(`It is too large: the limit is ${mostBytes / 1e6} MB.`);
  }
}
