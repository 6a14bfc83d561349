import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOfByte, splitFile } from "./parts.ts";

const split = (text: string) => splitFile({ path: "rules.cedar", text });

test("policies keep their line, whatever stands between and inside them", () => {
  const text = `// a comment; with a semicolon
permit (principal, action, resource);

@title("a string; with // and \\" in it")
// inside; too
forbid (principal, action, resource)
when { true }; forbid (principal, action, resource);\r
@id("ü€😀") forbid (principal, action, resource);
`;
  const { parts, problems } = split(text);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    parts.map(({ line }) => line),
    [2, 4, 7, 8],
  );
  assert.ok(parts[1]!.text.startsWith("@title") && parts[1]!.text.endsWith("when { true };"));
});

test("equal policies and more than ten keep the order of the text", () => {
  const text = Array.from({ length: 12 }, (_, at) => `@id("r${at % 11}")\nforbid (principal, action, resource);`).join(
    "\n",
  );
  assert.deepEqual(
    split(text).parts.map(({ line }) => line),
    Array.from({ length: 12 }, (_, at) => 1 + 2 * at),
  );
});

test("what Cedar cannot parse is a problem on its line, also after letters of several bytes", () => {
  const { parts, problems } = split('@id("äöü€😀")\nforbid (principal, action, resource);\nforbit (principal);\n');
  assert.deepEqual(parts, []);
  assert.deepEqual(new Set(problems.map(({ place }) => `${place.file}:${place.line}`)), new Set(["rules.cedar:3"]));
  assert.equal(lineOfByte("ä\nb\nc", 3), 2);
});

test("hostile text ends in a problem, soon", () => {
  const before = process.cpuUsage();
  for (const text of [
    '"\\'.repeat(120_000),
    "(".repeat(250_000),
    "!".repeat(5000),
    `"${"\n".repeat(200_000)}`,
    "\u0000;",
    "x".repeat(300_000),
  ]) {
    const { parts, problems } = split(text);
    assert.deepEqual(parts, []);
    assert.ok(problems.length > 0);
  }
  assert.ok(process.cpuUsage(before).user < 5_000_000);
  assert.equal(split("permit (principal, action, resource);").problems.length, 0, "Cedar is still alive");
});

test("an empty file has no policies and no problems", () => {
  assert.deepEqual(split("// nothing\n"), { parts: [], problems: [] });
});
