import { committedHead } from "../../ledger/head.ts";
import { write } from "../record/write.ts";
import type { LedgerAccess } from "../shell.ts";
import { sha256 } from "./house.ts";

/** Enters a letter in the ledger of its folder, byte for byte, if a ledger was begun there. Throws `UserError`. */
export async function enterNotice(
  access: LedgerAccess,
  { file, text }: { readonly file: string; readonly text: string },
  version: string,
): Promise<void> {
  if (!committedHead(access.store.log)) return;
  access.store.objects.put(Buffer.from(text));
  const appeared = [{ file, sha256: sha256(text), kind: "notice" }];
  await write({ access, trust: [], version }, (_, recordedAt) => [
    { kind: "files", predicate: { recordedAt, appeared, vanished: [] }, subject: { name: file, sha256: sha256(text) } },
  ]);
}
