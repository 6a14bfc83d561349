import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inventedReport } from "../../../../test/kit/report-data.ts";
import { payloadOf } from "../payload.ts";
import { commandText } from "./command.ts";
import { fragmentWith, readFragment } from "./fragment.ts";
import { chooseRows, elementRows, type Filter, questionRows } from "./rows.ts";

const data = inventedReport({ sites: 20, elements: 300, chains: 40 });
const payload = payloadOf(
  data,
  data.sites.points.map(() => [0, 0]),
  { language: "en" },
);
const rows = elementRows(payload);
const all: Filter = { search: "", kind: "", operator: "", domain: "", site: "" };

test("without a filter the table has every row in the order of the report", () => {
  assert.deepEqual(
    chooseRows(rows, all, null),
    data.elements.rows.map((_, at) => at),
  );
});

test("filters and search pick the same rows as a plain look at the data", () => {
  const wanted = data.elements.rows.flatMap(({ operator, domain, kind }, at) =>
    operator === "DEMO-nord" && domain === "access" && kind === 9 ? [at] : [],
  );
  assert.ok(wanted.length > 3);
  const filter = { ...all, operator: "DEMO-nord", domain: "access", kind: "9" };
  assert.deepEqual(chooseRows(rows, filter, null), wanted);

  const found = data.elements.rows.flatMap((row, at) =>
    [row.element, row.operator, row.site, row.maker, row.product, row.release, row.functions].some((text) =>
      text?.toLowerCase().includes("maker-3"),
    )
      ? [at]
      : [],
  );
  assert.ok(found.length > 3);
  assert.deepEqual(chooseRows(rows, { ...all, search: "maker-3" }, null), found);

  const { site } = data.elements.rows[5]!;
  const there = data.elements.rows.flatMap((row, at) => (row.site === site ? [at] : []));
  assert.deepEqual(chooseRows(rows, { ...all, site: site! }, null), there);
});

test("sorting by any column orders by its values, equals as they were", () => {
  for (const column of rows.columns)
    for (const down of [false, true]) {
      const sorted = chooseRows(rows, all, { column, down });
      assert.equal(new Set(sorted).size, rows.length);
      for (const [at, row] of sorted.slice(1).entries()) {
        const [a, b] = [rows.value(sorted[at]!, column), rows.value(row, column)];
        assert.ok(a === b ? sorted[at]! < row : down ? a > b : a < b, `${column}: ${a} before ${b}`);
      }
    }
});

test("questions are found by the rules that stand against them", () => {
  const questions = questionRows(payload);
  const wanted = data.chains.rows.flatMap((chain, at) =>
    chain.verdicts.some(({ rules }) => rules.some(({ id, reason }) => reason && id === "DE-9B-1")) ? [at] : [],
  );
  assert.ok(wanted.length > 0);
  assert.deepEqual(chooseRows(questions, { ...all, search: "de-9b-1" }, null), wanted);
});

test("a fragment says what it was made from", () => {
  const pairs = fc.array(fc.tuple(fc.constantFrom("element", "site", "lang"), fc.string({ unit: "grapheme" })));
  fc.assert(
    fc.property(pairs, (list) => {
      const state = new Map(list);
      assert.deepEqual(readFragment(fragmentWith(state)), state);
    }),
    { seed: 3, numRuns: 100 },
  );
  assert.equal(readFragment("#element=%E0%A4%A").size, 0);
});

test("the command is quoted for a shell, and not offered where it could not be pasted safely", () => {
  assert.equal(commandText("DEMO-amf-1"), "freigabe explain . DEMO-amf-1");
  assert.equal(commandText("it's; rm -rf $HOME"), "freigabe explain . 'it'\\''s; rm -rf $HOME'");
  assert.equal(commandText("-x"), "freigabe explain -- . '-x'");
  assert.equal(commandText("a\nb"), null);
  assert.equal(commandText("a⟨202E⟩b"), null);
});
