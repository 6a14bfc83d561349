import { exit } from "../model/errors.ts";
import { demandPartner } from "../tasks/disclosure/look.ts";
import { receive } from "../tasks/disclosure/receive.ts";
import type { Command } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";
import { fileText } from "./file-text.ts";

export const command: Command = {
  name: "disclose receive",
  summary: "take in a signed statement: a posture, an override, an answer",
  usage: "DIR FILE",
  positionals: [2, 2],
  options: deskOptions,
  notes:
    "The same as a partner's POST to `/exchange/statements/`: checked against `trust/`, entered in the ledger, acted on at\nonce. Exit code 1: it does not count, and why.",
  examples: [
    ["a partner's posture that came by mail", "./freigabe disclose receive agency posture.json"],
    ["what two officers signed: an imminent threat may be told", "./freigabe disclose receive agency override.json"],
  ],
  async run(input, io) {
    const [dir = "", file = ""] = input.positionals;
    const desk = await openDesk(dir, input, io);
    try {
      const answer = await receive(desk, fileText(file, io), demandPartner(desk, desk.house().sharing.originator));
      if ("refused" in answer) {
        io.err(`freigabe: error: \`${file}\` does not count: ${answer.refused}\n`);
        return exit.refused;
      }
      io.out(`received: ${answer.text}\n`);
      return exit.done;
    } finally {
      await desk.close();
    }
  },
};
