import assert from "node:assert/strict";
import { test } from "node:test";
import { bill, libraryOf, named, part, vouching } from "../../test/kit/documents.ts";
import { person, sample } from "../../test/kit/evidence.ts";
import { companies, knowing, packNamed } from "../../test/kit/facts.ts";
import type { Knowledge } from "../facts/knowledge.ts";
import type { Channel } from "../model/network.ts";
import type { RawParty, RawTrait } from "../model/ports/network.ts";
import { resolverOf } from "./network-parties.ts";
import { readTraits } from "./network-traits.ts";

const day = "2026-11-20";
const who = companies({
  suppliers: ["acme", "borea", "care", "chips", "old", "new"],
  products: { radio: "acme", router: "borea" },
  succession: [{ predecessor: "old", successor: "new", day: "2026-01-01" }],
});
const packs = [{ pack: packNamed("de-2026"), use: "binding" as const }];
const resolverFor = (knowledge: Knowledge) =>
  resolverOf({ knowledge, asOf: day, knownAt: day, config: { name: "DEMO", binding: [] }, packs });
const nothing: RawTrait = {
  moved: false,
  ...{ operator: "DEMO-north", maker: null, product: null, release: null, digest: null, functions: null },
  ...{ builtBy: [], maintainedBy: [], managedBy: [], managers: [] },
};
const party = (supplier: string, access: RawParty["access"] = "mediated"): RawParty => ({
  supplier,
  place: null,
  access,
});
const read = (raw: readonly Partial<RawTrait>[], knowledge: Knowledge = knowing([], who)) =>
  readTraits(
    resolverFor(knowledge),
    raw.map((trait) => ({ ...nothing, ...trait })),
  );
/** Holders in words: sorted, with `?` where somebody else may stand behind it too. */
const holders = (raw: readonly Partial<RawTrait>[], channel: Channel, knowledge?: Knowledge) =>
  read(raw, knowledge).map(({ holders: all }) =>
    [...[...all[channel].sure].sort(), ...(all[channel].open ? ["?"] : [])].join(),
  );

const operator = person("operator", "DEMO-north");
const south = person("approver", "DEMO-south");
const alias = sample("alias", { text: "Acme Ltd", aliasOf: "supplier", id: "acme" });
const complete = sample("register", {
  ...{ register: "maintenance", operator: "DEMO-north", asOf: "2026-10-01", nextDue: "2027-01-01" },
  signedAt: "2026-10-01T09:00:00Z",
});

test("what says nothing is open in every channel, and what it is stays not known", () => {
  const [trait] = read([{}]);
  assert.ok(Object.values(trait!.holders).every(({ sure, open }) => sure.size === 0 && open));
  assert.deepEqual([trait!.functions, trait!.domain, trait!.segments], [[], "unknown", [null]]);
  assert.deepEqual([trait!.product, trait!.release], [null, null]);
});

test("a maker is the supplier of the day that a text means, or its product's, and contested if the two differ", () => {
  const raw = [
    { maker: "acme" },
    { maker: "old" },
    { maker: "Acme Ltd" },
    { product: "router" },
    { maker: "acme", product: "router" },
    { maker: "acme", product: "no product of ours" },
  ];
  assert.deepEqual(holders(raw, "made"), ["acme", "new", "?", "borea", "?", "acme"]);
});

test("an alias counts for whom it was signed", () => {
  const operators = new Map(
    ["DEMO-north", "DEMO-south"].map((id) => [id, { id, name: id, increasedRisk: null, customers: null }]),
  );
  const knowledge = knowing([[alias, south]], { ...who, operators });
  const raw = [{ maker: "Acme Ltd" }, { maker: "Acme Ltd", operator: "DEMO-south" }];
  assert.deepEqual(holders(raw, "made", knowledge), ["?", "acme"]);
});

test("functions, their domain and segments; product and release in words", () => {
  const [gnb, mixed, odd] = read([
    { functions: "gNB", product: "radio", release: "7" },
    { functions: "UPF;transport-router", product: "unheard of", release: null },
    { functions: "toaster", release: "1" },
  ]);
  assert.deepEqual([gnb!.functions, gnb!.domain, gnb!.segments], [["gNB"], "access", ["access"]]);
  assert.deepEqual([gnb!.product, gnb!.release], ["radio", "radio 7"]);
  assert.deepEqual([mixed!.domain, [...mixed!.segments].sort()], ["unknown", ["core", "transport"]]);
  assert.deepEqual([mixed!.product, mixed!.release], ["unheard of", "unheard of"]);
  assert.deepEqual([odd!.segments, odd!.release], [[null], "1"]);
});

