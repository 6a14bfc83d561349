import { formatVerifierKey } from "../../ledger/note.ts";
import { UserError } from "../../model/errors.ts";
import type { TrustedKey } from "../../model/evidence.ts";
import type { LogSigner } from "../../model/ports/log.ts";
import type { EntryContent, Receipt, SeenFile } from "../../model/record.ts";
import type { LedgerAccess } from "../shell.ts";
import { aboutItself } from "./entry.ts";
import { headOf } from "./find.ts";
import { References } from "./references.ts";
import { entriesOf, type LedgerView } from "./view.ts";
import { asLedgerKey, write } from "./write.ts";

interface Writing {
  readonly access: LedgerAccess;
  readonly trust: readonly TrustedKey[];
  readonly version: string;
}

/** Begins a ledger with nothing but its start. Throws `UserError` if there is one. */
export async function startLedger(writing: Writing): Promise<Receipt> {
  return write(writing, (view) => {
    if (view) throw new UserError(`\`${writing.access.store.name}\` has a ledger already, \`${view.head.origin}\``);
    return [];
  });
}

/** Enters files that were just made, a statement say. */
export async function enterFiles(writing: Writing, files: readonly SeenFile[]): Promise<Receipt> {
  return write(writing, (_, recordedAt) => {
    const predicate = { recordedAt, appeared: files, vanished: [] };
    return [{ kind: "files", predicate, subject: aboutItself("files", predicate) }];
  });
}

/** Gives the ledger another key: the old one signs once more, together with the new. */
export async function rotateKey(writing: Writing, next: LogSigner, reason: string): Promise<Receipt> {
  return write(
    writing,
    (view, recordedAt) => {
      const { head, key } = begun(view, writing.access);
      const to = formatVerifierKey(asLedgerKey(head.origin, next));
      if (to === formatVerifierKey(key)) throw new UserError("the new key is the one the ledger has", "make another");
      const predicate = { recordedAt, from: formatVerifierKey(key), to, reason };
      return [{ kind: "rotation", predicate, subject: aboutItself("rotation", predicate) }];
    },
    next,
  );
}

/**
 * Withholds an object: first the ledger says so and why, then its bytes go. What stays is the digest. Throws `UserError` if
 * no entry speaks of it.
 */
export async function redact(writing: Writing, sha256: string, reason: string): Promise<Receipt> {
  const { store } = writing.access;
  const references = new References();
  for (const { index, content } of entriesOf(store, headOf(store))) references.add(index, content);
  const isKnown = references.objects.has(sha256) || store.objects.has(sha256);
  if (!isKnown)
    throw new UserError(
      `no entry of the ledger speaks of an object \`${sha256}\``,
      "`freigabe ledger show DIR DECISION --inputs` lists them",
    );
  const receipt = await write(writing, (view, recordedAt): readonly EntryContent[] => {
    begun(view, writing.access);
    const predicate = { recordedAt, sha256, reason };
    return [{ kind: "redaction", predicate, subject: { name: "withheld", sha256 } }];
  });
  store.objects.remove(sha256);
  return receipt;
}

function begun(view: LedgerView | undefined, { store }: LedgerAccess): LedgerView {
  if (view) return view;
  throw new UserError(`no ledger in \`${store.name}\``, "`freigabe ledger start DIR` begins one");
}
