import assert from "node:assert/strict";
import { test } from "node:test";
import { bill, libraryOf, named, part, vouching } from "../../test/kit/documents.ts";
import { type Person, person, sample } from "../../test/kit/evidence.ts";
import { companies, equipmentOf, knowing, settingOf } from "../../test/kit/facts.ts";
import type { Bill } from "../model/document.ts";
import { deriveContractParts } from "./contract-parts.ts";

const maker = person("maker", "DEMO-MAKER");
const rival = person("maker", "DEMO-OTHER");
const approver = person("approver", "DEMO-north");
const copyists: readonly [Person, Person] = [person("operator", "DEMO-north"), person("approver", "DEMO-north-2")];
const who = companies({
  suppliers: ["DEMO-MAKER", "DEMO-OTHER", "DEMO-LISTED", "DEMO-CHILD"],
  owners: [
    { owner: "DEMO-LISTED", owned: "DEMO-CHILD", percent: 60 },
    ...["DEMO-MAKER", "DEMO-OTHER"].map((owned) => ({ owner: "free-float", owned, percent: 100 })),
  ],
});
const alias = [sample("alias", { text: "Other Chips Ltd", aliasOf: "supplier", id: "DEMO-OTHER" }), approver] as const;
const roles = { "de-2024-contract-maker": [{ supplier: "DEMO-LISTED", source: "invented" }] };
const ours = named("DEMO-AMF", "21.3");

type Vouched = readonly [Bill, readonly [Person, ...Person[]]];
const span = (
  given: readonly Vouched[],
  changes: Partial<Parameters<typeof settingOf>[0]> = {},
  unsigned: readonly Bill[] = [],
) => {
  const said = given.map(([document, by]) => vouching(document, by));
  const library = libraryOf(...given.map(([document]) => document), ...unsigned);
  const setting = settingOf({ roles, knowledge: { ...knowing([alias, ...said], who), library }, ...changes });
  const { worst, best, why } = deriveContractParts(setting, equipmentOf());
  return [worst, best, ...why.map(({ code, who: actor }) => `${code}/${actor}`)];
};
const clean = bill("DEMO-clean", ours, [part("board", "DEMO-MAKER"), part("chip", "Other Chips Ltd")]);

test("none only from a complete, vouched bill of the release whose makers are all known", () => {
  assert.deepEqual(span([]), [true, false, "missing/maker"]);
  assert.deepEqual(span([], {}, [clean]), [true, false, "missing/maker"]);
  assert.deepEqual(span([[clean, [maker]]]), [false, false]);
  assert.deepEqual(span([[clean, copyists]]), [false, false]);
  assert.deepEqual(span([[clean, [rival]]]), [true, false, "missing/maker"]);
  for (const completeness of ["incomplete", "unknown"] as const)
    assert.deepEqual(span([[{ ...clean, completeness }, [maker]]]), [true, false, "missing/maker"]);
  assert.deepEqual(span([[{ ...clean, parts: [] }, [maker]]]), [true, false, "missing/maker"]);
});

test("a part whose maker is not named or not known leaves it open", () => {
  const with_ = (...more: Bill["parts"]): Vouched => [{ ...clean, parts: [...clean.parts, ...more] }, [maker]];
  assert.deepEqual(span([with_(part("screw", null))]), [true, false, "missing/maker"]);
  assert.deepEqual(span([with_(part("screw", "Screws and Sons"))]), [true, false, "identity/operator"]);
  assert.deepEqual(span([with_(part("screw", null, { supplier: "DEMO-OTHER" }))]), [false, false]);
});

test("a part by a maker with the role, or by one that such a maker controls, is one even in an incomplete bill", () => {
  for (const name of ["DEMO-LISTED", "DEMO-CHILD"]) {
    const parts = [...clean.parts, part("radio chip", name)];
    assert.deepEqual(span([[{ ...clean, parts, completeness: "unknown" }, [maker]]]), [true, true], name);
  }
  const sold = part("radio chip", "DEMO-OTHER", { supplier: "DEMO-LISTED" });
  assert.deepEqual(span([[{ ...clean, parts: [sold] }, [maker]]]), [false, false]);
});

test("a bill of another release says nothing, and one of the product alone leaves it open", () => {
  assert.deepEqual(span([[{ ...clean, about: named("DEMO-AMF", "21.4") }, [maker]]]), [true, false, "missing/maker"]);
  assert.deepEqual(span([[{ ...clean, about: named("DEMO-AMF", null) }, [maker]]]), [true, false, "identity/operator"]);
});

test("two bills of one release that differ are contested", () => {
  const other = bill("DEMO-other", ours, [part("radio chip", "DEMO-LISTED")]);
  assert.deepEqual(
    span([
      [clean, [maker]],
      [other, copyists],
    ]),
    [true, false, "contested/maker"],
  );
  const doubtful = bill("DEMO-doubtful", ours, [part("radio chip", "nobody knows")], { completeness: "unknown" });
  const [worst, best] = span([
    [clean, [maker]],
    [doubtful, copyists],
  ]);
  assert.deepEqual([worst, best], [true, false]);
});

test("where nobody has the role no bill is needed, and where nobody said who has it none helps", () => {
  assert.deepEqual(span([], { roles: { "de-2024-contract-maker": [] } }), [false, false]);
  assert.deepEqual(span([[clean, [maker]]], { roles: {} }), [true, false, "missing/operator"]);
});
