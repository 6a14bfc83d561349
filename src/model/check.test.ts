import assert from "node:assert/strict";
import { test } from "node:test";
import Type from "typebox";
import { checkShape, misfits } from "./check.ts";
import { predicates } from "./statement.ts";

const order = { orderId: "DEMO-O1", law: "BSIG 41", status: "in-force", operators: "all", makers: ["DEMO-M"] };

test("a value that fits is answered as it is", () => {
  const value = { maker: "DEMO-M", level: 3, signedAt: "2026-03-01T12:00:00Z" };
  assert.deepEqual(checkShape(predicates.oversight.schema, value, { file: "f" }), { value, problems: [] });
});

test("each misfit says where, what was expected and what was there", () => {
  const value = { maker: 7, level: 9, signedAt: "2026-03-01T12:00:00Z", colour: "green" };
  const checked = checkShape(predicates.oversight.schema, value, {
    file: "f.json",
    pointer: "/predicate",
    lineOf: (pointer) => (pointer === "/level" ? 4 : undefined),
  });
  assert.deepEqual(
    checked.problems.map(({ message, place }) => [place.pointer, place.line, message]),
    [
      ["/predicate/maker", undefined, "expected text of 1 to 200 characters, got `7`"],
      ["/predicate/level", 4, "expected integer from 0 to 6, got `9`"],
      [
        "/predicate/colour",
        undefined,
        "unknown field `colour`: expected one of maker, product, level, basis, until, signedAt, transcriptOf",
      ],
    ],
  );
});

test("of several shapes the closest one is explained", () => {
  const entries = [{ ...order, issued: "2026-01-01" }];
  const found = misfits(Type.Object({ entries: predicates.register.schema.properties.entries }), { entries });
  assert.deepEqual(found, [
    { pointer: "/entries/0/effective", message: "missing field `effective`: expected calendar day, YYYY-MM-DD" },
  ]);
});

test("at most eight misfits are told, and a hostile key is quoted", () => {
  const value = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`\u001b${index}`, 1]));
  const found = misfits(predicates.oversight.schema, value);
  assert.equal(found.length, 8);
  assert.match(found[3]?.message ?? "", /unknown field `\\u001b0`/);
});
