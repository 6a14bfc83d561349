import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Column, type TableName, tableNames, tables } from "../src/model/columns.ts";
import { isDay } from "../src/model/day.ts";
import { parquetOf } from "./kit/parquet.ts";
import { type GivenFile, withTables } from "./tables.ts";

/** What a parser of dates may take for one, and what a table must not. */
const noDays = [
  ...["infinity", "-infinity", "Infinity", "inf", "epoch", "today", "now", "NaN", "null"],
  ...[
    "2024-1-5",
    "24-01-05",
    "20240105",
    "2024/01/05",
    "2024.01.05",
    "05.01.2024",
    "2024-001-05",
    "2024-005",
    "2024-W01-5",
  ],
  ...["12024-01-05", "+2024-01-05", "-2024-01-05", "2024-01-05 (BC)", "0000-01-01", "1899-12-31", "2200-01-01"],
  ...["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32"],
  ...["2024-01-05T00:00:00", "2024-01-05 00:00:00", "2024-01-05Z", "2024-01-05+01:00", "1704412800"],
  ...[
    " 2024-01-05",
    "2024-01-05 ",
    "2024-01-05\u00a0",
    "\u20032024-01-05",
    "\ufeff2024-01-05",
    "2024-01-05\t",
    " ",
    "\t",
  ],
  ...["٢٠٢٤-٠١-٠٥", "２０２４-０１-０５", "2024‐01‐05", "2024–01–05", "2024-O1-05", "2024-01-05x", "=2024-01-05"],
];

const columnsOf = (table: TableName) => Object.entries<Column>(tables[table].columns);
const dayColumns = tableNames.flatMap((table) =>
  columnsOf(table).flatMap(([name, { type }]) => (type === "day" ? [{ table, name }] : [])),
);

function cellFor({ type, required }: Column, at: number): string {
  if (!required) return "";
  if (type === "day") return "2020-01-01";
  return type === "number" ? "1" : type === "text" ? `DEMO-${at}` : type[0]!;
}

/** A table with a row for each text, which stands in the column of days; all else is good. */
function tableWith(table: TableName, column: string, texts: readonly string[]): string {
  const columns = columnsOf(table);
  const rows = texts.map((text, at) =>
    columns.map(([name, own]) => (name === column ? `"${text.replaceAll('"', '""')}"` : cellFor(own, at))).join(","),
  );
  return [columns.map(([name]) => name).join(","), ...rows, ""].join("\n");
}

/** Which of the texts the store calls no day, in the words of its problems. */
async function refusedOf(file: GivenFile): Promise<ReadonlyMap<number, string>> {
  const first = file.format === "parquet" ? 1 : 2;
  return withTables([file], async ({ loaded }) => {
    const wrong = loaded.problems.filter(({ code }) => code === "wrong-type");
    return new Map(wrong.map(({ place, message }) => [place.line! - first, message]));
  });
}

for (const { table, name } of dayColumns)
  test(`14 F days: in ${table}.${name} a day is digits and in the calendar; infinity, epoch and their kind are problems`, async () => {
    const texts = ["2024-01-05", ...noDays];
    const csv = await refusedOf({ table, text: tableWith(table, name, texts) });
    assert.deepEqual(
      texts.filter((_, at) => !csv.has(at)),
      ["2024-01-05"],
    );
    assert.equal(csv.get(1), `\`${name}\`: expected a day as YYYY-MM-DD from 1900 to 2199, got \`infinity\``);
    if (!("large" in tables[table])) return;
    const text = await parquetOf(tableWith(table, name, texts), [], table);
    const parquet = await refusedOf({ table, text, format: "parquet" });
    assert.deepEqual([...parquet.keys()].sort(), [...csv.keys()].sort());
  });

test("14 F days: a Parquet column of dates or of moments has no infinite day either", async () => {
  const text = tableWith("elements", "in_service_since", ["2024-01-05", "infinity", "-infinity"]);
  for (const type of ["date", "timestamp"]) {
    const bytes = await parquetOf(text, ["in_service_since"], "elements", type);
    const refused = await refusedOf({ table: "elements", text: bytes, format: "parquet" });
    assert.deepEqual([...refused.keys()], [1, 2], type);
  }
});

test("14 F days: whatever stands in a cell of days is a day of the calendar in ten characters, nothing, or a problem", async () => {
  const pieces = "0123456789---/. :TZ+eEinftyepoch()BC\u00a0٢２‐".split("");
  const near = fc.stringMatching(/^[0-9]{3,5}-[0-9]{1,3}-[0-9]{1,3}[ TZ]?$/);
  const day = fc.date({ min: new Date("1890-01-01"), max: new Date("2210-01-01"), noInvalidDate: true });
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom(...pieces), maxLength: 14 }),
    near,
    day.map((moment) => moment.toISOString().slice(0, 10)),
    fc.constantFrom(...noDays),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...dayColumns),
      fc.array(cell, { maxLength: 90 }),
      async ({ table, name }, texts) => {
        const refused = await refusedOf({ table, text: tableWith(table, name, texts) });
        const { required } = columnsOf(table).find(([column]) => column === name)![1];
        const wanted = texts.flatMap((text, at) => (isDay(text) || (text === "" && !required) ? [] : [at]));
        const missing = required ? texts.flatMap((text, at) => (text === "" ? [at] : [])) : [];
        assert.deepEqual([...refused.keys(), ...missing].sort(), wanted.sort());
      },
    ),
    { numRuns: 25 },
  );
});
