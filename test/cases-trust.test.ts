import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { operators, ordersRegister, owners, suppliers } from "../scripts/worlds/cast.ts";
import { amf, answersTo, type Case, explanationOf, nesas, statement, verdictOn } from "./kit/cases.ts";
import type { Signatory } from "./kit/world.ts";

const certified = statement("certificate", nesas());
const running = amf("21.3", "2026-03-02");

const orderEntry = {
  orderId: "DEMO-order-1",
  law: "BSIG 41(1)",
  status: "in-force",
  operators: "all",
  makers: ["DEMO-nordwerk"],
  issued: "2026-06-01",
  effective: "2026-06-15",
};
const order = (changes: Readonly<Record<string, unknown>> = {}) =>
  ordersRegister({ entries: [{ ...orderEntry, ...changes }] });

test("a core shared by two operators with an order against one of them: two verdicts", async () => {
  const south = { id: "DEMO-south", name: "DEMO Südnetz GmbH", increased_risk: "yes" };
  const { assessment, of } = await answersTo({
    elements: [running],
    evidence: [certified],
    orders: order({ operators: ["DEMO-south"] }),
    keys: [{ id: "DEMO-south-security", party: "DEMO-south", role: "operator" }],
    tables: {
      operators: [...operators, south],
      uses: [
        { operator: "DEMO-north", element: "DEMO-amf", kind: "own" },
        { operator: "DEMO-south", element: "DEMO-amf", kind: "shared" },
      ],
    },
  });
  assert.equal(of("DEMO-amf", "DEMO-north").verdict, "admitted/evidence");
  assert.equal(of("DEMO-amf", "DEMO-south").verdict, "refused/rule");
  assert.equal(of("DEMO-amf", "DEMO-south").rules, "DE-41-1");
  assert.equal(assessment.examined, 1);
  assert.deepEqual(assessment.verdicts, { admitted: 1, refused: 1, undecided: 0 });
});

test("an order reaches the operators, makers, products and functions it names, from its day on", async () => {
  const cases: Readonly<Record<string, readonly [string, Readonly<Record<string, unknown>>]>> = {
    named: ["refused/rule", {}],
    function: ["refused/rule", { makers: "all", functions: ["AMF"] }],
    otherFunction: ["admitted/evidence", { functions: ["UPF"] }],
    otherMaker: ["admitted/evidence", { makers: ["DEMO-taiga"] }],
    otherOperator: ["admitted/evidence", { operators: ["DEMO-south"] }],
    strangeOperator: ["undecided/identity", { operators: ["DEMO-west"] }],
    strangeFunction: ["undecided/identity", { functions: ["amf"] }],
    tomorrow: ["admitted/evidence", { effective: "2026-11-21" }],
    onlyDeploy: ["admitted/evidence", { actions: ["deploy"] }],
  };
  const ids = Object.keys(cases);
  const entries = ids.map((id) => ({ ...orderEntry, orderId: id, products: [id], ...cases[id]?.[1] }));
  const { of } = await answersTo({
    elements: ids.map((id) => amf("21.3", "2026-03-02", { id, product: id })),
    evidence: ids.map((id) =>
      statement("certificate", nesas({ certificateId: id, product: id }), { file: `evidence/${id}.json` }),
    ),
    orders: ordersRegister({ entries }),
    tables: {
      products: ids.map((id) => ({ id, supplier: "DEMO-nordwerk", name: id })),
      operators: [...operators, { id: "DEMO-south", name: "DEMO Suednetz GmbH" }],
    },
  });
  for (const id of ids) assert.equal(of(id).verdict, cases[id]?.[0], id);
});

test("an order against a maker whose name means nobody here leaves it open, never admitted", async () => {
  const given = { elements: [running], evidence: [certified], orders: order({ makers: ["Nordwerk"] }) };
  assert.equal(await verdictOn(given), "undecided/identity");
  const [chain] = (await explanationOf(given, "DEMO-amf")).operators[0]?.chains ?? [];
  assert.match(chain?.verdict.why[0]?.text ?? "", /`DEMO-order-1` may reach it: no supplier is known by `Nordwerk`/);
  assert.deepEqual(
    chain?.change.actions?.map(({ id }) => id),
    ["settle-names"],
  );
});

