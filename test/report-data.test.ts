/** The data of a report: what `explain` says of the examples, every verdict counted, and bounded whatever the network. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Assessment } from "../src/model/assessment.ts";
import type { Explained } from "../src/model/explanation.ts";
import type { ReportData } from "../src/model/report-data.ts";
import { type AssessOptions, assess } from "../src/tasks/assess.ts";
import { explain } from "../src/tasks/explain.ts";
import { mostChains, mostElements, mostOfMany, mostPoints } from "../src/tasks/report.ts";
import { amf, type Case, inWorld, nesas, shellIn, statement, worldOf } from "./kit/cases.ts";

const examples = join(import.meta.dirname, "..", "examples");

async function reportIn(root: string, options: AssessOptions = {}): Promise<ReportData> {
  const { report } = await assess(shellIn(root), { report: true, ...options });
  assert.ok(report);
  return report;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** What holds of every report: each verdict is in it once, and each reference leads somewhere. */
function checkWhole({ assessment, kinds, sites, elements, chains, facts, rules, darkness }: ReportData): void {
  const { verdicts, basis, setAside, usesSetAside } = assessment;
  const unread = setAside + usesSetAside;
  const all = sum(Object.values(verdicts));
  for (const kind of kinds) assert.equal(kind.verdicts, basis[kind.basis], kind.basis);
  assert.equal(sum(kinds.map((kind) => kind.verdicts)), all);
  assert.equal(sites.placed + sites.unplaced, all - unread);
  assert.equal(sum(sites.points.flatMap(({ counts }) => counts)), sites.placed);
  assert.equal(sum(sites.regions.flatMap(({ counts }) => counts)), all - unread);
  for (const { counts } of [...sites.points, ...sites.regions]) assert.equal(counts.length, kinds.length);
  assert.equal(elements.total, all - unread);
  for (const { operator, domain, chain } of elements.rows) {
    if (chain === undefined) continue;
    assert.deepEqual([chains.rows[chain]?.operator, chains.rows[chain]?.domain], [operator, domain]);
  }
  assert.deepEqual(
    chains.rows.map(({ kind }) => kind),
    chains.rows.map(({ kind }) => kind).sort((a, b) => a - b),
  );
  const known = new Set(rules.map(({ pack, id }) => `${pack} ${id}`));
  for (const { verdicts: own } of chains.rows) {
    for (const { pack, rules: answers, facts: places } of own) {
      for (const { id } of answers) assert.ok(known.has(`${pack} ${id}`), id);
      for (const place of places) assert.ok(facts[place], `fact ${place}`);
    }
  }
  assert.equal(new Set(facts.map((fact) => JSON.stringify(fact))).size, facts.length);
  checkDarkness(darkness, assessment.outage);
}

/** The sites on the map of an outage are those that its numbers count. */
function checkDarkness({ scenarios, points, unplaced }: ReportData["darkness"], outage: Assessment["outage"]): void {
  assert.ok(scenarios.length <= 6 && points.length <= mostPoints);
  assert.equal(new Set(scenarios.map((at) => outage.scenarios[at]!.suspect)).size, scenarios.length);
  for (const [place, at] of scenarios.entries()) {
    const { before, served } = outage.scenarios[at]!.rows[0]!.sites;
    assert.equal(sum(points.map(({ sites }) => sites)) + unplaced, before);
    const [dark, mayBe] = [sum(points.map((one) => one.dark[place]!)), sum(points.map((one) => one.mayBeDark[place]!))];
    assert.ok(dark <= before - served.most && before - served.most <= dark + unplaced, `${dark} of ${before}`);
    assert.ok(mayBe <= before - served.least && before - served.least <= mayBe + unplaced, `${mayBe} of ${before}`);
  }
}

