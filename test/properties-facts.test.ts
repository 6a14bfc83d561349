/** What making a fact better, and filling in what the tables leave open, can do to a verdict: over the shipped packs. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Fact, FactDefinition, Facts, FactValue } from "../src/model/fact.ts";
import type { Pack } from "../src/model/pack.ts";
import type { Action, Outcome } from "../src/model/verdict.ts";
import { decide } from "../src/policy/decide.ts";
import { anyWorld } from "./kit/generate.ts";
import { kinds } from "./kit/generate-cast.ts";
import { decideAll, evidenceOf, nameOf, type One, rank, shippedPack } from "./kit/one-by-one.ts";
import { temporaryWorld, type World } from "./kit/world.ts";

const numRuns = Number(process.env.FREIGABE_RUNS ?? 40);
const seed = 20190311;
const days = ["2026-11-20", "2027-06-01", "2031-01-01"];

function anyFact(definition: FactDefinition): fc.Arbitrary<Fact> {
  const rest = { sources: [], why: [] };
  const { mode, values } = definition;
  if (mode === "selecting") {
    return fc.subarray([...values], { minLength: 1 }).map((possible) => ({ kind: "selecting", possible, ...rest }));
  }
  const place = fc.nat({ max: values.length - 1 });
  return fc.tuple(place, place).map(([a, b]) => {
    return { kind: "graded", worst: values[Math.min(a, b)]!, best: values[Math.max(a, b)]!, ...rest };
  });
}

/** Any facts at all of the subject that an action is asked about, whether they could come together or not. */
function anyFacts(pack: Pack, action: Action): fc.Arbitrary<Facts> {
  const wanted = pack.facts.filter(({ subject }) => (subject === "network") === (action === "depend"));
  return fc
    .tuple(...wanted.map(anyFact))
    .map((facts) => Object.fromEntries(wanted.map(({ name }, at) => [name, facts[at]!])));
}

for (const name of ["de-2026", "de-2019"]) {
  const pack = shippedPack(name);
  test(`(e) making one graded fact better never worsens a verdict of ${name}`, () => {
    const outcomes = new Set<Outcome>();
    let turned = 0;
    const question = fc.record({ action: fc.constantFrom(...pack.actions), asOf: fc.constantFrom(...days) });
    const property = fc.property(
      question.chain((asked) => fc.tuple(fc.constant(asked), anyFacts(pack, asked.action))),
      ([asked, facts]) => {
        const before = decide(pack, asked, facts).outcome;
        outcomes.add(before);
        for (const better of betterments(pack, facts)) {
          const after = decide(pack, asked, better).outcome;
          assert.ok(rank[after] >= rank[before], `${before}, then ${after}`);
          if (after !== before) turned++;
        }
      },
    );
    fc.assert(property, { seed, numRuns: 20 * numRuns });
    assert.deepEqual([...outcomes].sort(), ["admitted", "refused", "undecided"]);
    assert.ok(turned > numRuns, `${turned} verdicts turned`);
  });
}

/** The same facts with one graded fact better: its best end, its worst end, or both one step up. */
function* betterments(pack: Pack, facts: Facts): Generator<Facts> {
  for (const { name, values } of pack.facts) {
    const fact = facts[name];
    if (fact?.kind !== "graded") continue;
    const up = (value: FactValue) => values[Math.min(values.indexOf(value) + 1, values.length - 1)]!;
    yield { ...facts, [name]: { ...fact, best: up(fact.best) } };
    yield { ...facts, [name]: { ...fact, worst: up(fact.worst), best: up(fact.best) } };
    if (fact.worst !== fact.best) yield { ...facts, [name]: { ...fact, worst: up(fact.worst) } };
  }
}

/** How an element's row is filled in where it was empty, if it was. */
type Fill = (row: Row) => Row | undefined;
type Row = NonNullable<World["tables"]["elements"]>[number];

const isEmpty = (row: Row, column: string) => row[column] === undefined || row[column] === "";
/** Whether a product of the tables is sold by a maker; what stands in a row and names none of ours rules nothing out. */
function agree(row: Row): boolean {
  const kind = kinds.find(({ product }) => row.product === product || row.product === `${product} text`);
  const maker = row.maker === "DEMO-nord-before" || row.maker === "Nord AG" ? "DEMO-nord" : row.maker;
  return kind === undefined || kind.maker === maker;
}
const ifAgreed = (row: Row) => (agree(row) ? row : undefined);
const fills = {
  maker:
    (maker: string): Fill =>
    (row) =>
      isEmpty(row, "maker") ? ifAgreed({ ...row, maker }) : undefined,
  product:
    (product: string): Fill =>
    (row) =>
      isEmpty(row, "product") && (isEmpty(row, "maker") || agree({ ...row, product }))
        ? { ...row, product }
        : undefined,
  release:
    (release: string): Fill =>
    (row) =>
      isEmpty(row, "release") ? { ...row, release } : undefined,
  functions:
    (functions: string): Fill =>
    (row) =>
      isEmpty(row, "functions") ? { ...row, functions } : undefined,
  day:
    (day: string): Fill =>
    (row) =>
      isEmpty(row, "in_service_since") && (isEmpty(row, "release_since") || String(row.release_since) >= day)
        ? { ...row, in_service_since: day }
        : undefined,
  releaseDay:
    (day: string): Fill =>
    (row) =>
      isEmpty(row, "release_since") && String(row.in_service_since ?? "") <= day
        ? { ...row, release_since: day }
        : undefined,
};

