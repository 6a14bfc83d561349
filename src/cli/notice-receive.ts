import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { readNamed } from "../storage/folder.ts";
import { keepLetter, letterId, weighLetter } from "../tasks/notices/keep.ts";
import { mostLetterBytes } from "../tasks/notices/read.ts";
import type { Command, Io } from "./command.ts";
import { lettersOf } from "./notice-folder.ts";

export const command: Command = {
  name: "notice receive",
  summary: "take in a letter or a reply: checked against `trust/`, kept byte for byte",
  usage: "DIR FILE",
  positionals: [2, 2],
  options: {},
  notes: "Exit code 3: its signer is not known here, or it does not count; nothing is kept.",
  examples: [
    ["a letter that came by mail", "./freigabe notice receive nation letter.json"],
    ["the answer, at the originator's", "./freigabe notice receive agency answer.json"],
  ],
  async run(input, io) {
    const [dir = "", file = ""] = input.positionals;
    const text = exactText(file, io);
    const { letters, keeping, list } = lettersOf(dir, io);
    const letter = weighLetter(text, letters);
    if ("refused" in letter) {
      io.err(`freigabe: error: \`${file}\` does not count: ${letter.refused}\n`);
      return exit.undecided;
    }
    const [id, { digest, statement }] = [letterId(letter), letter];
    if (letters.evidence.some((one) => one.digest === digest)) {
      io.err(`freigabe: \`${id}\` is here already\n`);
      return exit.done;
    }
    const path = await keepLetter(keeping, `${id}-${digest.slice(0, 12)}`, { text, statement });
    if (statement.kind === "formal-notice" && list.threads.some((one) => one.id === id)) {
      io.err(`freigabe: warning: another letter with the id \`${id}\` is here; both are kept\n`);
    }
    io.out(`${path}\n`);
    return exit.done;
  },
};

/** The file as text that gives the same bytes again: a mark of byte order at its begin stays, since digests are over bytes. */
function exactText(name: string, io: Io): string {
  const file = readNamed(resolve(io.cwd, name), mostLetterBytes);
  if (!file) throw new UserError(`no file \`${name}\``);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes);
  if (Buffer.from(text).equals(file.bytes)) return text;
  throw new UserError(`expected UTF-8 in \`${name}\`, got other bytes`);
}
