/** The first example world with one bad thing in it, run through the whole program as a person would run it. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { first } from "../../scripts/worlds/first.ts";
import { Assessment } from "../../src/model/assessment.ts";
import { checkShape } from "../../src/model/check.ts";
import { type Run, runIn } from "./run.ts";
import { temporaryWorld, type World } from "./world.ts";

/** What came of an attack. `verdicts`: outcome and basis by element, `undecided/input`. */
export interface Attacked extends Run {
  readonly root: string;
  readonly assessment: Assessment;
  readonly verdicts: ReadonlyMap<string, string>;
}

const longest = 10_000;

/** The first example, with some of it replaced. */
export function firstWith(changes: Partial<World>): World {
  return { ...first, ...changes };
}

/** Writes a world, lets `spoil` do its worst to the folder, and hands the folder over; it is gone afterwards. */
export async function withSpoilt<T>(
  spoil: (root: string) => void,
  use: (root: string) => Promise<T>,
  world: World = first,
): Promise<T> {
  const root = temporaryWorld(world);
  try {
    spoil(root);
    return await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Runs the program on a folder: it must end soon, in words and without a trace of its own code. */
export async function runSafely(root: string, words: readonly string[]): Promise<Run> {
  const start = performance.now();
  const run = await runIn(root, words);
  assert.ok(performance.now() - start < longest, `took ${Math.round(performance.now() - start)} ms`);
  assert.doesNotMatch(run.err, /the program failed|^ +at |\.ts:\d/m);
  const rest = run.out.replaceAll("\n", "");
  assert.doesNotMatch(rest + run.err.replaceAll("\n", ""), /\p{Cc}/u, "a control character reached the terminal");
  return run;
}

/** Assesses a spoilt world, which must succeed: one bad thing is no reason to decide nothing. */
export async function attack(spoil: (root: string) => void, world: World = first): Promise<Attacked> {
  return withSpoilt(
    spoil,
    async (root) => {
      const outputs = ["text", "json=result.json", "csv=verdicts.csv"].flatMap((output) => ["--output", output]);
      const run = await runSafely(root, ["assess", ".", ...outputs]);
      assert.equal(run.code, 0, run.err);
      const result: unknown = JSON.parse(readFileSync(join(root, "result.json"), "utf8"));
      const checked = checkShape(Assessment, result, { file: "result.json" });
      if (!("value" in checked)) throw new Error(JSON.stringify(checked.problems));
      const lines = readFileSync(join(root, "verdicts.csv"), "utf8").trimEnd().split("\n").slice(1);
      assert.equal(lines.length, sum(checked.value.verdicts));
      const verdicts = new Map(
        lines.map((line) => line.split(",")).map(([id, , , outcome, basis]) => [id ?? "", `${outcome}/${basis}`]),
      );
      return { ...run, root, assessment: checked.value, verdicts };
    },
    world,
  );
}

/** What stays of the verdicts when some elements are left out of sight. */
export function verdictsBut({ verdicts }: Attacked, ...ids: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries([...verdicts].filter(([id]) => !ids.includes(id)));
}

/** Replaces a file of the folder. */
export function put(name: string, text: string | Uint8Array): (root: string) => void {
  return (root) => writeFileSync(join(root, name), text);
}

/** Replaces part of a file of the folder, which must be there. */
export function replace(name: string, from: string, to: string): (root: string) => void {
  return (root) => {
    const text = readFileSync(join(root, name), "utf8");
    assert.ok(text.includes(from), `no ${from} in ${name}`);
    writeFileSync(join(root, name), text.replace(from, to));
  };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}
