import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { companies, knowing } from "../../test/kit/facts.ts";
import { belongsTo, seatOf, ultimateOwner } from "./owners.ts";

const day = "2026-11-20";
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

const golden = (owner: string, owned: string) => ({ ...held(owner, owned, 0), kind: "control" as const });

test("a golden share decides whatever the votes; two of them contradict each other", () => {
  const votes = [held("bad", "sub", 90), free("sub", 10), free("other", 100)];
  assert.equal(known([...votes, golden("other", "sub")]), false);
  assert.equal(known([held("other", "sub", 90), free("sub", 10), golden("bad", "sub")]), true);
  assert.equal(known([...votes, golden("other", "sub"), golden("bad", "sub")]), "unknown");
  assert.equal(known([...votes, golden("other", "sub"), golden("third", "sub")]), "unknown");
});

test("holdings of what one controls add up, round a circle too, and above 100 percent nothing is sure", () => {
  const two = [held("bad", "a", 60), held("bad", "b", 60), held("a", "sub", 30), held("b", "sub", 30), free("sub", 40)];
  assert.equal(known([...two, free("a", 40), free("b", 40)]), true);
  const crossed = [held("sub", "twin", 20), held("twin", "sub", 20), free("sub", 80), free("twin", 80)];
  assert.equal(known(crossed), false, "less than half each");
  const twice = [held("twin", "sub", 60), free("sub", 40), held("bad", "twin", 100), free("twin", 80)];
  assert.equal(known(twice), "unknown", "180 percent of the twin");
  assert.equal(known([held("bad", "sub", 60), held("other", "sub", 60), free("other", 100)]), "unknown");
  assert.equal(known([held("bad", "sub", 150), free("sub", 40)]), "unknown", "150 percent is no share");
  assert.equal(known([free("sub", -5), free("sub", 100)]), false);
});

test("rows that were lost may have named any owner, and what is known stays known", () => {
  const owners = [held("bad", "sub", 51), free("sub", 49), free("other", 100)];
  const knowledge = { ...knowing([], companies({ owners })), damaged: new Set(["owners" as const]) };
  assert.equal(belongsTo(knowledge, "sub", listed, day), true);
  assert.equal(belongsTo(knowledge, "other", listed, day), "unknown");
  assert.equal(belongsTo(knowledge, "never-heard-of", listed, day), "unknown");
});

const suppliers = ["sub", "mid", "group", "lone", "old"];
const asRows = (owners: readonly (ReturnType<typeof held> | ReturnType<typeof golden>)[], damaged = false) => {
  const succession = [{ predecessor: "old", successor: "mid", day: "2026-01-01" }];
  const knowledge = knowing([], companies({ suppliers, owners, succession }));
  return damaged ? { ...knowledge, damaged: new Set(["owners" as const]) } : knowledge;
};
const topOf = (owners: Parameters<typeof asRows>[0], supplier = "sub", on = day) => {
  const found = ultimateOwner(asRows(owners), supplier, on);
  return found === "unknown" ? found : found.owner;
};

test("the ultimate owner is at the top of sure control, the supplier itself if surely nobody is above it", () => {
  const chain = [held("mid", "sub", 51), free("sub", 49), held("group", "mid", 80), free("mid", 20)];
  assert.equal(topOf([...chain, free("group", 100)]), "group");
  assert.equal(topOf(chain), "unknown", "who owns the group?");
  assert.equal(topOf([...chain, held("A State", "group", 60), free("group", 40)]), "A State", "an end by itself");
  assert.equal(topOf([free("sub", 100)]), "sub");
  assert.equal(topOf([held("A State", "sub", 30), held("A Family", "sub", 25), free("sub", 45)]), "sub");
  assert.equal(topOf([held("A State", "sub", 30), free("sub", 45)]), "unknown", "25 percent more may be its");
  assert.equal(topOf([held("group", "sub", 30), held("mid", "sub", 30), free("sub", 40)]), "unknown");
  assert.equal(topOf([]), "unknown");
  assert.equal(topOf([held("A Family", "sub", 100), golden("A State", "sub")]), "A State");
  assert.equal(topOf([free("sub", 100)], "never-heard-of"), "unknown");
});