for (const name of ["first", "shared-core"]) {
  test(`examples/${name}: each chain is what \`explain\` says of its example`, async () => {
    const root = join(examples, name);
    const data = await reportIn(root);
    checkWhole(data);
    assert.equal(data.chains.rows.length, data.chains.total);
    for (const chain of data.chains.rows) {
      const { operators } = await explain(shellIn(root), chain.example);
      const own = operators.find(({ operator }) => operator === chain.operator);
      assert.ok(own, chain.example);
      const { outcome, basis } = data.kinds[chain.kind]!;
      assert.deepEqual([outcome, basis, chain.bases], [own.outcome, own.basis, own.bases]);
      assert.deepEqual(
        chain.verdicts.map((verdict) => asTold(data, verdict)),
        own.chains.map(asExplained),
      );
    }
    for (const { element, chain } of data.elements.rows) assert.ok(chain !== undefined, element);
  });
}

function asTold(data: ReportData, verdict: ReportData["chains"]["rows"][number]["verdicts"][number]) {
  const { pack, function: of, outcome, basis, why, rules, advice, change } = verdict;
  const facts = verdict.facts.map((at) => data.facts[at]!).map(({ name, sources, why: open }) => [name, sources, open]);
  return { pack, of, outcome, basis, why, rules, advice, facts, change: change ?? { remedies: [] } };
}

function asExplained({ pack, function: of, verdict, advice, definitions, facts, change }: Explained) {
  const { outcome, basis, why, rules } = verdict;
  const shown = definitions.flatMap(({ name }) => {
    const fact = facts[name];
    return fact ? [[name, fact.sources, fact.why]] : [];
  });
  return { pack, of, outcome, basis, why, rules, advice, facts: shown, change };
}

test("two runs give the same bytes, and a report changes nothing about the verdicts", async () => {
  const root = join(examples, "first");
  const [first, second] = [await reportIn(root), await reportIn(root, { report: { places: false } })];
  assert.equal(JSON.stringify(first), JSON.stringify(second));
  const { assessment, report } = await assess(shellIn(root));
  assert.equal(report, undefined);
  assert.deepEqual(first.assessment, assessment);
});

test("places are found for the elements if they are asked for", async () => {
  const { elements } = await reportIn(join(examples, "first"), { report: { places: true } });
  assert.ok(elements.rows.length > 0);
  const lines = elements.rows.map(({ place }) => place?.line ?? 0);
  assert.ok(lines.every((line) => line >= 2));
  assert.ok((await reportIn(join(examples, "first"))).elements.rows.every((row) => !("place" in row)));
});

test("facts show everything still possible, in the words of the catalogue", async () => {
  const { facts } = await reportIn(join(examples, "first"));
  const open = facts.filter(({ known }) => !known);
  assert.ok(open.length > 0);
  for (const { name, values, labels, known } of facts) {
    assert.equal(values.length, labels.length, name);
    assert.equal(values.length === 1, known, name);
  }
  const certificate = facts.find(({ name, known }) => name === "certificate" && known);
  assert.match(String(certificate?.labels[0]), /certificate|one (for|in)/);
});

/** More elements, sites and kinds of equipment than a report shows one by one. */
function manyElements(count: number, sites: number): Case {
  const elements = Array.from({ length: count }, (_, at) => ({
    ...amf(`${at % 2}.0`, at % 3 === 0 ? undefined : `20${10 + (at % 15)}-05-01`),
    id: `DEMO-${String(at).padStart(6, "0")}`,
    site: `DEMO-s${at % sites}`,
    operator: `DEMO-${at % 451}`,
    ...(at % 2 === 0 && { functions: "gNB", product: "DEMO-radio", maker: "DEMO-lotus" }),
  }));
  const places = Array.from({ length: sites }, (_, at) => ({
    id: `DEMO-s${at}`,
    latitude: 47 + (at % 127) / 20,
    longitude: 6 + (at % 131) / 15,
  }));
  const operators = Array.from({ length: 451 }, (_, at) => ({ id: `DEMO-${at}`, name: `DEMO ${at}` }));
  const registers = { certificates: null, notices: null, guarantees: null, maintenance: null };
  return { elements, registers, tables: { sites: places, operators } };
}

