import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { person, sample } from "../../test/kit/evidence.ts";
import { companies, knowing } from "../../test/kit/facts.ts";
import { belongsTo, resolve, successorOn } from "./suppliers.ts";

const day = "2026-11-20";
const approver = person("approver", "DEMO-north");
const alias = (changes: Readonly<Record<string, unknown>>) => sample("alias", changes);

test("a text means an id of the tables, or what one signed alias in force says, and nothing else", () => {
  const knowledge = knowing([
    [alias({ text: "Maker AG", id: "DEMO-MAKER", from: "2026-01-01", until: "2026-06-30" }), approver],
    [alias({ text: "Both", id: "DEMO-MAKER" }), approver],
    [alias({ text: "Both", id: "DEMO-OTHER" }), approver],
    [alias({ text: "Ghost", id: "DEMO-GHOST" }), approver],
    [alias({ text: "AMF box", id: "DEMO-AMF", aliasOf: "product" }), approver],
  ]);
  const supplier = (text: string | null, on = day) => {
    const found = resolve(knowledge, "supplier", text, on);
    return found.id ?? found.why.code;
  };
  assert.equal(supplier("DEMO-MAKER"), "DEMO-MAKER");
  assert.equal(supplier("demo-maker"), "identity", "never by likeness");
  assert.equal(supplier("Maker AG", "2026-06-30"), "DEMO-MAKER");
  assert.equal(supplier("Maker AG"), "identity");
  assert.equal(supplier("Both"), "contested");
  assert.equal(supplier("Ghost"), "identity", "an alias of nobody");
  assert.equal(supplier("AMF box"), "identity", "the alias of a product is no supplier's");
  assert.equal(supplier(null), "missing");
});

test("a successor stands from its day on, through several changes, and a circle ends", () => {
  const chain = [
    { predecessor: "a", successor: "b", day: "2024-01-01" },
    { predecessor: "b", successor: "c", day: "2026-01-01" },
    { predecessor: "x", successor: "y", day: "2024-01-01" },
    { predecessor: "y", successor: "x", day: "2025-01-01" },
  ];
  const knowledge = knowing([], companies({ succession: chain }));
  assert.equal(successorOn(knowledge, "a", "2023-12-31"), "a");
  assert.equal(successorOn(knowledge, "a", "2024-01-01"), "b");
  assert.equal(successorOn(knowledge, "a", day), "c");
  assert.ok(["x", "y"].includes(successorOn(knowledge, "x", day)));
});

const held = (owner: string, owned: string, percent: number, span = {}) => ({ owner, owned, percent, ...span });
const free = (owned: string, percent: number) => held("free-float", owned, percent);
const listed = new Set(["bad"]);
const known = (owners: readonly ReturnType<typeof held>[]) =>
  belongsTo(knowing([], companies({ owners })), "sub", listed, day);

test("control is a majority of votes, followed through the owners", () => {
  assert.equal(known([held("bad", "sub", 51), free("sub", 49)]), true);
  assert.equal(known([held("bad", "sub", 49), free("sub", 51)]), false);
  assert.equal(known([held("bad", "sub", 50), free("sub", 50)]), "unknown", "half is enough to block");
  const through = [held("holding", "sub", 100), held("bad", "holding", 60), free("holding", 40)];
  assert.equal(known(through), true);
  assert.equal(known([held("holding", "sub", 100), held("bad", "holding", 10), free("holding", 90)]), false);
});

test("votes that nobody is known to hold, a circle, or a share that has ended leave it unknown", () => {
  assert.equal(known([]), "unknown");
  assert.equal(known([free("sub", 40)]), "unknown");
  assert.equal(known([held("holding", "sub", 100)]), "unknown", "whose is the holding?");
  assert.equal(known([held("twin", "sub", 100), held("sub", "twin", 100)]), "unknown");
  assert.equal(known([held("bad", "sub", 100, { until: "2026-11-19" })]), "unknown");
  assert.equal(known([held("bad", "sub", 100, { from: "2026-11-21" })]), "unknown");
  assert.equal(known([held("bad", "sub", 45), free("sub", 100)]), "unknown", "more votes than there are");
});

test("who was renamed is still who it was, on the list and among the owners", () => {
  const succession = [{ predecessor: "old", successor: "new", day: "2025-01-01" }];
  const owners = [held("old", "sub", 100), free("new", 100)];
  const renamed = knowing([], companies({ owners, succession }));
  assert.equal(belongsTo(renamed, "new", new Set(["old"]), day), true);
  assert.equal(belongsTo(renamed, "sub", new Set(["new"]), day), true);
  assert.equal(belongsTo(renamed, "sub", new Set(["old"]), day), true);
  assert.equal(belongsTo(renamed, "new", new Set(["old"]), "2024-12-31"), false);
});

test("property: knowing fewer owners never clears a supplier", () => {
  const names = fc.constantFrom("sub", "holding", "bad", "other", "free-float");
  const row = fc.record({ owner: names, owned: fc.constantFrom("sub", "holding", "other"), percent: fc.nat(60) });
  const whole = (rows: readonly { readonly owned: string; readonly percent: number }[]) =>
    Map.groupBy(rows, ({ owned }) => owned)
      .values()
      .every((own) => own.reduce((sum, { percent }) => sum + percent, 0) <= 100);
  const table = fc.array(row, { minLength: 1, maxLength: 6 }).filter(whole);
  fc.assert(
    fc.property(table, fc.nat(), (owners, pick) => {
      const fewer = owners.toSpliced(pick % owners.length, 1);
      if (known(fewer) === false) assert.equal(known(owners), false);
    }),
    { seed: 20190311, numRuns: 1000 },
  );
});
