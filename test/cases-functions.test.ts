/** Closed worlds of our own: what a pack says of every function that we know, and orders on what is in none of its classes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { ordersRegister } from "../scripts/worlds/cast.ts";
import { domainOfFunction } from "../src/model/functions.ts";
import { readNamed } from "../src/storage/folder.ts";
import { gate } from "../src/tasks/gate.ts";
import { answersTo, type Case, element, gateOf, shellIn, verdictOn } from "./kit/cases.ts";

const root = join(import.meta.dirname, "..");
const functions = [...domainOfFunction.keys()];
const entry = {
  orderId: "DEMO-order-1",
  law: "BSIG 41(1)",
  status: "in-force",
  operators: ["DEMO-north"],
  makers: ["DEMO-lotus"],
  products: ["DEMO-switch"],
  issued: "2026-09-01",
  effective: "2026-10-01",
};
const barred = (name: string) => element(`DEMO-${name}`, name, "DEMO-switch", "3.4", "2020-01-08");

test("B1: an order on file binds whatever its own scope covers, for every function that we know", async () => {
  const orders = ordersRegister({ entries: [entry] });
  const { rows } = await answersTo({ elements: functions.map(barred), orders });
  assert.equal(rows.length, functions.length);
  assert.deepEqual(
    rows.filter(({ verdict }) => verdict !== "refused/rule"),
    [],
  );
  const lines = functions.map((name) => `${name},DEMO-north,DEMO-lotus,DEMO-switch,3.4,${name},1`);
  const gated = await gateOf({ elements: [barred("AMF")], orders }, lines);
  assert.deepEqual(
    gated.lines.filter(({ outcome }) => outcome !== "refused"),
    [],
  );
});

test("B1: the lines of `order-unclassified.csv` are refused in the first example", async () => {
  const read = readNamed(join(root, "test/fixtures/order-unclassified.csv"), 1_000_000);
  const { result } = await gate(shellIn(join(root, "examples/first")), { ...read!, name: "order.csv" }, {});
  assert.deepEqual(
    result.lines.map(({ outcome }) => outcome),
    ["refused", "refused", "refused"],
  );
});

test("B1: a register that is missing or stale, or an order for others, leaves what is certainly not critical alone", async () => {
  const given = (orders: Case["orders"]): Case => ({ elements: [barred("gNB")], orders: orders! });
  const stale = { asOf: "2026-10-05", nextDue: "2026-10-31" };
  assert.equal(await verdictOn(given(null)), "admitted/no-duty");
  assert.equal(await verdictOn(given(ordersRegister(stale))), "admitted/no-duty");
  assert.equal(await verdictOn(given(ordersRegister({ ...stale, entries: [entry] }))), "refused/rule");
  const others = { ...entry, makers: ["DEMO-taiga"], products: undefined };
  assert.equal(await verdictOn(given(ordersRegister({ entries: [others] }))), "admitted/no-duty");
  const strange = { ...entry, makers: ["Lotus"] };
  assert.equal(await verdictOn(given(ordersRegister({ entries: [strange] }))), "undecided/identity");
});
