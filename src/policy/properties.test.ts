import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { blanket, catalogue, filesOf, rule } from "../../test/kit/policy-sample.ts";
import type { Fact, FactDefinition, Facts, FactValue } from "../model/fact.ts";
import type { Pack } from "../model/pack.ts";
import type { Outcome } from "../model/verdict.ts";
import { audit } from "./audit.ts";
import { encode, rulesFor } from "./compile.ts";
import { decide } from "./decide.ts";
import { loadPack } from "./load.ts";
import { typeName } from "./schema.ts";
import { admits } from "./survey.ts";

const elementFacts = catalogue.filter((fact) => fact.subject === "element");
const graded = elementFacts.filter((fact) => fact.mode === "graded");
const selecting = elementFacts.filter((fact) => fact.mode === "selecting");
const question = { action: "operate", asOf: "2026-04-01" } as const;
const rank: Record<Outcome, number> = { refused: 0, undecided: 1, admitted: 2 };

/** A condition that holds from some value of the fact on: better never makes it false, so its `unless` is monotone. */
const atLeast = fc.constantFrom(...graded).chain((fact) =>
  fc.integer({ min: 1, max: fact.values.length - 1 }).map((from) => {
    const good = fact.values.slice(from).map((value) => equals(fact, value));
    return `(${good.join(" || ")})`;
  }),
);
const oneOf = fc
  .constantFrom(...selecting)
  .chain((fact) => fc.constantFrom(...fact.values).map((value) => equals(fact, value)));
const condition = (atom: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(atom, { minLength: 1, maxLength: 3 }), fc.constantFrom(" && ", " || "))
    .map(([parts, sign]) => parts.join(sign));
const body = fc
  .tuple(condition(oneOf), condition(atLeast))
  .map(([applies, met]) => `when { ${applies} } unless { ${met} }`);

function equals(fact: FactDefinition, value: FactValue): string {
  return `context.${fact.name} == ${typeof value === "string" ? `${typeName(fact.name)}::"${value}"` : value}`;
}

const anyPack = fc
  .array(fc.tuple(body, fc.constantFrom("duty", "prohibition", "limit")), { minLength: 1, maxLength: 4 })
  .map((bodies): Pack => {
    const { pack, problems } = loadPack(
      filesOf(blanket + bodies.map(([text, kind], at) => rule(`R${at}`, text, kind)).join("")),
      catalogue,
    );
    assert.deepEqual(problems, []);
    return pack!;
  });

// Loading asks Cedar for every table, so the properties share thirty packs.
const packs = fc.constantFrom(...fc.sample(anyPack, { numRuns: 30, seed: 20260101 }));

const facts: fc.Arbitrary<Facts> = fc
  .tuple(...elementFacts.map((fact) => fc.option(factOf(fact), { nil: undefined, freq: 4 })))
  .map((found) => Object.fromEntries(elementFacts.flatMap((fact, at) => (found[at] ? [[fact.name, found[at]]] : []))));

function factOf(fact: FactDefinition): fc.Arbitrary<Fact> {
  const rest = { sources: [], why: [] };
  if (fact.mode === "selecting") {
    return fc
      .subarray([...fact.values], { minLength: 1 })
      .map((possible) => ({ kind: "selecting", possible, ...rest }));
  }
  const place = fc.nat({ max: fact.values.length - 1 });
  return fc.tuple(place, place).map(([a, b]) => {
    return { kind: "graded", worst: fact.values[Math.min(a, b)]!, best: fact.values[Math.max(a, b)]!, ...rest };
  });
}

const runs = { numRuns: 60, seed: 20260101 };

test("truth tables against Cedar on random rules and random questions: no difference", () => {
  let asked = 0;
  fc.assert(
    fc.property(packs, fc.array(facts, { minLength: 1, maxLength: 5 }), (pack, many) => {
      const found = audit(
        pack,
        many.map((one) => ({ question, facts: one })),
        { sample: "all", seed: 1 },
      );
      asked += found.asked;
      assert.deepEqual(found.differences, []);
    }),
    runs,
  );
  assert.ok(asked > 1000, `asked ${asked}`);
});

