import Type, { type Static } from "typebox";
import { undecidedBases } from "../model/basis.ts";
import { isDay } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import type { Fact, FactDefinition, Facts, FactValue, Why } from "../model/fact.ts";
import type { Pack, PackFile } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import { actions, type Outcome } from "../model/verdict.ts";
import type { Question } from "./compile.ts";
import { advise, decide } from "./decide.ts";
import { compareText, inOrder, refusal } from "./refusal.ts";
import { readYaml } from "./yaml.ts";

const closed = { additionalProperties: false } as const;
const Value = Type.Union([Type.Boolean(), Type.Integer(), Type.String({ minLength: 1, maxLength: 100 })]);
const Code = Type.Union(undecidedBases.map((code) => Type.Literal(code)));
const Given = Type.Union([
  Value,
  Type.Array(Value, { minItems: 1 }),
  Type.Object({ worst: Value, best: Value }, closed),
  Type.Object({ open: Code }, closed),
]);
const Ids = Type.Array(Type.String({ minLength: 1 }));

/** A case of `tests/*.yaml`: what is known, and what the pack must say to it. */
const PackTestShape = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 300 }),
    action: Type.Union(actions.map((action) => Type.Literal(action))),
    asOf: Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
    functions: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1 })),
    facts: Type.Record(Type.String(), Given),
    why: Type.Optional(Type.Record(Type.String(), Code)),
    expect: Type.Object(
      {
        outcome: Type.Union([Type.Literal("admitted"), Type.Literal("undecided"), Type.Literal("refused")]),
        basis: Type.String({ minLength: 1 }),
        rules: Type.Optional(Ids),
        advice: Type.Optional(Ids),
      },
      closed,
    ),
  },
  closed,
);
type Given = Static<typeof Given>;

/** A case, and where it stands. One that names functions is as many cases, each about one. */
export type PackTest = Omit<Static<typeof PackTestShape>, "functions"> & {
  readonly file: string;
  readonly line: number;
  readonly function?: string;
  /** What is known by the function alone; facts that the case names itself go before. */
  readonly derived?: Facts;
};

/** What a pack says to a case; ids sorted. */
export interface Answered {
  readonly outcome: Outcome;
  readonly basis: string;
  readonly rules: readonly string[];
  readonly advice: readonly string[];
}

export interface PackTestResult {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly passed: boolean;
  /** `advice` absent: the case does not ask for it. */
  readonly expected: Omit<Answered, "advice"> & { readonly advice?: readonly string[] };
  /** `error`: the case itself is wrong (an unknown fact, say), and was not asked. */
  readonly got: Answered | { readonly error: string };
}

/** Reads the cases in a pack's `tests/` folder, in the order of files and lines. */
export function readPackTests(files: readonly PackFile[]): {
  readonly tests: readonly PackTest[];
  readonly problems: readonly Problem[];
} {
  const sources = files
    .filter(({ path }) => /^tests\/.+\.ya?ml$/.test(path))
    .sort((a, b) => compareText(a.path, b.path));
  const read = sources.map((file) => {
    const { value, problems, lineOf } = readYaml(file, Type.Array(PackTestShape, { minItems: 1 }));
    const tests = (value ?? []).flatMap(({ functions, ...test }, at): readonly PackTest[] => {
      const placed = { ...test, file: file.path, line: lineOf([at]) };
      return functions?.map((name) => ({ ...placed, name: `${name}: ${test.name}`, function: name })) ?? [placed];
    });
    return { tests, problems };
  });
  const tests = read.flatMap((one) => one.tests);
  return {
    tests,
    problems: inOrder([...read.flatMap((one) => one.problems), ...checkDays(tests), ...checkNames(tests)]),
  };
}

function checkDays(tests: readonly PackTest[]): readonly Problem[] {
  const wrong = tests.filter((test) => !isDay(test.asOf));
  return wrong.map((test) => refusal(test, `expected a day that exists, got \`${test.asOf}\``, "write `YYYY-MM-DD`"));
}

function checkNames(tests: readonly PackTest[]): readonly Problem[] {
  const names = tests.map((test) => test.name);
  const again = tests.filter((test, at) => names.indexOf(test.name) < at);
  return again.map((test) => refusal(test, `test \`${test.name}\` stands here twice`, "give each test its own name"));
}

