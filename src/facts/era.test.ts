import assert from "node:assert/strict";
import { test } from "node:test";
import { equipmentOf, firstUseOn, packNamed, settingOf } from "../../test/kit/facts.ts";
import { deriveCritical } from "./critical.ts";
import { deriveEra } from "./era.ts";
import type { FirstUse } from "./subject.ts";

const eras = (firstUse: FirstUse, parameters = {}, name: string | undefined = "AMF") => {
  const equipment = equipmentOf({ firstUse, ...(name !== undefined && { function: name }) });
  return deriveEra(settingOf({ parameters }), equipment).possible;
};
const on = (day: string) => ({ from: day, to: day });
const upgraded: FirstUse = { type: on("2023-02-01"), release: on("2026-04-06"), element: on("2023-02-01") };

test("one known day gives one era", () => {
  assert.deepEqual(eras(firstUseOn("2023-02-01")), ["notice"]);
  assert.deepEqual(eras(firstUseOn("2026-02-01")), ["certificate"]);
});

test("where the readings of first use differ, every era stays possible that one of them gives", () => {
  assert.deepEqual(eras(upgraded), ["notice", "certificate"]);
  assert.deepEqual(eras(upgraded, { firstUseMeans: "release" }), ["certificate"]);
  assert.deepEqual(eras(upgraded, { firstUseMeans: "type" }), ["notice"]);
});

test("a notice was due once per type: a later release or element takes the era of the type", () => {
  const later: FirstUse = { type: on("2020-02-01"), release: on("2023-02-01"), element: on("2024-02-01") };
  assert.deepEqual(eras(later), ["none"]);
});

test("an era without a duty must be shown by a day, unless the parameter waives that", () => {
  const unknown: FirstUse = {
    type: { to: "2026-11-20" },
    release: { to: "2026-11-20" },
    element: { to: "2026-11-20" },
  };
  assert.deepEqual(eras(unknown), ["notice", "certificate"]);
  assert.deepEqual(eras(unknown, { exemptEraMustBeShown: "no" }), ["none", "notice", "gap", "certificate"]);
  const before: FirstUse = { type: { to: "2020-01-01" }, release: { to: "2020-01-01" }, element: { to: "2020-01-01" } };
  assert.deepEqual(eras(before), ["none"], "no duty lies in the span at all");
});

test("a release that the tables have in use before its type leaves an era all the same", () => {
  const odd: FirstUse = { type: on("2026-02-01"), release: on("2024-02-01"), element: on("2026-02-01") };
  assert.deepEqual(eras(odd, { firstUseMeans: "release" }), ["notice"]);
});

test("a function without a name, or with one that nobody knows, leaves every era and both kinds of criticality", () => {
  const { function: _, ...unnamed } = equipmentOf();
  for (const equipment of [unnamed, equipmentOf({ function: "core box" })]) {
    assert.deepEqual(deriveEra(settingOf(), equipment).possible, ["none", "notice", "gap", "certificate"]);
    assert.deepEqual(deriveCritical(settingOf(), equipment).possible, [false, true]);
  }
});

test("a draft list leaves open what holds for equipment in use before it, as its parameter says", () => {
  const gnb = equipmentOf({ function: "gNB", firstUse: firstUseOn("2023-02-01") });
  const possible = (draftTransition: string) => {
    const pack = packNamed("de-2026", { criticalList: "draft-2025-10", draftTransition });
    return deriveEra(settingOf({ pack }), gnb).possible;
  };
  assert.deepEqual(possible("undecided"), ["none", "certificate"]);
  assert.deepEqual(possible("existing-exempt"), ["none"]);
  assert.deepEqual(possible("none"), ["certificate"]);
});
