import assert from "node:assert/strict";
import { test } from "node:test";
import { fileOf } from "../../test/kit/evidence.ts";
import { exceptionsFile, readExceptions } from "./exceptions.ts";

const entry = (id: string, more = "") =>
  `- exceptionId: ${id}\n  pack: p\n  rules: [A]\n  scope: {operators: [ONE]}\n  reason: r\n  owner: o\n  until: "2026-12-31"\n${more}`;
const read = (text: string) => readExceptions(fileOf(exceptionsFile, text));
const told = (text: string) =>
  read(text).problems.map(({ code, message, place }) => `${place.line} ${code}: ${message}`);

test("a list of exceptions, each with the line where it begins", () => {
  const { proposals, problems } = read(`# working copy\n${entry("E-1")}${entry("E-2", '  from: "2026-01-01"\n')}`);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    proposals.map(({ says, line }) => [says.exceptionId, says.from, line]),
    [
      ["E-1", undefined, 2],
      ["E-2", "2026-01-01", 9],
    ],
  );
});

test("an empty file proposes nothing", () => {
  for (const text of ["", "# nothing yet\n", "[]\n"]) assert.deepEqual(read(text), { proposals: [], problems: [] });
});

test("what cannot be read is told with its line, and the other entries still count", () => {
  const text = entry("E-1") + entry("E-2", "  signedAt: now\n") + entry("E-1") + entry("E-4");
  assert.deepEqual(
    told(text).map((line) => line.slice(0, 40)),
    ["15 wrong-shape: unknown field `signedAt`", "16 duplicate-id: exception `E-1` stands "],
  );
  assert.deepEqual(
    read(text).proposals.map(({ says }) => says.exceptionId),
    ["E-1", "E-1", "E-4"],
  );
});

test("a file that is no list, or no YAML, is one problem", () => {
  assert.match(told("exceptions: []").join(), /^1 wrong-shape: expected a list/);
  assert.match(told("- {a: 1").join(), /not-yaml/);
});
