import { readClass } from "../../disclosure/class.ts";
import { decideClass } from "../../disclosure/decide.ts";
import { committedHead } from "../../ledger/head.ts";
import type { DisclosureReplay } from "../../model/disclosure.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import type { LedgerStore, ObjectStore } from "../../model/ports/log.ts";
import type { EntryPredicates } from "../../model/record.ts";
import { readableBy } from "../../model/sharing.ts";
import { entriesOf } from "../record/view.ts";
import { type House, openHouse } from "./house.ts";
import { asPosture, weigh } from "./posture-of.ts";

type Predicate = EntryPredicates["disclosure"];
const mostBytes = 10_000_000;

/** Decides every class again that the ledger says turned, from the inputs it kept, and compares. Throws `UserError` (broken). */
export function replayDisclosures({ log, objects, name }: LedgerStore): DisclosureReplay {
  const head = committedHead(log);
  const entries = head ? [...entriesOf({ log, objects, name }, head)] : [];
  const replayed = entries.flatMap(({ index, content }) =>
    content.kind === "disclosure"
      ? [{ index, partner: content.predicate.partner, ...again(content.predicate, objects) }]
      : [],
  );
  return { kind: "disclosure-replay", entries: replayed };
}

function again(predicate: Predicate, objects: ObjectStore) {
  const missing = [
    ...predicate.inputs.map(({ sha256 }) => sha256),
    ...(predicate.posture === undefined ? [] : [predicate.posture]),
  ];
  const lacking = missing.filter((sha256) => !objects.has(sha256));
  if (lacking.length > 0) return { outcome: "missing" as const, classes: 0, differences: lacking };
  const house = openHouse(filesOf(predicate, objects));
  const partner = house.sharing.partners.find(({ id }) => id === predicate.partner);
  if (!partner) return { outcome: "missing" as const, classes: 0, differences: [`partner ${predicate.partner}`] };
  const { today } = predicate;
  const posture = postureThen(predicate, house, objects);
  const { conditions, sharing } = house;
  const { noPosture } = predicate;
  const asked = {
    partner,
    posture,
    conditions,
    lists: sharing.lists ?? {},
    today,
    reads: readableBy(sharing, partner.id),
    ...(noPosture !== undefined && { noPosture }),
  };
  const differences = predicate.turns.flatMap(({ class: key, outcome, against }) => {
    const decision = decideClass(readClass(key), asked);
    const texts = decision.obstacles.map(({ text }) => text.slice(0, 1000));
    const same = decision.outcome === outcome && JSON.stringify(texts) === JSON.stringify(against);
    return same
      ? []
      : [`${key}: recorded ${outcome}, now ${decision.outcome}${texts.length > 0 ? ` (${texts.join("; ")})` : ""}`];
  });
  return {
    outcome: differences.length > 0 ? ("differs" as const) : ("same" as const),
    classes: predicate.turns.length,
    differences,
  };
}

function postureThen({ posture, today }: Predicate, { trust, sharing }: House, objects: ObjectStore) {
  if (posture === undefined) return undefined;
  const text = Buffer.from(objects.get(posture, mostBytes) ?? "").toString("utf8");
  const weighed = weigh(text, "posture", { trust, today, demo: sharing.demo === true });
  return typeof weighed === "string" ? undefined : asPosture(weighed);
}

/** The originator's folder as it was. */
function filesOf({ inputs }: Predicate, objects: ObjectStore): FolderFiles {
  const read = (name: string): ReadFile | undefined => {
    const found = inputs.find(({ file }) => file === name);
    const bytes = found && objects.get(found.sha256, mostBytes);
    return bytes && { name, bytes, sha256: found.sha256 };
  };
  const nothing = () => {
    throw new Error("what was recorded is only read");
  };
  return {
    root: "ledger",
    read,
    list: (folder, extensions) => ({
      names: inputs
        .map(({ file }) => file)
        .filter((file) => file.startsWith(`${folder}/`) && extensions.some((end) => file.endsWith(end))),
      refused: [],
      folders: [],
    }),
    resolve: nothing,
    write: nothing,
  };
}