test("two authorities may use one order number: the order of each stands, and only its own signer repeals it", async () => {
  const given = (repealedBy: string): Case => ({
    elements: [running],
    evidence: [
      certified,
      statement("order", orderEntry, { by: ["DEMO-bureau"], on: "2026-06-02" }),
      statement("order", { ...orderEntry, status: "repealed" }, { by: [repealedBy], on: "2026-09-01" }),
    ],
    orders: order({ makers: ["DEMO-taiga"] }),
    keys: [{ id: "DEMO-bureau", party: "DEMO bureau", role: "authority" }],
  });
  assert.equal(await verdictOn(given("DEMO-ministry")), "refused/rule");
  assert.equal(await verdictOn(given("DEMO-bureau")), "admitted/evidence");
});

test("maker renamed or merged: resolved by dated alias and succession", async () => {
  const given: Case = {
    elements: [running, amf("21.3", "2026-03-02", { id: "DEMO-new-name", maker: "DEMO-nordstern" })],
    evidence: [certified],
    tables: {
      suppliers: [...suppliers, { id: "DEMO-nordstern", name: "DEMO Nordstern AG", seat: "DE" }],
      succession: [{ predecessor: "DEMO-nordwerk", successor: "DEMO-nordstern", day: "2026-07-01" }],
    },
  };
  const { of } = await answersTo(given);
  assert.equal(of("DEMO-amf").verdict, "admitted/evidence", "the certificate of the predecessor holds");
  assert.equal(of("DEMO-new-name").verdict, "admitted/evidence");
  assert.equal(await verdictOn({ ...given, orders: order() }), "refused/rule", "an order against the old name");
  const successor = { ...given, orders: order({ makers: ["DEMO-nordstern"] }) };
  assert.equal(await verdictOn(successor), "refused/rule", "an order against the new name");
  assert.equal(await verdictOn(successor, { asOf: "2026-06-30" }), "admitted/evidence", "before the merger");
});

test("a listed maker that was renamed is still listed, under either name", async () => {
  const given = (supplier: string): Case => ({
    elements: [running],
    evidence: [certified],
    tables: {
      suppliers: [...suppliers, { id: "DEMO-nordstern", name: "DEMO Nordstern AG", seat: "DE" }],
      owners: [...owners, { owner: "free-float", owned: "DEMO-nordstern", percent: 100 }],
      succession: [{ predecessor: "DEMO-nordwerk", successor: "DEMO-nordstern", day: "2026-07-01" }],
    },
    config: { roles: { "de-2024-contract-maker": [{ supplier, source: "invented" }] } },
  });
  const nextYear = { asOf: "2027-06-01" };
  assert.equal(await verdictOn(given("DEMO-nordwerk"), nextYear), "refused/rule");
  assert.equal(await verdictOn(given("DEMO-nordstern"), nextYear), "refused/rule");
  assert.equal(await verdictOn(given("Nordwerk"), nextYear), "undecided/identity", "a name that means nobody");
});

const alias = (text: string, id: string, changes: Readonly<Record<string, unknown>> = {}) =>
  statement("alias", { text, aliasOf: "supplier", id, ...changes }, { by: ["DEMO-north-approver"] });

test("an alias counts where it is signed and in force: for the maker on the as-of day", async () => {
  const named = (id: string, maker: string) => amf("21.3", "2026-03-02", { id, maker });
  const given: Case = {
    elements: [named("unsigned", "Nordwerk"), named("signed", "Nordwerk Networks"), named("contested", "NW")],
    evidence: [
      certified,
      alias("Nordwerk Networks", "DEMO-nordwerk", { from: "2025-01-01", until: "2026-12-31" }),
      { ...alias("NW", "DEMO-nordwerk"), file: "evidence/alias-1.json" },
      { ...alias("NW", "DEMO-taiga"), file: "evidence/alias-2.json" },
    ],
  };
  const today = await answersTo(given);
  assert.equal(today.of("unsigned").verdict, "undecided/identity");
  assert.equal(today.of("signed").verdict, "admitted/evidence");
  assert.match(today.of("contested").verdict, /^undecided/);
  const nextYear = await answersTo(given, { asOf: "2027-01-01" });
  assert.equal(nextYear.of("signed").verdict, "undecided/identity");
});

test("an alias counts where it is in force: for the holder of a certificate on its issue day", async () => {
  const held = (product: string, issued: string) =>
    statement("certificate", nesas({ certificateId: product, holder: "Nordwerk Networks", product, issued }));
  const { of } = await answersTo({
    elements: [running, amf("21.3", "2026-03-02", { id: "DEMO-later", product: "DEMO-subscribers" })],
    evidence: [
      held("DEMO-core", "2026-01-15"),
      held("DEMO-subscribers", "2026-01-16"),
      alias("Nordwerk Networks", "DEMO-nordwerk", { from: "2020-01-01", until: "2026-01-15" }),
    ],
  });
  assert.equal(of("DEMO-amf").verdict, "admitted/evidence");
  assert.equal(of("DEMO-later").verdict, "refused/rule");
});

