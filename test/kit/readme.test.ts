import assert from "node:assert/strict";
import { test } from "node:test";
import { stepsOf } from "./markdown.ts";
import { firstDifference } from "./readme.ts";

test("what is shown must be printed, line by line; `...` stands for lines or for text", () => {
  const printed = "one\ntwo 2\nthree\nfour\n";
  for (const shown of ["one\ntwo 2\nthree\nfour", "...\nthree\n...", "one\n...", "one\ntwo ...\n...\nfour", "..."])
    assert.equal(firstDifference(shown, printed), undefined, shown);
  assert.deepEqual(firstDifference("one\ntwo 3\n...", printed)?.line, 1);
  assert.deepEqual(firstDifference("one\n...\nfive\n...", printed)?.line, 2);
  assert.ok(firstDifference("one\n...\nthree", printed), "the last line is missing");
  assert.ok(firstDifference("one\n...\nthree\nfour\nfive", printed), "a line too many");
  assert.ok(firstDifference("", printed), "nothing shown, something printed");
  assert.equal(firstDifference("a ... c ... e", "a b c d e"), undefined);
  assert.ok(firstDifference("a ... x ... e", "a b c d e"));
});

test("commands and outputs are read from the blocks of a page", () => {
  const page = [
    ...["# t", "```sh", "# a remark", "./freigabe a \\", "  b   # why", "```", "", "```text", "out", "```"],
    ...["```yaml", "x: 1", "```", "```console", "$ one", "first", "$ two", "```"],
  ].join("\n");
  assert.deepEqual(stepsOf(page), [
    { line: 3, commands: ["./freigabe a b"], shown: { line: 9, text: "out" } },
    { line: 15, commands: ["one"], shown: { line: 16, text: "first" } },
    { line: 17, commands: ["two"], shown: { line: 18, text: "" } },
  ]);
  assert.throws(() => stepsOf("```sh\nx"), /never ends/);
});
