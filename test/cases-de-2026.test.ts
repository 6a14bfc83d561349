import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import {
  amf,
  answersTo,
  type Case,
  element,
  explanationOf,
  gateOf,
  nesas,
  orderHeader,
  statement,
  verdictOn,
} from "./kit/cases.ts";

const gnb = element("DEMO-gnb", "gNB", "DEMO-radio", "V5.1", "2023-04-03");
const draft = (transition?: string): Case => ({
  elements: [gnb],
  parameters: { criticalList: "draft-2025-10", ...(transition && { draftTransition: transition }) },
});
const router = (release: string) => element("DEMO-router-1", "transport-router", "DEMO-router", release, "2026-06-01");
const bsz = (changes = {}) =>
  nesas({ certificateId: "DEMO-BSZ-1", scheme: "BSZ", holder: "DEMO-taiga", product: "DEMO-router", ...changes });
const minorUpdate = statement(
  "update-statement",
  {
    certificateId: "DEMO-NESAS-1",
    product: "DEMO-core",
    fromRelease: "21.3",
    toRelease: "21.3.2",
    change: "minor",
  },
  { by: ["DEMO-body"], on: "2026-02-20" },
);
const certified = statement("certificate", nesas());

test("base station first used 2023, list of 2021: admitted, no-duty", async () => {
  const { assessment, of } = await answersTo({ elements: [gnb] });
  assert.equal(of("DEMO-gnb").verdict, "admitted/no-duty");
  assert.deepEqual(hanging(assessment, "criticalList"), { "draft-2025-10": 1, "ordinance-56-6": 1 });
});

test("the same under the draft list: what the parameter says about transition, with the count that hangs on it", async () => {
  const { assessment, of } = await answersTo(draft());
  assert.equal(of("DEMO-gnb").verdict, "undecided/missing");
  assert.equal(of("DEMO-gnb").bases, "missing;no-scheme");
  assert.deepEqual(hanging(assessment, "draftTransition"), { "existing-exempt": 1, none: 1, "statutory-year": 1 });
  assert.equal(await verdictOn(draft("existing-exempt")), "admitted/earlier-regime");
  assert.equal(await verdictOn(draft("none")), "undecided/no-scheme");
});

test("AMF certified as 21.3, running 21.3.2: under NESAS with update statement admitted", async () => {
  const answers = await answersTo({ elements: [amf("21.3.2", "2026-03-02")], evidence: [certified, minorUpdate] });
  assert.equal(answers.of("DEMO-amf").verdict, "admitted/evidence");
});

test("AMF certified as 21.3, running 21.3.2: without update statement undecided/identity", async () => {
  const given = { elements: [amf("21.3.2", "2026-03-02")], evidence: [certified] };
  const { of } = await answersTo(given);
  assert.equal(of("DEMO-amf").verdict, "undecided/identity");
  assert.equal(of("DEMO-amf").rules, "DE-CERT-2;DE-CERT-3");
  assert.equal(of("DEMO-amf").who, "body");
  const [chain] = (await explanationOf(given, "DEMO-amf")).operators[0]?.chains ?? [];
  assert.deepEqual(
    chain?.change.actions?.map(({ id }) => id),
    ["confirm-update"],
  );
});

test("a digest is read in either case and after `sha256:`; one that is none sets its record aside", async () => {
  const manifest = createHash("sha256").update("manifest of DEMO-core@21.3").digest("hex");
  const written = {
    plain: manifest,
    upper: manifest.toUpperCase(),
    prefixed: `sha256:${manifest}`,
    blank: ` SHA256:${manifest.toUpperCase()} `,
    other: `sha256:${"0".repeat(64)}`,
    short: manifest.slice(1),
    wrong: `sha512:${manifest}`,
    word: "unknown",
  };
  const elements = Object.entries(written).map(([id, digest]) => amf("other text", "2026-03-02", { id, digest }));
  const { of, assessment } = await answersTo({ elements, evidence: [certified] });
  const verdicts = Object.keys(written).map((id) => of(id).verdict);
  const [same, other, input] = ["admitted/evidence", "refused/rule", "undecided/input"];
  assert.deepEqual(verdicts, [same, same, same, same, other, input, input, input]);
  const told = assessment.problems.filter(({ message }) => message.includes("a SHA-256 as 64 hex digits"));
  assert.deepEqual(
    told.map(({ record }) => record),
    ["short", "wrong", "word"],
  );
  const lines = Object.values(written).map((digest, at) => {
    return `${at},DEMO-north,DEMO-nordwerk,DEMO-core,other text,AMF,1,${digest}`;
  });
  const { lines: judged } = await gateOf({ elements: [], evidence: [certified] }, lines, {}, `${orderHeader},digest`);
  const basis = judged.map((line) => `${line.outcome}/${line.basis}`);
  assert.deepEqual(basis.slice(0, 5), [same, same, same, same, other]);
  assert.deepEqual(basis.slice(5), [input, input, input]);
});

