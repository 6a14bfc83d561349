import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assignIds, slug } from "./ids.ts";

test("slugs are short, plain and readable", () => {
  assert.equal(slug("DEMO Größe & Söhne (Router #9)"), "demo-grosse-sohne-router-9");
  assert.equal(slug("  ../../etc/passwd "), "etc-passwd");
  assert.equal(slug("漢字"), "");
  assert.ok(slug("x-".repeat(500)).length <= 100);
});

test("ids are unique and do not depend on the order of things, whatever they are called", () => {
  const names = fc.array(fc.constantFrom("a", "b", "", "item-1", "item-2", "c"), { maxLength: 8 });
  fc.assert(
    fc.property(names, (wanted) => {
      const entries = wanted.map((name, key) => [key, name] as const);
      const ids = assignIds(new Map(entries), (key) => `item-${key}`);
      assert.equal(new Set(ids.values()).size, wanted.length);
      const backwards = assignIds(new Map(entries.toReversed()), (key) => `item-${key}`);
      for (const [key, id] of ids) assert.equal(backwards.get(key), id);
    }),
    { seed: 11, numRuns: 300 },
  );
});
