/** Bills of materials, advisories and lists of exploited vulnerabilities, from the file to findings, facts and advice. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import type { Assessment } from "../src/model/assessment.ts";
import { amf, answersTo, type Case, element, explanationOf, inWorld, nesas, statement, worldOf } from "./kit/cases.ts";
import { copied, csafText, cycloneText, exploitedText, sha256 } from "./kit/document-texts.ts";
import { runIn } from "./kit/run.ts";

const certified = statement("certificate", nesas());
const running = amf("21.3", "2026-03-02");
const listed = { "de-2024-contract-maker": [{ supplier: "DEMO-lotus", source: "invented" }] };
const exploited = exploitedText(["CVE-2026-0001"]);
const withList = { "registers/exploited.json": exploited };
const listVouched = copied("KEV", "exploited", exploited);

const affected = csafText("DEMO-2026-1", "DEMO-core", {
  "CVE-2026-0001": { known_affected: ["21.3"], fixed: ["21.4"] },
  "CVE-2026-0002": { known_affected: ["21.3"] },
});

/** The first AMF of a case, with its certificate, after `files` were put in and `evidence` was signed. */
function worldWith(
  files: Readonly<Record<string, string>>,
  evidence: Case["evidence"] = [],
  changes: Partial<Case> = {},
): Case {
  return { elements: [running], evidence: [certified, ...evidence], files, config: { roles: listed }, ...changes };
}

/** What is known of the AMF: the two facts about documents as worst, best and codes of why, and the advice that stands. */
async function inside(given: Case) {
  const [chain] = (await explanationOf(given, "DEMO-amf")).operators[0]?.chains ?? [];
  if (!chain) throw new Error("no chain");
  const span = (name: string) => {
    const fact = chain.facts[name];
    if (fact?.kind !== "graded") throw new Error(`${name} is not graded`);
    return [fact.worst, fact.best, ...new Set(fact.why.map(({ code }) => code))];
  };
  return {
    verdict: `${chain.verdict.outcome}/${chain.verdict.basis}`,
    vulnerability: span("vulnerability"),
    parts: span("contractParts"),
    advice: Object.fromEntries(chain.advice.map(({ id, state }) => [id, state])),
  };
}

const findingsOf = ({ findings }: Assessment, code: string) => findings.filter((finding) => finding.code === code);
const titlesOf = (assessment: Assessment, code: string) => findingsOf(assessment, code).map(({ title }) => title);

test("without documents both facts are open, and nothing is found", async () => {
  const { verdict, vulnerability, parts } = await inside(worldWith({}));
  assert.equal(verdict, "admitted/evidence");
  assert.deepEqual(vulnerability, ["exploited", "none-open", "missing"]);
  assert.deepEqual(parts, [true, false, "missing"]);
  const { assessment } = await answersTo(worldWith({}));
  assert.deepEqual(assessment.documents, { bills: 0, advisories: 0, exploitedLists: 0, vouched: 0 });
  const codes = assessment.findings.map(({ code }) => code);
  assert.deepEqual(
    codes.filter((code) => /document|vulnerab|part|bill/.test(code)),
    [],
  );
});

test("unsigned documents give findings and change neither verdict nor advice", async () => {
  const files = { "evidence/a.json": affected, ...withList };
  const without = await inside(worldWith({}));
  assert.deepEqual(await inside(worldWith(files)), without);
  const { assessment, of } = await answersTo(worldWith(files));
  assert.equal(of("DEMO-amf").verdict, "admitted/evidence");
  assert.deepEqual(assessment.documents, { bills: 0, advisories: 1, exploitedLists: 1, vouched: 0 });
  assert.deepEqual(titlesOf(assessment, "vulnerability"), [
    "release `21.3` of `DEMO-core` (1 element) is affected by CVE-2026-0001 (advisory DEMO-2026-1, confidence exact; on the known-exploited list) and 1 more",
  ]);
  const [finding] = findingsOf(assessment, "vulnerability");
  assert.match(finding?.detail ?? "", /CVE-2026-0001: affected by `evidence\/a\.json` \(unsigned\), confidence exact/);
  assert.deepEqual(finding?.places, [{ file: "evidence/a.json" }]);
  assert.deepEqual(titlesOf(assessment, "unsigned"), ["2 documents carry no signature and decided nothing"]);
});