test("subsidiary of a listed maker with a gap in the ownership table: unknown, not `not listed`", async () => {
  const ids = ["majority", "gap", "sold", "free"] as const;
  const held = (owned: string, percent: number, changes = {}) => ({ owner: "DEMO-lotus", owned, percent, ...changes });
  const given: Case = {
    elements: ids.map((id) => amf("21.3", "2026-03-02", { id, maker: id, product: `core-${id}` })),
    evidence: ids.map((id) =>
      statement("certificate", nesas({ certificateId: id, holder: id, product: `core-${id}` }), {
        file: `evidence/${id}.json`,
      }),
    ),
    tables: {
      suppliers: [...suppliers, ...ids.map((id) => ({ id, name: `DEMO Lotus ${id} GmbH` }))],
      products: ids.map((id) => ({ id: `core-${id}`, supplier: id, name: `Core ${id}` })),
      owners: [
        ...owners,
        held("majority", 51),
        held("gap", 20),
        held("sold", 70, { until: "2026-12-31" }),
        held("free", 49),
        { owner: "free-float", owned: "gap", percent: 30 },
        { owner: "free-float", owned: "sold", percent: 30 },
        { owner: "free-float", owned: "free", percent: 51 },
      ],
    },
    config: { roles: { "de-2024-contract-maker": [{ supplier: "DEMO-lotus", source: "invented" }] } },
  };
  const nextYear = await answersTo(given, { asOf: "2027-06-01" });
  assert.equal(nextYear.of("majority").verdict, "refused/rule");
  assert.equal(nextYear.of("gap").verdict, "undecided/missing", "nobody is known to hold the other half");
  assert.equal(nextYear.of("gap").rules, "DE-2024-1");
  assert.equal(nextYear.of("sold").verdict, "undecided/missing", "sold, and nobody says to whom");
  assert.equal(nextYear.of("free").verdict, "admitted/evidence");
});

test("an order that reaches subsidiaries follows the owners, with the same gap", async () => {
  const subsidiary = { id: "DEMO-lotus-de", name: "DEMO Lotus Deutschland GmbH", seat: "DE" };
  const given = (percent: number): Case => ({
    elements: [amf("21.3", "2026-03-02", { maker: subsidiary.id })],
    evidence: [statement("certificate", nesas({ holder: subsidiary.id }))],
    orders: order({ makers: ["DEMO-lotus"], subsidiaries: true }),
    tables: {
      suppliers: [...suppliers, subsidiary],
      products: [{ id: "DEMO-core", supplier: subsidiary.id, name: "Core" }],
      owners: [{ owner: "DEMO-lotus", owned: subsidiary.id, percent }],
    },
  });
  assert.equal(await verdictOn(given(51)), "refused/rule");
  assert.equal(await verdictOn(given(30)), "undecided/missing");
});

/** The body's key, with other days. */
const bodyWith = (changes: Partial<Signatory>): Signatory => ({
  id: "DEMO-second-body",
  party: "DEMO certification body",
  role: "body",
  ...changes,
});
const signedBySecond = statement("certificate", nesas(), { by: ["DEMO-second-body"] });

test("key valid now but not when it signed: no evidence, and the report says why", async () => {
  const given = (from: string): Case => ({
    elements: [running],
    evidence: [signedBySecond],
    keys: [bodyWith({ from })],
    registers: { certificates: null },
  });
  assert.equal(await verdictOn(given("2026-01-15")), "admitted/evidence");
  const { assessment, of } = await answersTo(given("2026-01-16"));
  assert.equal(of("DEMO-amf").verdict, "undecided/missing");
  const [problem] = assessment.problems;
  assert.equal(problem?.code, "not-evidence");
  assert.match(problem?.message ?? "", /`DEMO-second-body` is valid from 2026-01-16, signed on 2026-01-15/);
});

