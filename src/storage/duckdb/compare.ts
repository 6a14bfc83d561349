import type { TurnedVerdict, VerdictDifference } from "../../model/ports/compare.ts";
import { oneFile, openDatabase } from "./database.ts";

/**
 * Compares two CSVs of verdicts, as `writeCsv` made them, in a database of its own: rows that stand in both are found by
 * their hash, so that only what differs is joined.
 */
export async function compareVerdicts(before: string, after: string, most: number): Promise<VerdictDifference> {
  const db = await openDatabase();
  try {
    await db.run(`create view old_rows as ${rowsOf(before)}; create view new_rows as ${rowsOf(after)}`);
    await db.run(`create table went as ${withoutEqual("old_rows", "new_rows")}`);
    await db.run(`create table came as ${withoutEqual("new_rows", "old_rows")}`);
    await db.run(`create view paired as
      select coalesce(w.element, c.element) as element, coalesce(w.operator, c.operator) as operator,
        w.verdict as "before", c.verdict as "after", coalesce(nullif(c.rules, ''), w.rules, '') as rules
      from went w full join came c on w.key = c.key`);
    const turns = await db.rows<{ before: string | null; after: string | null; verdicts: number }>(`
      select "before", "after", count(*)::double as verdicts from paired where "before" is distinct from "after"
      group by 1, 2 order by 3 desc, 1 nulls first, 2 nulls first`);
    const examples = await db.rows<{ [name in keyof TurnedVerdict]: TurnedVerdict[name] }>(
      `select element, operator, "before", "after", rules from paired where "before" is distinct from "after"
       order by ${rank('"after"')}, element nulls last, operator nulls first, "before" nulls first, "after" nulls first
       limit ?`,
      [most],
    );
    const [same] = await db.rows<{ n: number }>(
      'select count(*)::double as n from paired where "before" is not distinct from "after"',
    );
    const turned = turns.reduce((sum, { verdicts }) => sum + verdicts, 0);
    return { turned, turns, examples, otherReasons: same!.n };
  } finally {
    db.close();
  }
}

/** Every value is text; `key` is the same for the same element and operator, whichever of them is missing. */
function rowsOf(path: string): string {
  const file = `read_csv(${oneFile(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;
  return `select element, operator, outcome || '/' || basis as verdict, coalesce(rules, '') as rules,
    to_json([element, operator]) as key from ${file}`;
}

function withoutEqual(rows: string, others: string): string {
  const hashed = "hash(key, verdict, rules)";
  return `select distinct * from ${rows} where ${hashed} not in (select ${hashed} from ${others})`;
}

function rank(verdict: string): string {
  return `case split_part(coalesce(${verdict}, ''), '/', 1) when 'refused' then 0 when 'undecided' then 1 when 'admitted' then 2 else 3 end`;
}
