import assert from "node:assert/strict";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../src/model/errors.ts";
import { openInventory } from "../src/storage/duckdb/open.ts";
import { asOf, brief, elements, type GivenFile, loadTables, relations, uses, withTables } from "./tables.ts";

const good = "DEMO-good,op,maker,product,1.0,AMF,active,2024-01-01";
const counts = (loaded: Awaited<ReturnType<typeof loadTables>>) => [loaded.elements, loaded.setAside, loaded.notInUse];

test("malformed rows are set aside one by one, with their lines; the others are read", async () => {
  const short = "DEMO-short,op";
  const long = "DEMO-long,op,maker,product,1.0,AMF,active,2024-01-01,more";
  const junk = '"DEMO-junk"x,op,maker,product,1.0,AMF,active,2024-01-01';
  const loaded = await loadTables([elements(good, short, '"DEMO-\n2",op,m,p,1,AMF,,', long, junk)]);
  assert.deepEqual(counts(loaded), [2, 3, 0]);
  const file = "elements-0.csv";
  assert.deepEqual(brief(loaded), [
    `malformed-row ${file}:3 1`,
    `malformed-row ${file}:6 1`,
    `malformed-row ${file}:7 1`,
  ]);
  assert.equal(loaded.problems[0]!.message, "expected 8 values, got 2");
  assert.deepEqual(
    loaded.setAsideIds.map(({ id }) => id),
    ["DEMO-junk", "DEMO-long", "DEMO-short"],
  );
});

test("a good row whose id also stands on a row that cannot be read is set aside with it", async () => {
  const loaded = await loadTables([elements(good, "DEMO-good,op")]);
  assert.deepEqual(counts(loaded), [0, 2, 0]);
  assert.deepEqual(brief(loaded), ["duplicate-id elements-0.csv:2 1", "malformed-row elements-0.csv:3 1"]);
});

test("wrong types and missing values name column, expectation and what stood there", async () => {
  const loaded = await loadTables([
    elements(
      "a,op,m,p,1,AMF,active,31.12.2024",
      "b,op,m,p,1,AMF,active,1024-01-01",
      "c,op,m,p,1,AMF,broken,2024-01-01",
      ",op,m,p,1,AMF,active,2024-01-01",
      good,
    ),
  ]);
  assert.deepEqual(counts(loaded), [1, 4, 0]);
  assert.deepEqual(
    loaded.problems.map(({ code, message, place }) => [place.line, code, message]),
    [
      [2, "wrong-type", "`in_service_since`: expected a day as YYYY-MM-DD from 1900 to 2199, got `31.12.2024`"],
      [3, "wrong-type", "`in_service_since`: expected a day as YYYY-MM-DD from 1900 to 2199, got `1024-01-01`"],
      [4, "wrong-type", "`status`: expected one of `active`, `planned`, `retired`, got `broken`"],
      [5, "missing-value", "`id`: expected a value, got none"],
    ],
  );
});

test("all rows of an id that stands on several are set aside, across files and formats of writing", async () => {
  const other = { ...elements("DEMO-good ,op2,,,,,,", "DEMO-one,op,,,,,,"), name: "more.csv" };
  const loaded = await loadTables([elements(good, "x,op,,,,,,"), other]);
  assert.deepEqual(counts(loaded), [2, 2, 0]);
  assert.deepEqual(brief(loaded), ["duplicate-id elements-0.csv:2 1", "duplicate-id more.csv:2 1"]);
  assert.deepEqual(loaded.setAsideIds, [{ id: "DEMO-good", code: "duplicate-id" }]);
});

test("an element that nobody answers for is set aside; roaming does not make anybody responsible", async () => {
  const loaded = await loadTables([
    elements("a,,m,p,1,AMF,,", "b,,m,p,1,AMF,,", "c,,m,p,1,AMF,,", "d,,,,,,retired,"),
    uses("op,b,roaming,,,", "op,c,own,,,", "op,a,own,,,2020-01-01"),
  ]);
  assert.deepEqual(counts(loaded), [1, 2, 1]);
  assert.deepEqual(brief(loaded), ["no-operator elements-0.csv:2 1", "no-operator elements-0.csv:3 1"]);
});

