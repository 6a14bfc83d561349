import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { person, sample } from "../../test/kit/evidence.ts";
import { equipmentOf, knowing, settingOf } from "../../test/kit/facts.ts";
import { equipmentFacts } from "./catalogue.ts";

const ministry = person("authority", "DEMO-MINISTRY");
const body = person("body", "DEMO-BODY");
const lab = person("lab", "DEMO-LAB");
const signedAt = "2026-10-01T09:00:00Z";
type Said = Parameters<typeof knowing>[0] & object;

const orders = (says: Readonly<Record<string, unknown>>) => [sample("order", { signedAt, ...says }), ministry] as const;
const certificate = (says: Readonly<Record<string, unknown>>) =>
  [sample("certificate", { signedAt, ...says }), body] as const;
const tested = (result: string) => [sample("test-result", { signedAt, result }), lab] as const;
const listing = (entries: readonly object[], edition = 1) =>
  [
    sample("register", {
      ...{ asOf: "2026-10-01", nextDue: "2027-01-01", edition, signedAt },
      ...{ entries, count: entries.length },
    }),
    ministry,
  ] as const;
const entry = {
  ...{ orderId: "DEMO-O9", law: "BSIG 41", status: "in-force", operators: "all", makers: ["DEMO-MAKER"] },
  ...{ issued: "2026-02-01", effective: "2026-03-01" },
};

/** What is left of the facts that statements can settle, without the files that they name. */
function left(said: Said): string {
  const facts = equipmentFacts(settingOf({ knowledge: knowing(said) }), equipmentOf());
  return JSON.stringify(
    ["certificate", "prohibited", "notice", "guarantee"].map((name) => {
      const fact = facts[name];
      return fact?.kind === "graded" && [fact.worst, fact.best, [...new Set(fact.why.map(({ code }) => code))].sort()];
    }),
  );
}

const twoOfOneDay: readonly (readonly [name: string, one: Said[number], other: Said[number]])[] = [
  ["an order in force and its repeal", orders({}), orders({ status: "repealed" })],
  ["an order to one and to another", orders({ operators: ["DEMO-north"] }), orders({ operators: ["DEMO-south"] })],
  ["a certificate and its withdrawal", certificate({}), certificate({ status: "withdrawn", withdrawn: "2026-09-01" })],
  ["two holders of one certificate", certificate({}), certificate({ holder: "DEMO-OTHER" })],
  ["two terms of one certificate", certificate({}), certificate({ until: "2026-10-30" })],
  ["two schemes of one certificate", certificate({}), certificate({ scheme: "BSZ" })],
  ["a passed and a failed test", tested("PASSED"), tested("FAILED")],
  ["two editions of one number", listing([]), listing([entry])],
];

test("of two words of one signer and day neither wins by chance: their order on file changes nothing", () => {
  for (const [name, one, other] of twoOfOneDay) assert.equal(left([one, other]), left([other, one]), name);
});

test("two editions with one number and different content are contested, and both files are named", () => {
  const facts = equipmentFacts(settingOf({ knowledge: knowing([listing([]), listing([entry])]) }), equipmentOf());
  const { prohibited } = facts;
  assert.ok(prohibited?.kind === "graded");
  assert.deepEqual([prohibited.worst, prohibited.best], [true, false]);
  const texts = prohibited.why.filter(({ code }) => code === "contested").map(({ text }) => text);
  for (const file of ["evidence/0.json", "evidence/1.json"])
    assert.ok(texts.join().includes(`\`${file}\``), texts.join());
});

test("property: whatever a ministry says of its orders on one day, the files' order changes nothing", () => {
  const anyOrder = fc
    .record({
      orderId: fc.constantFrom("DEMO-O1", "DEMO-O2"),
      status: fc.constantFrom("in-force", "repealed"),
      operators: fc.constantFrom("all", ["DEMO-north"], ["DEMO-south"]),
      signedAt: fc.constantFrom("2026-10-01T09:00:00Z", "2026-10-01T17:00:00Z", "2026-10-02T09:00:00Z"),
    })
    .map((says) => orders(says));
  const anyEdition = fc
    .tuple(fc.constantFrom([], [entry], [{ ...entry, status: "repealed" }]), fc.integer({ min: 1, max: 2 }))
    .map(([entries, edition]) => listing(entries, edition));
  const anySaid = fc.array(fc.oneof(anyOrder, anyEdition), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(anySaid, (said) => {
      assert.equal(left(said), left(said.toReversed()));
    }),
    { seed: 20190311, numRuns: 60 },
  );
});
