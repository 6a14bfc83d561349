import type { ReportData } from "../model/report-data.ts";
import { completenessText } from "./completeness-text.ts";
import { headlines } from "./headlines.ts";
import { type Objection, objectionsOf, objectionText } from "./objections.ts";
import { recordedFields } from "./recorded.ts";
import { counted, printable } from "./terminal.ts";

const mostCases = 5000;

/** One test of a suite; without `failure` it passes. */
interface Case {
  readonly name: string;
  readonly className: string;
  readonly file?: string;
  readonly output?: string;
  readonly failure?: { readonly type: string; readonly message: string };
}

/**
 * An assessment as JUnit XML, as Jenkins and GitLab read it: a suite for each binding pack with a test for each rule (how
 * many verdicts it does not stand against) and a failing one for each element it does, of type `refused` or `undecided`;
 * nothing undecided is `skipped`, which pipelines take for fine. At most 5,000 failing tests; a last one counts the rest.
 */
export function reportJunit(data: ReportData): string {
  const { list, unlisted } = objectionsOf(data);
  const shown = list.slice(0, mostCases);
  const packs = data.assessment.packs.filter(({ use }) => use === "binding");
  const head = properties(data);
  const suites = packs.map(({ name, version, title }) => {
    const own = shown.filter(({ pack }) => pack === name).map((objection) => failing(data, objection));
    return suite(`${name} v${version}: ${title}`, head, [...ruleCases(data, name), ...own]);
  });
  const records = shown.filter(({ pack }) => pack === "").map((objection) => failing(data, objection));
  const rest = list.length - shown.length + unlisted;
  const beyond = [...records, ...(rest > 0 ? [notListed(rest)] : [])];
  const all = [...suites, ...(beyond.length > 0 ? [suite("not decided or not listed", head, beyond)] : [])];
  const [tests, failures] = [sum(all, "tests"), sum(all, "failures")];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: data.assessment.title, tests, failures, errors: 0, skipped: 0, time: 0 })}>`,
    ...all.map(({ xml }) => xml),
    "</testsuites>",
    "",
  ].join("\n");
}

function ruleCases({ rules, assessment }: ReportData, pack: string): readonly Case[] {
  const { refused, undecided, admitted } = assessment.verdicts;
  const total =
    refused + undecided + admitted - assessment.setAside - assessment.usesSetAside - assessment.left.verdicts;
  const own = rules.filter((rule) => rule.pack === pack && rule.kind !== "advice");
  return own.map(({ id, title }) => {
    const reason = assessment.reasons.find((one) => one.pack === pack && one.rule === id);
    const against = (reason?.refused ?? 0) + (reason?.undecided ?? 0);
    const output = `does not stand against ${total - against} of ${counted(total, "verdict")}`;
    return { name: `${id}: ${title}`, className: `${pack}.${id}`, output };
  });
}

function failing(data: ReportData, objection: Objection): Case {
  const { pack, rule, subject, operator, outcome, place } = objection;
  const title = data.rules.find((one) => one.pack === pack && one.id === rule)?.title ?? "";
  return {
    name: operator === "" || subject.endsWith(` of ${operator}`) ? subject : `${subject} of ${operator}`,
    className: pack === "" ? rule : `${pack}.${rule}`,
    file: place.file,
    failure: { type: outcome, message: objectionText(objection, title) },
  };
}

function notListed(rest: number): Case {
  const message = `${counted(rest, "more objection")} not listed here; the CSV of verdicts has all`;
  return { name: "not listed", className: "not-listed", failure: { type: "undecided", message } };
}

function suite(name: string, head: string, cases: readonly Case[]) {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const counts = attributes({ name, tests: cases.length, failures, errors: 0, skipped: 0, time: 0 });
  const xml = [`  <testsuite${counts}>`, head, ...cases.map(caseXml), "  </testsuite>"].join("\n");
  return { tests: cases.length, failures, xml };
}

function caseXml({ name, className, file, output, failure }: Case): string {
  const head = attributes({ name, classname: className, ...(file !== undefined && { file }), time: 0 });
  if (failure) {
    const { type, message } = failure;
    return `    <testcase${head}>\n      <failure${attributes({ type, message })}>${escaped(message)}</failure>\n    </testcase>`;
  }
  return `    <testcase${head}>\n      <system-out>${escaped(output ?? "")}</system-out>\n    </testcase>`;
}

function properties({ assessment }: ReportData): string {
  const { asOf, knownAt, action, examined, assessed, setAside, left, completeness, demo } = assessment;
  const { admitted, refused, undecided } = assessment.verdicts;
  const values = {
    asOf,
    knownAt,
    action,
    examined,
    assessed,
    setAside,
    left: left.verdicts,
    completeness: completenessText(completeness) ?? "vouched for",
    admitted,
    refused,
    undecided,
    admittedByException: assessment.basis.exception ?? 0,
    demo,
    ...recordedOf(assessment.recorded),
    ...headlines(assessment),
  };
  const rows = Object.entries(values).map(
    ([name, value]) => `      <property${attributes({ name, value: String(value) })}/>`,
  );
  return ["    <properties>", ...rows, "    </properties>"].join("\n");
}

function recordedOf(recorded: ReportData["assessment"]["recorded"]) {
  const fields = recordedFields(recorded);
  if (!fields) return { recorded: false };
  return { recorded: `${fields.ledger}/${fields.entry} at ${fields.time}`, receiptLeaf: fields.leaf };
}

function sum(
  suites: readonly { readonly tests: number; readonly failures: number }[],
  what: "tests" | "failures",
): number {
  return suites.reduce((total, one) => total + one[what], 0);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text as XML 1.0 allows it (2.2): control characters stand as escapes, halves of surrogates and non-characters go. */
function escaped(text: string): string {
  return printable(text.toWellFormed())
    .replace(/[\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (char) => entities[char]!);
}
