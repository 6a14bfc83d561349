/** The whole way, tables to reports: the same bytes, whatever the order; nothing lost; and no difference to one by one. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { openShell } from "../src/cli/shell.ts";
import type { Assessment } from "../src/model/assessment.ts";
import { asJson } from "../src/reports/json.ts";
import { assess } from "../src/tasks/assess.ts";
import { whoCanAct } from "../src/tasks/judge.ts";
import { anyWorld } from "./kit/generate.ts";
import { today } from "./kit/generate-cast.ts";
import { decideAll, evidenceOf } from "./kit/one-by-one.ts";
import { temporaryWorld, type World } from "./kit/world.ts";

const numRuns = Math.ceil(Number(process.env.FREIGABE_RUNS ?? 40) / 10);
// Shrinking sixty elements takes minutes; the seed gives the same world again.
const runs = { numRuns, seed: 20190311, endOnFailure: true };
const large = anyWorld({ elements: [55, 65], statements: 20 });
const scratch = mkdtempSync(join(tmpdir(), "freigabe-properties-"));
after(() => rmSync(scratch, { recursive: true }));

interface Answer {
  readonly assessment: Assessment;
  readonly csv: string;
}

async function assessed(root: string, auditAll = false): Promise<Answer> {
  const csv = join(scratch, "verdicts.csv");
  const io = {
    out: (text: string) => assert.fail(`a task printed ${text}`),
    err: (text: string) => assert.fail(`a task printed ${text}`),
    cwd: root,
    now: new Date(`${today}T12:00:00Z`),
    terminal: false,
    colours: false,
  };
  const { assessment, engineFailed } = await assess(openShell(root, io), { csv, auditAll });
  assert.equal(engineFailed, false);
  return { assessment, csv: readFileSync(csv, "utf8") };
}

async function within<T>(world: World, use: (root: string) => Promise<T>): Promise<T> {
  const root = temporaryWorld(world);
  try {
    return await use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const header = "element,operator,action,outcome,basis,all_bases,rules,since,grade,who_can_act,exceptions,underlying";

/** What the CSV must say, from every element decided for itself. */
function oneByOne(world: World, root: string): readonly string[] {
  const { evidence } = evidenceOf(root, world);
  const binding = [...decideAll(world, evidence).values()].filter(({ pack }) => pack === "de-2026");
  const lines = binding.map(({ element, operator, judged: { outcome, basis, bases, since, grade, deciding } }) => {
    const rules = [...new Set(deciding.flatMap(({ reasons }) => reasons))].sort().join(";");
    const who = outcome === "admitted" ? "" : whoCanAct(deciding).join(";");
    const first = String(world.tables.elements?.find(({ id }) => id === element)?.in_service_since ?? "");
    const from = since === undefined ? "" : since > first ? since : first;
    return [element, operator, "operate", outcome, basis, bases.join(";"), rules, from, grade ?? "", who, "", ""].join(
      ",",
    );
  });
  return [header, ...lines.sort()];
}

test("reduction against one by one: outcome, bases, rules, since, grade and who can act of every element are the same", async () => {
  const outcomes = new Set<string>();
  const property = fc.asyncProperty(large, (world) =>
    within(world, async (root) => {
      const { csv, assessment } = await assessed(root);
      const [first, ...lines] = csv.trimEnd().replaceAll('""', "").split("\n");
      assert.deepEqual([first, ...lines.sort()], oneByOne(world, root));
      for (const basis of Object.keys(assessment.basis)) outcomes.add(basis);
    }),
  );
  await fc.assert(property, { ...runs, numRuns: 3 * numRuns });
  assert.ok(outcomes.size > 6, [...outcomes].join(" "));
});

test("truth tables against Cedar on every question of random worlds: no difference", async () => {
  let asked = 0;
  const property = fc.asyncProperty(large, (world) =>
    within(world, async (root) => {
      const { audit } = (await assessed(root, true)).assessment;
      assert.equal(audit.differences, 0);
      asked += audit.asked;
    }),
  );
  await fc.assert(property, runs);
  assert.ok(asked > 100 * numRuns, `Cedar was asked ${asked} times`);
});

const bad = fc.constantFrom(
  "DEMO-bad-1,DEMO-north",
  "DEMO-bad-2,DEMO-north,DEMO-nord,DEMO-core,1.0,AMF,2026-13-01,2026-01-01,",
  ",DEMO-north,DEMO-nord,DEMO-core,1.0,AMF,2026-03-01,,",
  "DEMO-bad-4,,DEMO-nord,DEMO-core,1.0,AMF,2026-03-01,,",
  "DEMO-e0,DEMO-north,DEMO-nord,DEMO-core,1.0,AMF,2026-03-01,,",
  'DEMO-bad-6,DEMO-north,"DEMO-nord"x,DEMO-core,1.0,AMF,2026-03-01,,',
  "DEMO-later,DEMO-north,DEMO-nord,DEMO-core,1.0,AMF,2027-03-01,,",
);

/** The element rows of a world as lines of CSV, with some that are wrong in one way or another. */
function linesOf({ tables }: World, wrong: readonly string[]) {
  const columns = [
    "id",
    "operator",
    "maker",
    "product",
    "release",
    "functions",
    "in_service_since",
    "release_since",
    "digest",
  ];
  const rows = (tables.elements ?? []).map((row) => columns.map((column) => row[column] ?? "").join(","));
  return { head: columns.join(","), rows: [...rows, ...new Set(wrong)] };
}

