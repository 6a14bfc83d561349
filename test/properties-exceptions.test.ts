/** Exceptions over random worlds: what they may do to a verdict, what they never do, and that every way of asking agrees. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { ordersRegister } from "../scripts/worlds/cast.ts";
import type { Evidence } from "../src/model/evidence.ts";
import type { ExceptionPredicate } from "../src/model/statement.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { assess } from "../src/tasks/assess.ts";
import { inWorld, shellIn } from "./kit/cases.ts";
import { compared, evidenceIn, neverBetter } from "./kit/compare.ts";
import { anyWorld } from "./kit/generate.ts";
import { kinds, operatorIds, releases } from "./kit/generate-cast.ts";
import { decideAll } from "./kit/one-by-one.ts";
import type { Signatory, Signed, World } from "./kit/world.ts";

const runs = { numRuns: Number(process.env.FREIGABE_RUNS ?? 40), seed: 20190311, endOnFailure: true };
const scratch = mkdtempSync(join(tmpdir(), "freigabe-exceptions-"));
after(() => rmSync(scratch, { recursive: true }));

const approvers: readonly Signatory[] = [
  { id: "DEMO-authority-1", party: "DEMO agency", role: "authority" },
  { id: "DEMO-authority-2", party: "DEMO agency", role: "authority" },
  { id: "DEMO-north-key-2", party: "DEMO-north", role: "operator" },
];
const waivable = {
  "de-2026": ["DE-CERT-1", "DE-CERT-2", "DE-CERT-3", "DE-9B-1", "DE-9B-3", "DE-2024-1", "DE-2024-2"],
  "de-2019": ["DE19-ACCESS", "DE19-INSIDE"],
} as const;

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
/** A part of a scope is mostly absent, so that exceptions reach something. */
const part = <T>(values: readonly T[]) => fc.option(some(values), { nil: undefined, freq: 1 });

const scope = fc
  .record({
    operators: fc.constant([...operatorIds]),
    makers: part([...kinds.map(({ maker }) => maker), "Nord AG", "DEMO-nord-before"]),
    products: part([...kinds.map(({ product }) => product), "own text"]),
    releases: part(releases),
    functions: part(kinds.map(({ functions }) => functions)),
    elements: part(["DEMO-e0", "DEMO-e1", "DEMO-e2", "DEMO-e3"]),
  })
  .map((parts) => Object.fromEntries(Object.entries(parts).filter(([, names]) => names !== undefined)));

const anyException = fc
  .record({
    pack: fc.constantFrom("de-2026" as const, "de-2026" as const, "de-2019" as const),
    all: fc.constantFrom(true, true, false),
    chosen: fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }),
    id: fc.constantFrom("E-1", "E-2", "E-3", "E-4", "E-5"),
    scope,
    from: fc.constantFrom(undefined, "2026-03-01", "2026-12-01"),
    until: fc.constantFrom("2027-06-30", "2027-06-30", "2026-12-31", "2026-06-30"),
    on: fc.constantFrom("2026-02-01", "2026-06-01", "2026-11-19"),
  })
  .map(({ pack, all, chosen, id, scope: where, from, until, on }): Signed => {
    const rules = all
      ? [...waivable[pack]]
      : [...new Set(chosen.map((n) => waivable[pack][n % waivable[pack].length]!))];
    const predicate = { exceptionId: id, pack, rules, scope: where, reason: "r", owner: "o", until };
    return {
      file: "evidence/exception.json",
      by: pack === "de-2026" ? ["DEMO-authority-1", "DEMO-authority-2"] : ["DEMO-north-key", "DEMO-north-key-2"],
      on,
      says: { kind: "exception", predicate: { ...predicate, ...(from !== undefined && from <= until && { from }) } },
    };
  });

/** A world, and the same with exceptions. A fresh register of orders, for a rule that nobody may waive asks for one. */
const pair = (world: fc.Arbitrary<World>) =>
  fc.record({ world, added: fc.array(anyException, { minLength: 1, maxLength: 4 }) }).map(({ world: bare, added }) => {
    const signed = added.map((one, at) => ({ ...one, file: `evidence/exception-${at}.json` }));
    const others = bare.signed.filter(({ says }) => says.predicate.register !== "orders");
    const without = { ...bare, keys: [...bare.keys, ...approvers], signed: [...others, ordersRegister()] };
    return { without, full: { ...without, signed: [...without.signed, ...signed] } };
  });

