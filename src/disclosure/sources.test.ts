import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DeliveredItem } from "../model/sources.ts";
import { itemKeys, topicsOf } from "./item-keys.ts";
import { sourceDependence } from "./sources.ts";

const hour = 3_600_000_000;
const item = (n: number, source: string | undefined, more: Partial<DeliveredItem> = {}): DeliveredItem => ({
  ...{ object: `o${n}-${source}`, keys: [`k${n}`], topics: ["t / core"], conditions: [], at: hour },
  ...(source !== undefined && { source }),
  ...more,
});
const many = (count: number, source: string | undefined, from = 0) =>
  Array.from({ length: count }, (_, n) => item(from + n, source));
const overall = (items: readonly DeliveredItem[]) => sourceDependence(items, { partner: "P" }).topics[0]!;

test("one source that delivers everything: alone 1, HHI 10,000, one effective source", () => {
  const { numbers } = overall(many(20, "a"));
  assert.deepEqual([numbers?.hhi, numbers?.effective, numbers?.sources[0]?.exclusive], [[10_000, 10_000], [1, 1], 1]);
});

test("two sources, a quarter in common: what each delivered alone, what it is credited with, who was first", () => {
  const shared = many(10, "b", 0).map((one) => ({ ...one, at: 3 * hour }));
  const { numbers, items } = overall([...many(20, "a"), ...shared, ...many(20, "b", 100)]);
  assert.equal(items, 40);
  const [b, a] = numbers!.sources;
  assert.deepEqual([a?.source, a?.exclusive, a?.credited, a?.leadHours], ["a", 0.25, 0.375, 2]);
  assert.deepEqual([b?.source, b?.exclusive, b?.credited, b?.leadHours], ["b", 0.5, 0.625, -2]);
  assert.deepEqual(numbers!.hhi, [5312.5, 5312.5]);
});

test("below 20 items there is no number, whatever the topic", () => {
  const { topics } = sourceDependence(many(19, "a"), { partner: "P" });
  assert.deepEqual(
    topics.map(({ items, numbers }) => [items, numbers]),
    [
      [19, undefined],
      [19, undefined],
    ],
  );
});

test("an unknown origin gives a span: each from somebody else, or all from the greatest source", () => {
  const { numbers } = overall([...many(10, "a"), ...many(10, undefined, 100)]);
  assert.deepEqual(numbers?.hhi, [2750, 10_000]);
  assert.equal(numbers?.unknown, 0.5);
});

test("what would be lost if a source stopped or a condition bit", () => {
  const items = many(30, "a").map((one, n) => (n < 15 ? { ...one, conditions: ["C"] } : one));
  const { losses } = sourceDependence(items, { partner: "P" });
  assert.deepEqual(losses, [
    { kind: "source", name: "a", topics: ["t / core"] },
    { kind: "condition", name: "C", topics: ["t / core"] },
  ]);
});

test("items that share a key by way of a third are one", () => {
  const items = [...many(20, "a"), item(0, "b", { keys: ["x", "k0"] }), item(1, "c", { keys: ["x"] })];
  assert.equal(overall(items).items, 20);
});

const delivered = fc.array(
  fc
    .record({ n: fc.nat(30), source: fc.constantFrom("a", "b", "c", undefined), at: fc.nat(5) })
    .map(({ n, source, at }) => item(n, source, { at: at * hour })),
  { minLength: 20, maxLength: 80 },
);

test("property: the order of items does not matter, credits add up to 1, HHI stays between 0 and 10,000", () => {
  fc.assert(
    fc.property(delivered, fc.integer(), (items, seed) => {
      const shuffled = items.map((one, n) => ({ one, by: Math.sin(seed + n) })).sort((a, b) => a.by - b.by);
      const result = sourceDependence(items, { partner: "P" });
      assert.deepEqual(
        sourceDependence(
          shuffled.map(({ one }) => one),
          { partner: "P" },
        ),
        result,
      );
      const numbers = result.topics[0]?.numbers;
      if (!numbers) return;
      assert.ok(0 <= numbers.hhi[0] && numbers.hhi[0] <= numbers.hhi[1] && numbers.hhi[1] <= 10_000);
      if (items.every(({ source }) => source !== undefined)) {
        const sum = numbers.sources.reduce((total, { credited }) => total + credited, 0);
        assert.ok(Math.abs(sum - 1) < 1e-4, `${sum}`);
      }
    }),
    { seed: 2019 },
  );
});

test("property: a second source for something never raises what the first delivered alone", () => {
  fc.assert(
    fc.property(delivered, fc.nat(30), (items, n) => {
      const alone = (list: readonly DeliveredItem[]) =>
        overall(list).numbers?.sources.find(({ source }) => source === "a")?.exclusive;
      const known = new Set(items.flatMap(({ keys }) => keys));
      if (!known.has(`k${n}`)) return;
      const [before, after] = [alone(items), alone([...items, item(n, "z")])];
      if (before !== undefined && after !== undefined) assert.ok(after <= before + 1e-9);
    }),
    { seed: 2019 },
  );
});

test("the same knowledge has a key in common, by value, pattern or external id", () => {
  const keys = (json: object) => itemKeys(json as Readonly<Record<string, unknown>>);
  assert.deepEqual(keys({ type: "domain-name", value: "Steer.Example", id: "x" }), ["domain-name steer.example"]);
  assert.deepEqual(
    keys({ type: "indicator", pattern: "[ url:value  = 'a b' ]", id: "x" }),
    keys({ type: "indicator", pattern: "[url:value='a b']", id: "y" }),
  );
  assert.deepEqual(
    keys({
      type: "vulnerability",
      id: "x",
      external_references: [{ source_name: "cve", external_id: "cve-2019-0001" }],
    }),
    ["external CVE-2019-0001"],
  );
  assert.equal(keys({ type: "relationship", id: "x" }), undefined);
  assert.deepEqual(keys({ type: "malware", id: "malware--1" }), ["id malware--1"]);
});

test("topics are tactics by segment", () => {
  const phases = [
    { kill_chain_name: "fight", phase_name: "impact" },
    { kill_chain_name: "another", phase_name: "x" },
  ];
  assert.deepEqual(
    topicsOf({ kill_chain_phases: phases, labels: ["segment:RAN", "segment:O-RAN", "segment:Control Plane", "x"] }),
    ["impact / access", "impact / core"],
  );
  assert.deepEqual(topicsOf({}), ["other / other"]);
});
