import assert from "node:assert/strict";
import { test } from "node:test";
import { labTested, ordersRegister } from "../scripts/worlds/cast.ts";
import {
  amf,
  answersTo,
  type Case,
  element,
  explanationOf,
  guarantee,
  nesas,
  notice,
  statement,
  verdictOn,
} from "./kit/cases.ts";

/** Notice given, waiting time over, and the maker's guarantee declaration. */
const noticed = (given: string) => ({
  registers: { notices: [notice(given)] },
  evidence: [guarantee("2021-06-01")],
});
const certificate = (issued: string, until: string) => statement("certificate", nesas({ issued, until }));

test("certificate expired yesterday, in service since 2024 under 9b: admitted, earlier-regime", async () => {
  const { registers, evidence } = noticed("2023-11-06");
  const expired = certificate("2024-11-20", "2026-11-19");
  const given = { elements: [amf("21.3", "2024-02-05")], registers, evidence: [...evidence, expired] };
  assert.equal(await verdictOn(given), "admitted/earlier-regime");
  assert.equal(await verdictOn({ ...given, registers: {} }), "refused/rule", "without the notice");
});

test("certificate expired yesterday, and its release changed in 2026: undecided/expired", async () => {
  const { registers, evidence } = noticed("2023-11-06");
  const given: Case = {
    elements: [amf("21.3", "2024-02-05", { release_since: "2026-04-06" })],
    registers,
    evidence: [...evidence, certificate("2024-11-20", "2026-11-19")],
  };
  const { assessment, of } = await answersTo(given);
  assert.equal(of("DEMO-amf").verdict, "undecided/expired");
  assert.equal(of("DEMO-amf").bases, "expired;missing", "and no source says whose first use counts");
  const [pack] = assessment.packs;
  const hanging = (name: string) => pack?.parameters.find((parameter) => parameter.name === name)?.hanging;
  assert.deepEqual(hanging("lapse"), { refused: 1, admitted: 1 });
  assert.deepEqual(hanging("firstUseMeans"), { type: 1, release: 0, element: 1 });
});

test("a certificate whose term ended during operation: the parameter `lapse` says what holds", async () => {
  const given = (lapse: string): Case => ({
    elements: [amf("21.3", "2026-03-02")],
    evidence: [certificate("2026-01-15", "2026-11-19")],
    parameters: { lapse },
  });
  assert.equal(await verdictOn(given("undecided")), "undecided/expired");
  assert.equal(await verdictOn(given("refused")), "refused/rule");
  assert.equal(await verdictOn(given("admitted")), "admitted/evidence");
});

test("a term longer than the scheme allows is cut: two years for NESAS CCS-GI", async () => {
  const given = { elements: [amf("21.3", "2026-03-02")], evidence: [certificate("2026-01-15", "2031-01-14")] };
  assert.equal(await verdictOn(given, { asOf: "2028-01-15" }), "admitted/evidence");
  assert.equal(await verdictOn(given, { asOf: "2028-01-16" }), "undecided/expired");
});

test("certificate issued after first use: the parameter `certifiedLate` says what holds", async () => {
  const given = (parameters: Record<string, string> = {}): Case => ({
    elements: [amf("21.3", "2026-03-02")],
    evidence: [certificate("2026-05-04", "2028-05-03")],
    parameters,
  });
  assert.equal(await verdictOn(given()), "undecided/missing");
  assert.equal(await verdictOn(given({ certifiedLate: "refused" })), "refused/rule");
  assert.equal(await verdictOn(given({ certifiedLate: "admitted" })), "admitted/evidence");
  // Forgiving that it came late does not forgive that it has ended.
  assert.equal(await verdictOn(given({ certifiedLate: "admitted" }), { asOf: "2028-05-04" }), "undecided/expired");
});

test("first use in the gap of December 2025: admitted, earlier-regime", async () => {
  const on = (day: string, id: string) => amf("21.3", day, { id, product: `DEMO-core-${id}` });
  const days = {
    unlisted: "2021-08-17",
    listed: "2021-08-18",
    before: "2025-12-05",
    first: "2025-12-06",
    last: "2025-12-31",
    after: "2026-01-01",
  };
  const elements = Object.entries(days).map(([id, day]) => on(day, id));
  const products = elements.map(({ product }) => ({ id: product, supplier: "DEMO-nordwerk", name: product }));
  const { of } = await answersTo({ elements, tables: { products } });
  assert.equal(of("first").verdict, "admitted/earlier-regime");
  assert.equal(of("last").verdict, "admitted/earlier-regime");
  assert.equal(of("unlisted").verdict, "admitted/earlier-regime", "in use before the list was in force");
  assert.equal(of("listed").rules, "DE-9B-1;DE-9B-2", "in use before the ruling on the declaration was published");
  assert.equal(of("before").rules, "DE-9B-1;DE-9B-2;DE-9B-3");
  assert.equal(of("after").rules, "DE-CERT-1;DE-CERT-2;DE-CERT-3");
});

