/** DESIGN 4, "Knowing less", (d): statements that a ledger has seen and that are gone. FREIGABE_RUNS sets how many worlds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { catalogue } from "../src/facts/catalogue.ts";
import type { Evidence } from "../src/model/evidence.ts";
import { type Fact, type FactValue, isKnown } from "../src/model/fact.ts";
import { compared, evidenceIn, neverAdmitted, show, type Verdicts } from "./kit/compare.ts";
import { anyWorld } from "./kit/generate.ts";
import { decideAll, nameOf, type One } from "./kit/one-by-one.ts";

const runs = { numRuns: Number(process.env.FREIGABE_RUNS ?? 60), seed: 20190311 };
const definitions = new Map(catalogue.map((definition) => [definition.name, definition]));

/** A world, its evidence, and which of it vanishes. */
const vanishing = anyWorld().chain((world) => {
  const evidence = evidenceIn(world);
  return fc.subarray([...evidence]).map((vanished) => {
    const gone = new Set(vanished);
    return { world, evidence, vanished, left: evidence.filter((one) => !gone.has(one)) };
  });
});

test("(d) what vanishes admits nothing that was not admitted, and turns no refusal without saying what is gone", () => {
  let turned = 0;
  let held = 0;
  fc.assert(
    fc.property(vanishing, ({ world, evidence, vanished, left }) => {
      const present = decideAll(world, evidence);
      const after = decideAll(world, left, vanished);
      const names = vanished.map(({ file }) => file);
      neverAdmitted(present, after, names);
      for (const [a, b] of compared(present, after)) {
        if (a.judged.outcome !== "refused" || b.judged.outcome === "refused") continue;
        turned++;
        assert.equal(b.judged.outcome, "undecided", show(b));
        const texts = b.facts.flatMap((facts) =>
          Object.values(facts).flatMap(({ why }) => why.map(({ text }) => text)),
        );
        assert.ok(
          texts.some((text) => /gone/.test(text)),
          `${nameOf(a)}: ${show(a)}, then ${show(b)}`,
        );
      }
      held += differing(decideAll(world, left), after);
    }),
    { ...runs, numRuns: 3 * runs.numRuns },
  );
  assert.ok(turned > runs.numRuns / 10, `${turned} refusals turned undecided`);
  assert.ok(held > runs.numRuns / 5, `${held} verdicts were held by what is gone`);
});

test("(d) no fact is known to be better than with what vanished present, and what is open says why", () => {
  let opened = 0;
  fc.assert(
    fc.property(vanishing, ({ world, evidence, vanished, left }) => {
      const present = decideAll(world, evidence);
      const after = decideAll(world, left, vanished);
      // Types are told apart by what a text means: without the alias the first use of one may be later, and era with it.
      const renamed = vanished.some(({ statement }) => statement.kind === "alias");
      for (const [a, b] of compared(present, after)) {
        for (const [name, before, now] of pairsOfFacts(a, b)) {
          if (renamed && name === "era") continue;
          assert.ok(reachesAsLow(name, before, now), `${name}: ${show(a)}, then ${show(b)}`);
          if (!isKnown(before) || isKnown(now)) continue;
          assert.ok(now.why.length > 0, `${name} was opened and does not say why: ${show(b)}`);
          opened++;
        }
      }
    }),
    { ...runs, numRuns: 4 * runs.numRuns },
  );
  assert.ok(opened > runs.numRuns / 4, `${opened} facts were opened`);
});

test("(d) heeding what vanished admits nothing; nor does it that more vanished", () => {
  fc.assert(
    fc.property(vanishing, fc.nat(), ({ world, vanished, left }, at) => {
      const forgotten = decideAll(world, left);
      const fewer = decideAll(world, left, vanished.slice(at % (vanished.length + 1)));
      const all = decideAll(world, left, vanished);
      neverAdmitted(forgotten, fewer, at);
      neverAdmitted(fewer, all, at);
    }),
    { ...runs, numRuns: 4 * runs.numRuns },
  );
});

test("(d) if nothing vanished all is as before: a copy that lies elsewhere is not gone", () => {
  fc.assert(
    fc.property(vanishing, ({ world, evidence }) => {
      const copies = evidence.map((same): Evidence => ({ ...same, file: `evidence/old-${same.digest}.json` }));
      assert.deepEqual(decideAll(world, evidence, copies), decideAll(world, evidence));
    }),
    { ...runs, numRuns: Math.ceil(runs.numRuns / 4) },
  );
});

test("(d) a supporting statement that vanished changes nothing: absent is absent", () => {
  const supports = (one: Evidence) => {
    const { kind, predicate } = one.statement;
    return (
      kind === "declaration" || (kind === "test-result" && predicate.result === "PASSED" && !predicate.failedTests)
    );
  };
  let absent = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      for (const one of evidence.filter(supports).slice(0, 2)) {
        // A later word of one signer supersedes the earlier: a pass that vanished behind a failure is no mere support.
        if (
          one.statement.kind === "test-result" &&
          evidence.some((other) => other !== one && other.statement.kind === "test-result")
        )
          continue;
        const left = evidence.filter((other) => other !== one);
        assert.deepEqual(outcomes(decideAll(world, left, [one])), outcomes(decideAll(world, left)));
        absent++;
      }
    }),
    runs,
  );
  assert.ok(absent > runs.numRuns / 4, `${absent} supporting statements vanished`);
});

function pairsOfFacts(a: One, b: One): readonly (readonly [name: string, before: Fact, now: Fact])[] {
  return a.facts.flatMap((facts, at) =>
    Object.entries(facts).map(([name, before]) => {
      const now = b.facts[at]?.[name];
      assert.ok(now, `${name} is gone`);
      return [name, before, now] as const;
    }),
  );
}

/** Whether everything bad that was possible still is. */
function reachesAsLow(name: string, before: Fact, now: Fact): boolean {
  if (before.kind === "graded") return now.kind === "graded" && place(name, now.worst) <= place(name, before.worst);
  return now.kind === "selecting" && before.possible.every((value) => now.possible.includes(value));
}

function place(name: string, value: FactValue): number {
  return definitions.get(name)?.values.indexOf(value) ?? -1;
}

function outcomes(verdicts: Verdicts): readonly string[] {
  return [...verdicts.values()].map((one: One) => `${nameOf(one)} ${one.judged.outcome} ${one.judged.bases.join("+")}`);
}

function differing(one: Verdicts, other: Verdicts): number {
  return compared(one, other).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
}