/** Decides a world and, on the same evidence, the world with one open cell filled in. */
function bothWays(world: World, fill: Fill): readonly (readonly [before: One, after: One])[] {
  const root = temporaryWorld(world);
  const { evidence } = evidenceOf(root, world);
  rmSync(root, { recursive: true });
  const rows = world.tables.elements ?? [];
  const at = rows.findIndex((row) => fill(row) !== undefined);
  if (at < 0) return [];
  const filled = {
    ...world,
    tables: { ...world.tables, elements: rows.map((row, index) => (index === at ? (fill(row) ?? row) : row)) },
  };
  const before = decideAll(world, evidence);
  const after = decideAll(filled, evidence);
  return [...before.values()].flatMap((one) => {
    const other = after.get(nameOf(one));
    return other ? [[one, other] as const] : [];
  });
}

function show([before, after]: readonly [One, One]): string {
  const facts = (one: One) =>
    JSON.stringify(
      one.facts.map((all) =>
        Object.entries(all).map(([name, fact]) => [
          name,
          fact.kind === "graded" ? [fact.worst, fact.best] : fact.possible,
        ]),
      ),
    );
  return `${nameOf(before)}: ${before.judged.outcome} ${facts(before)}, then ${after.judged.outcome} ${facts(after)}`;
}

const products = fc.constantFrom(...kinds.map(({ product }) => product));
const texts = fc.oneof(
  products.map(fills.product),
  fc.constantFrom(...kinds.map(({ functions }) => functions), "NSSF", "unheard of").map(fills.functions),
  fc.constantFrom("1.0", "1.1", "2.0", "build 9").map(fills.release),
  fc.constantFrom(...kinds.map(({ maker }) => maker), "DEMO-nord-before").map(fills.maker),
);

/** Worlds whose first element lacks something; everything else is as random as ever. */
const openWorld = fc
  .tuple(
    anyWorld(),
    fc.subarray(["maker", "product", "release", "functions", "in_service_since", "release_since"], {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([world, columns]): World => {
    const [first, ...rest] = world.tables.elements ?? [];
    const open = { ...first, ...Object.fromEntries(columns.map((column) => [column, ""])) };
    return { ...world, tables: { ...world.tables, elements: [open, ...rest] } };
  });

test("filling in a maker, product, release or function contradicts no verdict that was already settled", () => {
  let settled = 0;
  let filled = 0;
  const property = fc.property(openWorld, texts, (world, fill) => {
    for (const pair of bothWays(world, fill)) {
      const [before, after] = pair.map(({ judged }) => judged.outcome);
      filled++;
      if (before === "undecided") continue;
      settled++;
      assert.equal(after, before, show(pair));
    }
  });
  fc.assert(property, { seed, numRuns: 2 * numRuns });
  assert.ok(settled > numRuns / 2, `${settled} of ${filled} were settled`);
});

const firstDays = ["2019-05-01", "2021-06-15", "2022-03-01", "2025-12-10", "2026-02-02", "2026-06-02"];
const dates = fc
  .tuple(fc.constantFrom(...firstDays), fc.boolean())
  .map(([day, release]) => (release ? fills.releaseDay(day) : fills.day(day)));

test("filling in a day of first use: what was admitted without it is not refused, and what was refused stays so in every era with a duty", () => {
  let settled = 0;
  const property = fc.property(openWorld, dates, (world, fill) => {
    for (const pair of bothWays(world, fill)) {
      const [before, after] = pair;
      if (before.judged.outcome === "admitted") assert.equal(after.judged.outcome, "admitted", show(pair));
      if (before.judged.outcome === "refused" && !showsExemption(world, before, after))
        assert.equal(after.judged.outcome, "refused", show(pair));
      if (before.judged.outcome !== "undecided") settled++;
    }
  });
  fc.assert(property, { seed, numRuns: 2 * numRuns });
  assert.ok(settled > numRuns / 2, `${settled} were settled`);
});

/**
 * With `exemptEraMustBeShown` (the default) an era without a duty counts only once its day is known; so a day may then
 * show what did not count before, and only then may a refused verdict be admitted.
 */
function showsExemption(world: World, before: One, after: One): boolean {
  if (world.config.binding[0]?.parameters?.exemptEraMustBeShown === "no") return false;
  const eras = (one: One) => one.facts.map(({ era }) => (era?.kind === "selecting" ? era.possible : []));
  const then = eras(before);
  return eras(after).some((possible, at) => possible.some((era) => !then[at]?.includes(era)));
}
