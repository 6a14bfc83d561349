/** Worlds before and after a change to what is known: evidence, verdicts, and what may not happen to them. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import type { Evidence } from "../../src/model/evidence.ts";
import { type decideAll, evidenceOf, nameOf, type One, rank } from "./one-by-one.ts";
import { type Signed, temporaryWorld, type World } from "./world.ts";

/** Signs, writes, reads and checks a world; its files are gone when this returns. */
export function evidenceIn(world: World): readonly Evidence[] {
  const root = temporaryWorld(world);
  try {
    return evidenceOf(root, world).evidence;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The same with one statement more. */
export function withOneMore(world: World, evidence: readonly Evidence[], added: Signed): readonly Evidence[] {
  const more = evidenceIn({ ...world, signed: [added] });
  assert.equal(more.length, 1, `expected evidence: ${JSON.stringify(added)}`);
  return [...evidence, ...more].sort((a, b) => (a.file < b.file ? -1 : 1));
}

export type Verdicts = ReturnType<typeof decideAll>;

/** Pairs of what held before and after for each pack, element and operator; there must be as many as before. */
export function compared(before: Verdicts, after: Verdicts): readonly (readonly [before: One, after: One])[] {
  assert.equal(after.size, before.size);
  return [...before.values()].map((one) => {
    const other = after.get(nameOf(one));
    assert.ok(other, `${nameOf(one)} is gone`);
    return [one, other] as const;
  });
}

/** No verdict is better after than before. */
export function neverBetter(before: Verdicts, after: Verdicts, because: unknown): void {
  for (const [one, other] of compared(before, after)) {
    const better = rank[other.judged.outcome] > rank[one.judged.outcome];
    assert.ok(!better, `${nameOf(one)}: ${show(one)}, then ${show(other)}: ${JSON.stringify(because)}`);
  }
}

/** Nothing is admitted after that was not before. */
export function neverAdmitted(before: Verdicts, after: Verdicts, because: unknown): void {
  for (const [one, other] of compared(before, after)) {
    const turned = other.judged.outcome === "admitted" && one.judged.outcome !== "admitted";
    assert.ok(!turned, `${nameOf(one)}: ${show(one)}, then ${show(other)}: ${JSON.stringify(because)}`);
  }
}

/** A verdict with its facts, for the message of a failure. */
export function show({ judged, facts }: One): string {
  const brief = facts.map((all) =>
    Object.entries(all).map(([name, fact]) => [
      name,
      fact.kind === "graded" ? [fact.worst, fact.best] : fact.possible,
      ...fact.why.map(({ text }) => text),
    ]),
  );
  return `${judged.outcome}/${judged.bases.join("+")} ${JSON.stringify(brief)}`;
}

/** What a register lists. */
export function entriesOf({ says }: Signed): readonly Readonly<Record<string, unknown>>[] {
  const { entries } = says.predicate;
  return Array.isArray(entries) ? entries : [];
}

/** Everything the world says of certificates, alone or as entries of registers. */
export function wordsOn(certificateId: unknown, signed: readonly Signed[]): number {
  const alone = signed.filter(
    ({ says }) => says.kind === "certificate" && says.predicate.certificateId === certificateId,
  );
  const listed = signed.flatMap(entriesOf).filter((entry) => entry.certificateId === certificateId);
  return alone.length + listed.length;
}
