import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { test } from "node:test";
import { encodingsOf } from "../../test/kit/encodings.ts";
import { person, sample } from "../../test/kit/evidence.ts";
import { keyidOf } from "../model/algorithm.ts";
import { type Role, roles } from "../model/evidence.ts";
import type { Statement } from "../model/statement.ts";
import { entitlementOf } from "./entitlement.ts";

const register = (changes: object) => sample("register", { ...changes });
const declaration = (changes: object) => sample("declaration", { ...changes });

/** Statement (about party P where it names one) -> role -> grade; every role not listed may not say it. */
const table: Readonly<Record<string, readonly [Statement, Partial<Record<Role, string>>]>> = {
  certificate: [sample("certificate"), { body: "issuer" }],
  "test result": [sample("test-result"), { lab: "issuer" }],
  order: [sample("order"), { authority: "issuer" }],
  "update statement": [sample("update-statement"), { body: "issuer", lab: "issuer", maker: "self-declared" }],
  guarantee: [declaration({ maker: "P" }), { maker: "issuer" }],
  notice: [declaration({ declaration: "notice", operator: "P" }), { authority: "issuer", operator: "self-declared" }],
  oversight: [
    sample("oversight", { maker: "P" }),
    { authority: "issuer", body: "issuer", lab: "issuer", maker: "self-declared" },
  ],
  alias: [sample("alias"), { approver: "issuer", operator: "issuer" }],
  "an exception by one person": [sample("exception"), {}],
  "a bill of materials": [sample("document"), { maker: "issuer" }],
  "an advisory": [sample("document", { format: "CSAF" }), { maker: "issuer", authority: "issuer", body: "issuer" }],
  "a list of what is exploited": [sample("document", { format: "KEV" }), { authority: "issuer", body: "issuer" }],
  "register of certificates": [
    register({ register: "certificates", operator: "P" }),
    { body: "issuer", operator: "self-declared" },
  ],
  "register of orders": [
    register({ register: "orders", operator: "P" }),
    { authority: "issuer", operator: "self-declared" },
  ],
  "register of notices": [
    register({ register: "notices", operator: "P" }),
    { authority: "issuer", operator: "self-declared" },
  ],
  "register of guarantees": [register({ register: "guarantees", operator: "P" }), { operator: "self-declared" }],
  "register of maintenance": [register({ register: "maintenance", operator: "P" }), { operator: "self-declared" }],
};

type Key = ReturnType<typeof person>["key"];
const keys = Object.fromEntries(roles.map((role) => [role, person(role, "P").key]));

for (const [name, [statement, expected]] of Object.entries(table)) {
  test(`${name}: each role gets the grade of the table, or none`, () => {
    for (const role of roles) {
      const answer = entitlementOf(statement, [keys[role]!]);
      assert.equal("grade" in answer ? answer.grade : undefined, expected[role], role);
    }
  });
}

test("a maker or an operator speaks for itself alone", () => {
  const others = [
    declaration({ maker: "Q" }),
    sample("oversight", { maker: "Q" }),
    declaration({ declaration: "notice", operator: "Q" }),
    register({ operator: "Q" }),
    register({}),
  ];
  const answers = others.map((statement) => entitlementOf(statement, [keys.maker!, keys.operator!]));
  for (const answer of answers) assert.match("refused" in answer ? answer.refused : "", /speaks for `P` alone/);
});

test("a key for some schemes says nothing about others", () => {
  const body = person("body", "B", { schemes: ["BSZ", "EUCC"] }).key;
  const entry = { certificateId: "C", status: "issued", holder: "M", product: "P", release: "1", issued: "2026-01-01" };
  const allowed = (statement: Statement) => "grade" in entitlementOf(statement, [body]);
  const list = (schemes: readonly string[] | undefined, scheme: string) =>
    register({ register: "certificates", ...(schemes && { schemes }), entries: [{ ...entry, scheme }], count: 1 });
  assert.ok(allowed(sample("certificate", { scheme: "BSZ" })));
  assert.ok(!allowed(sample("certificate", { scheme: "NESAS-CCS-GI" })));
  assert.ok(allowed(list(["BSZ"], "BSZ")));
  assert.ok(!allowed(list(["BSZ", "NESAS-CCS-GI"], "BSZ")));
  assert.ok(!allowed(list(["BSZ"], "NESAS-CCS-GI")));
  assert.ok(!allowed(list(undefined, "BSZ")), "a register for all schemes");
  assert.ok(allowed(sample("update-statement")), "names no scheme; the facts compare");
});

