import { keyidOf } from "../../model/algorithm.ts";
import { UserError } from "../../model/errors.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import { timeOf } from "../../model/record.ts";
import { trustEntry } from "../trust-entry.ts";
import { headOf } from "./find.ts";
import { entriesOf, keysAnnounced, readView } from "./view.ts";

/** The entry of `trust/` for the key that a ledger has now, as YAML. Throws `UserError` if there is no ledger. */
export function ledgerKeyEntry(store: LedgerStore, id?: string): string {
  const view = readView(store);
  if (!view) throw new UserError(`no ledger in \`${store.name}\``, "`freigabe ledger start DIR` begins one");
  const { key, head } = view;
  const since = [...entriesOf(store, headOf(store))]
    .filter(({ content, index }) => keysAnnounced(content, index, head.origin).length > 0)
    .map(({ content }) => timeOf(content))
    .at(-1)!;
  return trustEntry({
    id: id ?? `ledger-${key.keyId}`,
    party: head.origin,
    role: "ledger",
    from: since.slice(0, 10),
    schemes: [],
    keyid: keyidOf(key.publicKey),
    publicKey: key.publicKey.export({ type: "spki", format: "pem" }).toString(),
  }).text;
}
