import { resolve } from "node:path";
import { UserError } from "../model/errors.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import { openFolder } from "../storage/folder.ts";
import { openSigner } from "../storage/keys.ts";
import { certify, type Draft } from "../tasks/certify.ts";
import { enterNotice } from "../tasks/disclosure/enter-notice.ts";
import { noticesIn } from "../tasks/notices.ts";
import type { Input, Io } from "./command.ts";
import { openAccess } from "./ledger-access.ts";
import { version } from "./shell.ts";

/** The letters of a folder as they stand today. */
export function lettersOf(dir: string, io: Io) {
  const folder = openFolder(resolve(io.cwd, dir));
  return { folder, list: noticesIn(folder, io.now.toISOString().slice(0, 10)) };
}

/** Signs a letter or a reply with `--key` and puts it into `notices/`; into the ledger too, if there is one. */
export async function putLetter(
  { dir, folder, name }: { readonly dir: string; readonly folder: FolderFiles; readonly name: string },
  draft: Pick<Draft, "kind"> & { readonly predicate: object; readonly subject: string },
  input: Input,
  io: Io,
): Promise<string> {
  const key = input.text("key");
  if (key === undefined)
    throw new UserError("`--key FILE` is missing: a letter is signed", "`freigabe certify key` makes one");
  const content = { name: "letter", bytes: Buffer.from(JSON.stringify(draft.predicate)), sha256: "" };
  const { text } = certify(
    { kind: draft.kind, content, settings: [], now: io.now, complete: false, subject: { name: draft.subject } },
    [openSigner(resolve(io.cwd, key))],
  );
  return putEnvelope({ dir, folder, name }, text, io);
}

/** Puts an envelope into `notices/` under a name of its own; the path below the folder. */
export async function putEnvelope(
  { dir, folder, name }: { readonly dir: string; readonly folder: FolderFiles; readonly name: string },
  text: string,
  io: Io,
): Promise<string> {
  const path = `notices/${name.replaceAll(/[^A-Za-z0-9._-]/g, "_").slice(0, 150)}.json`;
  folder.write(path, text, { exclusive: true });
  await enterNotice(openAccess(dir, io), { file: path, text }, version());
  return path;
}
