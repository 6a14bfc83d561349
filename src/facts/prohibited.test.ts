import assert from "node:assert/strict";
import { test } from "node:test";
import { person, sample } from "../../test/kit/evidence.ts";
import { equipmentOf, knowing, settingOf } from "../../test/kit/facts.ts";
import { deriveProhibited } from "./prohibited.ts";
import type { Equipment } from "./subject.ts";

const ministry = person("authority", "DEMO-MINISTRY");
const bureau = person("authority", "DEMO-BUREAU");
const order = (changes: Readonly<Record<string, unknown>> = {}, by = ministry) =>
  [sample("order", { signedAt: "2026-03-01T12:00:00Z", ...changes }), by] as const;
const register = [
  sample("register", { asOf: "2026-10-01", nextDue: "2027-01-01", signedAt: "2026-10-01T09:00:00Z" }),
  ministry,
] as const;

type Said = Parameters<typeof knowing>[0] & object;
function prohibited(said: Said, changes: Partial<Equipment> = {}, setting: Parameters<typeof settingOf>[0] = {}) {
  const fact = deriveProhibited(settingOf({ knowledge: knowing(said), ...setting }), equipmentOf(changes));
  return [fact.worst, fact.best, ...new Set(fact.why.map(({ code }) => code))];
}
const nobody = { why: { code: "identity", text: "no supplier is known", who: "operator" } } as const;

test("that no order forbids it is known only from a fresh register; an order counts whatever registers say", () => {
  assert.deepEqual(prohibited([]), [true, false, "missing"]);
  assert.deepEqual(prohibited([register]), [false, false]);
  assert.deepEqual(prohibited([order()]), [true, true]);
  assert.deepEqual(prohibited([register], {}, { knownAt: "2027-01-02" }), [true, false, "stale-register"]);
  assert.deepEqual(prohibited([order()], {}, { knownAt: "2027-01-02" }), [true, true]);
});

test("an order reaches what every part of it names, and what is not known may be meant", () => {
  assert.deepEqual(prohibited([order({ makers: ["DEMO-OTHER"] }), register]), [false, false]);
  assert.deepEqual(prohibited([order(), register], { maker: nobody }), [true, false, "identity"]);
  assert.deepEqual(prohibited([order({ products: ["DEMO-AMF"] }), register], { product: nobody }), [
    true,
    false,
    "identity",
  ]);
  assert.deepEqual(prohibited([order({ operators: ["DEMO-south"] }), register], { maker: nobody }), [false, false]);
  const { function: _, ...unnamed } = equipmentOf();
  const knowledge = knowing([order({ functions: ["UPF"] }), register]);
  const fact = deriveProhibited(settingOf({ knowledge }), unnamed);
  assert.deepEqual([fact.worst, fact.best], [true, false]);
});

test("a maker or product that means nothing here may be this one: an order must not miss by its spelling", () => {
  assert.deepEqual(prohibited([order({ makers: ["Demo Maker"] }), register]), [true, false, "identity"]);
  assert.deepEqual(prohibited([order({ products: ["AMF box"] }), register]), [true, false, "identity"]);
  assert.deepEqual(prohibited([order({ makers: ["Demo Maker"], functions: ["UPF"] }), register]), [false, false]);
  const alias = [sample("alias", { text: "Demo Maker" }), person("approver", "DEMO-north")] as const;
  assert.deepEqual(prohibited([order({ makers: ["Demo Maker"] }), register, alias]), [true, true]);
});

test("an operator or function that means nothing here may be this one; another id of the tables is not", () => {
  assert.deepEqual(prohibited([order({ operators: ["DEMO-south"] }), register]), [false, false]);
  for (const text of ["DEMO North", "demo-north", "Nordnetz GmbH", "somebody"])
    assert.deepEqual(prohibited([order({ operators: [text] }), register]), [true, false, "identity"], text);
  for (const text of ["amf", "5G core network", "AMF "])
    assert.deepEqual(prohibited([order({ functions: [text.trimEnd()] }), register])[0], text !== "UPF", text);
  assert.deepEqual(prohibited([order({ operators: [], makers: "all" }), register]), [true, false, "identity"]);
  assert.deepEqual(prohibited([order({ makers: [] }), register]), [true, false, "identity"]);
  assert.deepEqual(prohibited([order({ functions: [] }), register]), [true, false, "identity"]);
  assert.deepEqual(prohibited([order({ actions: [] }), register])[0], true);
  const said = [
    sample("alias", { text: "Nordnetz GmbH", aliasOf: "operator", id: "DEMO-south" }),
    person("approver", "DEMO-body"),
  ] as const;
  assert.deepEqual(prohibited([order({ operators: ["Nordnetz GmbH"] }), register, said]), [false, false], "as signed");
});

test("what the tables do not have may be what an order names", () => {
  const strange = { operator: "DEMO-nroth" };
  assert.deepEqual(prohibited([order({ operators: ["DEMO-south"] }), register], strange), [true, false, "identity"]);
  assert.deepEqual(prohibited([order({ operators: ["DEMO-nroth"] }), register], strange), [true, true]);
  assert.deepEqual(prohibited([order({ functions: ["UPF"] }), register], { function: "amf" }), [
    true,
    false,
    "identity",
  ]);
  assert.deepEqual(prohibited([order({ functions: ["UPF"] }), register], { function: "SMF" }), [false, false]);
});

test("an order holds from its day to its end, for the actions it names", () => {
  assert.deepEqual(prohibited([order(), register], {}, { asOf: "2026-03-31" }), [false, false]);
  assert.deepEqual(prohibited([order({ until: "2026-11-19" }), register]), [false, false]);
  assert.deepEqual(prohibited([order({ actions: ["deploy"] }), register]), [false, false]);
  assert.deepEqual(prohibited([order({ actions: ["deploy"] }), register], {}, { action: "update" }), [true, true]);
});

test("each signer speaks of its own orders: nobody else repeals one, and a number may be used twice", () => {
  const repealed = { status: "repealed", signedAt: "2026-09-01T12:00:00Z" };
  assert.deepEqual(prohibited([order(), order(repealed), register]), [false, false]);
  assert.deepEqual(prohibited([order(), order(repealed, bureau), register]), [true, true]);
  assert.deepEqual(prohibited([order({ makers: ["DEMO-OTHER"] }), order({}, bureau), register]), [true, true]);
  assert.deepEqual(prohibited([order(), order({ status: "repealed" }), register]), [true, true], "both on one day");
});

test("an operator's own register does not repeal what two of its people copied", () => {
  const people = [
    person("operator", "DEMO-north", { id: "one", from: "2020-01-01" }),
    person("approver", "DEMO-north", { id: "two", from: "2020-01-01" }),
  ] as const;
  const digest = { sha256: "d".repeat(64) };
  const transcriptOf = { title: "an order", address: "https://example.org", seen: "2026-03-01", digest };
  const says = sample("order", { transcriptOf });
  const copied = [{ ...says, subjects: [{ name: "an order", digest }] } as typeof says, ...people] as const;
  const { signedAt: _, ...entry } = sample("order", { status: "repealed" }).predicate as Readonly<
    Record<string, unknown>
  >;
  const own = sample("register", {
    ...{ operator: "DEMO-north", asOf: "2026-10-01", nextDue: "2027-01-01", signedAt: "2026-10-01T09:00:00Z" },
    ...{ count: 1, entries: [{ ...entry, operators: "all" }] },
  });
  assert.deepEqual(prohibited([copied, [own, people[0]], register]), [true, true]);
});