test("a signed statement that the update is major refuses it", async () => {
  const major = {
    ...minorUpdate,
    says: { ...minorUpdate.says, predicate: { ...minorUpdate.says.predicate, change: "major" } },
  };
  const given = { elements: [amf("21.3.2", "2026-03-02")], evidence: [certified, major] };
  assert.equal(await verdictOn(given), "refused/rule");
});

test("transport router, BSZ certificate for 21.3, running 21.3.2: refused with a complete register of certificates, else undecided/identity", async () => {
  const given = { elements: [router("21.3.2")], evidence: [statement("certificate", bsz())] };
  const { of } = await answersTo(given);
  assert.equal(of("DEMO-router-1").verdict, "refused/rule");
  assert.equal(of("DEMO-router-1").rules, "DE-CERT-2;DE-CERT-3");
  assert.equal(await verdictOn({ ...given, registers: { certificates: null } }), "undecided/identity");
});

test("a certificate for exactly what runs admits: BSZ for a router, NESAS CCS-GI for a core function", async () => {
  const { of } = await answersTo({
    elements: [amf("21.3", "2026-03-02"), router("21.3")],
    evidence: [certified, statement("certificate", bsz(), { on: "2026-01-16" })],
  });
  assert.equal(of("DEMO-amf").verdict, "admitted/evidence");
  assert.equal(of("DEMO-amf").grade, "issuer");
  assert.equal(of("DEMO-router-1").verdict, "admitted/evidence");
});

test("the scheme must fit the function: BSZ does not certify an AMF, nor NESAS CCS-GI a router", async () => {
  const swapped = [
    statement("certificate", nesas({ scheme: "BSZ" })),
    statement("certificate", bsz({ scheme: "NESAS-CCS-GI" }), { on: "2026-01-16" }),
  ];
  const { of } = await answersTo({ elements: [amf("21.3", "2026-03-02"), router("21.3")], evidence: swapped });
  assert.equal(of("DEMO-amf").rules, "DE-CERT-1;DE-CERT-2;DE-CERT-3");
  assert.equal(of("DEMO-amf").verdict, "refused/rule");
  assert.equal(of("DEMO-router-1").verdict, "refused/rule");
});

test("a certificate tested against the document of another function is none for this one", async () => {
  const forUpf = statement("certificate", nesas({ documents: ["TS 33.513"] }));
  assert.equal(await verdictOn({ elements: [amf("21.3", "2026-03-02")], evidence: [forUpf] }), "refused/rule");
});

test("a plain NESAS report (a test result) is no certificate", async () => {
  const report = statement(
    "test-result",
    { result: "PASSED", configuration: [{ name: "TS 33.512" }], passedTests: ["TS 33.512"] },
    {
      by: ["DEMO-lab"],
      on: "2026-02-01",
      subject: { name: "DEMO-core@21.3", digest: { sha256: "a".repeat(64) } },
    },
  );
  const config = { compare: [{ pack: "de-2019" }] };
  const { assessment, of } = await answersTo({ elements: [amf("21.3", "2026-03-02")], evidence: [report], config });
  assert.equal(assessment.evidence.statements, 6, "five registers and the report");
  assert.equal(of("DEMO-amf").rules, "DE-CERT-1;DE-CERT-2;DE-CERT-3");
  assert.equal(of("DEMO-amf").verdict, "refused/rule");
  // The announcement of 2019 asked for a test, whatever the scheme: there the report counts.
  assert.deepEqual(assessment.packs[1]?.verdicts, { admitted: 0, refused: 0, undecided: 1 });
});

test("management system: undecided/no-scheme, counted apart", async () => {
  const manager = element("DEMO-manager", "RAN-management", "DEMO-radio-manager", "V9", "2026-02-02");
  const { assessment, of } = await answersTo({ elements: [manager, amf("21.3", "2026-03-02")] });
  assert.equal(of("DEMO-manager").verdict, "undecided/no-scheme");
  assert.equal(of("DEMO-manager").who, "nobody");
  assert.equal(assessment.nobodyCanAct, 1);
  assert.equal(assessment.verdicts.undecided, 1);
});

test("NSSF: its class has a scheme but the function no requirement document: undecided/no-scheme", async () => {
  const nssf = element("DEMO-nssf", "NSSF", "DEMO-core", "21.3", "2026-03-02");
  assert.equal(await verdictOn({ elements: [nssf], evidence: [certified] }), "undecided/no-scheme");
});

test("one element with two functions answers for both: the worse counts", async () => {
  const both = element("DEMO-both", "AMF;NSSF", "DEMO-core", "21.3", "2026-03-02");
  const { of } = await answersTo({ elements: [both], evidence: [certified] });
  assert.equal(of("DEMO-both").verdict, "undecided/no-scheme");
});

test("AMF first used March 2026 with a complete register of certificates that does not hold it: refused", async () => {
  const given = { elements: [amf("21.3", "2026-03-02")] };
  const { of } = await answersTo(given);
  assert.equal(of("DEMO-amf").verdict, "refused/rule");
  assert.equal(of("DEMO-amf").rules, "DE-CERT-1;DE-CERT-2;DE-CERT-3");
  assert.equal(await verdictOn({ ...given, registers: { certificates: null } }), "undecided/missing");
});

