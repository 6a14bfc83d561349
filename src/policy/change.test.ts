import assert from "node:assert/strict";
import { test } from "node:test";
import { blanket, factsOf, packOf, rule } from "../../test/kit/policy-sample.ts";
import type { Facts } from "../model/fact.ts";
import type { NamedAction } from "../model/verdict.ts";
import { leastChange } from "./change.ts";

const pack = packOf();
const question = { action: "operate", asOf: "2026-04-01" } as const;
const refused = factsOf({
  listed: [true],
  era: ["certificate"],
  certificate: ["none"],
  notProhibited: [false],
  noticeGiven: [false],
});

const action = (
  id: string,
  effort: NamedAction["effort"],
  sets: Facts,
  who: NamedAction["who"] = "operator",
): NamedAction => ({ id, title: `do ${id}`, who, effort, sets });
const certify = action("certify", 3, factsOf({ certificate: ["release"] }), "body");
const lift = action("lift", 4, factsOf({ notProhibited: [true] }), "authority");
const replace = action("replace", 5, factsOf({ certificate: ["release"], notProhibited: [true] }));
const ids = (facts: Facts, actions: readonly NamedAction[]) =>
  leastChange(pack, question, facts, actions).actions?.map(({ id }) => id);

test("fewest actions first, then least effort, then ids; the order given does not matter", () => {
  assert.deepEqual(ids(refused, [certify, lift]), ["certify", "lift"]);
  assert.deepEqual(ids(refused, [lift, certify, replace]), ["replace"], "one action of effort 5 before two of 7");
  const dear = { ...certify, id: "another", effort: 4 } as const;
  const same = { ...certify, id: "a-third" };
  assert.deepEqual(ids(refused, [dear, lift, certify]), ["certify", "lift"]);
  assert.deepEqual(ids(refused, [certify, lift, same]), ["a-third", "lift"]);
  const found = leastChange(pack, question, refused, [replace]);
  assert.deepEqual(found, {
    actions: [{ id: "replace", title: "do replace", who: "operator", effort: 5 }],
    remedies: [],
  });
});

test("three actions together, where no two do", () => {
  const three = packOf(
    blanket +
      ["noticeGiven", "notProhibited"].map((fact) => rule(fact, `unless { context.${fact} }`)).join("") +
      rule("C", 'unless { context.certificate == Certificate::"release" }'),
  );
  const notify = action("notify", 1, factsOf({ noticeGiven: [true] }));
  const found = leastChange(three, question, refused, [notify, lift, certify]);
  assert.deepEqual(
    found.actions?.map(({ id }) => id),
    ["certify", "lift", "notify"],
  );
});

test("nobody's action is no way out; without one the remedies of the reasons are listed", () => {
  const none = leastChange(pack, question, refused, [{ ...replace, who: "nobody" }, certify]);
  assert.deepEqual(none, { remedies: ["Remedy of CERT", "Remedy of ORDER"] });
});

test("already admitted: nothing to do", () => {
  const fine = factsOf({ listed: [false], notProhibited: [true] });
  assert.deepEqual(leastChange(pack, question, fine, [replace]), { actions: [], remedies: [] });
});

test("an action may cost what was known; of two actions the better graded fact counts", () => {
  const certified = factsOf({ listed: [true], era: ["certificate"], certificate: ["release"], notProhibited: [false] });
  const other = action("other-maker", 5, factsOf({ notProhibited: [true], certificate: ["none", "release"] }));
  assert.equal(ids(certified, [other]), undefined, "the new equipment is not certified yet");
  assert.deepEqual(ids(certified, [other, certify]), ["certify", "other-maker"]);
});

test("two actions that say different things of a selecting fact promise neither", () => {
  const open = factsOf({
    listed: [true],
    era: ["none", "notice", "certificate"],
    notProhibited: [true],
    noticeGiven: [false],
    certificate: ["none"],
  });
  const first = action("first", 1, factsOf({ era: ["notice"], notProhibited: [true] }));
  const second = action("second", 1, factsOf({ era: ["certificate"], noticeGiven: [true] }));
  assert.equal(ids(open, [first, second]), undefined);
  const cleared = action("cleared", 2, factsOf({ era: ["none"] }));
  assert.deepEqual(ids(open, [first, second, cleared]), ["cleared"]);
});

test("a thousand questions with twelve actions take well under half a second", () => {
  const actions = Array.from({ length: 12 }, (_, at) =>
    action(`a${at}`, 2, factsOf({ certificate: ["product"], oversight: [at % 7] })),
  );
  const facts = factsOf({
    listed: [true],
    era: ["none", "notice", "certificate"],
    noticeGiven: [false, true],
    notProhibited: [false, true],
  });
  const before = process.cpuUsage();
  for (let count = 0; count < 1300; count++)
    assert.equal(leastChange(pack, question, facts, actions).actions, undefined);
  const took = process.cpuUsage(before).user / 1000;
  assert.ok(took < 3000, `took ${took} ms`);
});
