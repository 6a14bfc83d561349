import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpreadsheet } from "../../readers/spreadsheet.ts";
import type { SpreadsheetMap } from "./map.ts";
import { translateSpreadsheet } from "./spreadsheet.ts";

const columns = { id: "Serial", maker: "Vendor", functions: "Kind", status: "State", in_service_since: "Since" };
const header = "Serial;Vendor;Kind;State;Since;Remark";

function translate(lines: readonly string[], map: Partial<SpreadsheetMap> = {}) {
  const { sheet, problems } = readSpreadsheet(new TextEncoder().encode([header, ...lines].join("\n")), "radios.csv");
  assert.deepEqual(problems, []);
  return translateSpreadsheet(sheet!, "elements", { columns, ...map }, "radios.csv");
}
const rowsOf = (lines: readonly string[], map?: Partial<SpreadsheetMap>) =>
  translate(lines, map).tables[0]?.rows.map(({ values }) => values);

test("columns, words, constants and days become ours", () => {
  const map: Partial<SpreadsheetMap> = {
    values: { status: { "In Use": "active" }, functions: { Radio: ["gNB-DU", "RU"], Core: "AMF" } },
    constants: { operator: "DEMO-north" },
    dayFormat: "DD.MM.YYYY",
  };
  assert.deepEqual(rowsOf(["1;DEMO Maker;radio;in use;1.2.2023;x", "2;;Core;;;"], map), [
    {
      id: "1",
      operator: "DEMO-north",
      maker: "DEMO Maker",
      functions: "RU;gNB-DU",
      status: "active",
      in_service_since: "2023-02-01",
    },
    { id: "2", operator: "DEMO-north", functions: "AMF" },
  ]);
  assert.equal(rowsOf(["1;;;;02/01/2023;"], { dayFormat: "MM/DD/YYYY" })?.[0]?.in_service_since, "2023-02-01");
});

test("texts that look like formulas stay texts", () => {
  assert.equal(rowsOf(["=HYPERLINK(1);+49;@x;;;"])?.[0]?.id, "=HYPERLINK(1)");
});

test("what a column cannot hold sets the record aside, with its line", () => {
  const { problems, taken, examined } = translate([
    "1;;;;31.12.2023;",
    "2;;;scrapped;;",
    ";x;;;;",
    "4;a\u0007b;;;;",
    "5;;;;;",
  ]);
  assert.deepEqual(
    problems.map(({ code, place, rows }) => [code, place.line, rows]),
    [
      ["wrong-type", 2, 1],
      ["wrong-type", 3, 1],
      ["missing-value", 4, 1],
      ["wrong-type", 5, 1],
    ],
  );
  assert.deepEqual([taken, examined], [1, 5]);
});

test("an id that stands twice is taken from neither record", () => {
  const { problems, taken } = translate(["1;a;;;;", "2;b;;;;", "1;c;;;;"]);
  assert.equal(taken, 1);
  assert.deepEqual([problems[0]?.code, problems[0]?.rows], ["duplicate-id", 2]);
  assert.match(problems[0]!.message, /lines 2, 4/);
});

test("records that are no equipment are set aside by an explicit list, and counted", () => {
  const { setAside, taken } = translate(["1;;PDU;;;", "2;;pdu;;;", "3;;AMF;;;"], { setAside: { Kind: ["PDU"] } });
  assert.deepEqual([setAside, taken], [[{ reason: "`Kind` is `PDU`", records: 2 }], 1]);
});

test("says which columns are not in the map, and which functions no rule knows", () => {
  const reasons = translate(["1;;Telex;;;"]).remarks.map(({ reason }) => reason);
  assert.deepEqual(reasons, ["function `Telex` is none that rules know", "column `Remark` is not in the map"]);
});

test("a map that speaks of columns nobody has is refused", () => {
  assert.throws(() => translate([], { columns: { ...columns, vendor: "Vendor" } }), /no column `vendor`/);
  assert.throws(() => translate([], { columns: { ...columns, maker: "Maker" } }), /sheet has no column `Maker`/);
  assert.throws(() => translate([], { columns: { maker: "Vendor" } }), /no column for `id`/);
});
