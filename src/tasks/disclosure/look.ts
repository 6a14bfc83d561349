import { readClass } from "../../disclosure/class.ts";
import { type Asked, type ClassDecision, decideClass } from "../../disclosure/decide.ts";
import type { KnownPosture } from "../../disclosure/facts.ts";
import { postureAge } from "../../disclosure/posture-age.ts";
import { listFault } from "../../disclosure/posture-lists.ts";
import { formatMicros } from "../../disclosure/time.ts";
import type { ClassChange, Explained, Look, Preview, WhatIf } from "../../model/disclosure.ts";
import { UserError } from "../../model/errors.ts";
import type { Standing, StoredObject } from "../../model/ports/disclosure.ts";
import { type Partner, rightsIn } from "../../model/sharing.ts";
import { foldId } from "../../model/stix-ids.ts";
import { askedOf, type Desk, partnerNamed } from "./desk.ts";

/** Who would get an object that is stored. Throws `UserError` if there is none. */
export async function preview(desk: Desk, id: string): Promise<Preview> {
  const object = await objectNamed(desk, id);
  const looks: Look[] = [];
  for (const partner of desk.house().sharing.partners) looks.push(await lookAt(desk, partner, object));
  const { type, version, classKey } = object;
  return { kind: "preview", object: id, type, version, class: readClass(classKey), partners: looks };
}

/** Why a partner gets an object or does not. Throws `UserError` if either is not there. */
export async function explainTo(desk: Desk, partnerId: string, id: string): Promise<Explained> {
  const partner = demandPartner(desk, partnerId);
  const object = await objectNamed(desk, id);
  const look = await lookAt(desk, partner, object);
  const past = await desk.store.pastOf(partner.id, object.id);
  return {
    kind: "explained",
    ...look,
    object: id,
    version: object.version,
    class: readClass(object.classKey),
    past: past.map(({ version, added, gone }) => ({
      version,
      given: formatMicros(added),
      ...(gone !== undefined && { takenBack: formatMicros(gone) }),
    })),
  };
}

/** The posture that counts, with its ages, and what of it is not what the originator means. */
function shown({ posture, noPosture, partner, lists, today }: Asked): Pick<Look, "posture" | "noPosture"> {
  if (!posture) return { noPosture: noPosture ?? `no posture of \`${partner.id}\` came` };
  const { predicate, assurance, signer } = posture;
  const { asOf, knownAt } = predicate;
  const faults = Object.keys(lists).flatMap((role) => listFault(role, predicate, lists) ?? []);
  return { posture: { asOf, knownAt, assurance, signer, age: postureAge(predicate, today), lists: faults } };
}

export function demandPartner(desk: Desk, id: string): Partner {
  const partner = partnerNamed(desk, id);
  if (partner) return partner;
  const known = desk.house().sharing.partners.map((one) => `\`${one.id}\``);
  throw new UserError(`no partner \`${id}\` in \`sharing.yaml\``, `its partners: ${known.join(", ") || "none"}`);
}

async function objectNamed(desk: Desk, id: string): Promise<StoredObject> {
  const found = (await desk.store.versionsOf(foldId(id))).filter(({ struck }) => !struck);
  const { originator } = desk.house().sharing;
  const object = found.findLast(({ poster }) => poster === originator) ?? found.at(-1);
  if (object) return object;
  throw new UserError(`no object \`${id}\` here`, "its whole STIX id, `TYPE--UUID`");
}

async function lookAt(desk: Desk, partner: Partner, object: StoredObject): Promise<Look> {
  const { sharing } = desk.house();
  const collections = await desk.store.collectionsOf(object.oid);
  const readable = sharing.collections.some(
    (one) => collections.includes(one.id) && rightsIn(sharing, one, partner.id).read,
  );
  const asked = await askedOf(desk, partner);
  const decision = decideClass(readClass(object.classKey), asked);
  const standing = (await desk.store.standings(partner.id)).get(object.classId);
  const outcome = outcomeOf(decision, standing, readable);
  return { partner: partner.id, ...shown(asked), outcome, ...wordsOf(decision) };
}

function outcomeOf({ outcome }: ClassDecision, standing: Standing | undefined, readable: boolean): Look["outcome"] {
  if (!readable) return "not-shared";
  if (outcome !== "open") return "withheld";
  return standing === "queued" || standing === "rejected" ? standing : "given";
}

function wordsOf({ obstacles, tried }: ClassDecision): Pick<Look, "against" | "tried"> {
  return {
    against: obstacles.map(({ kind, condition, text, variant }) => ({
      kind,
      ...(condition !== undefined && { condition }),
      text,
      variant,
    })),
    tried: tried.map(({ condition = "", text }) => ({ condition, text })),
  };
}

/** What another posture would open and close for its partner; nothing is changed. */
export async function whatIf(desk: Desk, posture: KnownPosture): Promise<WhatIf> {
  const partner = demandPartner(desk, posture.partner);
  const asked = await askedOf(desk, partner);
  const { noPosture: _, ...rest } = asked;
  const other: Asked = { ...rest, posture };
  const { sharing } = desk.house();
  const readable = sharing.collections.filter((one) => rightsIn(sharing, one, partner.id).read).map(({ id }) => id);
  const [opens, closes]: [ClassChange[], ClassChange[]] = [[], []];
  let stays = 0;
  for (const { classId, key } of await desk.store.classes()) {
    const objects = await desk.store.countClass(classId, readable);
    const wanted = readClass(key);
    const [now, then] = [decideClass(wanted, asked), decideClass(wanted, other)];
    const change = { class: wanted, objects, against: [...now.obstacles, ...then.obstacles].map(({ text }) => text) };
    // What was given instead of something stays given when that comes too.
    const kept = then.outcome === now.outcome || then.outcome === "idle";
    if (objects === 0 || kept) stays += objects;
    else (then.outcome === "open" ? opens : closes).push(change);
  }
  const sum = (list: readonly ClassChange[]) => list.reduce((total, { objects }) => total + objects, 0);
  return {
    kind: "disclosure-whatif",
    partner: partner.id,
    opens,
    closes,
    objects: { opens: sum(opens), closes: sum(closes), stays },
  };
}
