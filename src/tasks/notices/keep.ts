import { committedHead } from "../../ledger/head.ts";
import { UserError } from "../../model/errors.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { FolderFiles } from "../../model/ports/files.ts";
import type { Statement } from "../../model/statement.ts";
import { sha256 } from "../disclosure/house.ts";
import { enterFiles } from "../record/change.ts";
import { statementName } from "../record/files.ts";
import type { LedgerAccess } from "../shell.ts";
import { checkLetter, type Letters, mostLetterBytes } from "./read.ts";

/** Where letters are kept, and the ledger that is told of them if it was begun. */
export interface Keeping {
  readonly folder: FolderFiles;
  readonly access: LedgerAccess;
  readonly version: string;
}

/** Text of an envelope as a letter that counts here; or why it does not. */
export function weighLetter(text: string, letters: Letters): Evidence | { readonly refused: string } {
  const bytes = Buffer.from(text);
  if (bytes.byteLength > mostLetterBytes) return { refused: "it is larger than 1 MB" };
  const checked = checkLetter({ name: "letter", bytes, sha256: sha256(bytes) }, letters);
  return typeof checked === "string" ? { refused: checked } : checked;
}

/**
 * Keeps a letter byte for byte as `notices/NAME.json`, entered in the ledger first: what was kept is never unknown to it.
 * Returns its path below the folder. Throws `UserError` if there is such a file.
 */
export async function keepLetter(
  { folder, access, version }: Keeping,
  name: string,
  { text, statement }: { readonly text: string; readonly statement: Statement },
): Promise<string> {
  const file = `notices/${fileName(name, sha256(text))}.json`;
  if (folder.read(file, mostLetterBytes))
    throw new UserError(`\`${file}\` is there already`, "nothing was signed over it");
  if (committedHead(access.store.log)) {
    const digest = access.store.objects.put(Buffer.from(text));
    await enterFiles({ access, trust: [], version }, [{ file, sha256: digest, kind: statementName(statement) }]);
  }
  folder.write(file, text, { exclusive: true });
  return file;
}

/** An id as the name of a file; where that is not the id itself, with digits of the digest, so that two ids never share one. */
function fileName(id: string, digest: string): string {
  if (/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,149}$/.test(id)) return id;
  const safe = id.replaceAll(/[^A-Za-z0-9._-]/g, "_").replace(/^\./, "_");
  return `${safe.slice(0, 120)}-${digest.slice(0, 12)}`;
}

/** Statements of letters by how a person calls them. */
export function letterId({ statement }: Evidence): string {
  if (statement.kind === "formal-notice") return statement.predicate.noticeId;
  if (statement.kind === "notice-reply") return statement.predicate.replyId;
  if (statement.kind === "supplier-comment") return statement.predicate.commentId;
  throw new Error(`a statement of kind ${statement.kind} was taken for a letter`);
}
