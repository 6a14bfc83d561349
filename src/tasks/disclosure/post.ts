import { type Accepted, accept, type Incoming } from "../../disclosure/accept.ts";
import { formatMicros, readMicros, versionKeyOf } from "../../disclosure/time.ts";
import { canonicalJson } from "../../model/canonical-json.ts";
import type { Collection, Partner } from "../../model/sharing.ts";
import { sliceObjects } from "../../readers/stix/envelope.ts";
import { readStixObject, type StixObject } from "../../readers/stix/object.ts";
import { aboutText } from "../record/journal.ts";
import { bringUpToDate, type Desk, nowOf } from "./desk.ts";
import { sha256 } from "./house.ts";
import { pause } from "./pause.ts";

const mostObjects = 200_000;
const batch = 20;
const keptFor = 48 * 3_600_000_000;

/** A TAXII status (2.1, section 4.3.1), as its poster reads it. */
export interface Status {
  readonly id: string;
  readonly status: "complete";
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
 * nothing of it is stored. All of it becomes visible in one moment, however large it is; others are served meanwhile.
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
  const { incoming, faults } = await readAll(sliced.objects);
  const successes: Told[] = [];
  const failures = faults.map((one): Told => {
    return { id: one.id ?? "unknown", version: one.version ?? formatMicros(created), message: one.fault };
  });
  const { accepted, status } = await desk.store.change(async (tx) => {
    const now = nowOf(desk);
    await tx.note("time", now / 1000);
    const given = { sharing: desk.house().sharing, collection, poster: poster.id, now, pause };
    const outcomes = await accept(tx, given, incoming);
    note(outcomes, successes, failures);
    const said: Status = {
      id,
      status: "complete",
      request_timestamp: formatMicros(created),
      total_count: sliced.objects.length,
      success_count: successes.length,
      ...(successes.length > 0 && { successes }),
      failure_count: failures.length,
      ...(failures.length > 0 && { failures }),
      pending_count: 0,
    };
    await tx.putStatus({ id, partner: poster.id, created, body: JSON.stringify(said) }, created - keptFor);
    return { accepted: outcomes, status: said };
  });
  await recordOdd(desk, poster, accepted);
  return { status };
}

/** Reads objects a few at a time: checking them against their schemas takes the longest, and others wait for their turn. */
async function readAll(texts: readonly string[]) {
  const incoming: Incoming[] = [];
  const faults: Extract<ReturnType<typeof readStixObject>, { fault: string }>[] = [];
  for (const [at, text] of texts.entries()) {
    const read = readStixObject(text);
    if ("fault" in read) faults.push(read);
    else incoming.push(incomingOf(read.object));
    if (at % batch === batch - 1) await pause();
  }
  return { incoming, faults };
}

function incomingOf(object: StixObject): Incoming {
  const { expires: until, ...same } = object;
  const expires = until === undefined ? undefined : readMicros(until);
  return {
    ...same,
    sha256: sha256(object.text),
    content: sha256(canonicalJson(object.json)),
    versionKey: versionKeyOf(object.version) ?? "",
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
  const odd = outcomes.filter(({ outcome }) => outcome === "refused" || outcome === "beside");
  if (odd.length === 0) return;
  await desk.journal.enter((recordedAt) =>
    odd.slice(0, 100).map(({ id, version, outcome, message }) => {
      const text = `${id} ${version}: ${message ?? "somebody else has posted the id too"}`;
      const predicate = { recordedAt, act: `post ${outcome}`, by: poster.id, text };
      return { kind: "act", predicate, subject: aboutText(`post of ${poster.id}`, text) };
    }),
  );
}
