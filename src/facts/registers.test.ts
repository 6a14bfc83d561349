import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { person, sample } from "../../test/kit/evidence.ts";
import { equipmentOf, knowing, settingOf } from "../../test/kit/facts.ts";
import { equipmentFacts } from "./catalogue.ts";
import { closure, stateOf } from "./registers.ts";

const ministry = person("authority", "DEMO-MINISTRY");
const body = person("body", "DEMO-BODY");
const operator = person("operator", "DEMO-north");
const list = (changes: Readonly<Record<string, unknown>> = {}, by = ministry) =>
  [
    sample("register", { asOf: "2026-10-01", nextDue: "2027-01-01", signedAt: "2026-10-01T09:00:00Z", ...changes }),
    by,
  ] as const;

type Said = Parameters<typeof knowing>[0] & object;
function orders(said: Said, knownAt = "2026-11-20", who = "DEMO-north") {
  const answer = closure(settingOf({ knowledge: knowing(said), knownAt }), "orders", who);
  return answer.closed || answer.why.code;
}

test("a complete register closes the world until its next is due, or until the pack calls it too old", () => {
  assert.equal(orders([]), "missing");
  assert.equal(orders([list()]), true);
  assert.equal(orders([list({ nextDue: "2026-11-19" })]), "stale-register");
  assert.equal(orders([list({ nextDue: "2030-01-01" })], "2027-01-01"), true, "92 days after its day");
  assert.equal(orders([list({ nextDue: "2030-01-01" })], "2027-01-02"), "stale-register");
  assert.equal(orders([list({ complete: false })]), "missing");
});

test("an operator's register speaks for that operator alone", () => {
  const own = list({ operator: "DEMO-north" }, operator);
  assert.equal(orders([own]), true);
  assert.equal(orders([own], "2026-11-20", "DEMO-south"), "missing");
});

test("registers of bodies close the world of certificates only together", () => {
  const certificates = (schemes: readonly string[]) => list({ register: "certificates", schemes }, body);
  const closed = (said: Said, wanted: readonly string[]) =>
    closure(settingOf({ knowledge: knowing(said) }), "certificates", "DEMO-north", wanted).closed;
  assert.equal(closed([certificates(["BSZ"])], ["BSZ"]), true);
  assert.equal(closed([certificates(["BSZ"])], ["BSZ", "EUCC"]), false);
  assert.equal(closed([certificates(["BSZ"]), certificates(["EUCC"])], ["BSZ", "EUCC"]), true);
  assert.equal(closed([certificates(["BSZ"])], []), false);
});

test("only what the latest edition lists counts", () => {
  const entry = {
    ...{ orderId: "DEMO-O1", law: "BSIG 41", status: "in-force", operators: "all", makers: ["DEMO-MAKER"] },
    ...{ issued: "2026-02-01", effective: "2026-03-01" },
  };
  const first = list({ edition: 1, count: 1, entries: [entry] });
  assert.equal(knowing([first]).orders.length, 1);
  assert.equal(knowing([first, list({ edition: 2 })]).orders.length, 0);
});

test("edition 7 alone closes nothing: a register begins with edition 1, or with the one that says it is the first", () => {
  const text = (said: Said) => {
    const answer = closure(settingOf({ knowledge: knowing(said) }), "orders", "DEMO-north");
    return answer.closed
      ? answer.sources.map((source) => source.text).join()
      : `${answer.why.code}: ${answer.why.text}`;
  };
  assert.match(
    text([list({ edition: 7 })]),
    /^missing: editions 1 to 6 of the register in `evidence\/0.json` not on file/,
  );
  assert.match(
    text([list({ edition: 7, first: true })]),
    /^register of .*edition 7.*begins with edition 7 by its keeper's word$/,
  );
  assert.match(text([list({ edition: 7, first: true }), list({ edition: 8 })]), /edition 8.*begins with edition 7/);
  assert.match(text([list({ edition: 7, first: true }), list({ edition: 9 })]), /^missing: edition 8 of/);
  assert.match(
    text([list({ edition: 7, first: true }), list({ edition: 6 })]),
    /^contested: edition 7 in `evidence\/0.json` says that it is the first, and `evidence\/1.json` is edition 6$/,
  );
  assert.match(text([list({ edition: 7, first: true }), list({ edition: 8, first: true })]), /^contested/);
  assert.doesNotMatch(text([list({ first: true })]), /word/, "edition 1 is the first anyway");
});

