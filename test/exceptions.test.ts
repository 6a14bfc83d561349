/**
 * Exceptions: two approvers let equipment pass rules that stand against it, and what holds without stays visible. All
 * parties and evidence are invented.
 */
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Assessment } from "../src/model/assessment.ts";
import { assessmentText } from "../src/reports/assessment-text.ts";
import { explanationText } from "../src/reports/explanation-text.ts";
import { gateText } from "../src/reports/gate-text.ts";
import { type AssessOptions, assess } from "../src/tasks/assess.ts";
import { amf, type Case, element, explanationOf, gateOf, inWorld, shellIn, statement, worldOf } from "./kit/cases.ts";
import { type Signatory, type Signed, temporaryWorld, type World } from "./kit/world.ts";

type Fields = Readonly<Record<string, unknown>>;
const plain = { colour: false };
const approvers: readonly Signatory[] = [
  { id: "DEMO-authority-1", party: "DEMO agency", role: "authority" },
  { id: "DEMO-authority-2", party: "DEMO agency", role: "authority" },
  { id: "DEMO-north-2", party: "DEMO-north", role: "operator" },
];
const both = ["DEMO-authority-1", "DEMO-authority-2"];
const certRules = ["DE-CERT-1", "DE-CERT-2", "DE-CERT-3"];

const operatorRules = ["DE19-ACCESS", "DE19-INSIDE"];

/** An exception from the certificate duties for all of `DEMO-north`, signed by two of the agency, unless told otherwise. */
function exception(
  changes: Fields = {},
  by: readonly string[] = both,
  on = "2026-10-01",
  file = `evidence/exception-${changes.exceptionId ?? "DEMO-E1"}-${on}.json`,
): Signed {
  const predicate = {
    exceptionId: "DEMO-E1",
    pack: "de-2026",
    rules: certRules,
    scope: { operators: ["DEMO-north"] },
    reason: "an invented reason",
    owner: "an invented owner",
    until: "2027-06-30",
    ...changes,
  };
  return statement("exception", predicate, { by, on, file });
}

/** An AMF without certificate: refused by three rules. */
const uncertified: Case = { elements: [amf("21.3", "2026-03-02")], keys: approvers };
const excepted = (...evidence: readonly Signed[]): Case => ({ ...uncertified, evidence });

