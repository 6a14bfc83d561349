import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sheet } from "../../readers/spreadsheet.ts";
import type { Incoming } from "./incoming.ts";
import { mergeTable } from "./merge.ts";

const sheet = (header: string[], ...rows: string[][]): Sheet => ({
  delimiter: ",",
  header,
  rows: rows.map((cells, index) => ({ line: index + 2, cells })),
});
const elements = (owned: string[], ...rows: Record<string, string>[]): Incoming => ({
  table: "elements",
  file: "elements/x.csv",
  rows: rows.map((values) => ({ values })),
  existing: "updated",
  owned,
  complete: true,
});

test("adds, changes and keeps, with the file's own headers, order and further columns", () => {
  const existing = sheet(["Vendor", "note", "id", "digest"], ["a", "mine", "1", "d1"], ["b", "yours", "2", ""]);
  const { sheet: merged, difference } = mergeTable(
    existing,
    elements(["maker"], { id: "1", maker: "a" }, { id: "3", maker: "c" }),
    { maker: "Vendor" },
  );
  assert.deepEqual(merged.header.slice(0, 5), ["Vendor", "note", "id", "digest", "operator"]);
  assert.deepEqual(
    merged.rows.map(({ cells }) => cells.slice(0, 4)),
    [
      ["a", "mine", "1", "d1"],
      ["b", "yours", "2", ""],
      ["c", "", "3", ""],
    ],
  );
  assert.deepEqual(
    [difference.added, difference.changed, difference.unchanged, difference.gone],
    [["3"], [], 1, ["2"]],
  );
});

test("what the source owns it may also empty; what it does not know it leaves", () => {
  const existing = sheet(["id", "maker", "site", "in_service_since"], ["1", "a", "s", "2023-01-01"]);
  const { difference } = mergeTable(existing, elements(["site"], { id: "1", maker: "a" }), {});
  assert.deepEqual(difference.changed, [{ id: "1", column: "site", from: "s", to: "" }]);
});

test("what was known of other equipment is forgotten when the equipment changes", () => {
  const existing = sheet(
    ["id", "maker", "product", "release", "digest", "in_service_since", "release_since"],
    ["1", "a", "p", "21.3", "d", "2023-01-01", "2024-01-01"],
    ["2", "", "", "9", "d", "2023-01-01", ""],
    ["3", "a", "p", "21.3", "d", "2023-01-01", "2024-01-01"],
  );
  const { difference } = mergeTable(
    existing,
    elements(
      ["maker", "product"],
      { id: "1", maker: "a", product: "q" },
      { id: "2", maker: "a", product: "p" },
      { id: "3", maker: "a", product: "p", release: "22" },
    ),
    {},
  );
  const of = (id: string) =>
    difference.changed.filter((change) => change.id === id).map(({ column, to }) => `${column}=${to}`);
  assert.deepEqual(of("1").sort(), ["digest=", "in_service_since=", "product=q", "release=", "release_since="]);
  assert.deepEqual(of("2").sort(), ["maker=a", "product=p"]);
  assert.deepEqual(of("3").sort(), ["digest=", "release=22", "release_since="]);
});

test("a table that people write is only filled where it is empty", () => {
  const existing = sheet(["id", "name", "seat"], ["a", "A Legal Name Ltd", ""]);
  const incoming: Incoming = {
    table: "suppliers",
    file: "suppliers.csv",
    rows: [{ values: { id: "a", name: "a", seat: "DE" } }],
    existing: "kept",
    owned: [],
    complete: false,
  };
  assert.deepEqual(mergeTable(existing, incoming, {}).sheet.rows[0]?.cells, ["a", "A Legal Name Ltd", "DE"]);
});

test("merging twice changes nothing the second time", () => {
  const incoming = elements(["maker"], { id: "2", maker: "b" }, { id: "1", maker: "a" });
  const first = mergeTable(undefined, incoming, {});
  const second = mergeTable(first.sheet, incoming, {});
  assert.deepEqual([second.difference.added, second.difference.changed, second.difference.unchanged], [[], [], 2]);
  assert.deepEqual(
    second.sheet.rows.map(({ cells }) => cells),
    first.sheet.rows.map(({ cells }) => cells),
  );
});
