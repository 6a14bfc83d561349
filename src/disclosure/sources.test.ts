import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DeliveredItem } from "../model/sources.ts";
import { itemKey, topicsOf } from "./item-keys.ts";
import { sourceDependence } from "./sources.ts";

const hour = 3_600_000_000;
const item = (n: number, source: string | undefined, more: Partial<DeliveredItem> = {}): DeliveredItem => ({
  ...{ object: `o${n}-${source}`, key: `k${n}`, topics: ["t / core"], conditions: [], at: hour },
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

test("one report that lists what others tell joins nothing: 49 items stay 49, and who depends on whom is seen", () => {
  const cve = (n: number) => ({ source_name: "cve", external_id: `CVE-2026-${1000 + n}` });
  const vulnerability = (n: number, by: string) => ({
    type: "vulnerability",
    id: `vulnerability--${n}-${by}`,
    external_references: [cve(n)],
  });
  const objects = [
    ...Array.from({ length: 24 }, (_, n) => [vulnerability(n, "a"), "a"] as const),
    ...Array.from({ length: 24 }, (_, n) => [vulnerability(n + 24, "b"), "b"] as const),
    [
      { type: "report", id: "report--1", external_references: Array.from({ length: 24 }, (_, n) => cve(n)) },
      "c",
    ] as const,
  ];
  const { items, numbers } = overall(objects.map(([json, source], n) => item(n, source, { key: itemKey(json)! })));
  assert.equal(items, 49);
  assert.deepEqual(
    numbers?.sources.map(({ source, items: count, exclusive }) => [source, count, exclusive]),
    [
      ["a", 24, 0.489796],
      ["b", 24, 0.489796],
      ["c", 1, 0.020408],
    ],
  );
});

test("property: what an object cites beside what it is changes nothing, whatever the order", () => {
  const ids = ["CVE-2026-1001", "CVE-2026-1002", "T1059", "FGT1195", "CAPEC-13", "S0001", "G0001", "M1036", "C0001"];
  const reference = fc.record({
    source_name: fc.constantFrom("cve", "mitre-attack", "FiGHT", "capec", "a blog"),
    external_id: fc.constantFrom(...ids),
  });
  const own = {
    "attack-pattern": ["FiGHT", "FGT5555"],
    malware: ["mitre-attack", "S5555"],
    report: undefined,
    indicator: undefined,
  } as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(own) as (keyof typeof own)[])),
      fc.array(reference),
      fc.nat(),
      (type, cited, at) => {
        const name = own[type];
        const foreign = cited.filter(
          ({ source_name, external_id }) => !name || source_name !== name[0] || external_id[0] !== name[1][0],
        );
        const mine = name ? [{ source_name: name[0], external_id: name[1] }] : [];
        const put = at % (foreign.length + 1);
        const json = { type, id: `${type}--1`, pattern: "[a:b = 1]", pattern_type: "stix" };
        const bare = itemKey({ ...json, external_references: mine });
        assert.equal(
          itemKey({ ...json, external_references: [...foreign.slice(0, put), ...mine, ...foreign.slice(put)] }),
          bare,
        );
      },
    ),
    { seed: 2019 },
  );
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
      const known = new Set(items.map(({ key }) => key));
      if (!known.has(`k${n}`)) return;
      const [before, after] = [alone(items), alone([...items, item(n, "z")])];
      if (before !== undefined && after !== undefined) assert.ok(after <= before + 1e-9);
    }),
    { seed: 2019 },
  );
});

test("the same knowledge has one key: a value, a pattern, the id in a catalogue; a list of several ids is none", () => {
  const key = (json: object) => itemKey(json as Readonly<Record<string, unknown>>);
  const ref = (source_name: string, external_id: string) => ({ source_name, external_id });
  assert.equal(key({ type: "domain-name", value: "Steer.Example", id: "x" }), "domain-name steer.example");
  assert.notEqual(
    key({ type: "url", value: "https://x.example/A", id: "x" }),
    key({ type: "url", value: "https://x.example/a", id: "y" }),
  );
  const indicator = { type: "indicator", pattern_type: "stix" };
  assert.equal(
    key({ ...indicator, pattern: "[ url:value  = 'a b' ]", id: "x" }),
    key({ ...indicator, pattern: "[url:value='a b']", id: "y" }),
  );
  const vulnerability = { type: "vulnerability", id: "x" };
  assert.equal(key({ ...vulnerability, external_references: [ref("cve", "cve-2019-0001")] }), "external CVE-2019-0001");
  const both = [ref("cve", "CVE-2019-0001"), ref("cve", "CVE-2019-0002")];
  assert.equal(key({ ...vulnerability, external_references: both }), "id x");
  assert.equal(key({ ...vulnerability, name: "CVE-2019-0002", external_references: both }), "external CVE-2019-0002");
  assert.equal(key({ ...vulnerability, external_references: [ref("cve", "see the vendor")] }), "id x");
  const pattern = {
    type: "attack-pattern",
    id: "y",
    external_references: [ref("capec", "CAPEC-13"), ref("mitre-attack", "T1059")],
  };
  assert.equal(key(pattern), "external T1059");
  assert.equal(key({ type: "malware", id: "z", external_references: [ref("mitre-attack", "T1059")] }), "id z");
  assert.equal(key({ type: "relationship", id: "x" }), undefined);
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
