import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatSpreadsheet, readSpreadsheet } from "./spreadsheet.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readSpreadsheet(bytes(text), "in.csv");

test("reads quotes, embedded newlines, CRLF and a byte order mark, and knows the lines", () => {
  const { sheet, problems } = read('\ufeffid,name\r\n1,"a, ""b""\nc"\r\n\r\n2,plain\r\n');
  assert.deepEqual(problems, []);
  assert.deepEqual(sheet?.header, ["id", "name"]);
  assert.deepEqual(sheet?.rows, [
    { line: 2, cells: ["1", 'a, "b"\nc'] },
    { line: 5, cells: ["2", "plain"] },
  ]);
});

test("finds semicolons and tabs as delimiters", () => {
  assert.deepEqual(read("a;b\n1;x,y\n").sheet?.rows[0]?.cells, ["1", "x,y"]);
  assert.deepEqual(read("a\tb\n1\t2\n").sheet?.rows[0]?.cells, ["1", "2"]);
  assert.equal(read('"a,b";c\n1;2\n').sheet?.delimiter, ";");
});

test("a text that looks like a formula stays a text", () => {
  assert.deepEqual(read("id\n=1+1\n").sheet?.rows[0]?.cells, ["=1+1"]);
});

test("an unterminated quote sets the whole file aside and names its line", () => {
  const { sheet, problems } = read('id,name\n1,a\n2,"b\n3,c\n');
  assert.equal(sheet, undefined);
  assert.equal(problems[0]?.code, "record-count");
  assert.equal(problems[0]?.place.line, 3);
  assert.equal(problems[0]?.rows, 3);
});

test("a record that breaks the grammar is a problem with its line; the others are read", () => {
  const { sheet, problems } = read('id,name\n1\n2,a"b\n3,"c"d\n4,e\n5,f,g\n');
  assert.deepEqual(
    sheet?.rows.map(({ line }) => line),
    [5],
  );
  assert.deepEqual(
    problems.map(({ place, rows, code }) => [place.line, rows, code]),
    [2, 3, 4, 6].map((line) => [line, 1, "malformed-row"]),
  );
});

test("refuses what is empty, not UTF-8, too large, or has a header that is ambiguous", () => {
  assert.match(read("").problems[0]!.message, /empty file/);
  assert.match(readSpreadsheet(new Uint8Array([0x69, 0xff, 0xfe]), "in.csv").problems[0]!.message, /UTF-8/);
  assert.match(read("a,a\n1,2\n").problems[0]!.message, /`a` stands in the header twice/);
  const small = readSpreadsheet(bytes("a,b\n1,2\n"), "in.csv", { bytes: 4, columns: 9, cell: 9 });
  assert.equal(small.problems[0]?.code, "too-large");
  assert.match(small.problems[0]!.hint!, /elements/);
});

test("what is written is read again as it was", () => {
  const cell = fc.string({ unit: fc.constantFrom(..."a=,;\"\n\r\t '\ufeffé".split("")), maxLength: 6 });
  const tables = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      delimiter: fc.constantFrom(",", ";", "\t"),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }),
      width: fc.constant(width),
    }),
  );
  fc.assert(
    fc.property(tables, ({ delimiter, rows, width }) => {
      // With a single column nothing tells the delimiter, and nothing depends on it.
      const header = Array.from({ length: width }, (_, index) => `column${index}`);
      const wanted = { delimiter: width === 1 ? "," : delimiter, header } as const;
      const text = formatSpreadsheet({ ...wanted, rows: rows.map((cells) => ({ line: 0, cells })) });
      const { sheet, problems } = read(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        sheet?.rows.map(({ cells }) => cells),
        rows,
      );
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("a long file is read in linear time", () => {
  const text = `id,name\n${'1,"x""y"\n'.repeat(200_000)}`;
  const start = process.cpuUsage();
  assert.equal(read(text).sheet?.rows.length, 200_000);
  assert.ok(process.cpuUsage(start).user < 3_000_000);
});
