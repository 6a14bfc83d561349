import assert from "node:assert/strict";
import { test } from "node:test";
import { type Person, person, sample, signedBy } from "../../test/kit/evidence.ts";
import { companies, equipmentOf, packNamed, settingOf } from "../../test/kit/facts.ts";
import { gatherEvidence } from "../evidence/gather.ts";
import type { Fact } from "../model/fact.ts";
import type { Statement } from "../model/statement.ts";
import { equipmentFacts } from "./catalogue.ts";
import { gatherKnowledge, type Knowledge, seenBy } from "./knowledge.ts";
import { closure, stateOf } from "./registers.ts";
import { resolve } from "./suppliers.ts";

const ministry = person("authority", "DEMO-MINISTRY");
const body = person("body", "DEMO-BODY");
const lab = person("lab", "DEMO-LAB");
const operator = person("operator", "DEMO-north");
const approvers = [person("approver", "DEMO-A"), person("approver", "DEMO-B")] as const;
const trust = [ministry, body, lab, operator, ...approvers].map(({ key }) => key);

type Said = readonly (readonly [Statement, ...Person[]])[];
const checked = (said: Said, folder: string) => {
  const documents = said.map(([statement, ...people], at) => ({
    ...signedBy(statement, ...people),
    file: `${folder}/${at}.json`,
  }));
  const { evidence, problems } = gatherEvidence(documents, trust, { knownAt: "2026-11-20", demo: true });
  assert.deepEqual(problems, []);
  return evidence;
};
const knowing = (present: Said, gone: Said) =>
  gatherKnowledge(checked(present, "evidence"), companies(), undefined, undefined, checked(gone, "old"));

const list = (edition: number, changes: Readonly<Record<string, unknown>> = {}) =>
  [
    sample("register", {
      edition,
      asOf: "2026-10-01",
      nextDue: "2027-01-01",
      ...changes,
      signedAt: "2026-10-01T09:00:00Z",
    }),
    ministry,
  ] as const;

const factsOf = (knowledge: Knowledge, pack = packNamed("de-2026")) =>
  equipmentFacts(settingOf({ knowledge, pack }), equipmentOf());
const ends = (fact: Fact | undefined) => (fact?.kind === "graded" ? [fact.worst, fact.best] : undefined);
const texts = (fact: Fact | undefined) => fact?.why.map(({ code, text }) => `${code}: ${text}`).join("\n") ?? "";

test("a newer edition that is gone, or one missing below, leaves the register with a gap", () => {
  const states: readonly (readonly [present: readonly number[], gone: readonly number[], text: string | true])[] = [
    [[1], [], true],
    [[1], [2], "edition 2 of"],
    [[2, 3], [1], "edition 1 of"],
    [[1], [4, 2], "editions 2, 4 of"],
    [[1, 3], [2], "edition 2 of"],
    [[1, 3], [], "edition 2 of"],
    [[2], [], "edition 1 of"],
  ];
  for (const [present, gone, expected] of states) {
    const setting = settingOf({
      knowledge: knowing(
        present.map((n) => list(n)),
        gone.map((n) => list(n)),
      ),
    });
    const [claim] = setting.knowledge.latest;
    assert.ok(claim);
    assert.equal(stateOf(setting, claim), expected === true ? "fresh" : "gap");
    const answer = closure(setting, "orders", "DEMO-north");
    if (answer.closed) assert.equal(expected, true);
    else
      assert.ok(
        answer.why.text.startsWith(String(expected)) && answer.why.text.includes("not on file"),
        answer.why.text,
      );
  }
});

test("another copy of an edition, and an edition of another register, make no gap; another text under its number does", () => {
  const days = { asOf: "2026-10-01", nextDue: "2027-01-01" };
  const again = sample("register", { edition: 1, ...days, signedAt: "2026-10-02T09:00:00Z" });
  assert.equal(knowing([list(1)], [[again, ministry]]).faults.size, 0);
  const other = sample("register", { edition: 1, ...days, asOf: "2026-09-01", signedAt: "2026-09-01T09:00:00Z" });
  assert.equal(knowing([list(1)], [[other, ministry]]).faults.size, 1);
  const own = sample("register", { edition: 7, operator: "DEMO-north", signedAt: "2026-09-01T09:00:00Z" });
  assert.equal(knowing([list(1)], [[own, operator]]).faults.size, 0);
});

