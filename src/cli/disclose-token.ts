import { exit } from "../model/errors.ts";
import { demandPartner } from "../tasks/disclosure/look.ts";
import { newToken } from "../tasks/disclosure/tokens.ts";
import type { Command } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";

export const command: Command = {
  name: "disclose token",
  summary: "make a bearer token for a partner, shown once",
  usage: "DIR PARTNER [--revoke]",
  positionals: [2, 2],
  options: {
    revoke: { type: "boolean", means: "take all tokens of the partner away, and make none" },
    ...deskOptions,
  },
  notes:
    "The token goes to stdout and nowhere else; the store keeps a hash of it. The originator's own id gets one too.",
  examples: [
    ["for a partner", "./freigabe disclose token agency DEMO-NATION"],
    ["it was lost: take it away", "./freigabe disclose token agency DEMO-NATION --revoke"],
  ],
  async run(input, io) {
    const [dir = "", partner = ""] = input.positionals;
    const desk = await openDesk(dir, input, io);
    try {
      if (input.flag("revoke")) {
        const { id } = demandPartner(desk, partner);
        const count = await desk.store.change((tx) => tx.dropTokens(id));
        io.err(`freigabe: ${count} tokens of ${id} no longer count\n`);
      } else io.out(`${await newToken(desk, partner)}\n`);
      return exit.done;
    } finally {
      await desk.close();
    }
  },
};