test("a register signed by one person of its keeper or by two is one register", () => {
  const second = person("operator", "DEMO-north", { id: "second" });
  const says = list({ operator: "DEMO-north", edition: 2 }, operator)[0];
  const knowledge = knowing([list({ operator: "DEMO-north" }, operator), [says, operator, second]]);
  assert.deepEqual(
    knowledge.latest.map(({ says: { edition } }) => edition),
    [2],
  );
  assert.equal(knowledge.faults.size, 0);
});

const barring = {
  ...{ orderId: "DEMO-O1", law: "BSIG 41", status: "in-force", operators: "all", makers: ["DEMO-MAKER"] },
  ...{ issued: "2026-02-01", effective: "2026-03-01" },
};

test("an older as-of day never beats a newer one: editions that cross contradict each other, and either may hold", () => {
  const newer = list({ edition: 1, asOf: "2026-10-01", count: 1, entries: [barring] });
  const older = list({ edition: 2, asOf: "2026-09-01" });
  for (const said of [
    [newer, older],
    [list({ edition: 1, asOf: "2026-10-01" }), list({ edition: 2, asOf: "2026-09-01", count: 1, entries: [barring] })],
  ]) {
    assert.equal(orders(said), "contested");
    const setting = settingOf({ knowledge: knowing(said) });
    const { prohibited } = equipmentFacts(setting, equipmentOf());
    assert.ok(prohibited?.kind === "graded");
    assert.deepEqual([prohibited.worst, prohibited.best], [true, false]);
    assert.match(prohibited.why.map(({ text }) => text).join(), /has the higher number and the older day/);
  }
  const mended = list({ edition: 3, asOf: "2026-11-01", nextDue: "2027-01-01", signedAt: "2026-11-01T09:00:00Z" });
  assert.equal(orders([newer, older, mended]), true, "one above both settles it");
});

test("a register complete as of a day that has not come closes nothing until it has", () => {
  // Signed at 23:00 in UTC, when it is the next day in the east.
  const tomorrow = list({ asOf: "2026-11-20", signedAt: "2026-11-19T23:00:00Z" });
  const at = (knownAt: string) => orders([tomorrow], knownAt);
  assert.deepEqual([at("2026-11-19"), at("2026-11-20")], ["missing", true]);
  const nowhere = list({ asOf: "2026-11-20", signedAt: "2026-11-19T09:00:00Z" });
  assert.equal(orders([nowhere], "2026-12-01"), "missing", "it was the 20th nowhere on Earth");
});

test("property: a register closes the world exactly if no number below its latest edition is missing", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
  const first = fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined });
  fc.assert(
    fc.property(numbers, first, (editions, marked) => {
      const said = editions.map((edition) => list({ edition, ...(edition === marked && { first: true }) }));
      const knowledge = knowing(said);
      const begins = marked !== undefined && editions.includes(marked) ? marked : 1;
      const whole = Math.min(...editions) === begins && Math.max(...editions) - begins + 1 === editions.length;
      const setting = settingOf({ knowledge });
      assert.equal(knowledge.latest.length, 1);
      assert.equal(knowledge.latest[0]?.says.edition, Math.max(...editions));
      const state = whole ? "fresh" : Math.min(...editions) < begins ? "contradiction" : "gap";
      assert.equal(stateOf(setting, knowledge.latest[0]!), state);
      assert.equal(closure(setting, "orders", "DEMO-north").closed, whole);
    }),
    { seed: 20190311, numRuns: 200 },
  );
});

test("registers whose operator or schemes differ by case, white space or hyphens alone may be one, so neither closes anything", () => {
  const own = list({ operator: "DEMO-north" }, operator);
  const almost = list({ operator: "DEMO North", edition: 2 }, person("operator", "DEMO North"));
  assert.equal(orders([own]), true);
  assert.equal(orders([own, almost]), "contested");
  const certificates = (schemes: readonly string[]) => list({ register: "certificates", schemes }, body);
  const setting = settingOf({ knowledge: knowing([certificates(["BSZ"]), certificates(["bsz"])]) });
  assert.equal(closure(setting, "certificates", "DEMO-north", ["BSZ"]).closed, false);
});
