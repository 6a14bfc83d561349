import { resolve } from "node:path";
import { UserError } from "../model/errors.ts";
import type { NoticeThread } from "../model/notice.ts";
import { openFolder } from "../storage/folder.ts";
import { openSigner } from "../storage/keys.ts";
import { certify, type Draft } from "../tasks/certify.ts";
import { type Keeping, keepLetter, weighLetter } from "../tasks/notices/keep.ts";
import { type Letters, readLetters } from "../tasks/notices/read.ts";
import { threadsOf } from "../tasks/notices/threads.ts";
import type { Input, Io } from "./command.ts";
import { openAccess } from "./ledger-access.ts";
import { version } from "./shell.ts";

/** The letters of a folder as they stand today, and how to keep one more. */
export function lettersOf(dir: string, io: Io) {
  const folder = openFolder(resolve(io.cwd, dir));
  const access = openAccess(dir, io);
  const today = io.now.toISOString().slice(0, 10);
  const letters = readLetters(folder, today, access.store);
  const keeping: Keeping = { folder, access, version: version() };
  return { letters, keeping, list: threadsOf(letters, today) };
}

/** The one key that signs. Throws `UserError` if it was not named or cannot be read. */
export function signerOf(input: Input, io: Io) {
  const key = input.text("key");
  if (key !== undefined) return openSigner(resolve(io.cwd, key));
  throw new UserError("`--key FILE` is missing: a letter is signed", "`freigabe certify key` makes one");
}

/**
 * Signs a letter or a reply and keeps it; its path below the folder. Throws `UserError` if it would not count even here,
 * before anything is written.
 */
export async function putLetter(
  { letters, keeping }: { readonly letters: Letters; readonly keeping: Keeping },
  { kind, name, predicate }: Pick<Draft, "kind"> & { readonly name: string; readonly predicate: object },
  signer: ReturnType<typeof signerOf>,
  io: Io,
): Promise<string> {
  const content = { name: "letter", bytes: Buffer.from(JSON.stringify(predicate)), sha256: "" };
  const draft = { kind, content, settings: [], now: io.now, complete: false, subject: { name } };
  const { text, statement } = certify(draft, [signer]);
  const weighed = weighLetter(text, letters);
  if ("refused" in weighed) {
    throw new UserError(
      `signed with this key it would not count: ${weighed.refused}`,
      "the entry of the key in `trust/` says for whom it speaks; nothing was written",
    );
  }
  return keepLetter(keeping, name, { text, statement });
}

/** Signs what the partner says to a letter, about the very bytes that lie here. */
export function putReply(
  opened: Pick<ReturnType<typeof lettersOf>, "letters" | "keeping">,
  { id, sha256, from, to }: NoticeThread,
  says: { readonly replyId: string; readonly reply: "received" | "answer"; readonly text?: string },
  input: Input,
  io: Io,
): Promise<string> {
  const predicate = { ...says, noticeId: id, notice: sha256, partner: to, originator: from };
  return putLetter(opened, { kind: "notice-reply", name: says.replyId, predicate }, signerOf(input, io), io);
}
