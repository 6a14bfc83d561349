import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { person, sample } from "../../test/kit/evidence.ts";
import { knowing, packNamed, settingOf } from "../../test/kit/facts.ts";
import { deriveAccessAllowed, deriveMaintenance } from "./maintenance.ts";

const operator = person("operator", "DEMO-north");
const complete = sample("register", {
  ...{ register: "maintenance", operator: "DEMO-north", asOf: "2026-10-01", nextDue: "2027-01-01" },
  signedAt: "2026-10-01T09:00:00Z",
});
const knowledge = knowing([[complete, operator]]);
const span = (parties: string, setting: Parameters<typeof settingOf>[0] = {}) => {
  const { worst, best } = deriveMaintenance(settingOf({ knowledge, ...setting }), "DEMO-north", parties);
  return [worst, best];
};

test("the widest access of all parties counts, from where and through which gateway", () => {
  assert.deepEqual(span(""), [3, 3], "nobody from outside, and the operator says that this is all");
  assert.deepEqual(span("a|DE|mediated"), [3, 3]);
  assert.deepEqual(span("a|DE|unmediated"), [2, 2]);
  assert.deepEqual(span("a|XL|mediated"), [1, 1]);
  assert.deepEqual(span("a|XL|unmediated"), [0, 0]);
  assert.deepEqual(span("a|XL|none"), [3, 3]);
  assert.deepEqual(span("a|DE|mediated;b|XL|mediated"), [1, 1]);
});

test("what the tables do not say stays open, and so does who else there might be", () => {
  assert.deepEqual(span("a||mediated"), [1, 3]);
  assert.deepEqual(span("a|XL|"), [0, 1]);
  assert.deepEqual(span("a||"), [0, 3]);
  assert.deepEqual(span("a|DE|mediated", { knowledge: knowing() }), [0, 3]);
  assert.deepEqual(span("a|XL|unmediated", { knowledge: knowing() }), [0, 0]);
});

test("where the workspace names no country, nobody is known to be at home", () => {
  const { country: _, ...abroad } = settingOf({ knowledge });
  const { worst, best } = deriveMaintenance(abroad, "DEMO-north", "a|DE|mediated");
  assert.deepEqual([worst, best], [1, 3]);
});

test("the parameter `accessAtMost` cuts the level into allowed and not", () => {
  const allowed = (word: string, parties: string) => {
    const pack = packNamed("de-2019", { accessAtMost: word });
    return deriveAccessAllowed(settingOf({ pack, knowledge }), "DEMO-north", parties);
  };
  const known = (word: string) => allowed(word, "a|XL|mediated").worst;
  assert.deepEqual(["any", "mediated-from-abroad", "from-home", "mediated-from-home"].map(known), [
    true,
    true,
    false,
    false,
  ]);
  const open = allowed("mediated-from-abroad", "a|XL|");
  assert.deepEqual([open.worst, open.best], [false, true]);
});

test("property: one more party never makes it better", () => {
  const party = fc
    .tuple(fc.constantFrom("DE", "XL", ""), fc.constantFrom("mediated", "unmediated", "none", ""))
    .map(([place, access]) => `a|${place}|${access}`);
  fc.assert(
    fc.property(fc.array(party, { minLength: 1, maxLength: 4 }), (parties) => {
      const [worst, best] = span(parties.join(";"));
      const [worstBefore, bestBefore] = span(parties.slice(1).join(";"));
      assert.ok(Number(worst) <= Number(worstBefore) && Number(best) <= Number(bestBefore));
      assert.ok(Number(worst) <= Number(best));
    }),
    { seed: 20190311, numRuns: 200 },
  );
});
