import assert from "node:assert/strict";
import { test } from "node:test";
import { readHeader } from "./header.ts";
import { splitRecord } from "./record.ts";

test("the delimiter is the one under which our columns are found", () => {
  const read = (text: string) => readHeader(text, "suppliers", {}, "suppliers.csv");
  assert.equal(read("id,name,seat\n").delimiter, ",");
  assert.equal(read("id;name;a,b\n").delimiter, ";");
  assert.equal(read("id\tname\r\n").delimiter, "\t");
  assert.deepEqual(read('\ufeff"ID", Name ,seat').names, ["id", "name", "seat"]);
});

test("a mapping goes before our own names, and both may be told as unknown or missing", () => {
  const header = readHeader("key,id,name", "suppliers", { id: "Key", seat: "land" }, "suppliers.csv");
  assert.deepEqual(header.names, ["id", null, "name"]);
  assert.equal(header.fatal, false);
  assert.deepEqual(
    header.problems.map(({ code, message }) => [code, message]),
    [
      ["unknown-column", "column `id` is not one of `suppliers` and was not read"],
      ["missing-column", "freigabe.yaml maps `seat` to column `land`, which the file does not have"],
    ],
  );
});

test("a header of someone else's file names what was expected", () => {
  const header = readHeader("<html>`\u0007", "suppliers", {}, "suppliers.csv");
  assert.equal(header.fatal, true);
  assert.equal(header.problems.at(-1)!.message, "expected a column `name`, got `<html>??`");
});

test("a record is split as RFC 4180 says, and without complaint where it does not", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["a,b", ["a", "b"]],
    ["a,", ["a", ""]],
    ["", [""]],
    ['"a,""b""\nc",d', ['a,"b"\nc', "d"]],
    ['a"b,c', ['a"b', "c"]],
    ['"open,b', ["open,b"]],
    ['"a"junk,b', ["a", "b"]],
  ];
  for (const [text, values] of cases) assert.deepEqual(splitRecord(text, ","), values, text);
});
