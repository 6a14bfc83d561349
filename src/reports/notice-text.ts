import type { NoticeList, NoticeThread } from "../model/notice.ts";
import { quoted } from "./comments-text.ts";
import { paint, printable, type Style, wrap } from "./terminal.ts";

const colours = { open: "yellow", received: "yellow", answered: "green", overdue: "red", superseded: "dim" } as const;

/** Letters as threads, for people. */
export function noticesText({ today, threads, aside }: NoticeList, style: Style): string {
  const lines = [
    ...(threads.length === 0
      ? ["no notices"]
      : threads.flatMap((thread, at) => [...(at > 0 ? [""] : []), ...threadLines(thread, today, style)])),
    ...aside.flatMap(({ file, message }) => wrap(`set aside: ${printable(file)}: ${printable(message)}`, "")),
  ];
  return `${lines.join("\n")}\n`;
}

function threadLines(thread: NoticeThread, today: string, style: Style): readonly string[] {
  const { id, from, to, title, text, signed, signer, condition, answerBy, supersededBy, state, replies, comments } =
    thread;
  return [
    `${paint(style, "bold", printable(title))}  ${paint(style, colours[state], state)}`,
    `  ${printable(id)}, ${printable(from)} to ${printable(to)}, ${signed}, signed by ${printable(signer)}`,
    ...quoted(text, "    "),
    ...(condition === undefined ? [] : [`  condition ${printable(condition)}${forceText(thread)}`]),
    ...(answerBy === undefined
      ? []
      : [`  answer wanted by ${answerBy}${answerBy < today && state === "overdue" ? ": overdue" : ""}`]),
    ...(supersededBy === undefined ? [] : [`  superseded by ${printable(supersededBy)}`]),
    ...replies.flatMap(({ reply, signed: day, signer: by, text: words, other }) => [
      `  ${reply === "received" ? "received" : "answer"}, ${day}, signed by ${printable(by)}${other ? ": about OTHER BYTES than these, so it does not count" : ""}`,
      ...(words === undefined ? [] : quoted(words, "    ")),
    ]),
    ...comments.flatMap(({ maker, signed: day, signer: by, text: words }) => [
      `  what ${printable(maker)} says itself, ${day}, signed by ${printable(by)}`,
      ...quoted(words, "    "),
    ]),
  ];
}

function forceText({ force, forceIn = 0 }: NoticeThread): string {
  if (force === undefined) return "";
  if (forceIn > 0) return `, in force from ${force}, in ${forceIn} days`;
  return forceIn === 0 ? `, in force from ${force}, today` : `, in force since ${force}`;
}