test("relations and uses of elements that do not exist are told, and are no elements", async () => {
  const loaded = await loadTables([
    elements(good),
    relations("DEMO-gone,maintained-by,m,,,DE,", "DEMO-good,part-of,DEMO-nowhere,,,,", "DEMO-good,managed-by,firm,,,,"),
    uses("op,DEMO-lost,shared,,,", "op2,DEMO-past,own,,,2020-01-01"),
  ]);
  assert.deepEqual(counts(loaded), [1, 0, 0]);
  assert.deepEqual(brief(loaded), [
    "dangling-reference relations-1.csv:2 1",
    "dangling-reference relations-1.csv:3 1",
    "dangling-reference uses-2.csv:2 1",
  ]);
  assert.equal(loaded.problems[0]!.message, "expected the id of an element, got `DEMO-gone`");
});

test("elements on a cycle of part-of are set aside; those that hang on it are not", async () => {
  const loaded = await loadTables([
    elements("a,op,,,,,,", "b,op,,,,,,", "c,op,,,,,,", "d,op,,,,,,", "self,op,,,,,,"),
    relations("a,part-of,b,,,,", "b,part-of,c,,,,", "c,part-of,a,,,,", "d,part-of,a,,,,", "self,runs-on,self,,,,"),
  ]);
  assert.deepEqual(counts(loaded), [1, 4, 0]);
  assert.deepEqual(
    loaded.setAsideIds,
    ["a", "b", "c", "self"].map((id) => ({ id, code: "cycle" })),
  );
});

test("a cycle that is over, or of two kinds of relation, is none", async () => {
  const loaded = await loadTables([
    elements("a,op,,,,,,", "b,op,,,,,,"),
    relations("a,part-of,b,,,,", "b,part-of,a,,2020-01-01,,", "b,runs-on,a,,,,"),
  ]);
  assert.deepEqual(counts(loaded), [2, 0, 0]);
});

test("columns may stand in any order, in any case, after a byte order mark, and under mapped names", async () => {
  const text = "\ufeffFunctions;ID;Vendor;operator\r\nAMF;DEMO-a;DEMO-maker;op\r\n";
  const options = { columns: { elements: { maker: "Vendor" } } };
  await withTables(
    [{ table: "elements", text }],
    async ({ store, loaded }) => {
      assert.deepEqual(loaded.problems, []);
      const [key] = await store.equipmentKeys();
      assert.deepEqual([key!.maker, key!.functions, key!.operator], ["DEMO-maker", "AMF", "op"]);
    },
    options,
  );
});

test("a byte order mark does not move the lines of bad records", async () => {
  const loaded = await loadTables([{ table: "elements", text: "\ufeffid;operator\r\na;op\r\n\r\nbad\r\nc;op\r\n" }]);
  assert.deepEqual([counts(loaded), brief(loaded)], [[2, 1, 0], ["malformed-row elements-0.csv:4 1"]]);
});

test("an unknown column is told and read past", async () => {
  const loaded = await loadTables([{ table: "elements", text: "id,colour,operator\na,red,op\n" }]);
  assert.deepEqual(counts(loaded), [1, 0, 0]);
  assert.deepEqual(brief(loaded), ["unknown-column elements-0.csv:1 0"]);
});

test("without a required column, or with one twice, the whole file is set aside", async () => {
  const missing = await loadTables([{ table: "elements", text: 'name,operator\n"a\nb",op\nb,op\n' }]);
  assert.deepEqual(counts(missing), [0, 2, 0]);
  assert.ok(brief(missing).includes("missing-column elements-0.csv:1 2"));
  const twice = await loadTables([{ table: "elements", text: "id,operator,ID\na,op,b\n" }]);
  assert.deepEqual(counts(twice), [0, 1, 0]);
});

test("a mapping of what does not exist is the person's to mend", async () => {
  const wrong = (columns: Record<string, Record<string, string>>) => loadTables([elements(good)], { columns });
  await assert.rejects(wrong({ element: {} }), UserError);
  await assert.rejects(wrong({ elements: { colour: "red" } }), UserError);
});

