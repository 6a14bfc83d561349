import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { asName } from "../src/model/name.ts";
import { readCsvLine } from "../src/readers/csv-line.ts";
import { csvText } from "../src/reports/csv.ts";
import { ask } from "./kit/store-cases.ts";
import { withTables } from "./tables.ts";

/** Ids of elements as the CSV of verdicts shows them, `plain` for people; in the order of the ids. */
async function writtenIds(ids: readonly string[], plain: boolean): Promise<readonly string[]> {
  const quoted = ids.map((id) => `"${id.replaceAll('"', '""')}",op`);
  return withTables([{ table: "elements", text: `id,operator\n${quoted.join("\n")}\n` }], async ({ store, folder }) => {
    const { groups } = await ask(store);
    const pairs = new Map(groups.map((one) => [`${one.equipment} ${one.maintenance}`, one]));
    const rows = [...pairs.values()].map(({ equipment, maintenance }) => ({ equipment, maintenance, columns: ["=x"] }));
    const path = join(folder, "out.csv");
    await store.writeCsv(path, ["element", "operator", "note"], rows, ["-"], "since", { plain });
    const lines = readFileSync(path, "utf8").split("\n").slice(1, -1).map(readCsvLine);
    assert.ok(lines.every(([, , note]) => note === (plain ? "'=x" : "=x")));
    return lines.map(([id]) => id!);
  });
}

/** What our own writer of CSV makes of a cell. */
const cellOf = (text: string) => readCsvLine(csvText([[text]]).slice(0, -1))[0]!;

const hostile = [
  "=1+1",
  "+49",
  "-1",
  "@SUM(A1)",
  "a;\t=1",
  "a\r=1",
  "a;=1",
  ";;@x",
  "＝1",
  "a\u001b[31mb",
  "a\u009bm",
  "a\u202eb",
  "x\u00ad",
];

test("14 F: the CSV of verdicts has no cell that a spreadsheet or a terminal obeys, as the other CSV", async () => {
  const cells = await writtenIds(hostile, true);
  assert.deepEqual(cells.toSorted(), hostile.map((id) => cellOf(asName(id))).sort());
  for (const cell of cells) assert.doesNotMatch(cell, /(^|;)[=+\-@\t\r＝＋－＠]|[\p{Cc}\p{Cf}]/u);
  assert.deepEqual([cellOf("=1"), cellOf("a;-b"), cellOf("\u001b[m")], ["'=1", "a;'-b", "\\x1b[m"]);
});

test("14 F: both writers of CSV defuse the same cells alike, and what a ledger keeps stays as it came", async () => {
  const unit = fc.constantFrom(..."=+-@;;,'\"ab \t\u001b\u0085\u200b\u{e0001}＝é1".match(/./gsu)!);
  const id = fc.string({ unit, minLength: 1, maxLength: 8 }).map((text) => `${text}a`);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(id, { selector: asName, minLength: 1, maxLength: 40 }), async (ids) => {
      const raw = await writtenIds(ids, false);
      const plain = await writtenIds(ids, true);
      assert.deepEqual(plain, raw.map(cellOf));
    }),
    { numRuns: 15 },
  );
});