test("two people who vouch for an advisory make it a fact and advice, and never an outcome", async () => {
  const files = { "evidence/a.json": affected, ...withList };
  const vouched = worldWith(files, [copied("CSAF", "a", affected), listVouched]);
  const { verdict, vulnerability, advice } = await inside(vouched);
  assert.equal(verdict, "admitted/evidence");
  assert.deepEqual(vulnerability, ["exploited", "exploited"]);
  assert.equal(advice["DE-ADV-3"], "fires");
  const { assessment } = await answersTo(vouched);
  assert.equal(assessment.documents.vouched, 2);
  assert.equal(titlesOf(assessment, "unsigned").length, 0);
  assert.match(findingsOf(assessment, "advice:DE-ADV-3")[0]?.detail ?? "", /^not so for 1, not known for 0;/);
  assert.match(findingsOf(assessment, "vulnerability")[0]?.detail ?? "", /`evidence\/a\.json` \(vouched for\)/);
  await inWorld(worldOf(vouched), async (root) => {
    const { code, out, err } = await runIn(root, ["explain", ".", "DEMO-amf"]);
    assert.equal(code, 0, err);
    assert.match(
      out.replace(/\s+/g, " "),
      /CVE-2026-0001: affected \(confidence exact\); on the list of known exploited/,
    );
  });
});

test("one who vouches alone, a maker for another's product, and a document that is not the one signed, do not count", async () => {
  const files = { "evidence/a.json": affected, ...withList };
  const open = ["exploited", "none-open", "missing"];
  const alone = worldWith(files, [copied("CSAF", "a", affected, ["DEMO-north-security"]), listVouched]);
  assert.deepEqual((await inside(alone)).vulnerability, open);
  const subject = { name: "a", digest: { sha256: sha256(affected) } };
  const byMaker = (maker: string) =>
    statement(
      "document",
      { format: "CSAF" },
      { file: "evidence/m.dsse", by: [`${maker}-key`], on: "2026-11-02", subject },
    );
  assert.deepEqual((await inside(worldWith(files, [byMaker("DEMO-taiga"), listVouched]))).vulnerability, open);
  const own = await inside(worldWith(files, [byMaker("DEMO-nordwerk"), listVouched]));
  assert.deepEqual(own.vulnerability, ["exploited", "exploited"]);
  const changed = worldWith({ ...files, "evidence/a.json": `${affected} ` }, [
    copied("CSAF", "a", affected),
    listVouched,
  ]);
  assert.deepEqual((await inside(changed)).vulnerability, open);
  const { assessment } = await answersTo(changed);
  assert.deepEqual(titlesOf(assessment, "document-missing"), [
    "statements that vouch for a document that is not here: 1",
  ]);
  assert.equal(assessment.documents.vouched, 1);
});

test("a statement about another format than the document has is a finding and vouches for nothing", async () => {
  const given = worldWith({ "evidence/a.json": affected }, [copied("CycloneDX", "a", affected)]);
  assert.deepEqual((await inside(given)).vulnerability, ["exploited", "none-open", "missing"]);
  const { assessment } = await answersTo(given);
  assert.equal(findingsOf(assessment, "document-format").length, 1);
  assert.equal(assessment.documents.vouched, 0);
});

test("a range counts where the version is surely inside, and is open for its identity where nobody can tell", async () => {
  const ranged = (range: string) => {
    const text = csafText("DEMO-2026-2", "DEMO-core", { "CVE-2026-0002": { known_affected: [range] } });
    return worldWith({ "evidence/a.json": text, ...withList }, [copied("CSAF", "a", text), listVouched]);
  };
  assert.deepEqual((await inside(ranged("<22.0"))).vulnerability, ["affected", "affected"]);
  assert.deepEqual((await inside(ranged("<21.0"))).vulnerability, ["exploited", "none-open", "missing"]);
  assert.deepEqual((await inside(ranged("<spring edition"))).vulnerability, ["exploited", "none-open", "identity"]);
  const titles = titlesOf((await answersTo(ranged("<spring edition"))).assessment, "vulnerability");
  assert.match(titles[0] ?? "", /may be affected by CVE-2026-0002 \(advisory DEMO-2026-2, confidence product\)$/);
});

