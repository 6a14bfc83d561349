import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { reportJunit } from "../src/reports/junit.ts";
import { manyRefused, reportData } from "./kit/pipeline-data.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (text: string) =>
  text.replace(/&(\w*);?/g, (whole, name: string) => {
    assert.ok(whole.endsWith(";") && name in entities, `an entity that XML does not know: ${whole}`);
    return entities[name]!;
  });

/** Reads the XML that we write, and fails on anything that is not well-formed or not allowed (XML 1.0, 2.2). */
function parse(xml: string): Node {
  assert.doesNotMatch(xml, /(?!\n)\p{Cc}|[\ufffe\uffff]|\p{Cs}/u);
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  assert.notEqual(body, xml, "no declaration");
  const document: Node = { name: "", attributes: {}, children: [], text: "" };
  const open = [document];
  for (const [part, close, name, attributes, empty, text] of body.matchAll(
    /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)|</gi,
  )) {
    const top = open.at(-1)!;
    assert.notEqual(part, "<", `a stray \`<\` in ${top.name}`);
    if (text !== undefined) {
      assert.ok(!text.includes("]]>"));
      top.text += plain(text);
    } else if (close) assert.equal(open.pop()!.name, name);
    else {
      const pairs = [...(attributes ?? "").matchAll(/ ([a-z]+)="([^"]*)"/gi)].map(([, key, value]) => [
        key!,
        plain(value!),
      ]);
      assert.equal(new Set(pairs.map(([key]) => key)).size, pairs.length, "an attribute twice");
      const node: Node = { name: name!, attributes: Object.fromEntries(pairs), children: [], text: "" };
      top.children.push(node);
      if (!empty) open.push(node);
    }
  }
  assert.equal(open.length, 1, "not closed");
  assert.equal(document.children.length, 1);
  return document.children[0]!;
}

const named = (node: Node, name: string) => node.children.filter((child) => child.name === name);
const failureOf = (node: Node) => named(node, "failure")[0];

/** The counts of a suite are those of its cases, and nothing is skipped. */
function check(suites: Node): void {
  const sum = (what: string) =>
    named(suites, "testsuite").reduce((total, suite) => total + Number(suite.attributes[what]), 0);
  assert.deepEqual(
    [sum("tests"), sum("failures")],
    [Number(suites.attributes.tests), Number(suites.attributes.failures)],
  );
  for (const suite of named(suites, "testsuite")) {
    const cases = named(suite, "testcase");
    assert.deepEqual(
      [cases.length, cases.filter(failureOf).length],
      [Number(suite.attributes.tests), Number(suite.attributes.failures)],
    );
    assert.ok(cases.every((one) => named(one, "skipped").length === 0));
    assert.ok(cases.every((one) => one.attributes.name && one.attributes.classname));
  }
}

const casesOf = (suites: Node) => named(suites, "testsuite").flatMap((suite) => named(suite, "testcase"));

test("a test for each rule, and a failing one for each element it stands against; nothing undecided passes", () => {
  const suites = parse(reportJunit(reportData));
  check(suites);
  assert.deepEqual(
    named(suites, "testsuite").map(({ attributes }) => [attributes.name, attributes.tests, attributes.failures]),
    [
      ["house v1: House rules", "5", "3"],
      ["not decided or not listed", "2", "2"],
    ],
  );
  assert.deepEqual(
    casesOf(suites).map((one) => [one.attributes.classname, failureOf(one)?.attributes.type ?? one.children[0]?.text]),
    [
      ["house.H-1", "does not stand against 2 of 5 verdicts"],
      ["house.H-2", "does not stand against 5 of 5 verdicts"],
      ["house.H-1", "refused"],
      ["house.H-2", "undecided"],
      ["house.engine", "undecided"],
      ["input", "undecided"],
      ["not-listed", "undecided"],
    ],
  );
});

test("what is not listed is one failing test that counts it", () => {
  const suites = parse(reportJunit(manyRefused(6000)));
  check(suites);
  const last = casesOf(suites).at(-1)!;
  assert.match(failureOf(last)!.text, /^1 102 more objections/);
  assert.equal(casesOf(suites).filter(failureOf).length, 5001);
});

test("whatever things are called, the XML is well-formed and says the same", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
    fc.constantFrom("]]>", "<!--", "&#0;", "\ud800", "\u0000", "\uffff", "a\nb"),
  );
  fc.assert(
    fc.property(name, name, (element, operator) => {
      const rows = reportData.elements.rows.map((row) => ({ ...row, element, operator }));
      const problems = reportData.assessment.problems.map((problem) => ({
        ...problem,
        message: element,
        hint: operator,
      }));
      const assessment = { ...reportData.assessment, title: element, problems };
      const suites = parse(reportJunit({ ...reportData, assessment, elements: { total: rows.length, rows } }));
      check(suites);
      assert.equal(casesOf(suites).length, 7);
      if (/^[\w<>&"']+$/.test(element + operator))
        assert.ok(casesOf(suites).some((one) => one.attributes.name === `${element} of ${operator}`));
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("the example network as JUnit: a failing test for each verdict that is not admitted", async () => {
  const { code, out, err } = await runIn(root, ["assess", "examples/first", "--output", "junit"]);
  assert.equal(code, 0, err);
  const suites = parse(out);
  check(suites);
  const failing = casesOf(suites).filter(failureOf);
  const { refused, undecided } = Object.fromEntries(
    named(named(suites, "testsuite")[0]!, "properties")[0]!.children.map(({ attributes }) => [
      attributes.name!,
      attributes.value!,
    ]),
  );
  assert.equal(new Set(failing.map((one) => one.attributes.name)).size, Number(refused) + Number(undecided));
});
