import { readClass } from "../../disclosure/class.ts";
import type { Settlement } from "../../disclosure/settle.ts";
import { formatMicros } from "../../disclosure/time.ts";
import type { QueueList } from "../../model/disclosure.ts";
import { UserError } from "../../model/errors.ts";
import type { TrustedKey } from "../../model/evidence.ts";
import { bringUpToDate, type Desk } from "./desk.ts";
import { demandPartner } from "./look.ts";

/** What waits for an officer. */
export async function queueOf(desk: Desk): Promise<QueueList> {
  const waiting = await desk.store.queue();
  return {
    kind: "disclosure-queue",
    waiting: waiting.map(({ partner, classId, classKey, since, objects }) => ({
      id: `${partner}/${classId}`,
      partner,
      since: formatMicros(since),
      class: readClass(classKey),
      objects,
    })),
  };
}

/**
 * Lets go what waits, or refuses it; by a key of `trust/` whose role is approver. Throws `UserError` if nothing of that id
 * waits, or the key may not say so.
 */
export async function say(
  desk: Desk,
  id: string,
  word: "approve" | "reject",
  key: { readonly keyid: string },
): Promise<Settlement> {
  const officer = officerOf(desk, key.keyid);
  const [, partnerId = "", classId = ""] = /^(.+)\/([0-9]{1,12})$/.exec(id) ?? [];
  const waits = (await desk.store.queue()).some((one) => one.partner === partnerId && one.classId === Number(classId));
  if (!waits) throw new UserError(`nothing waits under \`${id}\``, "`freigabe disclose queue DIR` lists what does");
  const partner = demandPartner(desk, partnerId);
  const list = [Number(classId)];
  const said = word === "approve" ? { approved: list, by: officer.id } : { rejected: list, by: officer.id };
  const settlement = await bringUpToDate(desk, partner, said);
  if (!settlement) throw new Error("what an officer says always settles");
  await desk.store.change((tx) => tx.touch());
  return settlement;
}

function officerOf(desk: Desk, keyid: string): TrustedKey {
  const today = desk.clock().toISOString().slice(0, 10);
  const { trust, sharing } = desk.house();
  const officer = trust.find((one) => one.keyid === keyid);
  if (!officer) throw new UserError("the key is not in `trust/`", "`freigabe certify key` makes the entry");
  const faults = [
    ...(officer.role === "approver" ? [] : [`its role is ${officer.role}, expected approver`]),
    ...(officer.id.startsWith("DEMO-") && sharing.demo !== true ? ["it is a demonstration key"] : []),
    ...(today < officer.from ? [`it counts from ${officer.from}`] : []),
    ...[officer.until, officer.retired, officer.compromised].flatMap((day) =>
      day !== undefined && today > day ? [`it ended on ${day}`] : [],
    ),
  ];
  if (faults.length > 0) throw new UserError(`\`${officer.id}\` may not say so: ${faults.join("; ")}`);
  return officer;
}
