import assert from "node:assert/strict";
import { test } from "node:test";
import { person, sample } from "../../test/kit/evidence.ts";
import { equipmentOf, firstUseOn, knowing, settingOf } from "../../test/kit/facts.ts";
import { deriveNotice, deriveStandStill } from "./notice.ts";
import type { Equipment, FirstUse } from "./subject.ts";

const operator = person("operator", "DEMO-north", { from: "2020-01-01" });
const given = (day: string, changes: Readonly<Record<string, unknown>> = {}) =>
  [
    sample("declaration", {
      declaration: "notice",
      operator: "DEMO-north",
      product: "DEMO-AMF",
      functions: ["AMF"],
      given: day,
      signedAt: "2026-10-01T09:00:00Z",
      ...changes,
    }),
    operator,
  ] as const;
const none = [
  sample("register", {
    register: "notices",
    operator: "DEMO-north",
    asOf: "2026-10-01",
    nextDue: "2027-01-01",
    signedAt: "2026-10-01T09:00:00Z",
  }),
  operator,
] as const;

type Said = Parameters<typeof knowing>[0];
const notice = (said: Said, firstUse: FirstUse, changes: Partial<Equipment> = {}) => {
  const { worst, best } = deriveNotice(settingOf({ knowledge: knowing(said) }), equipmentOf({ firstUse, ...changes }));
  return [worst, best];
};
const unknown: FirstUse = { type: { to: "2026-11-20" }, release: { to: "2026-11-20" }, element: { to: "2026-11-20" } };

test("a notice counts if given by the day of first use of the type", () => {
  assert.deepEqual(notice([given("2023-01-10")], firstUseOn("2023-01-10")), [true, true]);
  assert.deepEqual(notice([given("2023-01-11"), none], firstUseOn("2023-01-10")), [false, false]);
  assert.deepEqual(notice([given("2023-01-11")], firstUseOn("2023-01-10")), [false, true], "others may be on file");
});

test("where first use is unknown, it counts if given before any first use that fell under the duty", () => {
  assert.deepEqual(notice([given("2021-08-18"), none], unknown), [true, true]);
  assert.deepEqual(notice([given("2021-08-19"), none], unknown), [false, true]);
});

test("a notice counts for its operator, product and kind of use", () => {
  const day = firstUseOn("2023-01-10");
  assert.deepEqual(notice([given("2023-01-10"), none], day, { function: "SMF" }), [true, true], "the same class");
  assert.deepEqual(notice([given("2023-01-10"), none], day, { function: "DNS" }), [false, false]);
  assert.deepEqual(notice([given("2023-01-10"), none], day, { product: { id: "DEMO-SMF" } }), [false, false]);
  assert.deepEqual(notice([given("2023-01-10")], day, { operator: "DEMO-south" }), [false, true]);
});

test("without a product nothing can be matched, and a complete register does not say otherwise", () => {
  const product = { why: { code: "identity", text: "no product", who: "operator" } } as const;
  assert.deepEqual(notice([none], firstUseOn("2023-01-10"), { product }), [false, true]);
});

test("the waiting time ends two months after the notice, four if prolonged", () => {
  const over = (asOf: string, prolonged: boolean) => {
    const knowledge = knowing([given("2025-10-20", { prolonged })]);
    const fact = deriveStandStill(settingOf({ asOf, knowledge }), equipmentOf());
    return fact.worst === true || fact.why[0]?.code;
  };
  assert.equal(over("2025-12-19", false), "stand-still");
  assert.equal(over("2025-12-20", false), true);
  assert.equal(over("2026-02-19", true), "stand-still");
  assert.equal(over("2026-02-20", true), true);
});

const ministry = person("authority", "DEMO-MINISTRY", { from: "2020-01-01" });
const byMinistry = (day: string, changes: Readonly<Record<string, unknown>> = {}) =>
  [given(day, changes)[0], ministry] as const;

test("words on one notice that differ leave it open: the later day and the longer wait may be right", () => {
  const day = firstUseOn("2023-01-10");
  assert.deepEqual(notice([given("2023-01-10"), byMinistry("2023-01-10")], day), [true, true]);
  assert.deepEqual(notice([given("2023-01-10"), byMinistry("2023-06-01")], day), [false, true]);
  const over = (asOf: string) => {
    const said = [given("2025-10-20"), byMinistry("2025-10-20", { prolonged: true })];
    const { worst, best } = deriveStandStill(settingOf({ asOf, knowledge: knowing(said) }), equipmentOf());
    return [worst, best];
  };
  assert.deepEqual(
    [over("2026-02-19"), over("2026-02-20")],
    [
      [false, true],
      [true, true],
    ],
  );
});

test("a complete list of those who receive notices that does not have one contests it", () => {
  const list = (entries: readonly unknown[]) =>
    [
      sample("register", {
        ...{ register: "notices", asOf: "2026-10-01", nextDue: "2027-01-01", signedAt: "2026-10-01T09:00:00Z" },
        ...{ count: entries.length, entries },
      }),
      ministry,
    ] as const;
  const day = firstUseOn("2023-01-10");
  const { signedAt: _, ...entry } = given("2023-01-10")[0].predicate as Readonly<Record<string, unknown>>;
  assert.deepEqual(notice([given("2023-01-10"), list([])], day), [false, true]);
  assert.deepEqual(notice([given("2023-01-10"), list([entry])], day), [true, true]);
  assert.deepEqual(notice([given("2023-01-10"), list([{ ...entry, product: "AMF box" }])], day), [true, true]);
});
