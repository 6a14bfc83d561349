import assert from "node:assert/strict";
import { test } from "node:test";
import { readYaml } from "./yaml.ts";

const read = (text: string) => readYaml(Buffer.from(text, "utf8"), "f.yaml");
const codes = (text: string) => read(text).problems.map(({ code, place }) => [code, place.line]);

test("good YAML is read as 1.2 core, days stay text, with lines by pointer", () => {
  const { value, problems, lineOf } = read("day: 2026-03-01\nlist:\n  - yes\n  - n: 7\n");
  assert.deepEqual([value, problems], [{ day: "2026-03-01", list: ["yes", { n: 7 }] }, []]);
  assert.deepEqual([lineOf("/list/1/n"), lineOf("/list"), lineOf("/list/1/gone")], [4, 2, 4]);
});

test("a key twice in one map is a problem with pointer and line", () => {
  const { value, problems } = read("a: 1\nb:\n  - c: 1\n    c: 2\n");
  assert.equal(value, undefined);
  assert.deepEqual(
    problems.map(({ code, place }) => [code, place]),
    [["duplicate-key", { file: "f.yaml", line: 4, pointer: "/b/0/c" }]],
  );
});

test("what is not one YAML document is refused with its line", () => {
  assert.deepEqual(codes('a: "x\nb: 1'), [["not-yaml", 2]]);
  assert.deepEqual(codes("a: 1\n---\nb: 2"), [["not-yaml", 2]]);
  assert.deepEqual(codes("a: 1\nb: !!js/function x"), [["not-yaml", 2]]);
  assert.equal(readYaml(new Uint8Array([0xff]), "f").problems[0]?.code, "not-yaml");
});

test("depth is bounded before anything recurses", () => {
  const start = process.cpuUsage();
  for (const text of ["[", "- ", "? ", "a: ", "{a: "]) {
    assert.equal(read(text.repeat(300_000)).problems[0]?.code, "too-deep", text);
  }
  const indented = Array.from({ length: 100 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");
  assert.equal(read(indented).problems[0]?.code, "too-deep");
  assert.deepEqual(codes(`${"[".repeat(60)}${"]".repeat(60)}`), []);
  assert.ok(process.cpuUsage(start).user < 2_000_000);
});

test("aliases neither explode nor run in circles", () => {
  const levels = "bcdefghij".split("").map((name, index) => {
    return `${name}: &${name} [${Array(10).fill(`*${"abcdefghij"[index]}`).join(", ")}]`;
  });
  assert.equal(read(["a: &a [x, x]", ...levels].join("\n")).problems[0]?.code, "not-yaml");
  assert.equal(read(`a: &a 1\nb: [${Array(101).fill("*a").join(", ")}]`).problems[0]?.code, "not-yaml");
  assert.match(read("a: &a [*a]").problems[0]?.message ?? "", /inside its own anchor/);
  assert.match(read("a: *b").problems[0]?.message ?? "", /no anchor/);
  assert.deepEqual(read("a: &a [1]\nb: *a").value, { a: [1], b: [1] });
});

test("one long line full of errors takes linear time", () => {
  const start = process.cpuUsage();
  assert.ok(read(`[${"? ".repeat(100_000)}`).problems.length > 0);
  assert.ok(process.cpuUsage(start).user < 4_000_000);
});

test("a file above the limit is refused", () => {
  assert.equal(read("a".repeat(2_000_001)).problems[0]?.code, "too-large");
});

test("the key __proto__ is a key like any other", () => {
  assert.deepEqual(Object.keys(read("__proto__: {a: 1}").value as object), ["__proto__"]);
});
