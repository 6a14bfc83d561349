import { addDays, type Day } from "../model/day.ts";
import { formatOf, type KnownDocument, type Named } from "../model/document.ts";
import { atLeast, type Grade } from "../model/evidence.ts";
import type { Source } from "../model/fact.ts";
import type { DocumentPredicate } from "../model/statement.ts";
import { type DocumentIndex, indexDocuments, type Told } from "./document-index.ts";
import { type Claim, type Knowledge, sourceOf } from "./knowledge.ts";
import { lowestGrade, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { successorOn } from "./suppliers.ts";

/** The statement kind under which packs name the lowest grade and the longest age of a document. */
const statementKind = "document";
const indexes = new WeakMap<Knowledge, Map<string, DocumentIndex>>();

/** What those documents say that somebody vouches for, of a grade that the pack takes; the latest word of each signer. */
export function vouchedDocuments(setting: Setting): DocumentIndex {
  const { knowledge, asOf } = setting;
  const lowest = lowestGrade(setting, statementKind);
  return kept(knowledge, `${lowest} ${asOf}`, () => {
    // What is published only after the as-of day takes nothing back before.
    const published = knowledge.library.documents.filter((one) => one.kind !== "advisory" || one.released <= asOf);
    const vouched = published.flatMap((document) =>
      vouchersOf(knowledge, document, lowest).map((by) => ({ document, by })),
    );
    return indexDocuments(knowledge, latestWord(vouched), asOf);
  });
}

/** What all documents say, vouched for or not: for findings, which decide nothing. */
export function allDocuments(knowledge: Knowledge, asOf: Day): DocumentIndex {
  return kept(knowledge, `all ${asOf}`, () => {
    const told = knowledge.library.documents.map((document): Told => {
      const [by] = vouchersOf(knowledge, document, "self-declared");
      return { document, ...(by && { by }) };
    });
    return indexDocuments(knowledge, told, asOf);
  });
}

/** Checked statements that vouch for a document: its digest is their subject, its format the one they name. */
export function vouchersOf(
  knowledge: Knowledge,
  { digest, kind }: KnownDocument,
  lowest: Grade,
): readonly Claim<DocumentPredicate>[] {
  const claims = vouchersByDigest(knowledge).get(digest) ?? [];
  return claims.filter(({ says, by }) => says.format === formatOf[kind] && atLeast(by.grade, lowest));
}

const vouchers = new WeakMap<Knowledge["documents"], ReadonlyMap<string, readonly Claim<DocumentPredicate>[]>>();

function vouchersByDigest({ documents }: Knowledge): ReadonlyMap<string, readonly Claim<DocumentPredicate>[]> {
  const held = vouchers.get(documents);
  if (held) return held;
  const pairs = documents.flatMap((claim) => digestsOf(claim).map((digest) => ({ digest, claim })));
  const grouped = Map.groupBy(pairs, ({ digest }) => digest);
  const found = new Map([...grouped].map(([digest, same]) => [digest, same.map(({ claim }) => claim)]));
  vouchers.set(documents, found);
  return found;
}

/** Digests of the documents that a statement vouches for. */
export function digestsOf({ by }: Claim<DocumentPredicate>): readonly string[] {
  return [...new Set(by.statement.subjects.flatMap(({ digest }) => digest.sha256?.toLowerCase() ?? []))];
}

/** A maker speaks of its own products only, or of those of whom it succeeded. */
export function speaksFor(setting: Setting, { by }: Told, { maker }: Pick<Equipment, "maker">): boolean {
  return by?.by.signers.some(isEntitled) === true;

  function isEntitled({ role, party }: { readonly role: string; readonly party: string }): boolean {
    return role !== "maker" || successorOn(setting.knowledge, party, setting.asOf) === maker.id;
  }
}

/** A vouched document as the source of a fact; the text says what it says, and how surely of this release. */
export function documentSource({ document, by }: Told, text: string): Source {
  if (!by) throw new Error(`\`${document.file}\` is no source of a fact, for nobody vouches for it`);
  return sourceOf(by, titleOf(document), `${text}, in \`${document.file}\``);
}

/** How people call a document. */
export function titleOf(document: KnownDocument): string {
  switch (document.kind) {
    case "advisory":
      return `advisory ${document.id}`;
    case "bill":
      return `bill of materials ${document.file}`;
    case "exploited":
      return `list of known exploited vulnerabilities ${document.version}`;
  }
}

/**
 * Whether some list of known exploited vulnerabilities among the documents is recent enough to say that what it does not
 * name is not exploited: not older at known-at than the pack's `maxAgeDays` for documents. `none`: there is no list.
 */
export function listsAge({ lastList }: DocumentIndex, { pack, knownAt }: Setting): "fresh" | "stale" | "none" {
  if (lastList === null) return "none";
  const days = pack.manifest.maxAgeDays?.[statementKind];
  return days === undefined || knownAt <= addDays(lastList, days) ? "fresh" : "stale";
}

/** Of the documents of one party on one matter only the last counts; those of others stand beside it. */
function latestWord<T extends Required<Told>>(told: readonly T[]): readonly T[] {
  const groups = Map.groupBy(told, ({ document, by }) => JSON.stringify([matterOf(document), parties(by)]));
  return [...groups.values()].flatMap((same) => {
    const last = same.map(dayOf).reduce((a, b) => (a > b ? a : b));
    return same.filter((one) => dayOf(one) === last);
  });
}

function matterOf(document: KnownDocument): readonly (string | null)[] {
  switch (document.kind) {
    case "advisory":
      return ["advisory", document.publisher, document.id];
    case "bill":
      // A bill that does not say what it is about is a matter of its own.
      return ["bill", ...(document.about ? identityOf(document.about) : [document.digest])];
    case "exploited":
      return ["exploited"];
  }
}

function identityOf({ vendor, name, version, cpes, purls, digests }: Named): readonly (string | null)[] {
  return [vendor, name, version, ...cpes, ...purls, ...digests];
}

function parties({ by }: Claim<unknown>): readonly string[] {
  return [...new Set(by.signers.map(({ party }) => party))].sort();
}

/** Its own day; but what was vouched for on a day cannot be of a later one, whatever it says. */
function dayOf({ document, by }: Required<Told>): Day {
  const own = document.kind === "bill" ? document.created : document.released;
  return own === null || own > by.by.signedOn ? by.by.signedOn : own;
}

function kept(knowledge: Knowledge, name: string, make: () => DocumentIndex): DocumentIndex {
  const known = indexes.get(knowledge) ?? new Map<string, DocumentIndex>();
  indexes.set(knowledge, known);
  const index = known.get(name) ?? make();
  known.set(name, index);
  return index;
}
