import { checkShape } from "../../model/check.ts";
import { exit, UserError } from "../../model/errors.ts";
import type { ObjectStore } from "../../model/ports/log.ts";
import { decisionField, type EntryContent, InputManifest } from "../../model/record.ts";
import { readJson } from "../../readers/json.ts";

const maxManifest = 256_000_000;

/** What came of checking the objects beside a ledger. */
export interface CheckedObjects {
  /** Objects whose bytes fit their digest. */
  readonly checked: number;
  /** Objects that entries speak of and that were withheld on purpose. */
  readonly withheld: number;
  /** Files that were too large to keep; their digests are in the record. */
  readonly notKept: number;
  /** Objects that no entry speaks of, as an interrupted run leaves them. */
  readonly unreferenced: number;
}

/** The objects that entries speak of: digest -> index of the first entry that does. */
export class References {
  readonly objects = new Map<string, number>();
  readonly manifests = new Map<string, number>();
  readonly redacted = new Set<string>();

  add(index: number, content: EntryContent): void {
    if (content.kind === "redaction") this.redacted.add(content.predicate.sha256);
    if (content.kind === "files") for (const { sha256 } of content.predicate.appeared) this.#note(sha256, index);
    if (content.kind !== "decision") return;
    const { rows, questions, inventory } = content.predicate[decisionField];
    for (const lines of [rows, questions, inventory]) if (lines) this.#note(lines.sha256, index);
    for (const { digest } of content.predicate.inputAttestations) {
      this.#note(digest.sha256, index);
      if (!this.manifests.has(digest.sha256)) this.manifests.set(digest.sha256, index);
    }
  }

  #note(sha256: string, index: number): void {
    if (!this.objects.has(sha256)) this.objects.set(sha256, index);
  }
}

/** The list of inputs that a decision names. Throws `UserError`: broken if it is gone or is none. */
export function readManifest(objects: ObjectStore, sha256: string, index: number): InputManifest {
  const bytes = objects.get(sha256, maxManifest);
  if (!bytes) throw broken(index, `its list of inputs, object \`${sha256}\`, is missing`);
  const { value } = readJson(bytes, sha256, { maxBytes: maxManifest });
  const checked = checkShape(InputManifest, value, { file: sha256 });
  if ("value" in checked) return checked.value;
  throw broken(index, `its list of inputs cannot be read: ${checked.problems[0]?.message}`);
}

/** Checks every object there is, and that none is missing that should be. Throws `UserError` (broken) at the first. */
export function checkObjects(objects: ObjectStore, references: References): CheckedObjects {
  const wanted = new Map(references.objects);
  const notKept = new Set<string>();
  for (const [manifest, index] of references.manifests) {
    if (references.redacted.has(manifest)) continue;
    for (const { sha256, kept } of readManifest(objects, manifest, index).files) {
      if (!kept) notKept.add(sha256);
      else if (!wanted.has(sha256)) wanted.set(sha256, index);
    }
  }
  const present = objects.list();
  for (const sha256 of present) for (const _ of objects.chunks(sha256));
  const there = new Set(present);
  for (const [sha256, index] of wanted) {
    if (!there.has(sha256) && !references.redacted.has(sha256)) throw broken(index, `object \`${sha256}\` is missing`);
  }
  const [stray] = objects.strays();
  if (stray !== undefined)
    throw new UserError(`ledger broken: objects/${stray}: it is no object`, undefined, exit.broken);
  return {
    checked: present.length,
    withheld: [...references.redacted].filter((sha256) => !there.has(sha256)).length,
    notKept: [...notKept].filter((sha256) => !there.has(sha256)).length,
    unreferenced: present.filter((sha256) => !wanted.has(sha256)).length,
  };
}

function broken(index: number, what: string): UserError {
  return new UserError(`ledger broken: entry ${index}: ${what}`, "put a copy of the object back", exit.broken);
}