test("the same vulnerability fixed in one vouched document and affected in another is contested", async () => {
  const says = (id: string, status: string) => csafText(id, "DEMO-core", { "CVE-2026-0002": { [status]: ["21.3"] } });
  const [one, two] = [says("DEMO-2026-3", "known_affected"), says("DEMO-2026-4", "fixed")];
  const files = { "evidence/1.json": one, "evidence/2.json": two, ...withList };
  const given = worldWith(files, [copied("CSAF", "1", one), copied("CSAF", "2", two), listVouched]);
  assert.deepEqual((await inside(given)).vulnerability, ["affected", "none-open", "contested"]);
  const only = worldWith(files, [copied("CSAF", "2", two), listVouched]);
  assert.deepEqual((await inside(only)).vulnerability, ["none-open", "none-open"]);
  const [finding] = findingsOf((await answersTo(only)).assessment, "vulnerability");
  assert.match(
    finding?.detail ?? "",
    /affected by `evidence\/1\.json` \(unsigned\).*; but fixed by `evidence\/2\.json` \(vouched for\)/,
  );
});

test("parts: none of a contract maker only from a complete bill that somebody vouches for", async () => {
  const bill = (parts: Readonly<Record<string, string>>, aggregate?: string, unsigned = false) => {
    const text = cycloneText("DEMO-core", "21.3", parts, aggregate);
    return worldWith({ "evidence/b.json": text }, unsigned ? [] : [copied("CycloneDX", "b", text)]);
  };
  const clean = { board: "DEMO-nordwerk", chip: "DEMO-taiga" };
  const complete = await inside(bill(clean));
  assert.deepEqual(complete.parts, [false, false]);
  assert.ok(!("DE-ADV-4" in complete.advice));
  assert.deepEqual((await inside(bill(clean, "incomplete"))).parts, [true, false, "missing"]);
  assert.deepEqual((await inside(bill(clean, "complete", true))).parts, [true, false, "missing"]);
  assert.deepEqual((await inside(bill({ ...clean, screw: "Screws and Sons" }))).parts, [true, false, "identity"]);
  const with_ = await inside(bill({ ...clean, radio: "DEMO-lotus" }, "unknown"));
  assert.deepEqual(with_.parts, [true, true]);
  assert.equal(with_.advice["DE-ADV-4"], "fires");
  assert.equal(with_.verdict, "admitted/evidence");
  const { assessment } = await answersTo(bill({ ...clean, radio: "DEMO-lotus" }, "incomplete", true));
  assert.deepEqual(titlesOf(assessment, "parts-by-role"), [
    "1 part by makers with the role `de-2024-contract-maker` in 1 element: `DEMO-lotus`",
  ]);
  assert.equal(findingsOf(assessment, "bill-incomplete").length, 1);
});

test("a bill that is dated after its own signature does not stand above those signed later", async () => {
  const vouched = (name: string, chip: string, created: string, on: string) => {
    const text = cycloneText("DEMO-core", "21.3", { chip }).replace("2026-10-01T", `${created}T`);
    const subject = { name, digest: { sha256: sha256(text) } };
    const changes = { by: ["DEMO-nordwerk-key"], on, file: `evidence/${name}-vouch.json`, subject };
    const signed = statement("document", { format: "CycloneDX" }, changes);
    return { signed, file: { [`evidence/${name}.json`]: text } };
  };
  const early = vouched("early", "DEMO-taiga", "2099-01-01", "2026-10-02");
  const late = vouched("late", "DEMO-lotus", "2026-10-20", "2026-10-21");
  const { parts } = await inside(worldWith({ ...early.file, ...late.file }, [early.signed, late.signed]));
  assert.deepEqual(parts, [true, true]);
});

test("a maker of parts that stands inside products of several makers is found, with elements for each", async () => {
  const router = element("DEMO-r1", "transport-router", "DEMO-router", "7", "2026-03-02");
  const files = {
    "evidence/core.json": cycloneText("DEMO-core", "21.3", { "radio chip": "Hidden Chips", board: "DEMO-nordwerk" }),
    "evidence/router.json": cycloneText("DEMO-router", "7", { "radio chip": "Hidden Chips", case: "DEMO-taiga" }),
    "evidence/other.json": cycloneText("DEMO-unknown", "1", { chip: "Hidden Chips" }),
  };
  const elements = [running, router, { ...router, id: "DEMO-r2" }];
  const { assessment } = await answersTo(worldWith(files, [], { elements }));
  assert.deepEqual(titlesOf(assessment, "common-part-maker"), [
    "parts by `Hidden Chips` stand in products of 2 makers: `DEMO-taiga` (2 elements), `DEMO-nordwerk` (1 element)",
  ]);
  assert.match(findingsOf(assessment, "common-part-maker")[0]?.detail ?? "", /the same parts: part `radio chip`$/);
  assert.deepEqual(titlesOf(assessment, "document-unmatched"), ["documents that name no product of the workspace: 1"]);
  assert.equal(assessment.documents.bills, 3);
});

