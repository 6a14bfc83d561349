import { createHash } from "node:crypto";
import type {
  DisclosureWriter,
  Micros,
  Moved,
  NewObject,
  Standing,
  StoredObject,
  ViewName,
} from "../model/ports/disclosure.ts";
import type { Sharing } from "../model/sharing.ts";
import { readClass } from "./class.ts";
import { newestOf } from "./classify.ts";
import { type Asked, type ClassDecision, decideClass, tellable } from "./decide.ts";
import { recallObject } from "./recall.ts";
import { redacted } from "./redact.ts";

/** A change of what a partner may have of one class. */
export interface Turn {
  readonly classKey: string;
  readonly from: Standing | "new";
  readonly to: Standing;
  readonly decision: ClassDecision;
}

/** What happened in one view, for the record. */
export interface ViewChange {
  readonly view: ViewName;
  readonly released: readonly Moved[];
  readonly withdrawn: readonly Moved[];
  readonly withheld: readonly Omit<Moved, "seq" | "added" | "fetched">[];
  readonly recall?: Moved;
}

export interface Settlement {
  readonly partner: string;
  readonly turns: readonly Turn[];
  readonly views: readonly ViewChange[];
}

export interface Settling {
  readonly sharing: Sharing;
  readonly asked: Asked;
  /** Ids that two officers let through to this partner. */
  readonly overrides: readonly string[];
  /** Classes in the queue that an officer has just let go, or has refused. */
  readonly approved?: readonly number[];
  readonly rejected?: readonly number[];
  readonly now: Micros;
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

/**
 * Brings all views of a partner up to date: decides every class once, takes out what may no longer be seen and recalls what
 * was fetched of it, lets in what may be seen and is not there. What was withheld by a condition whose originator wants it so
 * waits for an officer when the condition holds again.
 */
export async function settle(tx: DisclosureWriter, given: Settling): Promise<Settlement> {
  const { asked } = given;
  const partner = asked.partner.id;
  const turns = await turn(tx, given);
  const opened = turns.flatMap(({ to, classId }) => (to === "open" ? [classId] : []));
  const closed = turns.filter(({ to }) => to === "closed" || to === "queued");
  const views: ViewChange[] = [];
  for (const collection of new Set([...asked.reads, ...(await tx.viewsOf(partner))])) {
    const view = { collection, partner };
    await given.pause();
    const change = asked.reads.has(collection)
      ? await settleView(tx, view, given, opened, closed)
      : await settleShut(tx, view, given, opened, closed);
    if (change) views.push(change);
  }
  return { partner, turns: turns.map(({ classId: _, ...rest }) => rest), views };
}

type NumberedTurn = Turn & { readonly classId: number };

async function turn(
  tx: DisclosureWriter,
  { asked, now, approved = [], rejected = [] }: Settling,
): Promise<readonly NumberedTurn[]> {
  const before = await tx.standings(asked.partner.id);
  const turns: NumberedTurn[] = [];
  for (const { classId, key } of await tx.classes()) {
    const decision = decideClass(readClass(key), asked);
    const from = before.get(classId) ?? "new";
    const said = approved.includes(classId) ? "open" : rejected.includes(classId) ? "rejected" : undefined;
    const to =
      from === "queued" && decision.outcome === "open" && said
        ? said
        : next(from, decision, barredBy(asked, key, from));
    if (from === to) continue;
    await tx.setStanding(asked.partner.id, classId, to, now);
    turns.push({ classId, classKey: key, from, to, decision });
  }
  return turns;
}

function next(from: Standing | "new", { outcome }: ClassDecision, waits: boolean): Standing {
  if (outcome !== "open") return from === "open" && outcome === "idle" ? "open" : outcome;
  if (from === "rejected") return from;
  return from === "queued" || (from === "closed" && waits) ? "queued" : "open";
}

/** Whether an officer has to say so before what was withheld is given: if one of its conditions wants that. */
function barredBy({ conditions }: Asked, key: string, from: Standing | "new"): boolean {
  if (from !== "closed") return false;
  const { conditions: ids, instead } = readClass(key);
  if (instead) return false;
  return ids.some((id) => (conditions.get(id)?.onImprove ?? "queue") === "queue");
}

async function settleView(
  tx: DisclosureWriter,
  view: ViewName,
  given: Settling,
  opened: readonly number[],
  closed: readonly NumberedTurn[],
): Promise<ViewChange | undefined> {
  const { sharing, overrides, now } = given;
  const before = await tx.head(view);
  const { withdrawn, recall } = await takeBack(tx, view, given, closed);
  const withheld = await tx.withheld(view, before?.seen ?? 0);
  const { originator } = sharing;
  await given.pause();
  const { released, replaced } = await tx.release(view, { originator, opened, objects: overrides, now });
  await given.pause();
  const variants = await putVariants(tx, view, given);
  await tx.markSeen(view);
  return changeOf({
    view,
    released: [...released, ...variants],
    withdrawn: [...withdrawn, ...replaced],
    withheld,
    recall,
  });
}

/** A view that its partner cannot read at the moment: what is to be taken back goes, and what opens comes when it reads again. */
async function settleShut(
  tx: DisclosureWriter,
  view: ViewName,
  given: Settling,
  opened: readonly number[],
  closed: readonly NumberedTurn[],
): Promise<ViewChange | undefined> {
  if (opened.length > 0) await tx.markUnseen(view);
  return changeOf({ view, released: [], withheld: [], ...(await takeBack(tx, view, given, closed)) });
}

function changeOf({ recall, ...change }: Omit<ViewChange, "recall"> & { readonly recall: Moved | undefined }) {
  const { released, withdrawn, withheld } = change;
  if (released.length + withdrawn.length + withheld.length === 0) return undefined;
  return { ...change, ...(recall && { recall }) };
}

async function takeBack(
  tx: DisclosureWriter,
  view: ViewName,
  { sharing, now }: Settling,
  closed: readonly NumberedTurn[],
): Promise<{ readonly withdrawn: readonly Moved[]; readonly recall: Moved | undefined }> {
  if (closed.length === 0) return { withdrawn: [], recall: undefined };
  const ids = closed.map(({ classId }) => classId);
  const withdrawn = await tx.withdraw(view, ids, now);
  const fetched = withdrawn.filter((row) => row.fetched);
  if (fetched.length === 0) return { withdrawn, recall: undefined };
  return { withdrawn, recall: await putRecall(tx, view, sharing, fetched, closed, now) };
}

async function putRecall(
  tx: DisclosureWriter,
  view: ViewName,
  sharing: Sharing,
  rows: readonly Moved[],
  closed: readonly NumberedTurn[],
  now: Micros,
): Promise<Moved> {
  // Of what closed beside it, and was never given, nothing may be told here.
  const classes = new Set(rows.map(({ classKey: key }) => key));
  const turned = closed.filter(({ classKey: key }) => classes.has(key));
  const named = turned.filter(({ decision }) => ["reason", "unlock"].includes(tellable(decision)));
  const [condition] = named.flatMap(({ decision }) => decision.obstacles.flatMap((one) => one.condition ?? []));
  const told = condition !== undefined && named.length === turned.length;
  const object = recallObject({ sharing, ...view, rows, now, ...(told && { condition }) });
  const [oid] = await tx.insert([hashed(object)]);
  return tx.place(view, oid!, now);
}

/** Variants of what is withheld only for what it points at; those that no longer fit are taken out. */
async function putVariants(tx: DisclosureWriter, view: ViewName, { asked, now }: Settling): Promise<readonly Moved[]> {
  const shown = await tx.variants(view);
  const standings = await tx.standings(view.partner);
  const wanted: NewObject[] = [];
  for (const object of await tx.redactable(view)) {
    const variant = redacted(object, await withheldTargets(tx, object, standings, asked));
    if (variant) wanted.push(variant);
  }
  const stale = shown.filter(({ id }) => !wanted.some((one) => one.id === id));
  if (stale.length > 0)
    await tx.takeOut(
      view,
      stale.map(({ seq }) => seq),
      now,
    );
  const placed: Moved[] = [];
  for (const variant of wanted.filter(({ id }) => !shown.some((one) => one.id === id))) {
    const known = await tx.variantOf(variant.id);
    const [oid] = known === undefined ? await tx.insert([hashed(variant)]) : [known];
    placed.push(await tx.place(view, oid!, now));
  }
  return placed;
}

/** What of all that an object points at a partner may not have, whoever posted it and wherever it stands. */
async function withheldTargets(
  tx: DisclosureWriter,
  { oid, poster }: StoredObject,
  standings: ReadonlyMap<number, Standing>,
  asked: Asked,
): Promise<ReadonlySet<string>> {
  const pointers = ((await tx.pointersOf([oid])).get(oid) ?? []).filter(({ how }) => how === "ref");
  const ids = pointers.map(({ target }) => target);
  const lines = newestOf(await tx.linesOf(poster, ids));
  const places = await tx.placesOf(poster, ids);
  const withheld = pointers.filter(({ target, seen }) => {
    const line = lines.get(target);
    if (!line) return seen !== undefined && decideClass(readClass(seen), asked).outcome !== "open";
    if (standings.get(line.classId) !== "open") return true;
    const stands = places.get(target) ?? [];
    return stands.length > 0 && !stands.some((id) => asked.reads.has(id));
  });
  return new Set(withheld.map(({ target }) => target));
}

function hashed(object: NewObject): NewObject {
  return { ...object, sha256: createHash("sha256").update(object.text).digest("hex") };
}