/** Asks the pack every case. Outcome, basis, reasons and, where the case names it, advice must be exactly as expected. */
export function runPackTests(pack: Pack, tests: readonly PackTest[]): readonly PackTestResult[] {
  return tests.map((test) => {
    const { outcome, basis, rules = [], advice } = test.expect;
    const sorted = { outcome, basis, rules: [...rules].sort(compareText) };
    const expected = advice ? { ...sorted, advice: [...advice].sort(compareText) } : sorted;
    const got = answer(pack, test);
    const passed = !("error" in got) && sameAnswer(expected, got);
    return { name: test.name, file: test.file, line: test.line, passed, expected, got };
  });
}

/** Rules that were a reason, or given advice, in none of the results: nobody has tried whether they can stop anything. */
export function uncoveredRules(pack: Pack, results: readonly PackTestResult[]): readonly string[] {
  const seen = new Set(results.flatMap(({ got }) => ("error" in got ? [] : [...got.rules, ...got.advice])));
  return pack.rules.map((rule) => rule.id).filter((id) => !seen.has(id));
}

function sameAnswer(expected: PackTestResult["expected"], got: Answered): boolean {
  const asked = { ...got, advice: expected.advice ? got.advice : undefined };
  const line = (one: PackTestResult["expected"] | typeof asked) =>
    JSON.stringify([one.outcome, one.basis, one.rules, one.advice]);
  return line(expected) === line(asked);
}

function answer(pack: Pack, test: PackTest): Answered | { readonly error: string } {
  const question: Question = { action: test.action, asOf: test.asOf };
  try {
    const facts = factsOf(pack, test);
    const { outcome, basis, reasons } = decide(pack, question, facts);
    return { outcome, basis, rules: reasons, advice: advise(pack, question, facts).map(({ id }) => id) };
  } catch (error) {
    if (error instanceof UserError) return { error: error.message };
    throw error;
  }
}

/**
 * The facts of a case, as its pack defines them. Throws `UserError` for a name or value that the pack does not have, and
 * for a function of which nothing is derived.
 */
export function factsOf(pack: Pack, test: PackTest): Facts {
  if (test.function !== undefined && !test.derived) throw new UserError(`\`${test.function}\` is no function we know`);
  const named = Object.entries(test.facts).map(([name, given]) => {
    const definition = pack.facts.find((fact) => fact.name === name);
    if (!definition) throw new UserError(`the pack has no fact \`${name}\``);
    return [name, factFrom(definition, given, whyOf(test, definition))] as const;
  });
  const stray = Object.keys(test.why ?? {}).find((name) => !Object.hasOwn(test.facts, name));
  if (stray !== undefined) throw new UserError(`\`why\` names \`${stray}\`, which is not among the facts of the test`);
  return { ...test.derived, ...Object.fromEntries(named) };
}

function whyOf(test: PackTest, { name, who }: FactDefinition): readonly Why[] {
  const given = test.facts[name];
  const open = typeof given === "object" && "open" in given ? given.open : undefined;
  const named = test.why && Object.hasOwn(test.why, name) ? test.why[name] : undefined;
  const code = named ?? open ?? "missing";
  return [{ code, text: `\`${name}\` is open in this test`, who: who[0] ?? "nobody" }];
}

function factFrom(definition: FactDefinition, given: Given, why: readonly Why[]): Fact {
  const { name, mode, values } = definition;
  const possible = valuesFrom(definition, given);
  const stray = possible.find((value) => !values.includes(value));
  if (stray !== undefined) {
    throw new UserError(`\`${name}\` cannot be \`${stray}\`, its values: ${values.join(", ")}`);
  }
  if (mode === "selecting") {
    const left = values.filter((value) => possible.includes(value));
    return { kind: "selecting", possible: left, sources: [], why: left.length > 1 ? why : [] };
  }
  const [worst, best] = [possible[0]!, possible.at(-1)!];
  if (values.indexOf(worst) > values.indexOf(best)) {
    throw new UserError(`\`${name}\` runs from worst to best: ${values.join(", ")}; got worst ${worst}, best ${best}`);
  }
  return { kind: "graded", worst, best, sources: [], why: worst === best ? [] : why };
}

/** A selecting fact's possible values, or worst and best of a graded one. */
function valuesFrom({ name, mode, values }: FactDefinition, given: Given): readonly FactValue[] {
  if (typeof given !== "object") return [given];
  if ("open" in given) return values;
  const isList = Array.isArray(given);
  if (isList !== (mode === "selecting")) {
    const write = mode === "selecting" ? "a list of possible values" : "`{ worst, best }`";
    throw new UserError(`\`${name}\` is a ${mode} fact: write one value or ${write}`);
  }
  return "worst" in given ? [given.worst, given.best] : [...given];
}