// Real advisories

const data = resolve(process.env.FREIGABE_DATA ?? join(import.meta.dirname, "../../shared/data"));
const advisories = join(data, "csaf/advisories");
const real = existsSync(advisories) ? {} : { skip: `SKIPPED: real data not found at ${advisories}` };

/** Ids of suppliers are the vendors of the advisories, ids of products the names there, letter for letter. */
const inventory: readonly (readonly [maker: string, product: string, release: string, answer: RegExp | null])[] = [
  [
    "Nokia",
    "ASIK AirScale 5G Common System Module",
    "474021A.101",
    /^release `474021A\.101` of .* \(1 element\) is affected by CVE-2022-2482 \(advisory ICSA-22-307-02, confidence exact\) and 2 more$/,
  ],
  [
    "Nokia",
    "ASIK AirScale 5G Common System Module",
    "474021A.102",
    /CVE-2022-2482 \(.*, confidence exact\) and 1 more$/,
  ],
  ["Nokia", "ASIK AirScale 5G Common System Module", "474021A.103", null],
  ["Nokia", "AirScale", "474021A.101", null],
  [
    "Sierra Wireless",
    "AirLink Raven XT",
    "4.0.10",
    /is affected by CVE-2017-6042 \(.*, confidence range\) and 2 more$/,
  ],
  ["Sierra Wireless", "AirLink Raven XT", "4.0.11", null],
  ["Airspan Networks", "MMP", "1.0.2", /is affected by CVE-2022-0138 \(.*, confidence range\) and 6 more$/],
  ["Airspan Networks", "MMP", "1.0.3", null],
  ["Baicells Technologies", "Nova 227", "spring", /may be affected by CVE-2023-24508 \(.*, confidence product\)$/],
  ["Westermo", "L210-F2G Lynx", "4.21.0", /is affected by .*confidence exact\)/],
  ["Airspan Networks", "L210-F2G Lynx", "4.21.0", null],
];

test(
  "46 real advisories, unsigned, in a network of a few products that they name: answers read by hand",
  real,
  async () => {
    const names = readdirSync(advisories).filter((name) => name.endsWith(".json"));
    assert.equal(names.length, 46);
    const files = Object.fromEntries(
      names.map((name) => [`evidence/${name}`, readFileSync(join(advisories, name), "utf8")]),
    );
    const makers = [...new Set(inventory.map(([maker]) => maker))];
    const ids = [...new Set(inventory.map(([, product]) => product))];
    const { assessment, of } = await answersTo({
      elements: inventory.map(([maker, product, release], at) =>
        element(`DEMO-${at}`, "gNB", product, release, "2026-03-02", { maker }),
      ),
      files,
      tables: {
        suppliers: makers.map((id) => ({ id, name: id, seat: null })),
        owners: [],
        products: ids.map((id) => ({ id, supplier: inventory.find(([, product]) => product === id)![0], name: id })),
      },
    });
    assert.deepEqual(assessment.documents, { bills: 0, advisories: 46, exploitedLists: 0, vouched: 0 });
    const titles = titlesOf(assessment, "vulnerability");
    for (const [maker, product, release, answer] of inventory) {
      const own = titles.filter((title) => title.startsWith(`release \`${release}\` of \`${product}\` `));
      if (answer) assert.match(own.join("\n"), answer, `${maker} ${product} ${release}`);
      else if (maker !== "Airspan Networks" || product === "MMP") assert.deepEqual(own, [], `${product} ${release}`);
    }
    const wanted = new Set(
      inventory.filter(([, , , answer]) => answer).map(([, product, release]) => product + release),
    );
    assert.equal(titles.length, wanted.size);
    assert.deepEqual(titlesOf(assessment, "document-unmatched"), [
      "documents that name no product of the workspace: 41",
    ]);
    assert.equal(of("DEMO-0").verdict, "admitted/no-duty");
  },
);