test("registers of the bodies close the world only if they cover every admissible scheme", async () => {
  const bodyRegister = (schemes: readonly string[]) =>
    statement(
      "register",
      {
        register: "certificates",
        schemes,
        edition: 1,
        complete: true,
        asOf: "2026-11-10",
        nextDue: "2027-01-31",
        count: 0,
        entries: [],
      },
      { on: "2026-11-10", file: "registers/body.json" },
    );
  const given = (schemes: readonly string[]): Case => ({
    elements: [amf("21.3", "2026-03-02")],
    registers: { certificates: null },
    evidence: [bodyRegister(schemes)],
  });
  assert.equal(await verdictOn(given(["NESAS-CCS-GI", "BSZ"])), "refused/rule");
  assert.equal(await verdictOn(given(["BSZ"])), "undecided/missing");
});

test("a withdrawn certificate refuses, and the same signer's withdrawal is no contest", async () => {
  const withdrawn = statement("certificate", nesas({ status: "withdrawn", withdrawn: "2026-09-01" }), {
    on: "2026-09-01",
  });
  const given = { elements: [amf("21.3", "2026-03-02")], evidence: [certified, withdrawn] };
  const { of } = await answersTo(given);
  assert.equal(of("DEMO-amf").verdict, "refused/rule");
  assert.equal(of("DEMO-amf").rules, "DE-CERT-3", "it was in term at first use");
  assert.equal(await verdictOn(given, { knownAt: "2026-08-31", asOf: "2026-08-31" }), "undecided/missing");
});

test("a failed test after the certificate makes it contested", async () => {
  const failed = statement(
    "test-result",
    { result: "FAILED", configuration: [{ name: "TS 33.512" }], failedTests: ["TS 33.512"] },
    { by: ["DEMO-lab"], on: "2026-07-01", subject: { name: "DEMO-core@21.3", digest: { sha256: "b".repeat(64) } } },
  );
  const { of } = await answersTo({ elements: [amf("21.3", "2026-03-02")], evidence: [certified, failed] });
  assert.equal(of("DEMO-amf").verdict, "undecided/contested");
});

test("equal digests settle the release whatever its text says, and differing ones refuse it", async () => {
  const digest = "c".repeat(64);
  const subject = { name: "DEMO-core@21.3", digest: { sha256: digest } };
  const signed = statement("certificate", nesas(), { subject });
  const { of } = await answersTo({
    elements: [
      amf("R21.3-de", "2026-03-02", { digest }),
      amf("21.3", "2026-03-02", { id: "DEMO-other", digest: "d".repeat(64) }),
    ],
    evidence: [signed],
  });
  assert.equal(of("DEMO-amf").verdict, "admitted/evidence");
  assert.equal(of("DEMO-other").verdict, "refused/rule");
});

test("an operator without increased risk has no duty; where that is not known, nothing is claimed", async () => {
  const operator = (increased_risk: string | undefined) => ({
    operators: [{ id: "DEMO-north", name: "DEMO Nordnetz GmbH", increased_risk }],
  });
  const elements = [amf("21.3", "2026-03-02")];
  assert.equal(await verdictOn({ elements, tables: operator("no") }), "admitted/no-duty");
  assert.equal(await verdictOn({ elements, tables: operator(undefined) }), "undecided/missing");
});

test("an element whose function is not named, or not known, is never admitted", async () => {
  const { of } = await answersTo({
    elements: [
      amf("21.3", "2026-03-02", { id: "DEMO-unnamed", functions: undefined }),
      amf("21.3", "2026-03-02", { id: "DEMO-strange", functions: "core box" }),
    ],
    evidence: [certified],
  });
  assert.equal(of("DEMO-unnamed").verdict, "undecided/missing");
  assert.equal(of("DEMO-strange").verdict, "undecided/missing");
});

test("deploy needs a certificate valid on the day, whatever holds for equipment in operation", async () => {
  const given = {
    elements: [amf("21.3", "2026-03-02")],
    evidence: [certified],
    parameters: { lapse: "admitted", certifiedLate: "admitted" },
  };
  const line = "amf,DEMO-north,DEMO-nordwerk,DEMO-core,21.3,AMF,1";
  const day = async (asOf: string) => {
    const { lines } = await gateOf(given, [line], { asOf });
    return `${lines[0]?.outcome}/${lines[0]?.basis}`;
  };
  assert.equal(await day("2028-01-14"), "admitted/evidence");
  assert.equal(await day("2028-01-15"), "refused/rule");
});

/** Other values of a parameter, and the verdicts that hang on each. */
function hanging({ packs }: Awaited<ReturnType<typeof answersTo>>["assessment"], name: string) {
  return packs[0]?.parameters.find((parameter) => parameter.name === name)?.hanging;
}