test("one unterminated quote in a million rows sets the whole file aside, in under 5 s", async () => {
  const folder = mkdtempSync(join(tmpdir(), "freigabe-test-"));
  const path = join(folder, "elements.csv");
  const rows = 1_000_000;
  const stream = createWriteStream(path);
  stream.write("id,operator,maker,product,release,functions,status,in_service_since\n");
  for (let block = 0; block < 100; block++) {
    const lines = Array.from({ length: rows / 100 }, (_, at) => {
      const row = block * (rows / 100) + at;
      return `DEMO-${row},op,${row === 400_000 ? '"' : ""}maker,product,1.0,AMF,active,2024-01-01\n`;
    });
    stream.write(lines.join(""));
  }
  stream.end();
  await finished(stream);
  const began = performance.now();
  const store = await openInventory();
  try {
    const loaded = await store.load([{ table: "elements", path, name: "elements.csv", format: "csv" }], asOf, {});
    assert.deepEqual(counts(loaded), [0, rows, 0]);
    assert.deepEqual(brief(loaded), [`record-count elements.csv:- ${rows}`]);
    assert.deepEqual(await store.equipmentKeys(), []);
    assert.ok(performance.now() - began < 5000, `took ${performance.now() - began} ms`);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
});

test("a quote that swallows lines and seems to end is noticed too", async () => {
  const swallowed = ['a,op,"m,p,1,AMF,,', 'b,op,"m",p,1,AMF,,', "c,op,m,p,1,AMF,,"];
  const loaded = await loadTables([elements(...swallowed), { ...elements(good), name: "other.csv" }]);
  assert.deepEqual(counts(loaded), [1, 3, 0]);
  assert.deepEqual(brief(loaded), ["record-count elements-0.csv:- 3"]);
});

test("bytes that are not UTF-8 spoil their own record", async () => {
  const text = Buffer.concat([
    Buffer.from("id,operator\na,op\nb"),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(",op\nc,op\n"),
  ]);
  const loaded = await loadTables([{ table: "elements", text }]);
  assert.deepEqual(counts(loaded), [2, 1, 0]);
  assert.deepEqual(brief(loaded), ["malformed-row elements-0.csv:3 1"]);
});

test("an empty inventory is nothing to assess, and no error", async () => {
  assert.deepEqual(counts(await loadTables([])), [0, 0, 0]);
  assert.deepEqual(counts(await loadTables([elements()])), [0, 0, 0]);
  await withTables([elements()], async ({ store }) => {
    assert.deepEqual(await store.questions([], []), []);
    assert.deepEqual(await store.maintenanceKeys(), []);
  });
  const nothing = await loadTables([{ table: "elements", text: "" }]);
  assert.deepEqual(brief(nothing).includes("missing-column elements-0.csv:1 0"), true);
});

test("a file that is missing, too large or no Parquet is a problem of that file", async () => {
  const broken: GivenFile = { table: "elements", text: "PAR1 no", format: "parquet" };
  const loaded = await loadTables([broken, elements(good)]);
  assert.deepEqual(counts(loaded), [1, 1, 0]);
  assert.deepEqual(brief(loaded), ["unreadable elements-0.parquet:- 1"]);
  const large = await loadTables([elements(good)], { mostBytes: 10 });
  assert.deepEqual(brief(large), ["too-large elements-0.csv:- 1"]);
  const store = await openInventory();
  const gone = await store.load(
    [{ table: "elements", path: "/nowhere/x.csv", name: "x.csv", format: "csv" }],
    asOf,
    {},
  );
  await store.close();
  assert.deepEqual([brief(gone), gone.setAside], [["unreadable x.csv:- 1"], 1]);
});

test("names of files are no patterns and no statements", async () => {
  const name = "e[l]*?'; drop table t_elements; --.csv";
  const loaded = await loadTables([
    { ...elements(good), name },
    { ...elements("other,op,,,,,,"), name: "el.csv" },
  ]);
  assert.deepEqual(
    [counts(loaded), loaded.inputs.map(({ rows }) => rows)],
    [
      [2, 0, 0],
      [1, 1],
    ],
  );
});

test("of many problems of a code in a file a hundred are told, and the rest summed up", async () => {
  const rows = Array.from({ length: 250 }, (_, at) => (at % 2 === 0 ? `a${at},op` : `b${at},,,,,,,`));
  const loaded = await loadTables([elements(...rows)]);
  assert.deepEqual(counts(loaded), [0, 250, 0]);
  assert.equal(loaded.problems.length, 202);
  assert.equal(
    loaded.problems.reduce((sum, problem) => sum + problem.rows, 0),
    250,
  );
});

test("a party's name cannot pass for two parties", async () => {
  const files = [elements(good), relations("DEMO-good,maintained-by,a|DE|none;b,,,,")];
  await withTables(files, async ({ store }) => {
    assert.deepEqual(
      (await store.maintenanceKeys()).map(({ parties }) => parties),
      ["a/DE/none,b||"],
    );
  });
});

test("bad rows of small tables are told and left out, repeated ids altogether", async () => {
  const text = "id,name,seat\nm1,One,DE\nm2,Two\nm3,Three,\nm4,Four,\nm4,Again,\n,Nameless,\n";
  await withTables([{ table: "suppliers", text }], async ({ store, loaded }) => {
    assert.deepEqual(brief(loaded), [
      "malformed-row suppliers-0.csv:3 1",
      "duplicate-id suppliers-0.csv:5 1",
      "duplicate-id suppliers-0.csv:6 1",
      "missing-value suppliers-0.csv:7 1",
    ]);
    assert.deepEqual(await store.rows("suppliers"), [
      { values: { id: "m1", name: "One", seat: "DE" }, file: "suppliers-0.csv", line: 2 },
      { values: { id: "m3", name: "Three", seat: null }, file: "suppliers-0.csv", line: 4 },
    ]);
  });
});

const cell = fc.oneof(
  fc.constantFrom("", "op", "AMF", "2024-01-01", "active", " ", 'a"b', "x,y", "l1\nl2", "l1\r\nl2", "ü"),
  fc.string({ maxLength: 5 }).filter((text) => !/[\r\n]/.test(text)),
);
const newline = fc.constantFrom("\n", "\r\n");
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test("every record of a well-formed file is assessed, set aside or not in use", async () => {
  const record = fc.tuple(cell, cell, cell, fc.constantFrom("", "active", "retired", "odd"));
  const property = fc.asyncProperty(
    fc.array(record, { maxLength: 12 }),
    newline,
    fc.boolean(),
    async (rows, end, last) => {
      const lines = [["id", "operator", "maker", "status"], ...rows].map((row) => row.map(quoted).join(","));
      const text = lines.join(end) + (last ? end : "");
      const loaded = await loadTables([{ table: "elements", text }]);
      assert.equal(loaded.elements + loaded.setAside + loaded.notInUse, rows.length);
      const told = loaded.problems.reduce((sum, problem) => sum + problem.rows, 0);
      assert.equal(told, loaded.setAside);
    },
  );
  await fc.assert(property, { seed: 20190312, numRuns: 12 });
});

test("each bad record is told with the line it begins on, whatever stands before it", async () => {
  const kinds = {
    good: { text: 'ID,op,"m,\n""k""",active,2024-01-01', lines: 2, code: undefined },
    plain: { text: " ID ,op,m,,", lines: 1, code: undefined },
    blank: { text: "", lines: 1, code: undefined },
    short: { text: "ID,op", lines: 1, code: "malformed-row" },
    long: { text: "ID,op,m,active,2024-01-01,more", lines: 1, code: "malformed-row" },
    day: { text: 'ID,op,"two\nlines",active,tomorrow', lines: 2, code: "wrong-type" },
    word: { text: "ID,op,m,aktiv,", lines: 1, code: "wrong-type" },
    nobody: { text: "ID,,m,active,", lines: 1, code: "no-operator" },
  } as const;
  const kind = fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]));
  const property = fc.asyncProperty(fc.array(kind, { maxLength: 15 }), newline, async (given, end) => {
    let line = 2;
    const expected: string[] = [];
    const records = given.map((name, at) => {
      const { text, lines, code } = kinds[name];
      if (code) expected.push(`${code} elements-0.csv:${line} 1`);
      line += lines;
      return text.replace("ID", `e${at}`).replaceAll("\n", end);
    });
    const text = ["id,operator,maker,status,in_service_since", ...records, ""].join(end);
    const loaded = await loadTables([{ table: "elements", text }]);
    assert.deepEqual(brief(loaded), expected);
    assert.equal(loaded.elements, given.filter((name) => name === "good" || name === "plain").length);
  });
  await fc.assert(property, { seed: 20190312, numRuns: 12 });
});

test("whatever stands in a file, its records are assessed, set aside or not in use, and nothing is thrown", async () => {
  const piece = fc.constantFrom(
    "a",
    "op",
    '"',
    '""',
    ",",
    ";",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\n\n",
    "\0",
    "AMF",
    "x,op,m",
    '"q,\n',
  );
  const property = fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
    const loaded = await loadTables([{ table: "elements", text: `id,operator,maker\n${pieces.join("")}` }]);
    const [input] = loaded.inputs;
    assert.equal(loaded.elements + loaded.setAside + loaded.notInUse, input!.rows);
    const told = loaded.problems.reduce((sum, problem) => sum + problem.rows, 0);
    assert.equal(told, loaded.setAside);
  });
  await fc.assert(property, { seed: 20190312, numRuns: 30 });
});
