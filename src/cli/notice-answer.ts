import { exit, UserError } from "../model/errors.ts";
import { threadNamed } from "../tasks/notices/threads.ts";
import type { Command } from "./command.ts";
import { fileText } from "./file-text.ts";
import { lettersOf, putReply } from "./notice-folder.ts";

export const command: Command = {
  name: "notice answer",
  summary: "answer a letter under a signature",
  usage: "DIR NOTICE --file ANSWER --key KEY",
  positionals: [2, 2],
  options: {
    file: { type: "string", value: "FILE", means: "the answer, plain text" },
    key: { type: "string", value: "FILE", means: "private key of the partner" },
  },
  notes:
    "The reply names the very bytes of the letter; it lies in `notices/` and goes to the originator by mail, or by POST to\n`/exchange/statements/` of its server.",
  examples: [
    ["with the words of a file", "./freigabe notice answer nation DEMO-N1 --file answer.txt --key keys/nation"],
    ["then look at the thread", "./freigabe notice list nation"],
  ],
  async run(input, io) {
    const [dir = "", id = ""] = input.positionals;
    const opened = lettersOf(dir, io);
    const thread = threadNamed(opened.list, id);
    const file = input.text("file");
    if (file === undefined) throw new UserError("`--file FILE` is missing", "the answer, plain text");
    const text = fileText(file, io).trim();
    if (text === "") throw new UserError(`\`${file}\` is empty`, "write the answer into it");
    const number = thread.replies.filter(({ reply }) => reply === "answer").length + 1;
    const says = { replyId: `${thread.id.slice(0, 180)}-answer-${number}`, reply: "answer", text } as const;
    const path = await putReply(opened, thread, says, input, io);
    io.out(`${path}\n`);
    return exit.done;
  },
};
