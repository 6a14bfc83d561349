/** Law as it stands: whom a rule binds, from when, and by what scheme (de-2026, us-covered-list). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { amf, answersTo, type Case, element, nesas, notice, statement, verdictOn } from "./kit/cases.ts";

const listed = { "de-2024-contract-maker": [{ supplier: "DEMO-nordwerk", source: "invented" }] };
const signedBy = (...operators: readonly string[]) => ({
  "de-2024-contract-operator": operators.map((operator) => ({ operator, source: "invented" })),
});
const certified = statement("certificate", nesas());

test("D: the contracts of 2024 bind the operators that signed them, and nobody by a name that is no id", async () => {
  const on = (operatorRoles: NonNullable<Case["config"]>["operatorRoles"]) =>
    verdictOn(
      {
        elements: [amf("21.3", "2026-03-02")],
        evidence: [certified],
        config: { roles: listed, operatorRoles: operatorRoles ?? {} },
      },
      { asOf: "2027-01-01" },
    );
  assert.equal(await on(signedBy("DEMO-north")), "refused/rule");
  assert.equal(await on(signedBy()), "admitted/evidence");
  assert.equal(await on({}), "undecided/missing", "nobody said who signed");
  assert.equal(await on(signedBy("DEMO Nordnetz GmbH")), "undecided/identity");
});

test("D: the guarantee was due from a day in November 2021 that nobody knows, and not for types in use before", async () => {
  const on = (day: string) =>
    verdictOn({ elements: [amf("21.3", day)], registers: { notices: [notice("2021-09-01")] } });
  assert.equal(await on("2021-10-31"), "admitted/earlier-regime", "in use before");
  assert.equal(await on("2021-11-15"), "undecided/missing");
  assert.equal(await on("2021-11-30"), "refused/rule", "the maker gave none");
});

test("D: CSPN counts where BSZ does; a national CC certificate for no class yet", async () => {
  const router = element("DEMO-router-1", "transport-router", "DEMO-router", "21.3", "2026-06-01");
  const by = (scheme: string) =>
    statement("certificate", nesas({ certificateId: "DEMO-1", scheme, holder: "DEMO-taiga", product: "DEMO-router" }));
  assert.equal(await verdictOn({ elements: [router], evidence: [by("CSPN")] }), "admitted/evidence");
  assert.equal(await verdictOn({ elements: [router], evidence: [by("CC")] }), "refused/rule");
  const cspn = statement("certificate", nesas({ scheme: "CSPN" }));
  assert.equal(await verdictOn({ elements: [amf("21.3", "2026-03-02")], evidence: [cspn] }), "refused/rule");
});

test("D: under an ordinance that is not there yet nothing is settled, and TKG 167(3) gives a list a year", async () => {
  const gnb = element("DEMO-gnb", "gNB", "DEMO-radio", "V5.1", "2023-04-03");
  const under = (criticalList: string, draftTransition: string, asOf = "2026-11-20") =>
    verdictOn({ elements: [gnb], parameters: { criticalList, draftTransition } }, { asOf });
  assert.equal(await under("ordinance-56-6", "undecided"), "undecided/missing");
  assert.equal(await under("draft-2025-10", "statutory-year", "2026-11-02"), "admitted/earlier-regime");
  assert.equal(await under("draft-2025-10", "statutory-year"), "undecided/no-scheme");
});

test("D: removal binds who receives universal-service money; a new device is advice, not a ban", async () => {
  const elements = [element("DEMO-upf", "UPF", "", "1", "2024-01-08", { maker: "DEMO-lotus", product: undefined })];
  const config = (money: readonly string[]): Case["config"] => ({
    binding: [{ pack: "us-covered-list" }],
    roles: { "us-covered": [{ supplier: "DEMO-lotus", source: "invented" }] },
    operatorRoles: { "us-universal-service": money.map((operator) => ({ operator, source: "invented" })) },
  });
  assert.equal(await verdictOn({ elements, config: config(["DEMO-north"])! }), "refused/rule");
  const { of, assessment } = await answersTo({ elements, config: config([])! });
  assert.equal(of("DEMO-upf").verdict, "admitted/no-duty");
  assert.ok(JSON.stringify(assessment).includes("US-REPORT"));
});