test("PCF: its document binds only from June 2026, so a first use in March falls into a gap", async () => {
  const pcf = (id: string, since: string) => element(id, "PCF", id, "9.0", since, { maker: "DEMO-nordwerk" });
  const products = ["DEMO-march", "DEMO-june"].map((id) => ({ id, supplier: "DEMO-nordwerk", name: id }));
  const { of } = await answersTo({
    elements: [pcf("DEMO-march", "2026-03-02"), pcf("DEMO-june", "2026-06-01")],
    tables: { products },
  });
  assert.equal(of("DEMO-march").verdict, "admitted/earlier-regime");
  assert.equal(of("DEMO-june").verdict, "refused/rule");
});

test("notice and certificate both known absent, first use unknown: refused", async () => {
  const { of } = await answersTo({ elements: [amf("21.3")] });
  assert.equal(of("DEMO-amf").verdict, "refused/rule");
  assert.equal(of("DEMO-amf").rules, "DE-9B-1;DE-9B-2;DE-9B-3;DE-CERT-1;DE-CERT-2;DE-CERT-3");
});

// The list came into force on 18 August 2021, the certificate duty on 1 January 2026: a notice and a certificate that are
// older cover every first use that the missing day leaves possible.
const oldNotice = noticed("2021-08-18");
const oldCertificate = certificate("2025-12-15", "2027-12-14");

test("one of them present, first use unknown: undecided", async () => {
  const elements = [amf("21.3")];
  const noticeOnly = await answersTo({ elements, ...oldNotice });
  assert.equal(noticeOnly.of("DEMO-amf").verdict, "undecided/missing");
  assert.equal(noticeOnly.of("DEMO-amf").rules, "DE-CERT-1;DE-CERT-2;DE-CERT-3");
  const certificateOnly = await answersTo({ elements, evidence: [oldCertificate] });
  assert.equal(certificateOnly.of("DEMO-amf").verdict, "undecided/missing");
  assert.equal(certificateOnly.of("DEMO-amf").rules, "DE-9B-1;DE-9B-2;DE-9B-3");
});

test("both present, first use unknown: admitted", async () => {
  const { registers, evidence } = oldNotice;
  const both = { elements: [amf("21.3")], registers, evidence: [...evidence, oldCertificate] };
  assert.equal(await verdictOn(both), "admitted/evidence");
});

test("both present, but whether they came before first use hangs on the missing day: undecided", async () => {
  const { registers, evidence } = noticed("2023-11-06");
  const late = { elements: [amf("21.3")], registers, evidence: [...evidence, certificate("2026-01-15", "2028-01-14")] };
  assert.equal(await verdictOn(late), "undecided/missing");
  const [chain] = (await explanationOf(late, "DEMO-amf")).operators[0]?.chains ?? [];
  const texts = chain?.verdict.why.map(({ text }) => text).join("\n") ?? "";
  assert.match(texts, /whether notice came before first use hangs on the day of first use/);
  assert.match(texts, /whether it was certified before first use hangs on the day of first use/);
});

test("an era without a duty before use need not be shown where the parameter says so", async () => {
  const given = { elements: [amf("21.3")], parameters: { exemptEraMustBeShown: "no" } };
  assert.equal(await verdictOn(given), "undecided/missing");
});

test("a notice for one function of the class covers the type in that kind of use, and in no other", async () => {
  const { registers, evidence } = noticed("2023-11-06");
  const { of } = await answersTo({
    elements: [
      element("DEMO-smf", "SMF", "DEMO-core", "21.3", "2024-02-05"),
      element("DEMO-dns", "DNS", "DEMO-core", "21.3", "2024-02-05"),
    ],
    registers,
    evidence,
  });
  assert.equal(of("DEMO-smf").verdict, "admitted/earlier-regime");
  assert.equal(of("DEMO-dns").rules, "DE-9B-1;DE-9B-2");
});

test("a notice given after first use is none, and its waiting time runs for two months or for four", async () => {
  const late = { elements: [amf("21.3", "2024-02-05")], ...noticed("2024-02-06") };
  assert.equal((await answersTo(late)).of("DEMO-amf").rules, "DE-9B-1");
  const prolonged = notice("2025-10-20", {
    declarationId: "DEMO-notice-2",
    product: "DEMO-prolonged",
    prolonged: true,
  });
  const running: Case = {
    elements: [
      amf("21.3", "2025-11-03"),
      amf("21.3", "2025-11-03", { id: "DEMO-prolonged", product: "DEMO-prolonged" }),
    ],
    registers: { notices: [notice("2025-10-20"), prolonged] },
    evidence: ["DEMO-core", "DEMO-prolonged"].map((product) => ({
      ...guarantee("2021-06-01", { product }),
      file: `evidence/guarantee-${product}.json`,
    })),
    tables: { products: ["DEMO-core", "DEMO-prolonged"].map((id) => ({ id, supplier: "DEMO-nordwerk", name: id })) },
  };
  const { of } = await answersTo(running, { asOf: "2025-12-20", knownAt: "2026-11-20" });
  // On that day no later regime was in force yet: the notice regime's duties are met, and nothing stricter was owed.
  assert.equal(of("DEMO-amf").verdict, "admitted/evidence");
  assert.equal(of("DEMO-prolonged").verdict, "undecided/stand-still");
});

