/** Registers and negative words as `assess` hears them: what closes the world, and what speaks against equipment. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { asOf, ordersRegister } from "../scripts/worlds/cast.ts";
import { amf, answersTo, type Case, nesas, statement } from "./kit/cases.ts";
import type { Signed } from "./kit/world.ts";

const element = amf("21.3", "2026-03-02");
const certified: Case = { elements: [element], evidence: [statement("certificate", nesas())] };

/** The ministry's register with another number, and what else is special about it. */
function edition(number: number, changes: Readonly<Record<string, unknown>> = {}): Signed {
  const { says, ...rest } = ordersRegister({ edition: number });
  return { ...rest, says: { ...says, predicate: { ...says.predicate, ...changes } } };
}

async function verdict(orders: readonly Signed[]) {
  const [first, ...more] = orders;
  const { of, assessment } = await answersTo({
    ...certified,
    orders: first ?? null,
    evidence: [...(certified.evidence ?? []), ...more],
  });
  const codes = assessment.findings.map(({ code }) => code).filter((code) => code.startsWith("register-"));
  return [of("DEMO-amf").verdict, ...new Set(codes)];
}

test("edition 7 alone does not close the world; one that says `first` does, and is a finding", async () => {
  assert.deepEqual(await verdict([edition(1)]), ["admitted/evidence"]);
  assert.deepEqual(await verdict([edition(7)]), ["undecided/missing", "register-gap"]);
  assert.deepEqual(await verdict([edition(7, { first: true })]), ["admitted/evidence", "register-first"]);
  const below = [edition(7, { first: true }), edition(6)];
  assert.deepEqual(await verdict(below), ["undecided/contested", "register-contradiction", "register-first"]);
});

test("a higher number with an older day beats nothing: either edition may hold", async () => {
  const order = {
    ...{ orderId: "DEMO-O-1", law: "BSIG 41", status: "in-force", operators: ["DEMO-north"], makers: "all" },
    ...{ issued: "2026-09-01", effective: "2026-10-01" },
  };
  const barring = edition(1, { entries: [order], count: 1 });
  assert.deepEqual(await verdict([barring]), ["refused/rule"]);
  assert.deepEqual(await verdict([barring, edition(2)]), ["admitted/evidence"]);
  const older = edition(2, { asOf: "2026-11-01" });
  assert.deepEqual(await verdict([barring, older]), ["undecided/contested", "register-contradiction"]);
});

test("a register of a day that had not come when it was signed closes nothing", async () => {
  const ahead = { ...edition(1, { asOf }), on: "2026-11-19" };
  assert.deepEqual(await verdict([ahead]), ["undecided/missing"]);
});

test("a withdrawal copied by two people contests the body's certificate", async () => {
  const digest = { sha256: "d".repeat(64) };
  const copied = statement(
    "certificate",
    nesas({
      ...{ status: "withdrawn", withdrawn: "2026-06-01" },
      transcriptOf: { title: "a list", address: "https://example.org", seen: "2026-06-01", digest },
    }),
    { by: ["DEMO-north-security", "DEMO-north-approver"], on: "2026-06-02" },
  );
  const { of } = await answersTo({ ...certified, evidence: [...(certified.evidence ?? []), copied] });
  assert.equal(of("DEMO-amf").verdict, "undecided/contested");
});

test("a test of another digest, of which part failed, makes nothing tested", async () => {
  const tested = (predicate: object, sha256: string) =>
    statement("test-result", { result: "PASSED", configuration: [{ name: "TS 33.512" }], ...predicate } as never, {
      ...{ by: ["DEMO-lab"], on: "2026-02-01", subject: { name: "DEMO-core@21.3", digest: { sha256 } } },
    });
  const answer = async (result: Signed) => {
    const { of } = await answersTo({
      elements: [amf("21.3", "2026-03-02", { digest: "b".repeat(64) })],
      evidence: [result],
      config: { binding: [{ pack: "de-2019" }] },
    });
    return of("DEMO-amf").rules;
  };
  const passed = { passedTests: ["TS 33.512"] };
  assert.doesNotMatch(await answer(tested(passed, "b".repeat(64))), /DE19-TEST/);
  assert.match(await answer(tested(passed, "a".repeat(64))), /DE19-TEST/);
  assert.match(await answer(tested({ failedTests: ["TS 33.512"] }, "b".repeat(64))), /DE19-TEST/);
  assert.match(await answer(tested({ result: "WARNED", ...passed }, "b".repeat(64))), /DE19-TEST/);
  assert.match(await answer(tested({}, "b".repeat(64))), /DE19-TEST/);
});

test("a newer edition or an order that was signed and cannot be read lets no older one close the world", async () => {
  const broken = { complete: true, nextDue: "2026-01-01" };
  assert.deepEqual(await verdict([edition(1), edition(2, broken)]), ["undecided/input"], "next due before its day");
  assert.deepEqual(await verdict([edition(1), edition(2, { entries: [{ orderId: "" }], count: 1 })]), [
    "undecided/input",
  ]);
  assert.deepEqual(await verdict([edition(1), edition(2, { register: "order" })]), ["undecided/input"]);
  const order = statement(
    "order",
    { orderId: "DEMO-O-1", issued: "2026-09-31" },
    { by: ["DEMO-ministry"], on: "2026-10-01" },
  );
  assert.deepEqual(await verdict([edition(1), order]), ["undecided/input"]);
  const stranger = { ...order, by: ["DEMO-lab"] };
  assert.deepEqual(await verdict([edition(1), stranger]), ["admitted/evidence"], "who may sign no order");
});
