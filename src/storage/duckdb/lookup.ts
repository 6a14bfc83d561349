import type { ElementRow } from "../../model/inventory.ts";
import type { Place } from "../../model/problem.ts";
import type { Database } from "./database.ts";
import { equipmentColumns } from "./elements.ts";
import { locateRows, recordAt } from "./file.ts";
import { workersSql } from "./relations.ts";
import type { Source } from "./source.ts";

type Stored = Omit<ElementRow, "file" | "line" | "partyPlaces"> & { readonly fileIndex: number; readonly row: number };

/** All (element, operator) rows of one element, sorted by operator, each with the file and line it was read from. */
export async function elementRows(
  db: Database,
  id: string,
  sources: readonly Source[],
  firstRows: ReadonlyMap<number, number>,
): Promise<readonly ElementRow[]> {
  const same = equipmentColumns.map((name) => `a."${name}" is not distinct from k."${name}"`).join(" and ");
  const rows = await db.rows<Stored & Record<string, string | number | null>>(
    `with a as (select * from assessed where id = $1)
     select a.id, a.operator, a.site, a.maker, a.product, a.release, a.digest, a.functions, a.status,
       a.in_service_since::varchar as "inServiceSince", a.release_since::varchar as "releaseSince",
       coalesce(p.parties, '') as parties, k.key as equipment, m.key as maintenance, a.file as "fileIndex", a."row"::double as "row"
     from a join equipment k on ${same} left join parties p on p.id = a.id
     join maintenance m on m.operator = a.operator and m.parties = coalesce(p.parties, '')
     order by a.operator`,
    [id],
  );
  const partyPlaces = rows.length > 0 ? await placesOfParties(db, id, sources, firstRows) : [];
  const answers: ElementRow[] = [];
  for (const { fileIndex, row, ...stored } of rows) {
    const source = sources.find(({ index }) => index === fileIndex)!;
    answers.push({
      ...stored,
      partyPlaces,
      ...(await placeOf(source, row - (firstRows.get(fileIndex) ?? 0), stored.site)),
    });
  }
  return answers;
}

/** For each party that works on an element, in their order, the first row that names it. */
async function placesOfParties(
  db: Database,
  id: string,
  sources: readonly Source[],
  firstRows: ReadonlyMap<number, number>,
): Promise<readonly Place[]> {
  const rows = await db.rows<{ file: number; row: number }>(
    `select "first".file as file, "first"."row"::double as "row" from (
       select party, min({'file': file, 'row': "row"}) as "first" from (${workersSql}) where id = $1 group by party)
     order by party`,
    [id],
  );
  const places: Place[] = [];
  for (const { file, row } of rows) {
    const source = sources.find(({ index }) => index === file)!;
    const at = row - (firstRows.get(file) ?? 0);
    const line = source.format === "parquet" ? at + 1 : (await locateRows(source, new Set([at]))).get(at)!.line;
    places.push({ file: source.name, line });
  }
  return places;
}

/** Where a row stands, and its site, which the database does not keep of CSV files. */
async function placeOf(source: Source, row: number, site: string | null) {
  if (source.format === "parquet") return { file: source.name, line: row + 1, site };
  const found = (await locateRows(source, new Set([row]))).get(row);
  if (!found) throw new Error(`a record of \`${source.name}\` was read and is not found again`);
  const text = (await recordAt(source, found.start)).get("site")?.trim() ?? "";
  return { file: source.name, line: found.line, site: text === "" ? null : text };
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