/** What the exceptions that a verdict names say, by id; of one id there may be several statements. */
function sayings(evidence: readonly Evidence[], ids: readonly string[]): readonly ExceptionPredicate[] {
  return evidence.flatMap(({ statement }) =>
    statement.kind === "exception" && ids.includes(statement.predicate.exceptionId) ? [statement.predicate] : [],
  );
}

test("an exception never worsens; without it the underlying verdict holds exactly; no rule it does not name is waived", () => {
  const turned = { admitted: 0, other: 0, untouched: 0 };
  const property = fc.property(pair(anyWorld()), ({ without, full }) => {
    const evidence = evidenceIn(full);
    const bare = evidence.filter(({ statement }) => statement.kind !== "exception");
    const [before, after] = [decideAll(without, bare), decideAll(full, evidence)];
    neverBetter(after, before, full);
    const pairs = compared(before, after).flatMap(([one, other]) =>
      other.verdicts.map((verdict, at) => [one.verdicts[at]!, verdict] as const),
    );
    for (const [plain, verdict] of pairs) {
      turned[verdict.underlying ? (verdict.outcome === "admitted" ? "admitted" : "other") : "untouched"]++;
      checkOne(plain, verdict, evidence);
    }
  });
  fc.assert(property, runs);
  for (const [what, count] of Object.entries(turned)) assert.ok(count > runs.numRuns / 8, `${what}: ${count}`);
});

/** What an exception may do to one verdict. */
function checkOne(plain: Verdict, verdict: Verdict, evidence: readonly Evidence[]): void {
  if (!verdict.underlying) {
    assert.deepEqual(verdict, plain);
    return;
  }
  const { outcome, basis, reasons } = plain;
  assert.deepEqual(verdict.underlying, { outcome, basis, reasons });
  assert.notEqual(verdict.basis, "evidence");
  const waived = sayings(evidence, verdict.exceptions ?? []).flatMap(({ rules }) => rules);
  const standing = reasons.filter((id) => !waived.includes(id));
  if (standing.length > 0) assert.notEqual(verdict.outcome, "admitted", `${standing} stand against it`);
  for (const id of standing) assert.ok(verdict.reasons.includes(id), `${id} is not named and gone`);
}

test("reduction against one by one, with exceptions by element too: the CSV says the same of every element", async () => {
  let excepted = 0;
  const worlds = pair(anyWorld({ elements: [20, 30], statements: 10 }));
  const property = fc.asyncProperty(worlds, async ({ full }) => {
    const csv = join(scratch, "verdicts.csv");
    const { assessment, engineFailed } = await inWorld(full, (root) => assess(shellIn(root), { csv }));
    assert.equal(engineFailed, false);
    const lines = readFileSync(csv, "utf8").trimEnd().replaceAll('""', "").split("\n").slice(1);
    const got = lines.map((line) => {
      const [element, operator, , outcome, basis, , rules] = line.split(",");
      return [element, operator, outcome, basis, rules, ...line.split(",").slice(-2)].join();
    });
    const all = [...decideAll(full, evidenceIn(full)).values()].filter(({ pack }) => pack === "de-2026");
    const expected = all.map(({ element, operator, judged }) => {
      const { outcome, basis, deciding, exceptions = [], underlying } = judged;
      const rules = [...new Set(deciding.flatMap(({ reasons }) => reasons))].sort().join(";");
      const without = underlying ? `${underlying.outcome}/${underlying.basis}` : "";
      return [element, operator, outcome, basis, rules, exceptions.join(";"), without].join();
    });
    assert.deepEqual(got.sort(), expected.sort());
    const counted = assessment.exceptions.filter(({ pack }) => pack === "de-2026");
    const admitted = all.filter(({ judged }) => judged.basis === "exception").length;
    assert.equal(assessment.basis.exception ?? 0, admitted);
    assert.ok(counted.reduce((sum, { verdicts }) => sum + verdicts, 0) >= admitted);
    excepted += admitted;
  });
  await fc.assert(property, { ...runs, numRuns: Math.ceil(runs.numRuns / 4) });
  assert.ok(excepted > 5, `${excepted} admitted by exception`);
});
