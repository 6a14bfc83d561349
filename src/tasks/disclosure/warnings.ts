import { readClass } from "../../disclosure/class.ts";
import { newestOf } from "../../disclosure/classify.ts";
import { type Asked, decideClass } from "../../disclosure/decide.ts";
import { stillWarns, threatToLife } from "../../disclosure/warning.ts";
import type { DisclosureReader, DisclosureWriter, Micros, StoredObject } from "../../model/ports/disclosure.ts";
import type { Sharing } from "../../model/sharing.ts";
import type { WarningPredicate } from "../../model/statement.ts";
import { type Scales, weigh } from "./posture-of.ts";

/** A warning of a threat to life that one partner does not get, since when, and by when two officers decide. */
export interface WarningCase {
  readonly partner: string;
  readonly object: string;
  readonly version: string;
  readonly opened: Micros;
  readonly deadline: Micros;
}

/** What two officers decided, as it was signed. */
export interface WarningDecision {
  readonly says: WarningPredicate;
  readonly by: readonly string[];
}

export function isSameCase(
  one: Pick<WarningCase, "object" | "version">,
  other: Pick<WarningCase, "object" | "version">,
) {
  return one.object === other.object && one.version === other.version;
}

/** Decisions about warnings to a partner that count, in the order in which they came. */
export async function decisionsFor(
  store: DisclosureReader,
  partner: string,
  scales: Scales,
): Promise<readonly WarningDecision[]> {
  return (await store.statements("warning-decision", partner)).flatMap(({ envelope }) => {
    const evidence = weigh(envelope, "warning-decision", scales);
    if (typeof evidence === "string" || evidence.statement.kind !== "warning-decision") return [];
    return [{ says: evidence.statement.predicate, by: evidence.signers.map(({ id }) => id) }];
  });
}

/** Cases that were opened for a partner, or for all, whatever became of them. */
export async function openedCases(store: DisclosureReader, partner?: string): Promise<readonly WarningCase[]> {
  return (await store.statements("warning-case", partner)).map(({ envelope }) => JSON.parse(envelope) as WarningCase);
}

export interface Withholding {
  readonly sharing: Sharing;
  readonly asked: Asked;
  /** Ids that two officers let through to the partner. */
  readonly overrides: readonly string[];
  readonly now: Micros;
}

/**
 * Warnings that a rule keeps from a partner who reads a collection with them. Only its own poster can mark an object so: what
 * others post under its id, or under the id of the marking, opens nothing for it.
 */
export async function withheldWarnings(
  tx: DisclosureWriter,
  { sharing, asked, overrides, now }: Withholding,
): Promise<readonly StoredObject[]> {
  const standings = await tx.standings(asked.partner.id);
  const found: StoredObject[] = [];
  for (const poster of [sharing.originator, ...sharing.partners.map(({ id }) => id)]) {
    for (const object of await markedBy(tx, poster)) {
      const isWithheld = !overrides.includes(object.id) && standings.get(object.classId) !== "open";
      if (!isWithheld || !stillWarns(object.text, now) || isGivenInFull(object, asked)) continue;
      if ((await tx.collectionsOf(object.oid)).some((id) => asked.reads.has(id))) found.push(object);
    }
  }
  return found;
}

/** Objects of a poster whose newest version carries the marking. */
async function markedBy(tx: DisclosureWriter, poster: string): Promise<readonly StoredObject[]> {
  const marked = await tx.pointing(poster, [threatToLife], "marking");
  if (marked.length === 0) return [];
  const oids = new Set(marked.map(({ oid }) => oid));
  const lines = await tx.linesOf(poster, [...new Set(marked.map(({ id }) => id))]);
  const newest = newestOf(lines.filter(({ struck }) => !struck));
  return [...newest.values()].filter(({ oid }) => oids.has(oid));
}

/** The lesser form of something is not missed by who gets the whole. */
function isGivenInFull({ classKey }: StoredObject, asked: Asked): boolean {
  const { instead } = readClass(classKey);
  return instead !== undefined && decideClass(instead, asked).outcome === "open";
}

/** Why a decision about a warning cannot be taken here; undefined: it can. */
export async function decisionFault(
  store: DisclosureReader,
  { partner, object, version, instead }: { partner: string; object: string; version: string; instead?: string },
): Promise<string | undefined> {
  const opened = await openedCases(store, partner);
  if (!opened.some((one) => isSameCase(one, { object, version })))
    return `no case of \`${partner}\` about \`${object}\`, version ${version}, was opened`;
  if (instead === undefined) return undefined;
  const there = await store.versionsOf(instead);
  return there.length > 0 && instead !== object ? undefined : `no lesser object \`${instead}\` is stored here`;
}
