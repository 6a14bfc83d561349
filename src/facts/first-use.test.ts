import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { packNamed, settingOf } from "../../test/kit/facts.ts";
import { addDays } from "../model/day.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import { daysOf, eraCuts, erasOn, firstUses, listOn, unknownFunction } from "./first-use.ts";

const setting = settingOf();
const draft = settingOf({ pack: packNamed("de-2026", { criticalList: "draft-2025-10" }) });
const anyFunction = fc.constantFrom("AMF", "PCF", "NSSF", "gNB", "RAN-management", "transport-router", "server");
const anyDay = fc.nat(4000).map((days) => addDays("2018-01-01", days));

test("the era of a first use follows the list in force, the regimes and the document's duty day", () => {
  const eras = (name: string, ...days: readonly string[]) => days.map((day) => erasOn(setting, name, day).join());
  const days = ["2021-08-17", "2021-08-18", "2025-12-05", "2025-12-06", "2025-12-31", "2026-01-01"];
  assert.deepEqual(eras("AMF", ...days), ["none", "notice", "notice", "gap", "gap", "certificate"]);
  assert.deepEqual(eras("PCF", "2026-01-01", "2026-05-31", "2026-06-01"), ["gap", "gap", "certificate"]);
  assert.deepEqual(eras("gNB", ...days), Array(6).fill("none"));
  const open = ["none", "none,notice", "none,notice", "none,gap", "none,gap", "none,certificate"];
  assert.deepEqual(eras("server", ...days), open, "no list says that it is not critical");
});

test("a draft list counts from its own day on, and only where it is asked for", () => {
  assert.equal(listOn(setting, "2026-11-20")?.id, "ldkf-2021");
  assert.equal(listOn(draft, "2025-11-02")?.id, "ldkf-2021");
  assert.equal(listOn(draft, "2025-11-03")?.id, "draft-2025-10");
  assert.deepEqual(erasOn(draft, "gNB", "2026-01-01"), ["certificate"]);
  assert.equal(listOn(setting, "2021-08-17"), undefined);
});

test("a function that neither the pack nor we know is not one without a duty", () => {
  assert.equal(unknownFunction(setting, "AMF"), undefined);
  assert.equal(unknownFunction(setting, "server"), undefined);
  assert.equal(unknownFunction(setting, "amf")?.text, "`amf` is no function we know");
  assert.equal(unknownFunction(setting, undefined)?.text, "the element's function is not named");
});

test("property: between two cuts the era of a function does not change", () => {
  const at = fc.record({ name: anyFunction, asked: fc.constantFrom(setting, draft), day: anyDay });
  fc.assert(
    fc.property(at, ({ name, asked, day }) => {
      const cuts = eraCuts(asked, name);
      const start = cuts.findLast((cut) => cut <= day);
      assert.deepEqual(erasOn(asked, name, day), erasOn(asked, name, start ?? "1900-01-01"));
    }),
    { seed: 20190311, numRuns: 1000 },
  );
});

test("property: the days of a span show every era that the span holds", () => {
  const at = fc.record({ name: anyFunction, from: anyDay, days: fc.nat(900), into: fc.nat(900) });
  fc.assert(
    fc.property(at, ({ name, from, days, into }) => {
      const seen = daysOf({ from, to: addDays(from, days) }, eraCuts(setting, name));
      const eras = seen.flatMap((day) => erasOn(setting, name, day));
      assert.ok(seen.every((day) => from <= day && day <= addDays(from, days)));
      assert.ok(erasOn(setting, name, addDays(from, Math.min(into, days))).every((one) => eras.includes(one)));
    }),
    { seed: 20190311, numRuns: 1000 },
  );
});

const asOf = "2026-11-20";
function key(changes: Partial<EquipmentKey>): EquipmentKey {
  return {
    ...{ key: 0, operator: "DEMO-north", maker: "M", product: "P", release: "1", digest: null, functions: "AMF" },
    ...{ mark: null, left: false, elements: 1, inService: "2024-01-01", inServiceUnknown: 0 },
    ...{ releaseSince: "2024-01-01", releaseUnknown: 0, releaseUnknownFrom: null },
    ...changes,
  };
}
const usesOf = (...keys: readonly EquipmentKey[]) => firstUses(keys, asOf, () => ["core"]);

test("the first use of a type is the earliest of its elements, whatever their release", () => {
  const uses = usesOf(key({}), key({ key: 1, release: "2", inService: "2026-02-01", releaseSince: "2026-02-01" }));
  assert.deepEqual(uses.type("DEMO-north", "P", "core"), { from: "2024-01-01", to: "2024-01-01" });
  assert.deepEqual(uses.release(key({ release: "2" })), { from: "2026-02-01", to: "2026-02-01" });
  assert.deepEqual(uses.type("DEMO-south", "P", "core"), { to: asOf }, "of another operator nothing is known");
});

test("elements without a day leave the lower end open; a product or release without a name is no type", () => {
  const undated = key({ key: 1, inService: null, inServiceUnknown: 1, releaseSince: null, releaseUnknown: 1 });
  const uses = usesOf(key({}), undated);
  assert.deepEqual(uses.type("DEMO-north", "P", "core"), { to: "2024-01-01" });
  assert.deepEqual(uses.release(key({})), { to: "2024-01-01" });
  assert.deepEqual(uses.type("DEMO-north", null, "core"), { to: asOf });
  assert.deepEqual(uses.release(key({ release: null })), { to: asOf });
});

test("a release is in use at the latest today and at the earliest with its first element", () => {
  const unknown = key({ releaseSince: null, releaseUnknown: 1, releaseUnknownFrom: "2024-01-01" });
  assert.deepEqual(usesOf(unknown).release(unknown), { from: "2024-01-01", to: asOf });
});

test("property: first uses do not depend on the order of keys", () => {
  const day = fc.option(anyDay, { nil: null });
  const keys = fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 5 }).map((days) =>
    days.map(([inService, releaseSince], at) =>
      key({
        key: at,
        inService,
        inServiceUnknown: inService === null ? 1 : 0,
        releaseSince,
        releaseUnknown: releaseSince === null ? 1 : 0,
        releaseUnknownFrom: inService,
      }),
    ),
  );
  fc.assert(
    fc.property(keys, (given) => {
      const [one, other] = [usesOf(...given), usesOf(...given.toReversed())];
      assert.deepEqual(one.type("DEMO-north", "P", "core"), other.type("DEMO-north", "P", "core"));
      assert.deepEqual(one.release(given[0]!), other.release(given[0]!));
    }),
    { seed: 20190311, numRuns: 300 },
  );
});
