import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../../test/kit/evidence.ts";
import { type StatementKind, statementKinds } from "../model/statement.ts";
import { incoherences } from "./coherence.ts";

const pointers = (kind: StatementKind, changes: Readonly<Record<string, unknown>>) =>
  incoherences(sample(kind, changes)).map(({ pointer }) => pointer.replace("/predicate", ""));

const certificate = {
  certificateId: "C",
  scheme: "S",
  status: "issued",
  holder: "M",
  product: "P",
  release: "1",
  issued: "2026-01-01",
};
const notice = { declarationId: "D", declaration: "notice", operator: "ONE", product: "P", given: "2026-01-01" };
const order = {
  orderId: "O",
  law: "L",
  status: "in-force",
  operators: "all",
  makers: "all",
  issued: "2026-01-01",
  effective: "2026-01-01",
};

test("the samples are coherent", () => {
  for (const kind of statementKinds) assert.deepEqual(incoherences(sample(kind)), [], kind);
});

test("days exist and stand in order", () => {
  assert.deepEqual(pointers("certificate", { issued: "2026-02-30" }), ["/issued"]);
  assert.deepEqual(pointers("certificate", { until: "2026-01-31" }), ["/until"]);
  assert.deepEqual(pointers("order", { effective: "2026-04-01", until: "2026-03-31" }), ["/until"]);
  assert.deepEqual(pointers("register", { nextDue: "2026-02-28" }), ["/nextDue"]);
  assert.deepEqual(pointers("certificate", { signedAt: "2026-03-01 12:00:00Z" }), ["/signedAt"]);
});

test("nobody signs what has not happened; a day's difference of clocks is forgiven", () => {
  assert.deepEqual(pointers("certificate", { issued: "2026-03-02" }), []);
  assert.deepEqual(pointers("certificate", { issued: "2026-03-03" }), ["/issued"]);
  assert.deepEqual(pointers("register", { asOf: "2026-03-03" }), ["/asOf"]);
  assert.deepEqual(pointers("order", { effective: "2030-01-01" }), []);
  const transcriptOf = { title: "T", address: "A", seen: "2026-04-01", digest: { sha256: "0".repeat(64) } };
  assert.deepEqual(pointers("order", { transcriptOf }), ["/transcriptOf/seen"]);
});

test("a register lists what it says, and as many as it says", () => {
  const list = (register: string, entries: readonly object[], more: object = {}) =>
    pointers("register", { register, entries, count: entries.length, ...more });
  assert.deepEqual(list("certificates", [certificate]), []);
  assert.deepEqual(list("orders", [order]), []);
  assert.deepEqual(list("notices", [notice]), []);
  assert.deepEqual(list("maintenance", [{ operator: "ONE" }], { operator: "ONE" }), []);
  assert.deepEqual(list("orders", [certificate]), ["/entries/0"]);
  assert.deepEqual(list("guarantees", [notice]), ["/entries/0"]);
  assert.deepEqual(list("maintenance", [notice]), ["/entries/0"]);
  assert.deepEqual(list("certificates", [certificate], { count: 2 }), ["/count"]);
  assert.deepEqual(list("certificates", [certificate], { schemes: ["OTHER"] }), ["/entries/0/scheme"]);
  assert.deepEqual(list("notices", [notice], { operator: "TWO" }), ["/entries/0/operator"]);
  assert.deepEqual(list("certificates", [{ ...certificate, issued: "2026-13-01" }]), ["/entries/0/issued"]);
});

test("of many misfits eight are told", () => {
  const entries = Array.from({ length: 100 }, () => order);
  assert.equal(pointers("register", { register: "notices", entries, count: 100 }).length, 8);
});

test("a declaration names who declares, a withdrawal is one, a release has a product", () => {
  assert.deepEqual(pointers("declaration", { declaration: "notice" }), ["/operator"]);
  assert.deepEqual(pointers("declaration", { maker: undefined }), ["/maker"]);
  assert.deepEqual(pointers("certificate", { withdrawn: "2026-02-20" }), ["/status"]);
  assert.deepEqual(pointers("alias", { aliasOf: "release" }), ["/product"]);
});

test("an exception ends after it begins, and its id can be joined with others", () => {
  assert.deepEqual(pointers("exception", { from: "2027-01-01" }), ["/until"]);
  assert.deepEqual(pointers("exception", { until: "2026-02-30" }), ["/until"]);
  assert.deepEqual(pointers("exception", { from: "2030-01-01", until: "2030-01-01" }), []);
  assert.deepEqual(pointers("exception", { exceptionId: "E-1;E-2" }), ["/exceptionId"]);
});
