import { createHash } from "node:crypto";
import { type FileHandle, open, stat } from "node:fs/promises";
import { UserError } from "../../model/errors.ts";
import { splitRecord } from "./record.ts";
import { type Count, createScanner } from "./scan.ts";
import type { Source } from "./source.ts";

const chunkBytes = 1 << 20;

export interface Pass {
  readonly sha256: string;
  readonly count: Count;
}

/** Reads a file once: SHA-256 of its bytes and, for CSV, the count of its records. */
export async function passOver(path: string, delimiter: string | undefined): Promise<Pass> {
  const hash = createHash("sha256");
  const scanner = createScanner(delimiter ?? ",");
  await eachChunk(path, (bytes) => {
    hash.update(bytes);
    if (delimiter !== undefined) scanner.push(bytes);
    return true;
  });
  return { sha256: hash.digest("hex"), count: scanner.end() };
}

/** The first mebibyte of a file as text. */
export async function beginning(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(chunkBytes);
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Size and time of change of a file, to notice that it changed between two looks. */
export async function stampOf(path: string): Promise<{ readonly bytes: number; readonly stamp: string }> {
  const { size, mtimeNs } = await stat(path, { bigint: true });
  return { bytes: Number(size), stamp: `${size} ${mtimeNs}` };
}

/** Throws `UserError` if one of the files is no longer the one that was read. */
export async function ensureUnchanged(sources: readonly Source[]): Promise<void> {
  for (const { path, name, stamp } of sources) {
    if ((await stampOf(path)).stamp === stamp) continue;
    throw new UserError(`\`${name}\` changed while it was being read`, "run again when nobody writes to it");
  }
}

/** A record found again: the line it begins on, counted from 1, and its first byte. */
export interface Found {
  readonly line: number;
  readonly start: number;
}

/** Finds rows that the database read from a CSV file again, by their position counted from 0; stops at the last one. */
export async function locateRows(source: Source, rows: ReadonlySet<number>): Promise<ReadonlyMap<number, Found>> {
  const found = new Map<number, Found>();
  let row = -2; // The header makes it -1.
  await eachRecord(source.path, source.delimiter, (start, line) => {
    if (source.rejected.has(start)) return true;
    row++;
    if (rows.has(row)) found.set(row, { line, start });
    return found.size < rows.size;
  });
  return found;
}

/** The lines of the records of a CSV file that begin at the given bytes; a byte at which none begins has no entry. */
export async function linesAt(
  path: string,
  delimiter: string,
  starts: ReadonlySet<number>,
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>();
  await eachRecord(path, delimiter, (start, line) => {
    if (starts.has(start)) found.set(start, line);
    return found.size < starts.size;
  });
  return found;
}

async function eachRecord(path: string, delimiter: string, visit: (start: number, line: number) => boolean) {
  let more = true;
  const scanner = createScanner(delimiter, (start, line) => {
    if (more) more = visit(start, line);
  });
  await eachChunk(path, (bytes) => {
    if (more) scanner.push(bytes);
    return more;
  });
}

/** The values of the record that begins at a byte of a CSV file, by our names for the columns. */
export async function recordAt(source: Source, start: number): Promise<ReadonlyMap<string, string>> {
  const file = await open(source.path, "r");
  try {
    const text = await recordText(file, start, source.delimiter);
    const values = splitRecord(text, source.delimiter);
    return new Map(
      source.names.flatMap((name, index) => (name === null ? [] : [[name, values[index] ?? ""] as const])),
    );
  } finally {
    await file.close();
  }
}

async function recordText(file: FileHandle, start: number, delimiter: string): Promise<string> {
  // The database accepts no record above two million bytes, so this holds one and the start of the next.
  const buffer = Buffer.alloc(2 * chunkBytes);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
  const starts: number[] = [];
  const scanner = createScanner(delimiter, (at) => starts.push(at));
  scanner.push(buffer.subarray(0, bytesRead));
  return buffer.toString("utf8", 0, starts[1] ?? bytesRead).replace(/[\r\n]+$/, "");
}

async function eachChunk(path: string, visit: (bytes: Uint8Array) => boolean): Promise<void> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, null);
      if (bytesRead === 0 || !visit(buffer.subarray(0, bytesRead))) return;
    }
  } finally {
    await file.close();
  }
}

/** The line of every row that the database read from a CSV file, in its order. */
export async function linesOfRows(source: Source): Promise<readonly number[]> {
  const lines: number[] = [];
  await eachRecord(source.path, source.delimiter, (start, line) => {
    if (!source.rejected.has(start)) lines.push(line);
    return true;
  });
  return lines.slice(1);
}