interface Result {
  readonly assessment: Assessment;
  readonly rows: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

async function assessed(given: Case, options: AssessOptions = {}): Promise<Result> {
  return inWorld(worldOf(given), async (root) => {
    const csv = join(root, "out.csv");
    const { assessment, engineFailed } = await assess(shellIn(root), { ...options, csv });
    assert.equal(engineFailed, false);
    const [head = "", ...lines] = readFileSync(csv, "utf8").replaceAll('""', "").trimEnd().split("\n");
    const names = head.split(",");
    const rows = lines.map((line) => Object.fromEntries(line.split(",").map((cell, at) => [names[at] ?? "", cell])));
    return { assessment, rows: Object.fromEntries(rows.map((row) => [row.element, row])) };
  });
}

const states = ({ exceptions }: Assessment) => exceptions.map(({ id, state }) => `${id} ${state}`);
const codes = ({ findings }: Assessment) => findings.map(({ code }) => code).filter((code) => /exception/.test(code));

test("an exception admits, and what holds without it stands in the JSON, the CSV and the text", async () => {
  const { assessment, rows } = await assessed(excepted(exception()));
  const row = rows["DEMO-amf"];
  assert.deepEqual(
    [row?.outcome, row?.basis, row?.exceptions, row?.underlying, row?.rules],
    ["admitted", "exception", "DEMO-E1", "refused/rule", ""],
  );
  assert.deepEqual(assessment.basis, { exception: 1 });
  assert.deepEqual(assessment.underlying, { admitted: 0, refused: 1, undecided: 0 });
  assert.deepEqual(assessment.exceptions, [
    {
      id: "DEMO-E1",
      pack: "de-2026",
      rules: certRules,
      reason: "an invented reason",
      owner: "an invented owner",
      until: "2027-06-30",
      file: "evidence/exception-DEMO-E1-2026-10-01.json",
      approvers: both,
      state: "in-force",
      verdicts: 1,
      underlying: { admitted: 0, refused: 1, undecided: 0 },
    },
  ]);
  assert.deepEqual(codes(assessment), []);
  const text = assessmentText(assessment, plain);
  assert.match(text, /admitted +1 +100\.0 % +1 exception/);
  assert.match(text, /Exceptions: rules that two approvers waived\n {2}without them: 1 refused\n/);
  assert.match(text, /DEMO-E1: in force until 2027-06-30, admits 1 verdict, else 1 refused/);
  assert.match(text, /owner an invented owner; approved by DEMO-authority-1, DEMO-authority-2/);
});

test("without the exception it is refused, and no report speaks of exceptions", async () => {
  const { assessment, rows } = await assessed(uncertified);
  assert.deepEqual([rows["DEMO-amf"]?.outcome, rows["DEMO-amf"]?.exceptions], ["refused", ""]);
  assert.deepEqual([assessment.exceptions, assessment.underlying], [[], assessment.verdicts]);
  assert.doesNotMatch(assessmentText(assessment, plain), /xception/);
});

test("an admission by exception is not green", async () => {
  const { assessment } = await assessed(excepted(exception()));
  const lines = assessmentText(assessment, { colour: true }).split("\n");
  assert.ok(lines.some((line) => line.includes("\u001b[33m1 exception")));
});

test("explain shows the exception, the rules it waives, what holds without it and how to do without it", async () => {
  const explanation = await explanationOf(excepted(exception()), "DEMO-amf");
  const [operator] = explanation.operators;
  assert.deepEqual(operator?.underlying, { outcome: "refused", basis: "rule", reasons: certRules });
  assert.deepEqual(
    operator?.chains[0]?.change.actions?.map(({ id }) => id),
    (await explanationOf(uncertified, "DEMO-amf")).operators[0]?.chains[0]?.change.actions?.map(({ id }) => id),
  );
  const text = explanationText(explanation, plain);
  assert.match(text, /\+ DEMO-north: admitted \(exception\)/);
  assert.match(text, /with exception DEMO-E1 \(until 2027-06-30\); without it refused\/rule, because of DE-CERT-1,/);
  assert.match(text, /x DE-CERT-1 \(duty\) fires, waived; required/);
  assert.match(text, /least change that would admit it without an exception/);
  assert.match(text, /exception DEMO-E1, until 2027-06-30: waives DE-CERT-1, DE-CERT-2, DE-CERT-3 of de-2026/);
});

test("gate: an exception for the action admits a line, which says so; one for another action does not", async () => {
  const line = ["one,DEMO-north,DEMO-nordwerk,DEMO-core,21.3,AMF,1"];
  const given = (changes = {}) => ({ ...excepted(exception(changes)) });
  const result = await gateOf(given({ actions: ["deploy"] }), line);
  const [bought] = result.lines;
  assert.deepEqual([bought?.outcome, bought?.basis, bought?.until], ["admitted", "exception", "2027-06-30"]);
  assert.deepEqual([bought?.exceptions, bought?.underlying?.outcome], [["DEMO-E1"], "refused"]);
  assert.match(gateText(result, plain), /with exception DEMO-E1 \(until 2027-06-30\); without it refused\/rule/);
  assert.equal((await gateOf(given({ actions: ["operate"] }), line)).lines[0]?.outcome, "refused");
  const operated = await assessed(given({ actions: ["deploy"] }));
  assert.deepEqual(
    [operated.rows["DEMO-amf"]?.outcome, states(operated.assessment)],
    ["refused", ["DEMO-E1 in-force"]],
  );
  const named = (elements: readonly string[]) => given({ scope: { elements } });
  assert.equal(
    (await gateOf(named(["DEMO-amf"]), line)).lines[0]?.outcome,
    "refused",
    "an element that is there already",
  );
  assert.equal((await gateOf(named(["one"]), line)).lines[0]?.outcome, "admitted", "the line itself");
  const namesake = ["DEMO-amf,DEMO-north,DEMO-nordwerk,DEMO-core,99,AMF,1000"];
  assert.equal(
    (await gateOf(named(["DEMO-amf"]), namesake)).lines[0]?.outcome,
    "refused",
    "a line that took the name of an element with an exception",
  );
});

test("14 F: an exception given to one order line is that line's alone, however its name is written", async () => {
  const given = (changes = {}) => ({ ...excepted(exception({ scope: { elements: ["one"] } })), ...changes });
  const line = (name: string) => `${name},DEMO-north,DEMO-nordwerk,DEMO-core,21.3,AMF,1`;
  for (const other of ["one ", " one", "\tone", "one\u00a0", "\u2003one\ufeff"]) {
    const { lines, verdicts } = await gateOf(given(), [line("one"), line(`"${other}"`)]);
    assert.equal(verdicts.admitted, 0, JSON.stringify(other));
    assert.deepEqual([lines[0]?.outcome, lines[1]?.outcome], ["undecided", "undecided"]);
  }
  const [upper] = (await gateOf(given(), [line("ONE")])).lines;
  assert.equal(upper?.outcome, "refused", "another case is another name");
  for (const status of ["retired", "planned"]) {
    const elements = [amf("21.3", "2062-01-01", { id: "one", status }), amf("21.3", "2026-03-02")];
    const [namesake] = (await gateOf(given({ elements }), [line("one")])).lines;
    assert.equal(namesake?.outcome, "refused", `a line that took the name of an element that is ${status}`);
  }
});

test("two approvers of the rule's role: one alone, one person twice, another role or a mixture do not do", async () => {
  const signings = {
    "DEMO-alone": ["DEMO-authority-1"],
    "DEMO-twice": ["DEMO-authority-1", "DEMO-authority-1"],
    "DEMO-mixture": ["DEMO-authority-1", "DEMO-north-2"],
    "DEMO-other": ["DEMO-north-security", "DEMO-north-2"],
  };
  const signed = Object.entries(signings).map(([exceptionId, by]) => exception({ exceptionId }, by));
  const { assessment, rows } = await assessed(excepted(...signed));
  assert.deepEqual([rows["DEMO-amf"]?.outcome, rows["DEMO-amf"]?.exceptions], ["refused", ""]);
  const refused = assessment.problems.filter(({ message }) =>
    /needs two different approvers of one role/.test(message),
  );
  assert.deepEqual(
    refused.map(({ place }) => place.file.replace(/.*-DEMO-(\w+)-.*/, "$1")),
    ["alone", "mixture", "twice"],
  );
  assert.deepEqual(states(assessment), ["DEMO-other not-waivable"]);
  assert.match(assessment.findings.map(({ title }) => title).join(), /`DE-CERT-1` is waived by two of role authority/);
});

test("one key under two ids counts for neither, so it cannot sign as two", async () => {
  const given = excepted(exception({}, ["DEMO-authority-1", "DEMO-authority-2"]));
  const world = worldOf(given);
  const again = { ...world, files: { "trust/again.yaml": againOf(world) } };
  await inWorld(again, async (root) => {
    const { assessment } = await assess(shellIn(root));
    assert.equal(assessment.verdicts.refused, 1);
    assert.match(assessment.problems.map(({ message }) => message).join(), /same public key stands in/);
  });
});

/** The entry of `DEMO-authority-1` once more under another name. */
function againOf(world: World): string {
  return inTrust(world).replace("id: DEMO-authority-1", "id: DEMO-authority-again");
}
function inTrust(world: World): string {
  const root = temporaryWorld({ ...world, keys: approvers.slice(0, 1) });
  try {
    return readFileSync(join(root, "trust/keys.yaml"), "utf8");
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("what nobody may waive, and what is no rule or pack here, has no effect at all", async () => {
  const { assessment, rows } = await assessed(
    excepted(
      exception({ exceptionId: "DEMO-E1", rules: [...certRules, "DE-41-1"] }),
      exception({ exceptionId: "DEMO-E2", rules: [...certRules, "DE-NONE"] }),
      exception({ exceptionId: "DEMO-E3", pack: "de-1999" }),
    ),
  );
  assert.deepEqual([rows["DEMO-amf"]?.outcome, rows["DEMO-amf"]?.exceptions], ["refused", ""]);
  assert.deepEqual(
    assessment.exceptions.map(({ state }) => state),
    ["not-waivable", "not-waivable", "not-waivable"],
  );
  const titles = assessment.findings.filter(({ code }) => code === "not-waivable-exception").map(({ title }) => title);
  assert.deepEqual(
    titles.map((title) => title.replace("exception DEMO-", "").replace(" has no effect", "")),
    [
      "E1: rule `DE-41-1` can be waived by nobody",
      "E2: pack `de-2026` has no rule `DE-NONE`",
      "E3: freigabe.yaml does not use the pack `de-1999`",
    ],
  );
});

test("an exception for some rules leaves the others standing", async () => {
  const { assessment, rows } = await assessed(excepted(exception({ rules: certRules.slice(0, 2) })));
  const row = rows["DEMO-amf"];
  assert.deepEqual(
    [row?.outcome, row?.rules, row?.exceptions, row?.underlying],
    ["refused", "DE-CERT-3", "DEMO-E1", "refused/rule"],
  );
  assert.equal(assessment.exceptions[0]?.verdicts, 0);
  const rest = exception({ exceptionId: "DEMO-E2", rules: ["DE-CERT-3"] });
  const together = await assessed(excepted(exception({ rules: certRules.slice(0, 2) }), rest));
  assert.deepEqual(together.rows["DEMO-amf"]?.exceptions, "DEMO-E1;DEMO-E2");
  assert.deepEqual(
    together.assessment.exceptions.map(({ verdicts }) => verdicts),
    [1, 1],
  );
});

test("it holds from the later of the day it names and the day it was signed, through its last day", async () => {
  const given = excepted(
    exception({ exceptionId: "A", until: "2026-11-20" }),
    exception({ exceptionId: "B", until: "2026-11-19" }),
    exception({ exceptionId: "C", from: "2026-11-21" }),
    exception({ exceptionId: "D", from: "2026-11-20" }),
    exception({ exceptionId: "E", from: "2026-01-01" }),
  );
  const { assessment, rows } = await assessed(given);
  assert.deepEqual(states(assessment), ["A in-force", "B expired", "C not-yet", "D in-force", "E in-force"]);
  assert.equal(rows["DEMO-amf"]?.exceptions, "A;D;E");
  const before = await assessed(given, { asOf: "2026-09-30", knownAt: "2026-11-20" });
  assert.equal(before.rows["DEMO-amf"]?.outcome, "refused", "signed on 1 October, whatever day it names");
});

test("findings: ended, about to end with what hangs on it, covering nothing", async () => {
  const { assessment } = await assessed(
    excepted(
      exception({ exceptionId: "A", until: "2026-11-01" }),
      exception({ exceptionId: "B", until: "2027-01-20" }),
      exception({ exceptionId: "C", until: "2027-01-19" }),
      exception({ exceptionId: "D", scope: { elements: ["DEMO-other"] } }),
    ),
  );
  assert.deepEqual(states(assessment), ["A expired", "B in-force", "C in-force", "D unmatched"]);
  assert.deepEqual(codes(assessment), ["ending-exception", "expired-exception", "unmatched-exception"]);
  const ending = assessment.findings.find(({ code }) => code === "ending-exception");
  assert.deepEqual([ending?.verdicts, ending?.who], [1, "authority"]);
});

test("of two statements with one id the one signed last counts, so an exception can be taken back", async () => {
  const back = exception({ until: "2026-10-31" }, both, "2026-10-31");
  const { assessment, rows } = await assessed(excepted(exception(), back));
  assert.equal(rows["DEMO-amf"]?.outcome, "refused");
  assert.deepEqual(
    assessment.exceptions.map(({ state, file }) => [state, file]),
    [["expired", back.file]],
  );
  assert.deepEqual(codes(assessment), ["expired-exception", "superseded-exception"]);
  const before = await assessed(excepted(exception(), back), { asOf: "2026-10-15", knownAt: "2026-11-20" });
  assert.equal(before.rows["DEMO-amf"]?.basis, "exception", "on a day before it was taken back");
});

const several: Case = {
  elements: [
    amf("21.3", "2026-03-02"),
    amf("21.3", "2026-03-02", { id: "DEMO-amf-2" }),
    amf("21.4", "2026-03-02", { id: "DEMO-amf-3", maker: undefined }),
    element("DEMO-gateway", "UPF", "DEMO-gateway", "9", "2026-03-02"),
    element("DEMO-strange", "UPF", "no product we know", "9", "2026-03-02", { maker: "nobody we know" }),
  ],
  keys: approvers,
};

/** Which elements each of the scopes turns something for, all in one workspace. */
async function covered(scopes: readonly object[], more: Partial<Case> = {}): Promise<readonly string[]> {
  const evidence = scopes.map((scope, at) => exception({ exceptionId: `DEMO-E${at}`, scope }));
  const { rows } = await assessed({ ...several, ...more, evidence });
  return scopes.map((_, at) =>
    Object.values(rows)
      .filter(({ exceptions = "" }) => exceptions.split(";").includes(`DEMO-E${at}`))
      .map(({ element: id }) => id?.replace("DEMO-", ""))
      .join(),
  );
}

test("scope: every part has to be shown to fit", async () => {
  const expected: readonly (readonly [scope: object, elements: string])[] = [
    [{ elements: ["DEMO-amf-2"] }, "amf-2"],
    [{ elements: ["DEMO-amf-2", "DEMO-gateway"], functions: ["UPF"] }, "gateway"],
    [{ releases: ["21.4"] }, "amf-3"],
    [{ products: ["DEMO-gateway"] }, "gateway"],
    [{ makers: ["DEMO-nordwerk"], releases: ["21.4"] }, "amf-3"],
    [{ makers: ["nobody we know"] }, ""],
    [{ products: ["no product we know"] }, ""],
    [{ operators: ["DEMO-south"] }, ""],
    [{ functions: [] }, ""],
  ];
  assert.deepEqual(
    await covered(expected.map(([scope]) => scope)),
    expected.map(([, elements]) => elements),
  );
});

test("a maker's later name fits, what its new owner makes does not", async () => {
  const succession = [{ predecessor: "DEMO-nordwerk", successor: "DEMO-taiga", day: "2026-11-01" }];
  const scopes = [
    { makers: ["DEMO-nordwerk"], releases: ["21.4"] },
    { makers: ["DEMO-taiga"], releases: ["21.4"] },
    { makers: ["DEMO-nordwerk"], functions: ["UPF"], releases: ["9"] },
  ];
  assert.deepEqual(await covered(scopes, { tables: { succession } }), ["amf-3", "amf-3", ""]);
});

test("an exception for one function of an element leaves what stands against another", async () => {
  const mixed = { elements: [amf("21.3", "2026-03-02", { functions: "AMF;UPF" })] };
  assert.deepEqual(await covered([{ functions: ["UPF"] }], mixed), [""], "as before: nothing to show");
  assert.deepEqual(await covered([{ functions: ["UPF"] }, { functions: ["AMF"] }], mixed), ["amf", "amf"]);
});

test("an operator's own approvers speak for its elements alone", async () => {
  const config: Case["config"] = { binding: [{ pack: "de-2019" }] };
  const operators = [
    { id: "DEMO-north", name: "DEMO north", increased_risk: "yes" },
    { id: "DEMO-south", name: "DEMO south", increased_risk: "yes" },
  ];
  const keys = [...approvers, { id: "DEMO-south-security", party: "DEMO-south", role: "operator" } as const];
  const elements = [amf("21.3", "2026-03-02"), amf("21.3", "2026-03-02", { id: "DEMO-amf-s", operator: "DEMO-south" })];
  const signed = exception({ pack: "de-2019", rules: operatorRules, scope: { functions: ["AMF"] } }, [
    "DEMO-north-security",
    "DEMO-north-2",
  ]);
  const { rows, assessment } = await assessed({ elements, keys, config, tables: { operators }, evidence: [signed] });
  assert.equal(assessment.exceptions[0]?.state, "in-force");
  assert.equal(rows["DEMO-amf-s"]?.exceptions, "");
  assert.notEqual(rows["DEMO-amf"]?.exceptions, "");
});

const working = (reason: string) => `- exceptionId: DEMO-E1
  pack: de-2026
  scope: { operators: [DEMO-north] }
  rules: [DE-CERT-3, DE-CERT-1, DE-CERT-2]
  owner: an invented owner
  reason: ${reason}
  until: "2027-06-30"
`;

test("the working copy has no effect; an entry that nobody signed as it stands is a finding", async () => {
  const given = (text: string, ...evidence: readonly Signed[]) => ({
    ...excepted(...evidence),
    files: { "exceptions.yaml": text },
  });
  const proposed = (await assessed(given(working("an invented reason")))).assessment;
  assert.deepEqual([codes(proposed), proposed.verdicts.refused], [["unsigned-exception"], 1]);
  assert.ok(proposed.inputs.some(({ file }) => file === "exceptions.yaml"));
  const signed = (await assessed(given(working("an invented reason"), exception()))).assessment;
  assert.deepEqual([codes(signed), signed.verdicts.admitted], [[], 1]);
  const changed = (await assessed(given(working("another reason"), exception()))).assessment;
  assert.deepEqual([codes(changed), changed.verdicts.admitted], [["unsigned-exception"], 1]);
  const broken = (await assessed(given("- exceptionId: DEMO-E1\n"))).assessment;
  assert.match(broken.problems.map(({ message }) => message).join(), /missing field `pack`/);
});

test("what is set aside is not admitted by any exception", async () => {
  const bad = amf("21.3", "2026-13-01", { id: "DEMO-bad" });
  const { assessment, rows } = await assessed({ ...excepted(exception()), elements: [amf("21.3", "2026-03-02"), bad] });
  assert.deepEqual([rows["DEMO-bad"]?.outcome, rows["DEMO-bad"]?.basis], ["undecided", "input"]);
  assert.deepEqual(assessment.underlying, { admitted: 0, refused: 1, undecided: 1 });
});
