import assert from "node:assert/strict";
import { test } from "node:test";
import { person, sample } from "../../test/kit/evidence.ts";
import { companies, knowing } from "../../test/kit/facts.ts";
import { UserError } from "../model/errors.ts";
import { everySuspect, type Suspicion, suspectsOf } from "./suspects.ts";

const seats: Readonly<Record<string, string | null>> = {
  ...{ "DEMO-alpha": "XL", "DEMO-beta": "SE", "DEMO-gamma": "DE", "DEMO-delta": null, "DEMO-idle": "US" },
  ...{ "DEMO-group": "XL", "DEMO-before": "JP" },
};
const who = companies({
  suppliers: Object.keys(seats),
  owners: [
    { owner: "DEMO-group", owned: "DEMO-alpha", percent: 60 },
    { owner: "free-float", owned: "DEMO-alpha", percent: 40 },
    { owner: "DEMO-group", owned: "DEMO-beta", percent: 30 },
    { owner: "A Family", owned: "DEMO-beta", percent: 30 },
    { owner: "free-float", owned: "DEMO-beta", percent: 40 },
    { owner: "free-float", owned: "DEMO-gamma", percent: 100 },
    { owner: "free-float", owned: "DEMO-delta", percent: 100 },
    { owner: "free-float", owned: "DEMO-idle", percent: 100 },
    { owner: "free-float", owned: "DEMO-group", percent: 100 },
  ],
  succession: [{ predecessor: "DEMO-before", successor: "DEMO-gamma", day: "2025-01-01" }],
});
const seated = {
  ...who,
  suppliers: new Map(Object.entries(seats).map(([id, seat]) => [id, { id, name: `${id} Ltd`, seat }])),
};
const alias = (text: string, id: string) =>
  [sample("alias", { text, aliasOf: "supplier", id }), person("approver", "DEMO-north")] as const;
const knowledge = knowing(
  [alias("Alpha Networks", "DEMO-alpha"), alias("Both", "DEMO-alpha"), alias("Both", "DEMO-beta")],
  seated,
);
const network = { suppliers: ["DEMO-alpha", "DEMO-beta", "DEMO-delta", "DEMO-gamma"] };
const asked = (suspicion: Suspicion) => {
  const { name, sure, may } = suspectsOf({ knowledge, asOf: "2026-11-20" }, network, suspicion);
  const names = (numbers: readonly number[]) => numbers.map((at) => network.suppliers[at]!.replace("DEMO-", ""));
  return [name, names(sure).join(), names(may).join()];
};
const told = (suspicion: Suspicion) => {
  try {
    asked(suspicion);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return [error.message, error.hint];
  }
  return [];
};

test("suppliers by id, by a signed alias, or by whom they were; several are looked at as one", () => {
  assert.deepEqual(asked({ suppliers: ["DEMO-alpha"] }), ["DEMO-alpha", "alpha", ""]);
  assert.deepEqual(asked({ suppliers: ["Alpha Networks"] }), ["DEMO-alpha", "alpha", ""]);
  assert.deepEqual(asked({ suppliers: ["DEMO-before"] }), ["DEMO-gamma", "gamma", ""]);
  assert.deepEqual(asked({ suppliers: ["DEMO-gamma", "DEMO-beta", "DEMO-gamma"] }), [
    "DEMO-beta + DEMO-gamma",
    "beta,gamma",
    "",
  ]);
  assert.deepEqual(asked({ suppliers: ["DEMO-idle"] }), ["DEMO-idle", "", ""], "stands behind nothing");
});

test("an owner is what it controls, and may be what it may control; owners together are one", () => {
  assert.deepEqual(asked({ owners: ["DEMO-group"] }), ["owner DEMO-group", "alpha", "beta"]);
  assert.deepEqual(asked({ owners: ["DEMO-group", "A Family"] }), [
    "owner A Family + owner DEMO-group",
    "alpha,beta",
    "",
  ]);
  assert.deepEqual(asked({ owners: ["DEMO-gamma"] }), ["owner DEMO-gamma", "gamma", ""]);
});

test("a country is who has the seat there and whom they control; who has no known seat or owner may be", () => {
  assert.deepEqual(
    asked({ jurisdictions: ["XL"] }),
    ["jurisdiction XL", "alpha", "beta,delta"],
    "with the family's 30",
  );
  assert.deepEqual(asked({ jurisdictions: ["de"] }), ["jurisdiction DE", "gamma", "delta"], "30 decide nothing");
  const both = asked({ jurisdictions: ["US"], suppliers: ["DEMO-delta"] });
  assert.deepEqual(both, ["DEMO-delta + jurisdiction US", "delta", ""]);
});

test("whom nobody knows is asked back, with names alike", () => {
  assert.deepEqual(told({ suppliers: ["DEMO-alfa"] }).at(0), "no supplier is known by `DEMO-alfa`");
  assert.match(String(told({ suppliers: ["DEMO-alpa"] }).at(1)), /^did you mean `DEMO-alpha`/);
  assert.match(String(told({ suppliers: ["xyzzy"] }).at(1)), /^suppliers\.csv lists them/);
  assert.match(String(told({ suppliers: ["Both"] }).at(0)), /name DEMO-alpha and DEMO-beta$/);
  assert.match(String(told({ owners: ["Family"] }).at(1)), /`A Family`/);
  assert.deepEqual(told({ owners: ["free-float"] }).at(0), "no owner is known by `free-float`");
});

test("a country without suppliers is told which there are; asking nothing is no question", () => {
  const hint = "seats in suppliers.csv: DE, SE, US, XL";
  assert.deepEqual(
    told({ jurisdictions: ["JP"] }),
    ["no supplier has its seat in `JP`", hint],
    "its one became another",
  );
  assert.match(String(told({}).at(0)), /^expected at least one supplier/);
});

test("every supplier of the network by itself", () => {
  assert.deepEqual(everySuspect(network)[1], { name: "DEMO-beta", sure: [1], may: [] });
  assert.equal(everySuspect(network).length, 4);
});
