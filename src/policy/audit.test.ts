import assert from "node:assert/strict";
import { test } from "node:test";
import { factsOf, packOf } from "../../test/kit/policy-sample.ts";
import { type AuditCase, audit } from "./audit.ts";

const pack = packOf();
const cases: readonly AuditCase[] = [
  {
    question: { action: "operate", asOf: "2026-01-15" },
    facts: factsOf({ listed: [true], era: ["notice", "certificate"] }),
  },
  { question: { action: "operate", asOf: "2026-04-01" }, facts: {} },
  { question: { action: "depend", asOf: "2026-04-01" }, facts: factsOf({ share: ["above", "below"] }) },
  {
    question: { action: "deploy", asOf: "2026-04-01" },
    facts: factsOf({ notProhibited: [false], listed: [true], era: ["notice"] }),
  },
];
const all = { sample: "all", seed: 1 } as const;

test("Cedar agrees on both corners of every combination of every case", () => {
  assert.deepEqual(audit(pack, cases, all), { asked: 4 + 12 + 2 + 2, questions: 4, differences: [] });
});

test("a sample is seeded: the same seed asks the same, and never more than there is", () => {
  const asked = (sample: number, seed: number) => audit(pack, cases, { sample, seed });
  assert.deepEqual(asked(2, 7), asked(2, 7));
  assert.equal(asked(2, 7).questions, 2);
  assert.equal(asked(99, 7).questions, 4);
  assert.equal(asked(0, 7).asked, 0);
  const seen = new Set(Array.from({ length: 20 }, (_, seed) => asked(1, seed).asked));
  assert.ok(seen.size > 1, "different seeds choose different cases");
});

test("a table that says otherwise than Cedar is a difference, with the facts and both answers", () => {
  const tables = new Map(pack.tables);
  tables.set(
    "NOTICE",
    tables.get("NOTICE")!.map((table) => ({ ...table, forbids: new Uint8Array(table.forbids.length) })),
  );
  const { differences } = audit({ ...pack, tables }, cases.slice(3), all);
  assert.deepEqual(
    differences.map(({ corner, tables: ours, cedar }) => [corner, ours, cedar]),
    [["worst", ["ORDER"], ["NOTICE", "ORDER"]]],
  );
  assert.deepEqual([differences[0]!.facts.era, differences[0]!.facts.noticeGiven], ["notice", false]);
  assert.match(differences[0]!.message, /by the tables ORDER; by cedar NOTICE, ORDER/);
});

test("a rule that errs in Cedar is a difference, though the decision is skipped past it", () => {
  const text = pack.rules
    .find(({ id }) => id === "ORDER")!
    .text.replace("context.notProhibited", "context.oversight + 9223372036854775807 > 3");
  const rules = pack.rules.map((rule) => (rule.id === "ORDER" ? { ...rule, text } : rule));
  const { differences } = audit(
    { ...pack, rules },
    [{ ...cases[3]!, facts: factsOf({ oversight: [6], notProhibited: [true] }) }],
    all,
  );
  assert.ok(differences.length > 0);
  assert.match(differences[0]!.message, /cedar failed: integer overflow/);
  assert.equal(differences[0]!.cedar, undefined);
});
