import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dependence, DependenceRow } from "../model/dependence.ts";
import { dependenceLines } from "./dependence-text.ts";

const known = (number: number) => ({ least: number, most: number });
const row = (changes: Partial<DependenceRow> = {}): DependenceRow => ({
  ...{ by: "supplier", channel: "made", scope: "nation", name: "", part: "access", partKind: "segment" },
  ...{ base: "element", total: 200, unknown: 0, unplaced: 0, moreHolders: 0 },
  holders: [{ name: "DEMO-one", units: 110, share: known(55) }],
  ...{ count: known(2), largest: known(55), hhi: known(5050), effective: known(1.980198), similar: known(1.5) },
  ...changes,
});
const dependence = (rows: readonly DependenceRow[], changes: Partial<Dependence> = {}): Dependence => ({
  kind: "dependence",
  rows: [...rows],
  similarity: { weights: "test-1", makers: 2, withBills: 0, pairs: [] },
  people: { known: false, total: 0, years: [], sources: [], placed: 0 },
  traffic: { origin: "none", total: 0, loose: 0 },
  ...changes,
});
const textOf = (of: Dependence) => dependenceLines(of, { colour: false }).join("\n");
const flat = (of: Dependence) => textOf(of).replace(/\s+/g, " ");

test("each number stands with its base, and with how much of it is not known", () => {
  const text = flat(
    dependence([row(), row({ base: "people", total: 84_000_000, unknown: 12, largest: { least: 50, most: 60 } })]),
  );
  assert.match(text, /nation, access maker elements 200 0 DEMO-one 55\.0 % 5 050 1\.98 1\.50/);
  assert.match(text, /nation, access maker people 84 000 000 12 DEMO-one 50\.0 to 60\.0 %/);
});

test("it says which table would tell people and traffic, and how people were apportioned", () => {
  assert.match(flat(dependence([row()])), /people are not known: regions\.csv.* traffic are not known: demands\.csv/);
  const people = { known: true, total: 5, years: [2022], sources: ["a census"], placed: 5 };
  const told = flat(dependence([row()], { people, traffic: { origin: "table", total: 1, loose: 0 } }));
  assert.match(told, /apportioned: a region's of 2022 \(a census\), evenly over .* each counts once/);
});

test("makers of two at every operator who are one and the same are told", () => {
  const operators = ["DEMO-a", "DEMO-b"].map((name) => row({ scope: "operator", name }));
  const text = flat(dependence([row(), ...operators]));
  assert.match(
    text,
    /2 operators of 2 have two or more makers in access, and `DEMO-one` is one of them at each: 55\.0 %/,
  );
  assert.doesNotMatch(flat(dependence([row(), operators[0]!])), /one of them at each/);
});

test("what is alike is told with its span; a hostile name drives no terminal", () => {
  const pairs = [{ a: "DEMO-\u001b[31mone", b: "DEMO-two", common: { least: 0.25, most: 0.5 } }];
  const text = flat(dependence([row()], { similarity: { weights: "test-1", makers: 2, withBills: 2, pairs } }));
  assert.match(text, /known of 2 of 2 makers; most in common: `DEMO-\\x1b\[31mone` and `DEMO-two` 25 to 50 %/);
});

test("without elements in access or core there is nothing to say", () => {
  assert.deepEqual(dependenceLines(dependence([]), { colour: false }), []);
  assert.deepEqual(dependenceLines(dependence([row({ part: "transport" })]), { colour: false }), []);
});
