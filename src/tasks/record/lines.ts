import { Frontier, type Hash, leafHash, nodeHash } from "../../ledger/merkle.ts";
import type { Lines } from "../../model/record.ts";

const newline = 10;
const quote = 34;

/** What the lines are: of CSV the first is a header and no leaf, and a newline within quotes ends no line. */
export interface LineFormat {
  readonly csv: boolean;
}

/** The lines of a text that comes in pieces, without their newlines; of CSV without its header. */
export function* linesOf(pieces: Iterable<Uint8Array>, { csv }: LineFormat): Generator<Uint8Array> {
  let isHeader = csv;
  for (const line of cut(pieces, csv ? csvLineEnd : plainLineEnd)) {
    if (!isHeader) yield line;
    isHeader = false;
  }
}

const plainLineEnd = (text: Buffer, start: number) => text.indexOf(newline, start);

function* cut(pieces: Iterable<Uint8Array>, lineEnd: (text: Buffer, start: number) => number): Generator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  for (const piece of pieces) {
    const text =
      rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.length) : Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = lineEnd(text, start); end >= 0; end = lineEnd(text, start)) {
      yield text.subarray(start, end);
      start = end + 1;
    }
    rest = text.subarray(start);
  }
  if (rest.length > 0) yield rest;
}

/** The next newline outside quotes, or -1: then the line goes on in the next piece. */
function csvLineEnd(text: Buffer, start: number): number {
  let end = text.indexOf(newline, start);
  for (let quoteAt = text.indexOf(quote, start); quoteAt >= 0 && quoteAt < end; ) {
    const closing = text.indexOf(quote, quoteAt + 1);
    if (closing < 0) return -1;
    if (closing > end) end = text.indexOf(newline, closing);
    quoteAt = text.indexOf(quote, closing + 1);
  }
  return end;
}

/** Number of lines, and the Merkle root over them. */
export function treeOver(pieces: Iterable<Uint8Array>, format: LineFormat): Omit<Lines, "sha256"> {
  const tree = new Frontier();
  for (const line of linesOf(pieces, format)) tree.add(leafHash(line));
  return { lines: tree.size, root: Buffer.from(tree.root()).toString("hex") };
}

/** One line out of many, and the path that proves it; undefined if no line fits. The lines are read once. */
export function proveLine(
  pieces: Iterable<Uint8Array>,
  fits: (line: Uint8Array) => boolean,
  format: LineFormat,
): readonly { readonly index: number; readonly line: Uint8Array; readonly path: readonly Hash[] }[] {
  const leaves: Hash[] = [];
  const found: { index: number; line: Uint8Array }[] = [];
  for (const line of linesOf(pieces, format)) {
    if (fits(line)) found.push({ index: leaves.length, line: Uint8Array.from(line) });
    leaves.push(leafHash(line));
  }
  const levels = levelsOver(leaves);
  return found.map((one) => ({ ...one, path: pathIn(levels, one.index) }));
}

/** Every level of the tree; a node without a sibling moves up as it is, which gives the tree of RFC 6962. */
function levelsOver(leaves: readonly Hash[]): readonly (readonly Hash[])[] {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, at) =>
      2 * at + 1 < level.length ? nodeHash(level[2 * at]!, level[2 * at + 1]!) : level[2 * at]!,
    );
  }
  return levels;
}

function pathIn(levels: readonly (readonly Hash[])[], index: number): readonly Hash[] {
  return levels.slice(0, -1).flatMap((level, height) => {
    const at = Math.floor(index / 2 ** height);
    return level[at % 2 === 0 ? at + 1 : at - 1] ?? [];
  });
}
