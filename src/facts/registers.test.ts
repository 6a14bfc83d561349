import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { person, sample } from "../../test/kit/evidence.ts";
import { knowing, settingOf } from "../../test/kit/facts.ts";
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

test("property: a register closes the world exactly if no number below its latest edition is missing", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(numbers, (editions) => {
      const knowledge = knowing(editions.map((edition) => list({ edition })));
      const whole = Math.max(...editions) - Math.min(...editions) + 1 === editions.length;
      const setting = settingOf({ knowledge });
      assert.equal(knowledge.latest.length, 1);
      assert.equal(knowledge.latest[0]?.says.edition, Math.max(...editions));
      assert.equal(stateOf(setting, knowledge.latest[0]!), whole ? "fresh" : "gap");
      assert.equal(closure(setting, "orders", "DEMO-north").closed, whole);
    }),
    { seed: 20190311, numRuns: 60 },
  );
});
