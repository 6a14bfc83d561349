import assert from "node:assert/strict";
import { test } from "node:test";
import { type Sketch, sketched, suspectOf } from "../../test/kit/network.ts";
import type { Network } from "../model/network.ts";
import { newMaker } from "./replacement.ts";
import { restrict } from "./restriction.ts";

const radio = (at: string, made: string | undefined, more: object = {}) => ({
  ...{ at, functions: "gNB", ...more },
  ...(made !== undefined && { made }),
});
const sketch: Sketch = {
  things: [
    ...["n/1", "n/2", "n/3", "n/4"].map((at) => radio(at, "A")),
    ...["n/5", "n/6", "n/7"].map((at) => radio(at, "B")),
    radio("n/8", "C"),
    radio("n/9", undefined),
    { at: "n/dc", functions: "AMF", made: "A" },
    { at: "n/dc", made: "A" },
  ],
  regionOf: Object.fromEntries(["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((site) => [site, "north"])),
  people: { north: 900 },
};
const network = sketched(sketch);
const makersOf = ({ elements, traits, suppliers }: Network) => {
  const counts: Record<string, number> = {};
  for (const trait of elements.trait) {
    const [maker] = traits[trait]!.holders.made.sure;
    const name = maker === undefined ? "?" : suppliers[maker]!;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

test("what falls for sure, and what may, by operator, region and nation", () => {
  const { fallen, functions } = restrict(network, suspectOf(network, ["A"]), "access");
  const nation = fallen.find(({ scope }) => scope === "nation")!;
  // Four for sure; one of unknown maker, and one of A's whose function nobody knows.
  assert.deepEqual(nation.elements, { least: 4, most: 6 });
  assert.deepEqual([nation.ofElements, nation.ofSites], [11, 10]);
  const operator = fallen.find(({ scope }) => scope === "operator")!;
  assert.deepEqual(operator.people, { least: 400, most: 500 });
  assert.deepEqual(fallen.find(({ name }) => name === "north")!.sites, { least: 4, most: 5 });
  assert.deepEqual(functions[0], { function: "gNB", elements: { least: 4, most: 5 }, of: 9 });
});

test("equipment of a function that nobody knows, or of functions of two domains, may fall and does not surely", () => {
  const mixed = sketched({
    things: [
      { at: "n/1", functions: "UPF;gNB", made: "A" },
      { at: "n/2", functions: "no such function", made: "A" },
      { at: "n/3", functions: "gNB;no such function", made: "A" },
      { at: "n/4", functions: "UPF;transport-router", made: "A" },
      { at: "n/5", functions: "gNB", made: "B" },
    ],
  });
  const fallen = (domain: string) =>
    restrict(mixed, suspectOf(mixed, ["A"]), domain).fallen.find(({ scope }) => scope === "nation")!.elements;
  assert.deepEqual(fallen("access"), { least: 0, most: 3 });
  assert.deepEqual(fallen("core"), { least: 0, most: 4 });
  assert.deepEqual(fallen(""), { least: 4, most: 4 });
});

test("the others take over in the proportion they have: three to one", () => {
  const { after, leftAlone } = restrict(network, suspectOf(network, ["A"]), "access");
  assert.deepEqual(makersOf(after), { A: 2, B: 6, C: 2, "?": 1 });
  assert.deepEqual(leftAlone, []);
});

test("where nobody is left, the segment's makers elsewhere stand in, else one that is new", () => {
  const { after, leftAlone } = restrict(network, suspectOf(network, ["A"]), "core");
  assert.equal(makersOf(after)[newMaker], 1);
  assert.deepEqual(leftAlone, [{ operator: "n", segment: "core", elements: 1 }]);
  const two = sketched({ things: [...sketch.things, { at: "s/dc", functions: "AMF", made: "D" }] });
  const other = restrict(two, suspectOf(two, ["A"]), "core");
  assert.equal(makersOf(other.after).D, 2);
  assert.deepEqual(other.leftAlone, []);
});

test("who might belong to them neither falls for sure nor takes over", () => {
  const { fallen, after } = restrict(network, suspectOf(network, ["A"], ["B"]), "access");
  assert.deepEqual(fallen[0]!.elements, { least: 4, most: 9 });
  assert.deepEqual(makersOf(after), { A: 2, B: 3, C: 5, "?": 1 });
});

test("the order of elements changes nothing; nothing falls of who stands behind nothing", () => {
  const turned = sketched({ ...sketch, things: [...sketch.things].reverse() });
  const count = ({ after }: ReturnType<typeof restrict>) => makersOf(after);
  assert.deepEqual(
    count(restrict(turned, suspectOf(turned, ["A"]), "")),
    count(restrict(network, suspectOf(network, ["A"]), "")),
  );
  const idle = sketched({ ...sketch, suppliers: ["Z"] });
  assert.equal(restrict(idle, suspectOf(idle, ["Z"]), "").fallen[0]!.elements.least, 0);
  assert.deepEqual(restrict(sketched({ things: [] }), { name: "", sure: [], may: [] }, "").fallen, []);
});
