import assert from "node:assert/strict";
import { test } from "node:test";
import { companies, equipmentOf, knowing, settingOf } from "../../test/kit/facts.ts";
import type { GradedFact } from "../model/fact.ts";
import { roleFacts, roleOf } from "./roles.ts";

for (const [definition, derive] of roleFacts) {
  const role = roleOf[definition.name]!;
  const asked = (names: readonly string[] | undefined, owners: Parameters<typeof companies>[0] = {}): GradedFact => {
    const listed = names?.map((supplier) => ({ supplier, source: "invented" }));
    const roles = listed ? { [role]: listed } : {};
    return derive(settingOf({ roles, knowledge: knowing([], companies(owners)) }), equipmentOf());
  };
  const answer = (...given: Parameters<typeof asked>) => {
    const { worst, best, why } = asked(...given);
    return [worst, best, ...why.map(({ code }) => code)];
  };

  test(`${definition.name}: listed, controlled by one that is, not known, or listed under a strange name`, () => {
    const free = { owners: [{ owner: "free-float", owned: "DEMO-MAKER", percent: 100 }] };
    const owned = { owners: [{ owner: "DEMO Holding", owned: "DEMO-MAKER", percent: 100 }] };
    assert.deepEqual(answer(undefined), [true, false, "missing"]);
    assert.deepEqual(answer([]), [false, false]);
    assert.deepEqual(answer(["DEMO-MAKER"]), [true, true]);
    assert.deepEqual(answer(["DEMO-OTHER"], free), [false, false]);
    assert.deepEqual(answer(["DEMO-OTHER"]), [true, false, "missing"]);
    assert.deepEqual(answer(["DEMO Holding"], owned), [true, true], "a holder that is no supplier");
    assert.deepEqual(answer(["Demo Maker"], free), [true, false, "identity"]);
  });

  test(`${definition.name}: a role that is almost this one keeps it open`, () => {
    const owners = [{ owner: "free-float", owned: "DEMO-MAKER", percent: 100 }];
    const knowledge = knowing([], companies({ owners }));
    const other = { [role]: [], [role.toUpperCase()]: [{ supplier: "DEMO-MAKER", source: "invented" }] };
    const { worst, best, why } = derive(settingOf({ roles: other, knowledge }), equipmentOf());
    assert.deepEqual([worst, best, why[0]?.code], [true, false, "identity"]);
  });

  test(`${definition.name} asks about its own role, and says who holds it and by which source`, () => {
    assert.match(definition.question, new RegExp(`\`${role}\``));
    assert.deepEqual(
      asked(["DEMO-MAKER"]).sources.map((source) => source.text),
      [`${role}: DEMO-MAKER (invented)`],
    );
  });
}
