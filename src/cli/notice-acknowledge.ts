import { exit } from "../model/errors.ts";
import { threadNamed } from "../tasks/notices/threads.ts";
import type { Command } from "./command.ts";
import { lettersOf, putReply } from "./notice-folder.ts";

export const command: Command = {
  name: "notice acknowledge",
  summary: "say under a signature that a letter arrived",
  usage: "DIR NOTICE --key KEY",
  positionals: [2, 2],
  options: {
    key: { type: "string", value: "FILE", means: "private key of the partner" },
  },
  notes:
    "The reply names the very bytes of the letter; it lies in `notices/` and goes to the originator by mail, or by POST to\n`/exchange/statements/` of its server.",
  examples: [
    ["it arrived", "./freigabe notice acknowledge nation DEMO-N1 --key keys/nation"],
    ["then look at the thread", "./freigabe notice list nation"],
  ],
  async run(input, io) {
    const [dir = "", id = ""] = input.positionals;
    const opened = lettersOf(dir, io);
    const thread = threadNamed(opened.list, id);
    const path = await putReply(
      opened,
      thread,
      { replyId: `${thread.id.slice(0, 180)}-received`, reply: "received" },
      input,
      io,
    );
    io.out(`${path}\n`);
    return exit.done;
  },
};
