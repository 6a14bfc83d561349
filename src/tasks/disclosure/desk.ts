import type { Asked } from "../../disclosure/decide.ts";
import { type Settlement, settle } from "../../disclosure/settle.ts";
import { microsOf } from "../../disclosure/time.ts";
import type { DisclosureStore, DisclosureWriter, Micros } from "../../model/ports/disclosure.ts";
import { type Partner, readableBy } from "../../model/sharing.ts";
import { cedarVersion } from "../../policy/cedar.ts";
import type { Journal } from "../record/journal.ts";
import type { House } from "./house.ts";
import { openCases } from "./open-cases.ts";
import { overridesFor } from "./overrides.ts";
import { pause } from "./pause.ts";
import { postureOf, type Scales } from "./posture-of.ts";
import { disclosureEntry, viewEntries } from "./record.ts";

/** Where disclosure is done: the originator's folder, the state, the record, and what time it is. */
export interface Desk {
  house(): House;
  readonly store: DisclosureStore;
  readonly journal: Journal;
  /** The log of one partner's own views. */
  viewLog(partner: string): Journal;
  /** Envelopes of `notices/` that are formal notices, with the partner each is for. */
  letters(): readonly { readonly to: string; readonly envelope: unknown }[];
  /** Puts a signed reply into `notices/`; the same bytes again are fine. */
  keepReply(id: string, text: string): void;
  clock(): Date;
  /** A random UUID of version 4. */
  uuid(): string;
  readonly version: string;
  /** Settles the views of a partner elsewhere, where nobody's poll waits for it; absent: here. */
  readonly settler?: (partner: string) => Promise<void>;
  /** Up to which change of the store, and until when, each partner is settled; kept by `bringUpToDate`. */
  readonly settled: Map<string, { readonly changes: number; readonly house: House; readonly day: string }>;
}

/** What a change of the queue asks for. */
export interface Said {
  readonly approved?: readonly number[];
  readonly rejected?: readonly number[];
  readonly by?: string;
}

/** What is asked about a partner now. */
export async function askedOf(desk: Desk, partner: Partner): Promise<Asked> {
  const { conditions, sharing } = desk.house();
  const scales = scalesOf(desk);
  const counting = postureOf(partner.id, await desk.store.postures(), scales);
  return {
    ...{ partner, ...counting, lists: sharing.lists ?? {}, conditions, today: scales.today },
    reads: readableBy(sharing, partner.id),
    ...(partner.id === sharing.originator && { isOriginator: true }),
  };
}

export function scalesOf(desk: Desk): Scales {
  const { trust, sharing } = desk.house();
  return { trust, today: desk.clock().toISOString().slice(0, 10), demo: sharing.demo === true };
}

export function partnerNamed(desk: Desk, id: string): Partner | undefined {
  const { sharing } = desk.house();
  // The originator reads its own house, as one who may have everything.
  if (id === sharing.originator) return { id, tlp: "red" };
  return sharing.partners.find((partner) => partner.id === id);
}

/**
 * Brings the views of a partner up to date, if anything changed since: what is told, withheld and taken back is in the ledger
 * before the views show it. Answers what happened, or nothing.
 */
export async function bringUpToDate(desk: Desk, partner: Partner, said?: Said): Promise<Settlement | undefined> {
  const house = desk.house();
  const day = desk.clock().toISOString().slice(0, 10);
  const before = desk.settled.get(partner.id);
  const changes = await desk.store.changes();
  if (!said && before?.changes === changes && before.house === house && before.day === day) return undefined;
  const settlement =
    desk.settler && !said
      ? await desk.settler(partner.id).then(() => undefined)
      : await desk.store.change((tx) => settleRecorded(desk, tx, partner, said));
  desk.settled.set(partner.id, { changes, house, day });
  return settlement;
}

async function settleRecorded(
  desk: Desk,
  tx: DisclosureWriter,
  partner: Partner,
  said: Said = {},
): Promise<Settlement> {
  const house = desk.house();
  const now = nowOf(desk);
  await tx.note("time", now / 1000);
  const asked = await askedOf(desk, partner);
  const overrides = await overridesFor(tx, partner.id, scalesOf(desk));
  const settlement = await settle(tx, { sharing: house.sharing, asked, overrides, now, pause, ...said });
  if (partner.id !== house.sharing.originator)
    await openCases(desk, tx, { sharing: house.sharing, asked, overrides, now });
  const { turns, views } = settlement;
  if (partner.id === house.sharing.originator || (turns.length === 0 && views.length === 0)) return settlement;
  const { journal, version } = desk;
  const engine = { freigabe: version, cedar: cedarVersion() };
  keepInputs(journal, house);
  await pause();
  await journal.enter((time) => [disclosureEntry({ settlement, asked, house, engine, journal, said }, time)]);
  await tx.note("entered", journal.size());
  await pause();
  const log = desk.viewLog(partner.id);
  if (views.some(({ released, withdrawn }) => released.length + withdrawn.length > 0)) {
    await log.enter((time) => viewEntries(settlement, log, time));
  }
  return settlement;
}

const kept = new WeakSet<House>();

/** What decisions rest on lies beside the ledger, so that they can be made again; postures were kept when they came. */
function keepInputs({ access }: Journal, house: House): void {
  if (kept.has(house)) return;
  for (const { bytes } of house.files) access.store.objects.put(bytes);
  kept.add(house);
}

export function nowOf(desk: Desk): Micros {
  return microsOf(desk.clock());
}

/** All partners, one after the other. */
export async function bringAllUpToDate(desk: Desk): Promise<readonly Settlement[]> {
  const done: Settlement[] = [];
  for (const partner of desk.house().sharing.partners) {
    const settlement = await bringUpToDate(desk, partner);
    await pause();
    if (settlement) done.push(settlement);
  }
  return done;
}
