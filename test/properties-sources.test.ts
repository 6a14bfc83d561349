/**
 * A verdict rests on what `explain` names: over random worlds, with real signatures, any file of evidence that no fact of an
 * element names (among its sources, or in the words that say why it is open) can be taken away, and the verdict stays.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { evidenceIn, show } from "./kit/compare.ts";
import { anyWorld } from "./kit/generate.ts";
import { decideAll, nameOf, type One } from "./kit/one-by-one.ts";

const runs = { numRuns: Number(process.env.FREIGABE_RUNS ?? 40), seed: Number(process.env.FREIGABE_SEED ?? 20190311) };

/** Whether a file stands in a fact that the element's verdicts rest on, or in why it is open. */
function names({ facts, verdicts }: One, file: string): boolean {
  const all = [...facts, ...verdicts.map((verdict) => verdict.facts)].flatMap((one) => Object.values(one));
  return all.some(
    ({ sources, why }) =>
      sources.some(
        (source) => (source.kind === "statement" && source.file === file) || source.text.includes(`\`${file}\``),
      ) || why.some(({ text }) => text.includes(`\`${file}\``)),
  );
}

test("taking away a file that no fact of an element names leaves its verdict as it was", () => {
  let [kept, named] = [0, 0];
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const { file } of evidence) {
        const after = decideAll(
          world,
          evidence.filter((one) => one.file !== file),
        );
        for (const one of before.values()) {
          if (names(one, file)) {
            named++;
            continue;
          }
          const other = after.get(nameOf(one))!;
          kept++;
          assert.deepEqual(
            [other.judged.outcome, other.judged.bases],
            [one.judged.outcome, one.judged.bases],
            `${nameOf(one)} without ${file}: ${show(one)}, then ${show(other)}`,
          );
        }
      }
    }),
    runs,
  );
  assert.ok(kept > 20 * runs.numRuns && named > 5 * runs.numRuns, `${kept} not named, ${named} named`);
});