const withBad = fc.tuple(large, fc.uniqueArray(bad, { maxLength: 7 }));

test("the same inputs give the same bytes, as JSON and as CSV", async () => {
  const property = fc.asyncProperty(withBad, ([world, wrong]) =>
    within(world, async (root) => {
      const { head, rows } = linesOf(world, wrong);
      writeFileSync(join(root, "elements/elements.csv"), `${[head, ...rows].join("\n")}\n`);
      const [once, again] = [await assessed(root), await assessed(root)];
      assert.equal(asJson(again.assessment), asJson(once.assessment));
      assert.equal(again.csv, once.csv);
    }),
  );
  await fc.assert(property, runs);
});

test("shuffled rows, split files and renamed evidence change no verdict and no count", async () => {
  const property = fc.asyncProperty(withBad, fc.infiniteStream(fc.nat()), async ([world, wrong], random) => {
    const { head, rows } = linesOf(world, wrong);
    const shuffled = <T>(list: readonly T[]) =>
      list
        .map((one) => ({ one, at: random.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
    const plain = await within(world, (root) => {
      writeFileSync(join(root, "elements/elements.csv"), `${[head, ...rows].join("\n")}\n`);
      return assessed(root);
    });
    const { elements: _, ...tables } = Object.fromEntries(
      Object.entries(world.tables).map(([name, list]) => [name, shuffled(list ?? [])]),
    );
    const mixed = shuffled(rows);
    const files = Object.fromEntries(
      [mixed.slice(0, 20), mixed.slice(20, 21), mixed.slice(21)].map((part, at) => [
        `elements/part-${at}.csv`,
        `${[head, ...part].join("\n")}\n`,
      ]),
    );
    const signed = shuffled(world.signed).map((one, at) => ({
      ...one,
      file: one.file.replace(/[^/]*$/, `other-${at}.json`),
    }));
    const other = await within({ ...world, tables, files, signed, keys: shuffled(world.keys) }, assessed);
    assert.equal(other.csv, plain.csv);
    assert.deepEqual(withoutPlaces(other.assessment), withoutPlaces(plain.assessment));
  });
  await fc.assert(property, runs);
});

/** What does not depend on where things stand: no digests and no names of files. */
function withoutPlaces({ inputs, problems, findings, due, ...rest }: Assessment) {
  return {
    ...rest,
    due: due.map(({ file: _, ...entry }) => JSON.stringify(entry)).sort(),
    rows: inputs.filter(({ file }) => file.startsWith("elements/")).reduce((sum, { rows = 0 }) => sum + rows, 0),
    problems: problems.map(({ code, rows }) => `${code} ${rows}`).sort(),
    findings: findings.map(({ code, verdicts }) => `${code} ${verdicts}`).sort(),
  };
}

test("every row is assessed, set aside with a problem, or not in use; every verdict is counted everywhere", async () => {
  const property = fc.asyncProperty(withBad, ([world, wrong]) =>
    within(world, async (root) => {
      const { head, rows } = linesOf(world, wrong);
      writeFileSync(join(root, "elements/elements.csv"), `${[head, ...rows].join("\n")}\n`);
      const { assessment, csv } = await assessed(root);
      const {
        assessed: examined,
        setAside,
        notInUse,
        verdicts,
        basis,
        operators,
        domains,
        grades,
        inputs,
      } = assessment;
      assert.equal(examined + setAside + notInUse, rows.length);
      assert.equal(assessment.examined, examined + setAside);
      assert.equal(inputs.find(({ file }) => file === "elements/elements.csv")?.rows, rows.length);
      assert.equal(
        assessment.problems.reduce((sum, problem) => sum + problem.rows, 0),
        setAside,
      );
      const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
      const all = sum(verdicts);
      const lines = csv.trimEnd().split("\n").slice(1);
      assert.equal(lines.length, all);
      assert.equal(sum(basis), all);
      assert.equal(lines.filter((line) => line.includes(",undecided,input,")).length, setAside);
      for (const part of [operators, domains]) {
        assert.equal(
          part.reduce((total, one) => total + sum(one.verdicts), 0),
          all - setAside,
        );
        assert.equal(
          part.reduce((total, one) => total + sum(one.basis), 0),
          all - setAside,
        );
      }
      assert.equal(sum(grades), all - setAside);
      for (const outcome of ["admitted", "refused", "undecided"] as const) {
        assert.equal(lines.filter((line) => line.split(",")[3] === outcome).length, verdicts[outcome]);
      }
    }),
  );
  await fc.assert(property, runs);
});

test("a middle edition of a register that is gone is a finding, and what it closed is open", async () => {
  const { first } = await import("../scripts/worlds/first.ts");
  const { ordersRegister } = await import("../scripts/worlds/cast.ts");
  const others = first.signed.filter(({ file }) => !file.startsWith("registers/orders"));
  const editions = [1, 2, 3].map((edition) => ordersRegister({ edition }));
  const of = (kept: readonly number[]) =>
    within({ ...first, signed: [...others, ...editions.filter((_, at) => kept.includes(at + 1))] }, assessed);
  const [whole, gap] = [await of([1, 2, 3]), await of([1, 3])];
  const codes = ({ assessment }: Answer) => assessment.findings.map(({ code }) => code);
  assert.ok(!codes(whole).includes("register-gap"));
  assert.ok(codes(gap).includes("register-gap"));
  assert.ok(whole.assessment.basis.evidence! > 0);
  assert.equal(gap.assessment.basis.evidence, undefined);
});
