import { createHash } from "node:crypto";
import { exit } from "../model/errors.ts";
import { weighLetter } from "../tasks/notices.ts";
import type { Command } from "./command.ts";
import { fileText } from "./file-text.ts";
import { lettersOf, putEnvelope } from "./notice-folder.ts";

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
    const { folder, list } = lettersOf(dir, io);
    const letter = weighLetter(folder, text, list.today);
    if ("refused" in letter) {
      io.err(`freigabe: error: \`${file}\` does not count: ${letter.refused}\n`);
      return exit.undecided;
    }
    const sha256 = createHash("sha256").update(text).digest("hex");
    if (list.threads.some((thread) => thread.sha256 === sha256)) {
      io.err(`freigabe: \`${letter.id}\` is here already\n`);
      return exit.done;
    }
    const path = await putEnvelope({ dir, folder, name: `${letter.id}-${sha256.slice(0, 8)}` }, text, io);
    io.out(`${path}\n`);
    return exit.done;
  },
};
