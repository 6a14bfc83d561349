import { exit } from "../model/errors.ts";
import { keepLetter, letterId, weighLetter } from "../tasks/notices/keep.ts";
import type { Command } from "./command.ts";
import { fileText } from "./file-text.ts";
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
    const text = fileText(file, io);
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
