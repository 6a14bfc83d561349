import { filesOf } from "../../ledger/head.ts";
import { type Hash, inclusionPath } from "../../ledger/merkle.ts";
import { formatTlogProof } from "../../ledger/tlog-proof.ts";
import { hashesIn } from "../../ledger/tree.ts";
import { UserError } from "../../model/errors.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import type { Lines } from "../../model/record.ts";
import { readCsvLine } from "../../readers/csv-line.ts";
import { readJson } from "../../readers/json.ts";
import { isRecord } from "../../readers/records.ts";
import { decisionOf, findEntry, headOf, isDecision } from "./find.ts";
import { proveLine } from "./lines.ts";
import type { Entry } from "./view.ts";

/** A line of a decision with the path to the root that its entry names. */
export interface ShownLine {
  readonly of: "rows" | "questions";
  readonly index: number;
  readonly line: string;
  /** Base64, from the line's sibling up. */
  readonly path: readonly string[];
}

/** What a proof of an element carries beside the path of its entry. */
export interface ProofExtra {
  readonly entry: string;
  readonly lines: readonly ShownLine[];
}

/**
 * A proof that an entry is in the ledger, as one text (C2SP tlog-proof): `extra` is the entry itself, or, if an element or
 * order line is asked about, JSON with the entry, its lines and their paths. Throws `UserError` if it is not there.
 */
export function proofOf(store: LedgerStore, word: string, element?: string): string {
  const entry = findEntry(store, word);
  const head = headOf(store);
  const path = inclusionPath(entry.index, head.size, hashesIn(head.size, filesOf(store.log, head)));
  const extra = element === undefined ? entry.bytes : Buffer.from(JSON.stringify(withLines(store, entry, element)));
  return formatTlogProof({ extra, index: entry.index, path, checkpoint: head.bytes });
}

function withLines(store: LedgerStore, entry: Entry, element: string): ProofExtra {
  if (!isDecision(entry))
    throw new UserError(`entry ${entry.index} is a ${entry.content.kind} and decides about no element`);
  const { kind, rows, questions } = decisionOf(entry);
  const isRow = kind === "gate" ? isOrderLine(element) : isElementRow(element);
  const own = proved(store, "rows", rows, isRow, kind === "assessment");
  if (own.length === 0) {
    const what = kind === "gate" ? "order line" : "element";
    throw new UserError(
      `the decision says nothing of an ${what} \`${element}\``,
      "`freigabe ledger export DIR DECISION --to FOLDER` writes its rows",
    );
  }
  const numbers = new Set(own.map(({ line }) => readCsvLine(line).at(-1)));
  const asked = questions ? proved(store, "questions", questions, (_, at) => numbers.has(String(at)), false) : [];
  return { entry: Buffer.from(entry.bytes).toString("utf8"), lines: [...own, ...asked] };
}

function proved(
  { objects }: LedgerStore,
  of: ShownLine["of"],
  { sha256 }: Lines,
  fits: (line: string, index: number) => boolean,
  csv: boolean,
): readonly ShownLine[] {
  if (!objects.has(sha256))
    throw new UserError(`the ${of} of the decision were withheld`, "`freigabe ledger show DIR` tells why");
  let index = -1;
  const found = proveLine(
    objects.chunks(sha256),
    (line) => {
      index += 1;
      return fits(Buffer.from(line).toString("utf8"), index);
    },
    { csv },
  );
  return found.map(({ index: at, line, path }) => ({
    of,
    index: at,
    line: Buffer.from(line).toString("utf8"),
    path: path.map((hash: Hash) => Buffer.from(hash).toString("base64")),
  }));
}

function isElementRow(element: string): (line: string) => boolean {
  // Millions of lines: most are told apart without being read.
  return (line) => line.includes(element) && readCsvLine(line)[0] === element;
}

function isOrderLine(id: string): (line: string) => boolean {
  return (line) => {
    const { value } = readJson(Buffer.from(line), "line");
    return isRecord(value) && value.id === id;
  };
}