test("builders and maintainers are those who are named; a name that nobody knows leaves it open", () => {
  const raw = [{ builtBy: ["borea", "acme"] }, { builtBy: ["acme", "Somebody"] }, {}];
  assert.deepEqual(holders(raw, "built"), ["acme,borea", "acme,?", "?"]);
  const maintained = [{ maintainedBy: [party("care")] }, { maintainedBy: [party("Somebody")] }, {}];
  assert.deepEqual(holders(maintained, "maintained"), ["care", "?", "?"]);
});

test("that nobody maintains or manages it is known from a complete register of its operator", () => {
  const knowledge = knowing([[complete, operator]], who);
  const raw = [{}, { operator: "DEMO-south" }, { maintainedBy: [party("Somebody")] }];
  assert.deepEqual(holders(raw, "maintained", knowledge), ["", "?", "?"]);
  assert.deepEqual(holders(raw, "managed", knowledge), ["", "?", ""]);
  assert.deepEqual(holders(raw, "built", knowledge), ["?", "?", "?"]);
});

test("lost rows of relations may have named anybody", () => {
  const knowledge = { ...knowing([[complete, operator]], who), damaged: new Set(["relations" as const]) };
  const raw = [{ maintainedBy: [party("care")], builtBy: ["acme"], managedBy: [party("care")], maker: "acme" }];
  for (const channel of ["built", "maintained", "managed"] as const)
    assert.match(holders(raw, channel, knowledge)[0]!, /,\?$/, channel);
  assert.deepEqual(holders(raw, "made", knowledge), ["acme"]);
});

test("who stands behind what manages it manages it, however far, and circles end", () => {
  const knowledge = knowing([[complete, operator]], who);
  const raw = [
    { managers: [1] },
    { maker: "acme", maintainedBy: [party("care", "unmediated")], managers: [2] },
    { maker: "borea", managedBy: [party("new", null)], managers: [1] },
    { managers: [4], managedBy: [party("care")] },
    {},
  ];
  assert.deepEqual(holders(raw, "managed", knowledge), [
    "acme,borea,care,new",
    "acme,borea,care,new",
    "acme,borea,care,new",
    "care,?",
    "",
  ]);
  const traits = read(raw, knowledge);
  assert.deepEqual([...traits[0]!.unmediated], ["care"]);
  assert.deepEqual([...traits[0]!.maybeUnmediated], ["new"]);
  assert.deepEqual([...traits[3]!.unmediated, ...traits[3]!.maybeUnmediated], []);
});

test("who surely reaches it past the gateway is not listed as one that may", () => {
  const [trait] = read([
    { maintainedBy: [party("care", "unmediated")], managedBy: [party("care", null), party("acme", "none")] },
  ]);
  assert.deepEqual([[...trait!.unmediated], [...trait!.maybeUnmediated]], [["care"], []]);
});

const ours = named("radio", "7");
const maker = person("maker", "acme");
const copyists = [person("operator", "DEMO-north"), person("approver", "DEMO-north-2")] as const;
const radio = { maker: "acme", product: "radio", release: "7" };
const inside = (...bills: readonly (readonly [ReturnType<typeof bill>, Parameters<typeof vouching>[1]])[]) => {
  const said = bills.map(([document, by]) => vouching(document, by));
  const knowledge = { ...knowing(said, who), library: libraryOf(...bills.map(([document]) => document)) };
  return holders([radio, { ...radio, release: "8" }], "contains", knowledge);
};

test("parts are known from complete bills of the release that somebody entitled vouches for", () => {
  const whole = bill("DEMO-whole", ours, [part("chip", "chips"), part("board", "acme")]);
  assert.deepEqual(inside([whole, [maker]]), ["acme,chips", "?"]);
  assert.deepEqual(inside([whole, [person("maker", "borea")]]), ["?", "?"], "of another maker's product");
  assert.deepEqual(inside([{ ...whole, completeness: "unknown" }, [maker]]), ["acme,chips,?", "?"]);
  assert.deepEqual(inside([{ ...whole, parts: [] }, [maker]]), ["?", "?"]);
  const strange = { ...whole, parts: [...whole.parts, part("screw", "Screws and Sons"), part("nut", null)] };
  assert.deepEqual(inside([strange, [maker]]), ["acme,chips,?", "?"]);
  assert.deepEqual(holders([radio], "contains", { ...knowing([], who), library: libraryOf(whole) }), ["?"]);
});

test("two complete bills that differ leave open what only one of them names", () => {
  const one = bill("DEMO-one", ours, [part("chip", "chips"), part("board", "acme")]);
  const other = bill("DEMO-other", ours, [part("board", "acme")]);
  assert.deepEqual(inside([one, [maker]], [other, copyists])[0], "acme,?");
  assert.deepEqual(inside([one, [maker]], [{ ...other, completeness: "incomplete" }, copyists])[0], "acme,chips");
});
