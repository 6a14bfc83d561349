import { stat } from "node:fs/promises";
import type { ElementRow, SampleRow } from "../../model/inventory.ts";
import { asName } from "../../model/name.ts";
import type { Place } from "../../model/problem.ts";
import type { Database } from "./database.ts";
import { equipmentColumns } from "./elements.ts";
import { locateRows, recordAt } from "./file.ts";
import { workersSql } from "./relations.ts";
import type { Source } from "./source.ts";

/** What is needed to say where a row of the database stands: the files, and the first row of each CSV file. */
export interface Origin {
  readonly sources: readonly Source[];
  readonly firstRows: ReadonlyMap<number, number>;
}

type Stored = Omit<SampleRow, "file" | "line" | "partyPlaces" | "left"> & {
  readonly fileIndex: number;
  readonly row: number;
};

/** Where a row stands that no table has any more. */
const recordFile = "ledger";

/** CSV files above this are not looked through for the lines of samples; a pass takes about a second for 200 MB. */
const mostScanned = 64_000_000;

/** All (element, operator) rows of one element, sorted by operator, each with the file and line it was read from. */
export async function elementRows(db: Database, id: string, origin: Origin): Promise<readonly ElementRow[]> {
  const stored = await storedRows(db, [id]);
  const partyPlaces = stored.length > 0 ? ((await partiesOf(db, [id], origin, Infinity)).get(id) ?? []) : [];
  const answers: ElementRow[] = [];
  for (const { fileIndex, row, ...own } of stored) {
    const left = fileIndex < 0;
    const at = row - (origin.firstRows.get(fileIndex) ?? 0);
    const place = left
      ? { file: recordFile, site: own.site }
      : await placeOf(sourceAt(origin, fileIndex), at, own.site);
    answers.push({ ...own, left, partyPlaces: left ? [] : partyPlaces, ...place });
  }
  return answers;
}

/** The rows of several elements, sorted by element and operator; lines where the files are small. */
export async function sampleRows(db: Database, ids: readonly string[], origin: Origin): Promise<readonly SampleRow[]> {
  const stored = await storedRows(db, ids);
  const parties = await partiesOf(db, ids, origin, mostScanned);
  const places = await placesOf(
    stored.map(({ fileIndex: file, row }) => ({ file, row })),
    origin,
    mostScanned,
  );
  return stored.map(({ fileIndex: _, row: __, ...own }, at) => ({
    ...own,
    left: stored[at]!.fileIndex < 0,
    partyPlaces: parties.get(own.id) ?? [],
    ...places[at]!,
  }));
}

async function storedRows(db: Database, ids: readonly string[]): Promise<readonly Stored[]> {
  await giveWanted(db, ids);
  const same = equipmentColumns.map((name) => `a."${name}" is not distinct from k."${name}"`).join(" and ");
  return db.rows<Stored & Record<string, string | number | null>>(
    `with a as (select * from assessed where id in (select id from wanted))
     select a.id, a.operator, a.site, a.maker, a.product, a.release, a.digest, a.functions, a.mark, a.status,
       a.in_service_since::varchar as "inServiceSince", a.release_since::varchar as "releaseSince",
       coalesce(p.parties, '') as parties, k.key as equipment, m.key as maintenance, a.file as "fileIndex", a."row"::double as "row"
     from a join equipment k on ${same}
     left join maintained p on p.id = a.id and p.operator = a.operator and (p."left" is null) = (a."left" is distinct from 'left')
     join maintenance m on m.operator = a.operator and m.parties = coalesce(p.parties, '')
     order by a.id, a.operator, a.file < 0, a."row"`,
  );
}

async function giveWanted(db: Database, ids: readonly string[]): Promise<void> {
  await db.run("create or replace table wanted (id varchar)");
  await db.append(
    "wanted",
    ids.map((id) => [id]),
    ["text"],
  );
}

/** For each party that works on an element of `wanted`, in their order, the first row that names it; by element. */
async function partiesOf(
  db: Database,
  ids: readonly string[],
  origin: Origin,
  most: number,
): Promise<ReadonlyMap<string, readonly Place[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db.rows<{ id: string; file: number; row: number }>(
    `select id, "first".file as file, "first"."row"::double as "row" from (
       select id, party, min({'file': file, 'row': "row"}) as "first" from (${workersSql})
       where id in (select id from wanted) group by id, party)
     order by id, party`,
  );
  const places = await placesOf(rows, origin, most);
  const named = rows.map(({ id }, at) => ({ id, place: places[at]! }));
  return new Map([...Map.groupBy(named, ({ id }) => id)].map(([id, own]) => [id, own.map(({ place }) => place)]));
}

/** Where rows stand: a CSV file of at most `most` bytes is passed over once for all of its rows. */
export async function placesOf(
  rows: readonly { readonly file: number; readonly row: number }[],
  origin: Origin,
  most: number,
): Promise<readonly { readonly file: string; readonly line?: number }[]> {
  const at = ({ file, row }: (typeof rows)[number]) => row - (origin.firstRows.get(file) ?? 0);
  const lines = new Map<number, (position: number) => number>();
  for (const [file, own] of Map.groupBy(rows, (row) => row.file)) {
    if (file < 0) continue;
    const source = sourceAt(origin, file);
    if (source.format === "parquet") lines.set(file, (position) => position + 1);
    else if ((await stat(source.path)).size <= most) {
      const found = await locateRows(source, new Set(own.map(at)));
      lines.set(file, (position) => found.get(position)!.line);
    }
  }
  return rows.map((row) => {
    if (row.file < 0) return { file: recordFile };
    const line = lines.get(row.file)?.(at(row));
    return { file: sourceAt(origin, row.file).name, ...(line !== undefined && { line }) };
  });
}

function sourceAt({ sources }: Origin, file: number): Source {
  return sources.find(({ index }) => index === file)!;
}

/** Where a row stands, and its site, which the database keeps of CSV files only if it was told to. */
async function placeOf(source: Source, row: number, site: string | null) {
  if (source.format === "parquet") return { file: source.name, line: row + 1, site };
  const found = (await locateRows(source, new Set([row]))).get(row);
  if (!found) throw new Error(`a record of \`${source.name}\` was read and is not found again`);
  const text = asName((await recordAt(source, found.start)).get("site") ?? "");
  return { file: source.name, line: found.line, site: text === "" ? null : text };
}

/** Those of the ids that stand on any record of `elements`: in use or not, set aside, or not even read as a record. */
export async function standingIds(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  await giveWanted(db, ids);
  const rows = await db.rows<{ id: string }>(
    "select id from (select id from b_elements union all select id from lost_ids) where id in (select id from wanted)",
  );
  return new Set(rows.map(({ id }) => id));
}

const mostSimilar = 5;
const longestId = 200;

/** Ids like the one given (Jaro and Winkler, letters' case aside), best first. */
export async function similarTo(db: Database, id: string): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(
    `select id from (
       select distinct id, jaro_winkler_similarity(lower(left(id, ${longestId})), lower($1)) as likeness from assessed)
     where likeness >= 0.7 order by likeness desc, id limit ${mostSimilar}`,
    [id.slice(0, longestId)],
  );
  return rows.map((row) => row.id);
}
