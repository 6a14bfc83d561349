import { type Accepted, accept, type Incoming } from "../../disclosure/accept.ts";
import { formatMicros, readMicros, versionKeyOf } from "../../disclosure/time.ts";
import type { Collection, Partner } from "../../model/sharing.ts";
import { sliceObjects } from "../../readers/stix/envelope.ts";
import { readStixObject } from "../../readers/stix/object.ts";
import { aboutText } from "../record/journal.ts";
import { bringUpToDate, type Desk, nowOf } from "./desk.ts";
import { sha256 } from "./house.ts";

const mostObjects = 200_000;
const batch = 500;
const keptFor = 48 * 3_600_000_000;

/** A TAXII status (2.1, section 4.3.1), as its poster reads it. */
export interface Status {
  readonly id: string;
  readonly status: "complete" | "pending";
  readonly request_timestamp: string;
  readonly total_count: number;
  readonly success_count: number;
  readonly successes?: readonly Told[];
  readonly failure_count: number;
  readonly failures?: readonly Told[];
  readonly pending_count: number;
}
interface Told {
  readonly id: string;
  readonly version: string;
  readonly message?: string;
}

/**
 * Takes an envelope of STIX objects into a collection. A bad object fails alone; an envelope that is none is a fault, and
 * nothing of it is stored. Large posts go in pieces, each durable by itself, so that others are served meanwhile.
 */
export async function post(
  desk: Desk,
  collection: Collection,
  poster: Partner,
  text: string,
): Promise<{ readonly status: Status } | { readonly fault: string }> {
  const sliced = sliceObjects(text, { maxObjects: mostObjects, maxDepth: 64 });
  if ("fault" in sliced) return sliced;
  if (sliced.objects.length === 0) return { fault: "expected at least one object in `objects`, got none" };
  await bringUpToDate(desk, poster);
  const [id, created] = [desk.uuid(), nowOf(desk)];
  const successes: Told[] = [];
  const failures: Told[] = [];
  const status = (done: number): Status => ({
    id,
    status: done === sliced.objects.length ? "complete" : "pending",
    request_timestamp: formatMicros(created),
    total_count: sliced.objects.length,
    success_count: successes.length,
    ...(successes.length > 0 && { successes }),
    failure_count: failures.length,
    ...(failures.length > 0 && { failures }),
    pending_count: sliced.objects.length - done,
  });
  for (let at = 0; at < sliced.objects.length; at += batch) {
    const read = sliced.objects.slice(at, at + batch).map(readStixObject);
    const incoming = read.flatMap((one) => ("object" in one ? [incomingOf(one.object)] : []));
    for (const one of read) {
      if ("fault" in one)
        failures.push({ id: one.id ?? "unknown", version: one.version ?? formatMicros(created), message: one.fault });
    }
    const done = Math.min(at + batch, sliced.objects.length);
    const accepted = await desk.store.change(async (tx) => {
      const given = { sharing: desk.house().sharing, collection, poster: poster.id, now: nowOf(desk) };
      const outcomes = await accept(tx, given, incoming);
      note(outcomes, successes, failures);
      // Lists of many thousand names are written once, at the end.
      const { successes: _, failures: __, ...counts } = status(done);
      const body = JSON.stringify(done === sliced.objects.length ? status(done) : counts);
      await tx.putStatus({ id, partner: poster.id, created, body }, created - keptFor);
      return outcomes;
    });
    await recordOdd(desk, poster, accepted);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { status: status(sliced.objects.length) };
}

function incomingOf(object: Extract<ReturnType<typeof readStixObject>, { object: unknown }>["object"]): Incoming {
  const { text, id, type, specVersion, refs, createdBy, markings, extensions, json } = object;
  const expires = object.expires === undefined ? undefined : readMicros(object.expires);
  return {
    ...{ text, id, type, specVersion, refs, markings, extensions, json },
    sha256: sha256(text),
    version: object.version,
    versionKey: versionKeyOf(object.version) ?? "",
    ...(createdBy !== undefined && { createdBy }),
    ...(expires !== undefined && { expires }),
  };
}

function note(outcomes: readonly Accepted[], successes: Told[], failures: Told[]): void {
  for (const { id, version, outcome, message } of outcomes) {
    const told = { id, version, ...(message !== undefined && { message }) };
    if (outcome === "refused") failures.push(told);
    else successes.push(told);
  }
}

/** What an honest poster would not send stands in the ledger, also where its poster must not learn of it. */
async function recordOdd(desk: Desk, poster: Partner, outcomes: readonly Accepted[]): Promise<void> {
  const odd = outcomes.filter(({ outcome }) => outcome === "refused" || outcome === "quarantined");
  if (odd.length === 0) return;
  await desk.journal.enter((recordedAt) =>
    odd.slice(0, 100).map(({ id, version, outcome, message }) => {
      const text = `${id} ${version}: ${message ?? "another object has its id"}`;
      const predicate = { recordedAt, act: `post ${outcome}`, by: poster.id, text };
      return { kind: "act", predicate, subject: aboutText(`post of ${poster.id}`, text) };
    }),
  );
}