test("of several signers the best grade counts, and those who give it are the signers", () => {
  const answer = entitlementOf(sample("update-statement"), [keys.lab!, keys.maker!, keys.operator!]);
  assert.deepEqual("grade" in answer && [answer.grade, answer.signers.map(({ role }) => role)], ["issuer", ["lab"]]);
});

const transcriptOf = { title: "T", address: "A", seen: "2026-03-01", digest: { sha256: "0".repeat(64) } };
const one = person("operator", "ONE").key;
const two = person("approver", "TWO").key;

test("a transcript needs two people, with two keys under two ids", () => {
  const copy = sample("certificate", { transcriptOf });
  const grade = (...people: readonly (typeof one)[]) => {
    const answer = entitlementOf(copy, people);
    return "grade" in answer ? answer.grade : answer.refused.replace(/.*got/, "got");
  };
  assert.equal(grade(one, two), "transcript");
  assert.equal(grade(one), "got 1");
  assert.equal(grade(one, { ...one, id: "other-name" }), "got 1");
  assert.equal(grade(one, { ...two, id: one.id }), "got 1");
  const curve = person("operator", "CURVE", {}, "p256").key;
  const written = encodingsOf(createPublicKey(curve.publicKey)).map((publicKey, at): Key => {
    return { ...curve, id: `name-${at}`, publicKey, keyid: keyidOf(createPublicKey(publicKey)) };
  });
  assert.equal(new Set(written.map(({ keyid }) => keyid)).size, 3);
  assert.equal(grade(...written), "got 1", "one key in three encodings");
  assert.equal(grade(one, keys.body!), "got 1");
});

test("an exception needs two people of one role, with two keys under two ids; those of that role are its signers", () => {
  const [first, second, third] = ["A", "B", "C"].map((name) => person("authority", name).key) as [Key, Key, Key];
  const signers = (...people: readonly Key[]) => {
    const answer = entitlementOf(sample("exception"), people);
    return "grade" in answer ? answer.signers.map(({ id }) => id).join() : "refused";
  };
  assert.equal(signers(first, second), "a,b");
  assert.equal(signers(third, first, second), "a,b,c");
  assert.equal(signers(first), "refused");
  assert.equal(signers(first, { ...first, id: "other-name" }), "refused", "one key under two ids");
  assert.equal(signers(first, { ...second, id: first.id }), "refused", "two keys under one id");
  assert.equal(signers(first, one), "refused", "two roles");
  assert.equal(signers(first, second, one), "a,b");
});

test("an exception is nobody's copy", () => {
  const pair = [person("authority", "A").key, person("authority", "B").key];
  assert.ok("refused" in entitlementOf(sample("exception", { transcriptOf }), [...pair, one, two]));
});

test("only public documents can be copied", () => {
  const grade = (statement: Statement) => "grade" in entitlementOf(statement, [one, two]);
  for (const kind of ["certificate", "test-result", "order", "declaration", "oversight", "document"] as const) {
    assert.ok(grade(sample(kind, { transcriptOf })), kind);
  }
  for (const kind of ["update-statement", "alias"] as const) assert.ok(!grade(sample(kind, { transcriptOf })), kind);
  assert.ok(!grade(declaration({ transcriptOf, declaration: "notice", operator: "ONE" })));
  assert.ok(grade(register({ transcriptOf })));
  assert.ok(!grade(register({ transcriptOf, operator: "ONE" })));
  assert.ok(!grade(register({ transcriptOf, register: "maintenance" })));
});