test("owners hold as long as their rows say, and a successor stands where its predecessor stood", () => {
  const rows = [held("old", "sub", 100), free("mid", 100), held("group", "old", 100), free("group", 100)];
  assert.equal(topOf(rows), "mid", "who owned the predecessor does not own the successor by that");
  assert.equal(topOf(rows, "sub", "2025-12-31"), "group");
  const sold = [{ ...held("group", "sub", 100), until: "2026-06-30" }, free("group", 100)];
  assert.equal(topOf(sold), "unknown");
  assert.equal(topOf(sold, "sub", "2026-06-30"), "group");
});

test("where rows of owners were lost no supplier is shown to be its own master, while a state still is one", () => {
  const whole = [free("lone", 100), held("A State", "sub", 100)];
  assert.deepEqual(ultimateOwner(asRows(whole), "lone", day), { owner: "lone" });
  assert.equal(ultimateOwner(asRows(whole, true), "lone", day), "unknown");
  assert.deepEqual(ultimateOwner(asRows(whole, true), "sub", day), { owner: "A State" });
});

test("the seat stands in the table of suppliers or is not known", () => {
  const who = companies({ suppliers });
  const seated = { ...who, suppliers: new Map([["sub", { id: "sub", name: "Sub", seat: "XL" }]]) };
  assert.equal(seatOf(knowing([], seated), "sub"), "XL");
  assert.equal(seatOf(knowing([], who), "sub"), null);
  assert.equal(seatOf(knowing([], who), "A State"), null);
});

test("property: a top belongs to nobody else, and whoever has another top belongs to that one", () => {
  const names = fc.constantFrom(...suppliers, "free-float", "free-float", "A State");
  const percent = fc.constantFrom(20, 40, 51, 60, 100);
  const row = fc.record({ owner: names, owned: fc.constantFrom(...suppliers.slice(0, 4)), percent });
  let shown = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), (owners) => {
      const knowledge = asRows(owners.map((one) => held(one.owner, one.owned, one.percent)));
      for (const supplier of suppliers) {
        const top = ultimateOwner(knowledge, supplier, day);
        if (top === "unknown") continue;
        if (top.owner !== "A State") shown++;
        assert.equal(belongsTo(knowledge, supplier, new Set([top.owner]), day), true);
        const others = suppliers.filter((other) => ![top.owner, "old"].includes(other));
        if (suppliers.includes(top.owner))
          for (const other of others) assert.notEqual(belongsTo(knowledge, top.owner, new Set([other]), day), true);
      }
    }),
    { seed: 20190311, numRuns: 400 },
  );
  assert.ok(shown > 50, `${shown} tops`);
});

test("an owner that is almost a supplier, or almost another owner, may be the listed one; it is no top either", () => {
  const suppliers = ["bad-co", "sub", "good"];
  const asked = (owner: string) => {
    const open = owner === "bad-co" ? [] : [free(owner, 100)];
    const owners = [held(owner, "sub", 100), free("bad-co", 100), free("good", 100), ...open];
    const knowledge = knowing([], companies({ owners, suppliers }));
    return [belongsTo(knowledge, "sub", new Set(["bad-co"]), day), ultimateOwner(knowledge, "sub", day)];
  };
  assert.deepEqual(asked("bad-co"), [true, { owner: "bad-co" }]);
  assert.deepEqual(asked("The Family"), [false, { owner: "The Family" }]);
  for (const owner of ["Bad-Co", "bad co", "BAD_CO", "bad\u2011co"])
    assert.deepEqual(asked(owner), ["unknown", "unknown"], owner);
  assert.deepEqual(asked("Free Float"), ["unknown", "unknown"]);
});
