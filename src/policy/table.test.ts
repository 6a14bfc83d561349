import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, rule } from "../../test/kit/policy-sample.ts";
import { notMonotone, strides, tabulator, valuesAt } from "./table.ts";

const tabulate = tabulator(catalogue, ["operate", "depend"]);
const named = (...names: readonly string[]) => names.map((name) => catalogue.find((fact) => fact.name === name)!);

test("the index is mixed-radix, first fact most significant", () => {
  const facts = named("certificate", "era", "noticeGiven");
  assert.deepEqual(strides(facts), [6, 2, 1]);
  assert.deepEqual(valuesAt(facts, 0), ["none", "none", false]);
  assert.deepEqual(valuesAt(facts, 9), ["product", "notice", true]);
  assert.deepEqual(valuesAt(facts, 17), ["release", "certificate", true]);
});

test("a rule that errs in Cedar is a fault with the values, not an entry that admits", () => {
  const text = rule("R", "when { context.oversight + 9223372036854775805 > 3 }");
  const fault = tabulate({ id: "R", text }, named("oversight"), "operate");
  assert.ok(!(fault instanceof Uint8Array));
  assert.match(fault.message, /cedar cannot evaluate rule `R` at oversight 3: integer overflow/);
});

test("a rule that reads nothing has a table of one entry", () => {
  const table = tabulate({ id: "R", text: rule("R", "") }, [], "depend");
  assert.deepEqual(table, Uint8Array.of(1));
});

test("monotone: each graded fact that makes the rule worse is named with an example, selecting ones never", () => {
  const facts = named("era", "noticeGiven");
  assert.deepEqual(notMonotone("R", facts, Uint8Array.of(1, 0, 0, 0, 1, 0)), []);
  const [fault, ...more] = notMonotone("R", facts, Uint8Array.of(1, 0, 0, 1, 1, 0));
  assert.deepEqual(more, []);
  assert.match(fault!.message, /it passes at era notice, noticeGiven false and fires at era notice, noticeGiven true$/);
});
