import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { readJson } from "./json.ts";

const read = (text: string) => readJson(Buffer.from(text, "utf8"), "f.json");
const codes = (text: string) => read(text).problems.map(({ code, place }) => [code, place.line]);

test("good JSON is read, with lines by pointer", () => {
  const { value, problems, lineOf } = read('{\n "a": [1,\n  {"b/c": null}]\n}');
  assert.deepEqual([value, problems], [{ a: [1, { "b/c": null }] }, []]);
  assert.deepEqual([lineOf("/a/1/b~1c"), lineOf("/a/1/gone"), lineOf("")], [3, 3, 1]);
});

test("whatever JSON.stringify writes is read back the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(read(text).value, JSON.parse(text));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a key twice in one object is a problem with pointer and line", () => {
  const { value, problems } = read('{"a": {"x": 1,\n "x": 2}, "b": {"x": 3}}');
  assert.equal(value, undefined);
  assert.deepEqual(
    problems.map(({ code, place }) => [code, place]),
    [["duplicate-key", { file: "f.json", line: 2, pointer: "/a/x" }]],
  );
});

test("a key written differently is still the same key", () => {
  assert.deepEqual(codes('{"a":1,\n"\\u0061":2}'), [["duplicate-key", 2]]);
});

test("what is not strict JSON is refused with its line", () => {
  assert.deepEqual(codes('{\n"a": 1,\n}'), [["not-json", 3]]);
  assert.deepEqual(codes("{} // remark"), [["not-json", 1]]);
  assert.deepEqual(codes("1 2"), [["not-json", 1]]);
  assert.deepEqual(codes(""), [["not-json", 1]]);
  assert.deepEqual(codes("{'a': 1}"), [["not-json", 1]]);
});

test("bytes that are not UTF-8 are refused, a byte order mark is skipped", () => {
  assert.deepEqual(readJson(new Uint8Array([0x22, 0xff, 0x22]), "f").problems[0]?.code, "not-json");
  assert.deepEqual(readJson(new Uint8Array([0xef, 0xbb, 0xbf, 0x31]), "f").value, 1);
});

test("100 MB of nesting is refused quickly, for its size and for its depth", () => {
  const bytes = new Uint8Array(100_000_000).fill("[".charCodeAt(0));
  const start = process.cpuUsage();
  assert.equal(readJson(bytes, "f").problems[0]?.code, "too-large");
  const deep = readJson(bytes, "f", { maxBytes: 200_000_000 }).problems;
  assert.deepEqual([deep.length, deep[0]?.code, deep[0]?.place.line], [1, "too-deep", 1]);
  assert.ok(process.cpuUsage(start).user < 1_000_000);
});

test("depth counts brackets, not those within strings", () => {
  assert.deepEqual(codes(`${"[".repeat(64)}${"]".repeat(64)}`), []);
  assert.deepEqual(codes(`\n${"[".repeat(65)}${"]".repeat(65)}`), [["too-deep", 2]]);
  assert.deepEqual(codes(`"${"[".repeat(100)}\\"${"[".repeat(100)}"`), []);
});

test("the key __proto__ is a key like any other", () => {
  const { value } = read('{"__proto__": {"admin": true}}');
  assert.deepEqual(Object.keys(value as object), ["__proto__"]);
  assert.equal(Reflect.get(Object.getPrototypeOf(value), "admin"), undefined);
});

const folder = join(process.env.FREIGABE_DATA ?? "../shared/data", "attestations/jcs-rfc8785");
const skip = existsSync(folder) ? false : `SKIPPED: real data not found at ${folder}`;

test("the inputs of RFC 8785 parse, and mean the same as their canonical form", { skip }, () => {
  const names = readdirSync(join(folder, "input"));
  assert.equal(names.length, 6);
  for (const name of names) {
    const [input, output] = ["input", "output"].map((kind) => readJson(readFileSync(join(folder, kind, name)), name));
    assert.deepEqual(input?.problems, [], name);
    assert.deepEqual(input?.value, output?.value, name);
  }
});
