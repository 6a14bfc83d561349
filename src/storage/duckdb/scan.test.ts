import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Count, createScanner } from "./scan.ts";

function scan(text: string, chunk = 1 << 20, onRecord?: (start: number, line: number) => void): Count {
  const scanner = createScanner(",", onRecord);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.subarray(at, at + chunk));
  return scanner.end();
}

test("records are counted through quotes, blank lines and every kind of line end", () => {
  const cases: readonly (readonly [text: string, records: number, lines: number, broken: boolean])[] = [
    ["", 0, 0, false],
    ["a,b", 1, 1, false],
    ["a\n\n\nb\n", 2, 2, false],
    ["a\r\nb\r\n", 2, 2, false],
    ["a\rb\r", 2, 2, false],
    ['"a\nb",c\nd', 2, 3, false],
    ['"a""\n""b"\n', 1, 2, false],
    ['a"b\nc"d\n', 2, 2, false],
    [' "a\nb" ,c\n', 1, 2, false],
    ['"a"x\nb\n', 2, 2, false],
    ['"a\nb"x\nc\n', 2, 3, true],
    ['a,"b\nc\nd\n', 1, 3, true],
  ];
  for (const [text, records, lines, broken] of cases) {
    assert.deepEqual(scan(text), { records, lines, broken }, JSON.stringify(text));
  }
});

test("the way the bytes are cut into chunks, and who listens, change no count", () => {
  const piece = fc.constantFrom("a", "bc", '"', '""', ",", " ", "\n", "\r\n", "\r", "line\n", "more,of,it\n");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (pieces, chunk) => {
      const text = pieces.join("");
      const starts: number[] = [];
      const listened = scan(text, chunk, (start) => starts.push(start));
      assert.deepEqual(scan(text), listened);
      assert.deepEqual(scan(text, chunk), listened);
      assert.equal(starts.length, listened.records);
    }),
    { seed: 4180, numRuns: 500 },
  );
});

test("each record is told with its first byte and its line", () => {
  const told: (readonly [number, number])[] = [];
  scan('h\n\n"x\ny",1\r\nü,2\nz', 2, (start, line) => told.push([start, line]));
  assert.deepEqual(told, [
    [0, 1],
    [3, 3],
    [12, 5],
    [17, 6],
  ]);
});
