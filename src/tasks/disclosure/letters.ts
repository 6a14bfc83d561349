import type { FolderFiles } from "../../model/ports/files.ts";
import type { Partner } from "../../model/sharing.ts";
import type { Desk } from "./desk.ts";
import { type Scales, weigh } from "./posture-of.ts";

const mostBytes = 1_000_000;

export interface Letter {
  readonly to: string;
  readonly envelope: unknown;
}

/** Formal notices in `notices/` whose signature counts, with the partner each is for. */
export function lettersIn(folder: FolderFiles, scales: Scales): readonly Letter[] {
  return folder.list("notices", [".json"], 1).names.flatMap((name) => {
    const file = folder.read(name, mostBytes);
    if (!file) return [];
    const text = Buffer.from(file.bytes).toString("utf8");
    const evidence = weigh(text, name, scales);
    if (typeof evidence === "string" || evidence.statement.kind !== "formal-notice") return [];
    return [{ to: evidence.statement.predicate.partner, envelope: JSON.parse(text) as unknown }];
  });
}

/** Envelopes of the letters of this house to a partner, as they lie in `notices/`. */
export function noticesFor(desk: Desk, partner: Partner): readonly unknown[] {
  return desk
    .letters()
    .filter(({ to }) => to === partner.id)
    .map(({ envelope }) => envelope);
}
