import assert from "node:assert/strict";
import { test } from "node:test";
import { equipmentOf, packNamed, settingOf } from "../../test/kit/facts.ts";
import { isKnown } from "../model/fact.ts";
import { namedActions } from "./actions.ts";
import { catalogue, equipmentFacts, maintenanceFacts } from "./catalogue.ts";

const definitions = new Map(catalogue.map((definition) => [definition.name, definition]));
const packs = ["de-2026", "de-2019"].map((name) => packNamed(name));

test("every fact has a name of its own, a question, and a label for each value or for none", () => {
  assert.equal(definitions.size, catalogue.length);
  for (const { name, values, labels, question, who } of catalogue) {
    assert.ok(values.length >= 2 && values.length <= 101, name);
    assert.match(question, /\?$/, name);
    assert.ok(labels === undefined || labels.length === values.length, name);
    assert.ok(who.length > 0, name);
  }
});

test("the facts derived are those that the pack's rules read, each with values of its definition", () => {
  for (const pack of packs) {
    const setting = settingOf({ pack });
    const facts = { ...equipmentFacts(setting, equipmentOf()), ...maintenanceFacts(setting, "DEMO-north", "") };
    const read = new Set(pack.rules.flatMap((rule) => rule.reads));
    const wanted = [...read].filter((name) => definitions.get(name)?.subject === "element");
    assert.deepEqual(Object.keys(facts).sort(), wanted.sort());
    for (const [name, fact] of Object.entries(facts)) {
      const { values, mode } = definitions.get(name)!;
      const left = fact.kind === "graded" ? [fact.worst, fact.best] : fact.possible;
      assert.equal(fact.kind, mode);
      assert.ok(left.length > 0 && left.every((value) => values.includes(value)), name);
      if (fact.kind === "graded") assert.ok(values.indexOf(fact.worst) <= values.indexOf(fact.best), name);
    }
  }
});

test("a fact that is open says why, and one that is known does not", () => {
  for (const pack of packs) {
    const setting = settingOf({ pack });
    for (const equipment of [equipmentOf(), equipmentOf({ release: null, function: "core box" })]) {
      const facts = { ...equipmentFacts(setting, equipment), ...maintenanceFacts(setting, "DEMO-north", "a||") };
      for (const [name, fact] of Object.entries(facts)) assert.equal(fact.why.length > 0, !isKnown(fact), name);
    }
  }
});

test("every named action sets known values of the catalogue, to nothing worse, under a name of its own", () => {
  for (const pack of packs) {
    const setting = settingOf({ pack });
    const facts = { ...equipmentFacts(setting, equipmentOf()), ...maintenanceFacts(setting, "DEMO-north", "a|XL|") };
    const offered = namedActions(setting, facts);
    assert.ok(offered.length > 3, pack.name);
    assert.equal(new Set(offered.map(({ id }) => id)).size, offered.length);
    for (const { id, sets } of offered) {
      for (const [name, fact] of Object.entries(sets)) {
        const { values } = definitions.get(name)!;
        assert.ok(isKnown(fact), id);
        const before = facts[name];
        if (fact.kind === "graded" && before?.kind === "graded")
          assert.ok(values.indexOf(fact.worst) >= values.indexOf(before.worst), `${id} ${name}`);
      }
    }
  }
});