test("beyond its size a report shows cells, the worst elements and the largest chains, and says so", async () => {
  const count = mostElements + 1;
  await inWorld(worldOf(manyElements(count, mostPoints + 1)), async (root) => {
    const data = await reportIn(root);
    checkWhole(data);
    const { sites, elements, chains, kinds, assessment } = data;
    assert.deepEqual([elements.total, elements.rows.length], [count, mostOfMany]);
    assert.ok(chains.total > mostChains && chains.rows.length === mostChains, `${chains.total} questions`);
    assert.equal(new Set(chains.rows.map(({ kind }) => kind)).size, kinds.length);
    assert.ok(sites.cell !== null && sites.sites === mostPoints + 1 && sites.points.length <= mostPoints);
    const worst = kinds.findIndex((_, at) => sum(kinds.slice(0, at + 1).map((kind) => kind.verdicts)) >= mostOfMany);
    const shown = new Set(
      elements.rows.flatMap(({ chain }) => (chain === undefined ? [] : [chains.rows[chain]!.kind])),
    );
    assert.ok([...shown].every((kind) => kind <= worst));
    assert.ok(assessment.due.length <= 500);
    assert.ok(JSON.stringify(data).length < 30_000_000);
  });
});

test("a map that cannot be read is a problem, and the verdicts stand", async () => {
  const given = { elements: [amf("21.3", "2026-03-02")], files: { "map.geojson": '{"type":"FeatureCollection"}' } };
  await inWorld(worldOf(given), async (root) => {
    const { outline, assessment } = await reportIn(root);
    assert.deepEqual(outline, []);
    assert.deepEqual(
      assessment.problems.map(({ code, place }) => [code, place.file]),
      [["wrong-shape", "map.geojson"]],
    );
    assert.equal(
      assessment.inputs.some(({ file }) => file === "map.geojson"),
      true,
    );
    assert.equal(sum(Object.values(assessment.verdicts)), 1);
  });
});

test("what falls due is listed by day: terms, registers, exceptions and rules", async () => {
  const evidence = [
    statement("certificate", nesas()),
    statement("certificate", nesas({ certificateId: "DEMO-NESAS-2", release: "9", until: undefined }), {
      file: "evidence/2.json",
    }),
    statement("certificate", nesas({ certificateId: "DEMO-OLD", issued: "2022-01-01", until: "2023-12-31" }), {
      file: "evidence/3.json",
    }),
    statement("certificate", nesas({ certificateId: "DEMO-TAKEN", status: "withdrawn", withdrawn: "2026-05-01" }), {
      file: "evidence/4.json",
    }),
    statement("certificate", nesas({ certificateId: "DEMO-OTHER", scheme: "DEMO-unknown", until: undefined }), {
      file: "evidence/5.json",
    }),
  ];
  const elements = [amf("21.3", "2026-03-02"), amf("21.3", "2026-03-02", { id: "DEMO-amf-2" })];
  await inWorld(worldOf({ elements, evidence }), async (root) => {
    const { assessment } = await assess(shellIn(root));
    const { due } = assessment;
    assert.deepEqual(
      due
        .filter(({ kind }) => kind === "certificate")
        .map(({ day, id, elements: count, file }) => [day, id, count, file]),
      [
        ["2028-01-14", "DEMO-NESAS-1", 2, "evidence/certificate-DEMO-body-2026-01-15.json"],
        ["2028-01-15", "DEMO-NESAS-2", 0, "evidence/2.json"],
      ],
    );
    assert.ok(due.some(({ kind, id, day }) => kind === "register" && id.startsWith("orders") && day === "2027-01-31"));
    const rule = due.find(({ kind }) => kind === "rule");
    assert.ok(rule === undefined || /^packs\/de-2026\//.test(rule.file));
    const names = due.map(({ day, kind, id }) => `${day} ${kind} ${id}`);
    assert.deepEqual(names, [...names].sort());
    assert.ok(due.every(({ day }) => day >= "2025-10-16" && day <= "2031-11-20"));
  });
});

test("more than five hundred days due are counted in a finding", async () => {
  const evidence = Array.from({ length: 520 }, (_, at) =>
    statement("certificate", nesas({ certificateId: `DEMO-${at}` }), { file: `evidence/${at}.json` }),
  );
  await inWorld(worldOf({ elements: [amf("21.3", "2026-03-02")], evidence }), async (root) => {
    const { due, findings } = (await assess(shellIn(root))).assessment;
    assert.equal(due.length, 500);
    assert.match(findings.find(({ code }) => code === "more-due")?.title ?? "", /^\d+ more days/);
  });
});
