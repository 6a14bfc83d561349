import { resolve } from "node:path";
import { UserError } from "../model/errors.ts";
import { decodeUtf8 } from "../readers/json.ts";
import { readNamed } from "../storage/folder.ts";
import type { Io } from "./command.ts";

const mostBytes = 100_000_000;

/** A file that a person named, as text. Throws `UserError` if it is not there, too large or not UTF-8. */
export function fileText(name: string, io: Io): string {
  const read = readNamed(resolve(io.cwd, name), mostBytes);
  if (!read) throw new UserError(`no file \`${name}\``);
  const text = decodeUtf8(read.bytes);
  if (text === undefined) throw new UserError(`expected UTF-8 in \`${name}\`, got other bytes`);
  return text;
}