test("an order that is gone keeps open whether it is prohibited, and names the file", () => {
  const order = [sample("order"), ministry] as const;
  assert.deepEqual(ends(factsOf(knowing([list(1), order], [])).prohibited), [true, true]);
  assert.deepEqual(ends(factsOf(knowing([list(1)], [])).prohibited), [false, false]);
  const { prohibited } = factsOf(knowing([list(1)], [order]));
  assert.deepEqual(ends(prohibited), [true, false]);
  assert.match(
    texts(prohibited),
    /^contested: `old\/0.json \(sha256 [0-9a-f]{12}\)` was recorded in the ledger and is gone/,
  );
  const repealed = [sample("order", { status: "repealed", signedAt: "2026-05-01T00:00:00Z" }), ministry] as const;
  assert.deepEqual(ends(factsOf(knowing([list(1), repealed], [order])).prohibited), [false, false], "superseded since");
});

test("a failed test, a withdrawal and a lower level of oversight that are gone keep their facts open", () => {
  const pass = [sample("test-result"), lab] as const;
  const failure = [sample("test-result", { result: "FAILED", signedAt: "2026-05-01T00:00:00Z" }), lab] as const;
  const tested = (present: Said, gone: Said) => ends(factsOf(knowing(present, gone), packNamed("de-2019")).tested);
  assert.deepEqual(tested([pass, failure], []), [false, false]);
  assert.deepEqual(tested([pass], [failure]), [false, true]);
  assert.deepEqual(tested([failure], [pass]), [false, false], "a pass that is gone supports nothing");

  const issued = [sample("certificate", { documents: ["TS 33.512"] }), body] as const;
  const ended = [
    sample("certificate", { documents: ["TS 33.512"], status: "withdrawn", signedAt: "2026-05-01T00:00:00Z" }),
    body,
  ] as const;
  assert.deepEqual(ends(factsOf(knowing([issued], [])).certificate), [4, 4]);
  const { certificate } = factsOf(knowing([issued], [ended]));
  assert.equal(ends(certificate)?.[1], 4);
  assert.ok(Number(ends(certificate)?.[0]) < 4);
  assert.match(texts(certificate), /contested: `old\/0.json/);
  assert.deepEqual(ends(factsOf(knowing([], [issued])).certificate), ends(factsOf(knowing([], [])).certificate));

  const level = (number: number, on: string) =>
    [sample("oversight", { level: number, signedAt: `${on}T00:00:00Z` }), ministry] as const;
  assert.deepEqual(ends(factsOf(knowing([level(5, "2026-03-01")], [level(2, "2026-04-01")])).oversight), [2, 5]);
  assert.deepEqual(ends(factsOf(knowing([level(2, "2026-03-01")], [level(5, "2026-04-01")])).oversight), [2, 2]);
});

test("an alias that is gone still contests one that differs, for the operator it counts for", () => {
  const alias = (id: string) => [sample("alias", { id }), operator] as const;
  const here = knowing([alias("DEMO-MAKER")], [alias("DEMO-OTHER")]);
  const codeOf = (knowledge: Knowledge) => {
    const found = resolve(knowledge, "supplier", "Demo Networks", "2026-11-20");
    return found.id ?? found.why.code;
  };
  assert.equal(codeOf(here), "contested");
  assert.equal(codeOf(knowing([alias("DEMO-MAKER")], [alias("DEMO-MAKER")])), "DEMO-MAKER");
  assert.equal(codeOf(knowing([], [alias("DEMO-MAKER")])), "identity");
  const known = { id: "DEMO-north", name: "DEMO Nordnetz", increasedRisk: true, customers: null };
  const listed = { ...here, companies: { ...here.companies, operators: new Map([["DEMO-north", known]]) } };
  assert.equal(codeOf(seenBy(listed, "DEMO-south")), "identity");
  assert.deepEqual(seenBy(listed, "DEMO-south").gone?.aliases, []);
});

test("an exception that is gone waives nothing, and what it replaced does not come back", () => {
  const exception = (changes: Readonly<Record<string, unknown>>) =>
    [sample("exception", changes), approvers[0], approvers[1]] as const;
  const wide = exception({});
  const narrow = exception({ scope: { operators: ["TWO"] }, signedAt: "2026-06-01T00:00:00Z" });
  const { exceptions } = knowing([wide], [narrow]);
  assert.deepEqual(
    exceptions.map(({ says, by }) => [by.signedOn, says.until]),
    [
      ["2026-03-01", "2026-12-31"],
      ["2026-06-01", "2026-05-31"],
    ],
  );
  assert.deepEqual(knowing([], [narrow]).exceptions, []);
});

test("if nothing is gone, knowledge and facts are the same as ever", () => {
  const said: Said = [list(1), [sample("order"), ministry], [sample("certificate"), body]];
  const evidence = checked(said, "evidence");
  const plain = gatherKnowledge(evidence, companies());
  const copies = evidence.map((one) => ({ ...one, file: `old/${one.file}` }));
  for (const vanished of [[], copies]) {
    const knowledge = gatherKnowledge(evidence, companies(), undefined, undefined, vanished);
    assert.deepEqual(knowledge, plain);
    assert.deepEqual(factsOf(knowledge), factsOf(plain));
  }
});
