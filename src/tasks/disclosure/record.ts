import type { Asked } from "../../disclosure/decide.ts";
import type { Settlement, ViewChange } from "../../disclosure/settle.ts";
import { formatMicros } from "../../disclosure/time.ts";
import type { EntryContent } from "../../model/record.ts";
import { aboutText, type Journal } from "../record/journal.ts";
import type { House } from "./house.ts";

interface Told {
  readonly settlement: Settlement;
  readonly asked: Asked;
  readonly house: House;
  readonly engine: { readonly freigabe: string; readonly cedar: string };
  readonly journal: Journal;
  readonly said: { readonly by?: string };
}

/** The entry of the ledger about a settlement: what turned and why, and a line for every object that it moved or held back. */
export function disclosureEntry(
  { settlement, asked, house, engine, journal, said }: Told,
  recordedAt: string,
): EntryContent {
  const { partner, turns, views } = settlement;
  const lines = views.flatMap(linesOf);
  const count = (of: (view: ViewChange) => number) => views.reduce((sum, view) => sum + of(view), 0);
  const predicate = {
    recordedAt,
    partner,
    today: asked.today,
    ...(asked.posture && { posture: asked.posture.sha256 }),
    ...(asked.noPosture !== undefined && { noPosture: asked.noPosture.slice(0, 1000) }),
    conditions: [...asked.conditions.values()].map(({ id, version, sha256 }) => ({ id, version, sha256 })),
    inputs: house.files.map(({ name, sha256 }) => ({ file: name, sha256 })),
    engine,
    turns: turns.map(({ classKey, from, to, decision }) => ({
      class: classKey,
      from,
      to,
      outcome: decision.outcome,
      against: decision.obstacles.map(({ text }) => text.slice(0, 1000)),
      ...(said.by !== undefined && from === "queued" && { approvedBy: said.by }),
    })),
    counts: {
      released: count(({ released }) => released.length),
      withdrawn: count(({ withdrawn }) => withdrawn.length),
      withheld: count(({ withheld }) => withheld.length),
      recalls: count(({ recall }) => (recall ? 1 : 0)),
    },
    ...(lines.length > 0 && { rows: journal.keep(lines) }),
  };
  return { kind: "disclosure", predicate, subject: aboutText(`views of ${partner}`, JSON.stringify(predicate)) };
}

function linesOf({ view, released, withdrawn, withheld, recall }: ViewChange): readonly string[] {
  const row = (act: string, moved: ViewChange["withheld"][number] & { seq?: number; added?: number }) =>
    JSON.stringify({
      act,
      collection: view.collection,
      id: moved.id,
      version: moved.version,
      sha256: moved.sha256,
      ...(moved.seq !== undefined && { seq: moved.seq }),
      ...(moved.added !== undefined && { added: formatMicros(moved.added) }),
      class: moved.classKey,
    });
  return [
    ...withdrawn.map((one) => row("taken-back", one)),
    ...(recall ? [row("recall", recall)] : []),
    ...released.map((one) => row("given", one)),
    ...withheld.map((one) => row("withheld", one)),
  ];
}

/** Entries of a partner's own log: what it sees, and never how much it does not. */
export function viewEntries({ partner, views }: Settlement, log: Journal, recordedAt: string): readonly EntryContent[] {
  return views.flatMap(({ view, released, withdrawn, recall }): readonly EntryContent[] => {
    const shown = recall ? [recall, ...released] : released;
    if (shown.length + withdrawn.length === 0) return [];
    const line = (act: "shown" | "gone") => (moved: ViewChange["released"][number]) =>
      JSON.stringify({
        act,
        id: moved.id,
        version: moved.version,
        sha256: moved.sha256,
        added: formatMicros(moved.added),
      });
    const rows = log.keep([...withdrawn.map(line("gone")), ...shown.map(line("shown"))]);
    const { collection } = view;
    const predicate = { recordedAt, partner, collection, shown: shown.length, gone: withdrawn.length, rows };
    return [{ kind: "view", predicate, subject: aboutText(`view of ${partner}`, JSON.stringify(predicate)) }];
  });
}