test("the verdict is what asking every single possible world would give, rule by rule", () => {
  fc.assert(
    fc.property(packs, facts, (pack, given) => {
      assert.equal(decide(pack, question, given).outcome, byWorlds(pack, given));
      const set = rulesFor(pack, question, "decide");
      assert.equal(admits(set, encode(set, given)), byWorlds(pack, given) === "admitted");
    }),
    { ...runs, numRuns: 1000 },
  );
});

test("(e) making one graded fact better never worsens a verdict", () => {
  fc.assert(
    fc.property(packs, facts, fc.constantFrom(...graded), (pack, given, fact) => {
      const before = given[fact.name];
      if (before?.kind !== "graded") return;
      const up = (value: FactValue) => fact.values[Math.min(fact.values.indexOf(value) + 1, fact.values.length - 1)]!;
      for (const better of [
        { ...before, worst: up(before.worst), best: up(before.best) },
        { ...before, best: up(before.best) },
      ]) {
        assert.ok(rankOf(pack, { ...given, [fact.name]: better }) >= rankOf(pack, given));
      }
    }),
    { ...runs, numRuns: 1000 },
  );
});

test("knowing more never contradicts: admitted and refused stay so when any fact is narrowed", () => {
  let settled = 0;
  fc.assert(
    fc.property(packs, facts, fc.infiniteStream(fc.nat({ max: 1000 })), (pack, given, numbers) => {
      const before = decide(pack, question, given).outcome;
      if (before === "undecided") return;
      settled++;
      const pick = (count: number) => numbers.next().value! % count;
      const narrowed = Object.fromEntries(
        elementFacts.map((fact) => [fact.name, narrow(fact, given[fact.name], pick)]),
      );
      assert.equal(decide(pack, question, narrowed).outcome, before);
    }),
    { ...runs, numRuns: 1000 },
  );
  assert.ok(settled > 100, `${settled} of 1000 were settled`);
});

test("the same inputs give the same bytes, in whatever order the facts come", () => {
  fc.assert(
    fc.property(packs, facts, (pack, given) => {
      const turned = Object.fromEntries(Object.entries(given).toReversed());
      assert.equal(JSON.stringify(decide(pack, question, turned)), JSON.stringify(decide(pack, question, given)));
    }),
    runs,
  );
});

function rankOf(pack: Pack, given: Facts): number {
  return rank[decide(pack, question, given).outcome];
}

function narrow(fact: FactDefinition, given: Fact | undefined, pick: (count: number) => number): Fact {
  const left = possibleOf(fact, given);
  const value = left[pick(left.length)]!;
  const rest = { sources: [], why: [] };
  return fact.mode === "selecting"
    ? { kind: "selecting", possible: [value], ...rest }
    : { kind: "graded", worst: value, best: value, ...rest };
}

function possibleOf({ values }: FactDefinition, given: Fact | undefined): readonly FactValue[] {
  if (!given) return values;
  if (given.kind === "selecting") return given.possible;
  return values.slice(values.indexOf(given.worst), values.indexOf(given.best) + 1);
}

/** The definition of DESIGN 4 word by word over all worlds, with nothing assumed about monotony. */
function byWorlds(pack: Pack, given: Facts): Outcome {
  const outcomes = worlds(selecting, given).map((world) => {
    const states = pack.rules.map((one) => {
      const table = pack.tables.get(one.id)!.find(({ action }) => action === question.action)!;
      const open = table.facts.filter((fact) => fact.mode === "graded");
      const answers = worlds(open, given).map((values) => {
        const index = table.facts.reduce((sum, fact) => {
          const value = { ...world, ...values }[fact.name]!;
          return sum * fact.values.length + fact.values.indexOf(value);
        }, 0);
        return table.forbids[index];
      });
      return answers.every((answer) => answer === 1) ? "fires" : answers.includes(1) ? "depends" : "passes";
    });
    return states.includes("fires") ? "refused" : states.includes("depends") ? "undecided" : "admitted";
  });
  const [first] = outcomes;
  return first !== undefined && outcomes.every((outcome) => outcome === first) ? first : "undecided";
}

function worlds(facts: readonly FactDefinition[], given: Facts): readonly Readonly<Record<string, FactValue>>[] {
  return facts.reduce<readonly Readonly<Record<string, FactValue>>[]>(
    (all, fact) =>
      all.flatMap((world) => possibleOf(fact, given[fact.name]).map((value) => ({ ...world, [fact.name]: value }))),
    [{}],
  );
}