test("key compromised later: what it signed before is void from then on, and was good until then", async () => {
  const given: Case = {
    elements: [running],
    evidence: [signedBySecond],
    keys: [bodyWith({ compromised: "2026-09-01" })],
    registers: { certificates: null },
    orders: ordersRegister({ asOf: "2026-07-15" }),
  };
  const { assessment, of } = await answersTo(given, { asOf: "2026-09-15", knownAt: "2026-09-15" });
  assert.equal(of("DEMO-amf").verdict, "undecided/missing");
  assert.match(assessment.problems[0]?.message ?? "", /compromised since 2026-09-01/);
  assert.equal(await verdictOn(given, { asOf: "2026-08-31", knownAt: "2026-08-31" }), "admitted/evidence");
});

test("transcript where the pack wants an issuer: it does not count; where the pack takes it, the grade is shown", async () => {
  const copied = {
    title: "DEMO list of certificates",
    address: "https://body.invalid/certificates",
    seen: "2026-01-20",
    digest: { sha256: "e".repeat(64) },
  };
  const transcript = statement("certificate", nesas({ transcriptOf: copied }), {
    by: ["DEMO-north-security", "DEMO-north-approver"],
    on: "2026-01-20",
  });
  const given: Case = { elements: [running], evidence: [transcript] };
  const { of } = await answersTo(given);
  assert.equal(of("DEMO-amf").verdict, "admitted/evidence");
  assert.equal(of("DEMO-amf").grade, "transcript");
  const config = { binding: [{ pack: "issuers-only" }] };
  const strict = { ...given, config, files: strictPack() };
  assert.equal(await verdictOn(strict), "refused/rule");
  assert.equal(await verdictOn({ ...strict, evidence: [certified] }), "admitted/evidence");
});

test("a certificate that only the operator's own register lists: no proof, and not shown to lack either", async () => {
  const registers = { certificates: [{ status: "issued", ...certified.says.predicate }] };
  const { of } = await answersTo({ elements: [running], registers });
  assert.equal(of("DEMO-amf").verdict, "undecided/missing");
});

test("a transcript with one signature is none", async () => {
  const transcriptOf = {
    title: "DEMO list",
    address: "https://body.invalid",
    seen: "2026-01-20",
    digest: { sha256: "e".repeat(64) },
  };
  const alone = statement("certificate", nesas({ transcriptOf }), { by: ["DEMO-north-security"], on: "2026-01-20" });
  const { assessment, of } = await answersTo({ elements: [running], evidence: [alone] });
  assert.equal(of("DEMO-amf").verdict, "refused/rule");
  assert.match(assessment.problems[0]?.message ?? "", /two signers/);
});

test("an operator cannot certify itself, nor a maker speak of another maker's update", async () => {
  const own = nesas({ certificateId: "DEMO-own", product: "DEMO-subscribers" });
  const update = {
    certificateId: "DEMO-NESAS-1",
    product: "DEMO-core",
    fromRelease: "21.3",
    toRelease: "21.3.2",
    change: "minor",
  };
  const { of } = await answersTo({
    elements: [amf("21.3", "2026-03-02", { id: "DEMO-own", product: "DEMO-subscribers" }), amf("21.3.2", "2026-03-02")],
    evidence: [
      certified,
      statement("certificate", own, { by: ["DEMO-north-security"] }),
      statement("update-statement", update, { by: ["DEMO-taiga-key"], on: "2026-02-20" }),
    ],
  });
  assert.equal(of("DEMO-own").verdict, "refused/rule");
  assert.equal(of("DEMO-amf").verdict, "undecided/identity");
});

/** `de-2026` with one word changed, as a workspace's own pack. */
function strictPack(): Readonly<Record<string, string>> {
  const read = (name: string) => readFileSync(join(import.meta.dirname, "../packs/de-2026", name), "utf8");
  const manifest = read("pack.yaml")
    .replace("name: de-2026", "name: issuers-only")
    .replace("  certificate: transcript", "  certificate: issuer");
  return {
    "packs/issuers-only/pack.yaml": manifest,
    "packs/issuers-only/rules.cedar": read("rules.cedar"),
    "packs/issuers-only/advice.cedar": read("advice.cedar"),
  };
}

test("a row of aliases.csv that nobody signed has no effect and is a finding", async () => {
  const files = { "aliases.csv": "text,kind,id\nNordwerk of old,supplier,DEMO-nordwerk\n" };
  const given: Case = { elements: [{ ...running, maker: "Nordwerk of old" }], evidence: [certified], files };
  const { assessment, of } = await answersTo(given);
  assert.equal(of("DEMO-amf").verdict, "undecided/identity");
  assert.match(assessment.findings.find(({ code }) => code === "unsigned-alias")?.title ?? "", /without effect: 1/);
});