test("register of orders stale: one top finding, renew one file, turns N verdicts", async () => {
  const elements = ["a", "b", "c"].map((id) => amf("21.3", "2026-03-02", { id: `DEMO-${id}` }));
  const gnb = element("DEMO-gnb", "gNB", "DEMO-radio", "V5.1", "2023-04-03");
  const { assessment, rows } = await answersTo({
    elements: [...elements, gnb],
    evidence: [certificate("2026-01-15", "2028-01-14"), labTested("DEMO-nordwerk")],
    orders: ordersRegister({ asOf: "2026-07-01", nextDue: "2026-09-30" }),
  });
  assert.deepEqual(
    rows.map(({ verdict }) => verdict),
    [...Array(3).fill("undecided/stale-register"), "admitted/no-duty"],
  );
  const [top, ...others] = assessment.findings;
  assert.equal(top?.title, "renew one file, turns 3 verdicts: registers/orders-1.json");
  assert.equal(top?.verdicts, 3);
  assert.deepEqual(
    others.filter(({ code }) => code === "stale-register"),
    [],
  );
});

test("a register older than the pack allows is stale, whatever it says about itself", async () => {
  const given: Case = {
    elements: [amf("21.3", "2026-03-02")],
    evidence: [certificate("2026-01-15", "2028-01-14")],
    orders: ordersRegister({ asOf: "2026-08-19", nextDue: "2030-01-01" }),
  };
  assert.equal(await verdictOn(given), "undecided/stale-register");
});

test("register of orders stale: an order already known still refuses", async () => {
  const order = {
    orderId: "DEMO-order-1",
    law: "BSIG 41(1)",
    status: "in-force",
    operators: ["DEMO-north"],
    makers: ["DEMO-nordwerk"],
    issued: "2026-06-01",
    effective: "2026-06-15",
  };
  const { of } = await answersTo({
    elements: [amf("21.3", "2026-03-02")],
    evidence: [certificate("2026-01-15", "2028-01-14")],
    orders: ordersRegister({ asOf: "2026-07-01", nextDue: "2026-09-30", entries: [order] }),
  });
  assert.equal(of("DEMO-amf").verdict, "refused/rule");
  assert.equal(of("DEMO-amf").rules, "DE-41-1");
  assert.equal(of("DEMO-amf").since, "2026-06-15");
});

test("two evaluations of the same workspace a year apart by --as-of: the projection is labelled", async () => {
  const given = { elements: [amf("21.3", "2026-03-02")], evidence: [certificate("2026-01-15", "2027-06-30")] };
  const today = await answersTo(given);
  const nextYear = await answersTo(given, { asOf: "2027-11-20" });
  assert.equal(today.of("DEMO-amf").verdict, "admitted/evidence");
  assert.equal(nextYear.of("DEMO-amf").verdict, "undecided/expired");
  assert.equal(today.assessment.projection, false);
  assert.equal(nextYear.assessment.projection, true);
  assert.deepEqual([nextYear.assessment.asOf, nextYear.assessment.knownAt], ["2027-11-20", "2026-11-20"]);
  assert.ok(nextYear.assessment.findings.some(({ code }) => code === "projection"));
  assert.ok(!today.assessment.findings.some(({ code }) => code === "projection"));
});

test("the contracts of 2024: out of the core from 2027, out of access management from 2030, masts stay", async () => {
  const { registers, evidence } = noticed("2021-08-18");
  const given: Case = {
    elements: [
      amf("21.3", "2024-02-05"),
      element("DEMO-manager", "RAN-management", "DEMO-radio-manager", "V9", "2020-02-03"),
      element("DEMO-gnb", "gNB", "DEMO-radio", "V5.1", "2023-04-03"),
    ],
    registers,
    evidence,
    config: {
      roles: {
        "de-2024-contract-maker": [
          { supplier: "DEMO-lotus", source: "invented" },
          { supplier: "DEMO-nordwerk", source: "invented" },
        ],
      },
    },
  };
  const on = async (asOf: string) => {
    const { of } = await answersTo(given, { asOf });
    return ["DEMO-amf", "DEMO-manager", "DEMO-gnb"].map((id) =>
      [of(id).verdict, of(id).rules, of(id).since].join(" ").trim(),
    );
  };
  assert.deepEqual(await on("2026-12-31"), ["admitted/earlier-regime", "admitted/earlier-regime", "admitted/no-duty"]);
  assert.deepEqual(await on("2027-01-01"), [
    "refused/rule DE-2024-1 2027-01-01",
    "admitted/earlier-regime",
    "admitted/no-duty",
  ]);
  assert.deepEqual((await on("2030-01-01")).slice(1), ["refused/rule DE-2024-2 2030-01-01", "admitted/no-duty"]);
});
