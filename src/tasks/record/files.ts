import type { Content, EvidenceDocument } from "../../model/envelope.ts";
import type { ReadFile } from "../../model/ports/files.ts";
import type { EntryContent, SeenFile } from "../../model/record.ts";
import type { Statement } from "../../model/statement.ts";
import { aboutItself } from "./entry.ts";
import type { LedgerView } from "./view.ts";

/** An entry holds 65,535 bytes, of which base64 takes a quarter; the rest is left for what stands around it. */
const mostJson = 40_000;

/** What lies in a workspace beside the tables, as a ledger lists it. */
export function seenFiles(
  keys: readonly ReadFile[],
  documents: readonly EvidenceDocument[],
  others: readonly ReadFile[],
): readonly SeenFile[] {
  return [
    ...keys.map(({ name, sha256 }) => ({ file: name, sha256, kind: "trust" })),
    ...documents.map((document) => ({ file: document.file, sha256: document.digest, kind: kindOf(document) })),
    ...others.map(({ name, sha256 }) => ({ file: name, sha256, kind: "working-copy" })),
  ].sort((a, b) => (a.file < b.file ? -1 : 1));
}

function kindOf(document: EvidenceDocument): string {
  if (document.kind === "unsigned") return document.format;
  return document.kind === "envelope" ? contentKind(document.content) : document.kind;
}

function contentKind(content: Content): string {
  return content.kind === "statement" ? statementName(content.statement) : content.kind;
}

/** What a ledger calls a statement: its kind, and of a register what it lists. */
export function statementName(statement: Statement): string {
  return statement.kind === "register" ? `register/${statement.predicate.register}` : statement.kind;
}

/** Entries that say what appeared and vanished since the last ones; none if nothing did. */
export function fileChanges(
  view: LedgerView | undefined,
  now: readonly SeenFile[],
  recordedAt: string,
): readonly EntryContent[] {
  const before = view?.files ?? new Map<string, SeenFile>();
  const present = new Map(now.map((file) => [file.file, file]));
  const appeared = now.filter(({ file, sha256 }) => before.get(file)?.sha256 !== sha256);
  const vanished = [...before.values()].filter(({ file, sha256 }) => present.get(file)?.sha256 !== sha256);
  const gone = chunks(vanished).map((part) => asEntry({ recordedAt, appeared: [], vanished: part }));
  return [...gone, ...chunks(appeared).map((part) => asEntry({ recordedAt, appeared: part, vanished: [] }))];
}

function asEntry(predicate: Extract<EntryContent, { kind: "files" }>["predicate"]): EntryContent {
  return { kind: "files", predicate, subject: aboutItself("files", predicate) };
}

function chunks(files: readonly SeenFile[]): readonly (readonly SeenFile[])[] {
  const parts: SeenFile[][] = [];
  let room = 0;
  for (const file of files) {
    const length = Buffer.byteLength(JSON.stringify(file)) + 1;
    if (length > room) {
      parts.push([]);
      room = mostJson;
    }
    parts.at(-1)!.push(file);
    room -= length;
  }
  return parts;
}
