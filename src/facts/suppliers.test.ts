import assert from "node:assert/strict";
import { test } from "node:test";
import { person, sample } from "../../test/kit/evidence.ts";
import { companies, knowing } from "../../test/kit/facts.ts";
import { resolve, successorOn } from "./suppliers.ts";

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
