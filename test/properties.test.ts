/**
 * DESIGN 4, "Knowing less", (a), (b) and gaps, over random worlds: signed, read, checked and decided element by element.
 * FREIGABE_RUNS sets how many worlds.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Evidence } from "../src/model/evidence.ts";
import { compared, entriesOf, evidenceIn, neverAdmitted, neverBetter, wordsOn } from "./kit/compare.ts";
import { anyWorld } from "./kit/generate.ts";
import { decideAll } from "./kit/one-by-one.ts";
import type { Signed } from "./kit/world.ts";

const runs = { numRuns: Number(process.env.FREIGABE_RUNS ?? 40), seed: 20190311 };

/** What a statement or an entry speaks of, and what of it: two that share this and differ contradict each other. */
function matterOf({ kind, predicate }: Signed["says"], subject?: Signed["subject"]): string | undefined {
  switch (kind) {
    case "certificate":
      return `certificate ${predicate.certificateId}`;
    case "update-statement":
      return `update ${predicate.certificateId}`;
    case "oversight":
      return `oversight ${predicate.maker}`;
    case "alias":
      return `alias ${predicate.text} ${predicate.product ?? ""}`;
    case "test-result":
      return `test ${subject?.name}`;
    default:
      return undefined;
  }
}

/** In favour of something, contradicted by nobody: no register, order or withdrawal, no failed test, no major update. */
function isSupporting(one: Signed, signed: readonly Signed[]): boolean {
  const { kind, predicate } = one.says;
  const against =
    kind === "register" ||
    kind === "order" ||
    predicate.status === "withdrawn" ||
    predicate.result === "FAILED" ||
    predicate.failedTests !== undefined ||
    predicate.change === "major";
  if (against) return false;
  if (kind === "certificate") return wordsOn(predicate.certificateId, signed) === 1;
  const matter = matterOf(one.says, one.subject);
  return (
    matter === undefined || signed.every((other) => other === one || matterOf(other.says, other.subject) !== matter)
  );
}

test("(a) taking away a supporting statement never improves a verdict", () => {
  let taken = 0;
  let worse = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const one of world.signed.filter((signed) => isSupporting(signed, world.signed))) {
        const after = decideAll(
          world,
          evidence.filter(({ file }) => file !== one.file),
        );
        // An alias says who is meant, which helps an order too; a level of oversight may be too low, where none is unknown.
        if (one.says.kind === "alias" || one.says.kind === "oversight") neverAdmitted(before, after, one.says);
        else neverBetter(before, after, one.says);
        taken++;
        worse += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
      }
    }),
    runs,
  );
  assert.ok(taken > 3 * runs.numRuns && worse > runs.numRuns / 4, `${taken} taken away, ${worse} verdicts turned`);
});

/** What makes documents editions of one register. */
function registerOf({ says, by }: Signed): string | undefined {
  const { register, operator = "", schemes = [] } = says.predicate;
  return says.kind === "register" ? JSON.stringify([register, operator, schemes, by]) : undefined;
}

/**
 * A register says something against by what it lists (an order, a withdrawal) and, if it is a body's, by what it does
 * not: a certificate that it ought to list. Without the ledger nobody can tell that such a word is gone.
 */
function speaksAgainst(editions: readonly Signed[]): boolean {
  return editions.some((edition) => {
    const { register, operator } = edition.says.predicate;
    if (register === "certificates" && operator === undefined) return true;
    return entriesOf(edition).some(({ orderId, status }) => orderId !== undefined || status === "withdrawn");
  });
}

test("(b) taking away all editions of a register never makes one admitted", () => {
  let opened = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      const names = new Set(world.signed.flatMap((signed) => registerOf(signed) ?? []));
      for (const name of names) {
        const editions = world.signed.filter((signed) => registerOf(signed) === name);
        if (speaksAgainst(editions)) continue;
        const files = new Set(editions.map(({ file }) => file));
        const after = decideAll(
          world,
          evidence.filter(({ file }) => !files.has(file)),
        );
        neverAdmitted(before, after, name);
        opened += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
      }
    }),
    runs,
  );
  assert.ok(opened > runs.numRuns / 2, `${opened} verdicts turned`);
});

test("(b) without any register of orders nothing critical is admitted, whatever they said", () => {
  let turned = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      const isOrders = ({ statement }: Evidence) =>
        statement.kind === "register" && statement.predicate.register === "orders";
      const after = decideAll(
        world,
        evidence.filter((one) => !isOrders(one)),
      );
      neverAdmitted(before, after, "all registers of orders");
      for (const { pack, judged, facts } of after.values()) {
        const critical = facts.some(
          ({ critical }) => critical?.kind === "selecting" && critical.possible.includes(true),
        );
        if (pack === "de-2026" && critical) assert.notEqual(judged.outcome, "admitted");
      }
      turned += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
    }),
    runs,
  );
  assert.ok(turned > runs.numRuns / 2, `${turned} verdicts turned`);
});

test("gaps: taking a middle edition away never makes one admitted, and closes nothing any more", () => {
  let opened = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const middle of world.signed.filter(({ says }) => says.predicate.edition === 2)) {
        const siblings = world.signed.filter((signed) => registerOf(signed) === registerOf(middle));
        if (siblings.length !== 3) continue;
        const after = decideAll(
          world,
          evidence.filter(({ file }) => file !== middle.file),
        );
        neverAdmitted(before, after, middle.says);
        for (const { facts } of after.values()) {
          const sources = facts.flatMap((all) => Object.values(all).flatMap((fact) => fact.sources));
          const closing = sources.filter(
            (source) =>
              source.kind === "statement" &&
              source.text.startsWith("register of") &&
              siblings.some(({ file }) => file === source.file),
          );
          assert.deepEqual(closing, []);
        }
        opened++;
      }
    }),
    runs,
  );
  assert.ok(opened > runs.numRuns / 10, `${opened} middle editions`);
});

test("taking any edition below the newest away never makes one admitted", () => {
  let opened = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      const registers = Map.groupBy(world.signed, registerOf);
      registers.delete(undefined);
      for (const editions of registers.values()) {
        for (const lower of editions.slice(0, -1)) {
          const left = evidence.filter(({ file }) => file !== lower.file);
          const after = decideAll(world, left);
          neverAdmitted(before, after, lower.says);
          opened += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
        }
      }
    }),
    runs,
  );
  assert.ok(opened > runs.numRuns / 10, `${opened} verdicts turned`);
});
