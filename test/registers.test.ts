/** Registers as `assess` reads them: what closes the world, what does not, and what is said of it. */
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
