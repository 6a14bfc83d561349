import { formatMicros } from "../../disclosure/time.ts";
import type { DisclosureWriter, StoredStatement } from "../../model/ports/disclosure.ts";
import { aboutText } from "../record/journal.ts";
import type { Desk } from "./desk.ts";
import { sha256 } from "./house.ts";
import { isSameCase, openedCases, type WarningCase, type Withholding, withheldWarnings } from "./warnings.ts";

const usualHours = 24;
const hour = 3_600_000_000;

/**
 * Opens a case for every warning of a threat to life that a partner does not get and that nobody has decided about yet. What
 * it opens is in the ledger first. Only the house learns of it: no view, count or status of the partner changes.
 */
export async function openCases({ journal }: Desk, tx: DisclosureWriter, withholding: Withholding): Promise<void> {
  const { asked, sharing, now } = withholding;
  const partner = asked.partner.id;
  const withheld = await withheldWarnings(tx, withholding);
  if (withheld.length === 0) return;
  const known = await openedCases(tx, partner);
  const deadline = now + (sharing.warnHours ?? usualHours) * hour;
  const fresh = withheld
    .map(({ id: object, version }): WarningCase => ({ partner, object, version, opened: now, deadline }))
    .filter((one) => !known.some((other) => isSameCase(one, other)));
  if (fresh.length === 0) return;
  const rows = fresh.map((one): StoredStatement => {
    const envelope = JSON.stringify(one);
    return { kind: "warning-case", partner, received: now, sha256: sha256(envelope), envelope };
  });
  await journal.enter((recordedAt) => {
    const list = journal.keepText(rows.map(({ envelope }) => `${envelope}\n`).join(""));
    const text = `${fresh.length} warnings of a threat to life do not reach it; two officers decide by ${formatMicros(deadline)}`;
    const predicate = { recordedAt, act: "warning cases opened", by: partner, text, sha256: list };
    return [{ kind: "act", predicate, subject: aboutText(`warnings to ${partner}`, list) }];
  });
  for (const row of rows) await tx.putStatement(row);
}
