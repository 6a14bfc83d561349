/** The HTML report as text: what it must hold, what it must never hold, and how large it may be. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { ReportData } from "../src/model/report-data.ts";
import { mostBytes, reportHtml } from "../src/reports/html/report.ts";
import { glanceSection, headline } from "../src/reports/html/sections/glance.ts";
import { coded, percent } from "../src/reports/html/text.ts";
import { inventedReport } from "./kit/report-data.ts";

const small = inventedReport({ sites: 40, elements: 400, chains: 30 });

/** The page without its script, style and data. */
const bodyOf = (page: string) => page.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
const payloadIn = (page: string) =>
  JSON.parse(/<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page)![1]!);

test("equal data give equal bytes; the language only chooses what is shown first", () => {
  const [en, again, de] = [
    reportHtml(small, { language: "en" }),
    reportHtml(inventedReport({ sites: 40, elements: 400, chains: 30 }), { language: "en" }),
    reportHtml(small, { language: "de" }),
  ];
  assert.equal(en, again);
  assert.match(en, /<html lang="en" data-language="en">/);
  assert.match(de, /<html lang="de" data-language="de">/);
  assert.match(bodyOf(en), /Who can act, and on how many[\s\S]*Wer handeln kann, und bei wie vielen/);
});

test("a country of real size stays well below the cap", () => {
  const data = inventedReport({ sites: 9000, elements: 38_000, chains: 300 });
  const page = reportHtml(data, { language: "de", csv: "verdicts.csv" });
  assert.ok(Buffer.byteLength(page) < 5_000_000, `${Buffer.byteLength(page)} bytes`);
  const map = /<svg id="map-drawing"[\s\S]*?<\/svg>/.exec(page)![0];
  assert.ok(map.length < 130_000, `${map.length} characters of map`);
  const { elements } = payloadIn(page);
  assert.equal(elements.ids.length, 38_000);
  const at = data.elements.rows.findIndex(({ maker }) => maker === null);
  assert.equal(elements.ids[at], data.elements.rows[at]!.element);
  assert.equal(elements.sorts[elements.sort[at]][1], -1);
});

test("whatever comes in, the page keeps its cap and says what it leaves out", () => {
  const long = (text: string, at: number) => `${text}-${at}-${"<\u202e&".repeat(300)}`;
  const rows = Array.from({ length: 20_000 }, (_, at) => {
    const row = small.elements.rows[at % small.elements.rows.length]!;
    return { ...row, element: long("DEMO", at), product: long("product", at), site: long("site", at % 9000) };
  });
  const problem = small.assessment.problems[0]!;
  const finding = small.assessment.findings[0]!;
  const data: ReportData = {
    ...small,
    assessment: {
      ...small.assessment,
      problems: Array.from({ length: 1000 }, (_, at) => ({ ...problem, message: long("problem", at) })),
      findings: Array.from({ length: 1000 }, (_, at) => ({ ...finding, detail: long("finding", at) })),
      comments: Array.from({ length: 500 }, (_, at) => ({
        ...{ maker: "DEMO-maker", on: "*", signed: "2026-11-20", signer: "DEMO-key", file: `evidence/${at}.json` },
        text: long("words", at).repeat(20),
      })),
      inputs: Array.from({ length: 5000 }, (_, at) => ({ file: `f-${at}`, sha256: "0".repeat(64), bytes: 1 })),
    },
    elements: { total: 1_000_000, rows },
    chains: { total: 90_000, rows: Array.from({ length: 9000 }, (_, at) => small.chains.rows[at % 30]!) },
  };
  const page = reportHtml(data, { language: "en" });
  assert.ok(Buffer.byteLength(page) <= mostBytes, `${Buffer.byteLength(page)}`);
  const { elements, chains } = payloadIn(page);
  assert.equal(elements.total, 1_000_000);
  assert.ok(elements.ids.length > 1000 && elements.ids.length < 20_000, `${elements.ids.length} rows`);
  assert.ok(chains.rows.length > 300 && chains.rows.length < 9000, `${chains.rows.length} chains`);
  for (const sort of elements.sorts) assert.ok(sort[7] < chains.rows.length);
  assert.match(bodyOf(page), /and 900 more; <code>--output json<\/code> has all/);
});

test("what must be said at the top is said", () => {
  const page = bodyOf(
    reportHtml({ ...small, assessment: { ...small.assessment, projection: true } }, { language: "en" }),
  );
  for (const text of ["Demonstration", "Projection", "Not recorded", "binding", "for comparison", "zum Vergleich"])
    assert.ok(page.includes(text), text);
  assert.match(
    page,
    /<time datetime="2026-11-20"><span class="en" lang="en">2026-11-20<\/span><span class="de" lang="de">20\.11\.2026/,
  );
});

test("what was entered in a ledger is said with the hash of its entry, in both languages", () => {
  const leaf = "ab".repeat(32);
  const recorded = { ledger: "log.example/demo", entry: 12, time: "2026-11-24T07:09:47.618Z", leaf, proof: "" };
  const assessment = { ...small.assessment, recorded: { kind: "receipt" as const, ...recorded } };
  const page = bodyOf(reportHtml({ ...small, assessment }, { language: "en" }));
  for (const text of ["Recorded", "Verzeichnet", "log.example/demo", "12", recorded.time, leaf])
    assert.ok(page.includes(text), text);
  assert.ok(!page.includes("Not recorded"));
});

test("the headline is never greener than the verdicts", () => {
  const with_ = (verdicts: ReportData["assessment"]["verdicts"], basis: Record<string, number>, examined = 10) =>
    headline({ ...small, assessment: { ...small.assessment, demo: false, examined, verdicts, basis } });
  assert.match(with_({ admitted: 0, refused: 0, undecided: 0 }, {}, 0).en, /^Nothing was looked at/);
  assert.match(with_({ admitted: 9, refused: 1, undecided: 0 }, { evidence: 9, rule: 1 }).en, /^Not in order: 1 of 10/);
  assert.match(
    with_({ admitted: 9, refused: 0, undecided: 1 }, { evidence: 9, missing: 1 }).en,
    /^Not shown to be in order/,
  );
  const partly = with_({ admitted: 10, refused: 0, undecided: 0 }, { evidence: 4, "no-duty": 6 });
  assert.match(partly.en, /4 of 10 verdicts are admitted by evidence, the others on another basis/);
  assert.match(with_({ admitted: 10, refused: 0, undecided: 0 }, { evidence: 10 }).de!, /^In Ordnung: alle 10/);
  const limited = (use: "binding" | "compare", outcome: "refused" | "undecided") => {
    const limit = {
      pack: "p",
      use,
      scope: "operator",
      operator: "o",
      segment: "core",
      outcome,
      basis: "rule",
    } as const;
    const network = [{ ...limit, reasons: ["L"], left: 0, advice: [], detail: "" }];
    const verdicts = { admitted: 10, refused: 0, undecided: 0 };
    const assessment = { ...small.assessment, examined: 10, verdicts, basis: { evidence: 10 }, network };
    return headline({ ...small, assessment }).en;
  };
  assert.match(limited("binding", "refused"), /^Not in order: limits on whole networks: 1 refused/);
  assert.match(limited("binding", "undecided"), /^Not shown to be in order: limits/);
  assert.match(limited("compare", "refused"), /^In order/);
});

test("no duty is never drawn in the colour of evidence", () => {
  const only: ReportData = inventedReport({ sites: 5, elements: 50, chains: 11 });
  const assessment = {
    ...only.assessment,
    verdicts: { admitted: 50, refused: 0, undecided: 0 },
    basis: { "no-duty": 50 },
    packs: [],
    operators: [],
    domains: [],
  };
  const sites = { ...only.sites, points: [], regions: [] };
  const page = bodyOf(reportHtml({ ...only, assessment, sites }, { language: "en" }));
  const bars = [...page.matchAll(/<svg class="bar"[\s\S]*?<\/svg>/g)].join("");
  assert.match(bars, /tone-no-duty/);
  assert.doesNotMatch(bars, /tone-evidence/);
});

test("an empty inventory makes a page that says so", () => {
  const page = bodyOf(reportHtml(inventedReport({ sites: 0, elements: 0, chains: 0 }), { language: "en" }));
  assert.match(page, /Nothing was looked at, so nothing is shown to be in order/);
  assert.match(page, /No site has a position/);
  assert.doesNotMatch(page, /NaN|undefined|Infinity/);
});

/** What a section says in English, without its markup. */
const english = (section: string, page: string) =>
  new RegExp(`<section id="${section}"[\\s\\S]*?</section>`)
    .exec(page)![0]
    .replace(/<svg[\s\S]*?<\/svg>|<span class="de"[^>]*>[\s\S]*?<\/span>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

test("dependence, exposure and outage: each says its numbers, of what they are, and what was not known", () => {
  const page = bodyOf(reportHtml(small, { language: "en" }));
  const dependence = english("dependence", page);
  assert.match(dependence, /DEMO-maker-1 made 51\.0 to 53\.0 % of the nation&#39;s access network/);
  assert.match(dependence, /4 of 4 operators have two or more makers there, and it is one of them at each/);
  assert.match(dependence, /Counted in 200 elements: the maker of 4 is not known, and 3 more may belong there/);
  assert.match(dependence, /elements sites people traffic Each element counts once/);
  assert.match(dependence, /people; |2022; DEMO statistics office/);
  assert.match(dependence, /with what they have in common 1\.25 to 2\.50/);
  const exposure = english("exposure", page);
  assert.match(exposure, /DEMO-maker-1 could see 90\.0 to 96\.0 % of people&#39;s traffic/);
  assert.match(exposure, /3 of 15 suppliers could each see more than half/);
  assert.match(exposure, /8,990 of 9,000 demands \(from demands\.csv\) have a path over 10,000 links/);
  assert.match(exposure, /AMF made 2 of 13 1 with nobody known DEMO-nord permanent identity/);
  const outage = english("outage", page);
  assert.match(
    outage,
    /If DEMO-maker-1 stops, 3 to 3 of 40|If DEMO-maker-1 stops, 3 of 40 radio sites are still served/,
  );
  assert.match(outage, /It hits 36 to 40 of 160 elements; 30 of the most only because nobody is known/);
  assert.match(outage, /DEMO-link-1 DEMO-sued 100\.0 180\.5 60\.0/);
  assert.match(outage, /if they stop: less than 50 % of sites left DEMO-maker-1 4 to 8 left/);
  assert.match(outage, /and 4 more; sets of up to 3 suppliers looked at: 87/);
  assert.match(outage, /Without links, so that no path is looked at: DEMO-ost/);
  assert.match(outage, /4 of them have no position/);
});

test("where no path was looked at the report says so, and where nothing is known it has no such section", () => {
  const outage = { ...small.assessment.outage, paths: false };
  const page = bodyOf(reportHtml({ ...small, assessment: { ...small.assessment, outage } }, { language: "en" }));
  assert.match(english("outage", page), /There are no links, so no path was looked at: only what stands at a site/);
  const empty = bodyOf(reportHtml(inventedReport({ sites: 0, elements: 0, chains: 0 }), { language: "en" }));
  assert.doesNotMatch(empty, /id="(dependence|exposure|outage)"/);
});

test("without traffic, radio or suppliers the report says what it cannot tell, and tells the rest", () => {
  const { exposure, outage } = small.assessment;
  const pageOf = (own: Partial<ReportData["assessment"]>) =>
    bodyOf(reportHtml({ ...small, assessment: { ...small.assessment, ...own } }, { language: "en" }));
  const untold = { ...exposure, rows: [], demands: 0, routed: 0, links: 0 };
  const seen = english("exposure", pageOf({ exposure: { ...untold, origin: "none" } }));
  assert.match(seen, /No share of traffic can be told: demands\.csv names none/);
  assert.match(seen, /AMF made 2 of 13 1 with nobody known DEMO-nord permanent identity/);
  assert.match(seen, /Of suppliers not told here \(9\)/);
  const pathless = english("exposure", pageOf({ exposure: { ...untold, origin: "table", demands: 7 } }));
  assert.match(pathless, /none of 7 demands has a path/);

  const unheld = english("outage", pageOf({ outage: { ...outage, scenarios: [], smallest: [] } }));
  assert.match(unheld, /Of no supplier is it sure that its loss hits anything/);
  assert.match(unheld, /What was looked at/);

  const dark = { total: 0, before: 0, served: { least: 0, most: 0 }, own: { least: 0, most: 0 } };
  const scenarios = outage.scenarios.map((scenario) => ({
    ...scenario,
    rows: scenario.rows.map((row) => ({ ...row, sites: { ...row.sites, ...dark }, people: null })),
  }));
  const assessment = { ...small.assessment, outage: { ...outage, scenarios } };
  const darkness = { scenarios: [], cell: null, points: [], unplaced: 0 };
  const core = english("outage", bodyOf(reportHtml({ ...small, assessment, darkness }, { language: "en" })));
  assert.match(core, /No radio site is in the tables/);
  assert.doesNotMatch(core, /0 of 0|still served/);
});

test("without borders or positions there are bars and numbers, and no map", () => {
  const darkness = { ...small.darkness, points: [], unplaced: 40 };
  const page = bodyOf(reportHtml({ ...small, outline: [], darkness }, { language: "en" }));
  assert.doesNotMatch(page, /small-map/);
  assert.match(english("exposure", page), /By region: people&#39;s traffic in the mean Hochland 90\.0 to 96\.0 %/);
  assert.match(english("outage", page), /radio sites served 3 of 40/);
});

test("every picture is drawn once, and each id stands in the page once", () => {
  const page = bodyOf(reportHtml(small, { language: "en" }));
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
  assert.deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  );
  // The script makes the heading of a chain.
  const known = new Set([...ids, "chain-title"]);
  for (const [, id] of page.matchAll(/(?:aria-labelledby|<use[^>]* href)="#?([^"]+)"/g))
    assert.ok(known.has(id!), `no #${id}`);
});

test("cells of a grid are called cells", () => {
  const page = bodyOf(
    reportHtml({ ...small, sites: { ...small.sites, cell: 0.25, sites: 812_345 } }, { language: "en" }),
  );
  assert.match(page, /812,345 sites are too many to draw one by one[\s\S]*a cell of 0\.25 degrees/);
  assert.match(page, /Zelle von 0,25 Grad/);
});

test("hostile names stay text, in the page and in its data", () => {
  const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'\u202e\u0000`;
  const text = JSON.stringify(small).replaceAll(
    /DEMO-nord|DEMO-maker-1|DEMO-link-1|Heide|DEMO statistics office|DEMO Inventedland|Mast 1\b|DE-CERT-1|of product/g,
    () => JSON.stringify(evil).slice(1, -1),
  );
  const data: ReportData = JSON.parse(text);
  const page = reportHtml(data, { language: "en", csv: evil });
  assert.equal([...page.matchAll(/<script/g)].length, 2, "the data and the script");
  assert.equal([...page.matchAll(/<\/script/g)].length, 2);
  for (const raw of ["<img", "\u202e", "\u0000"]) assert.ok(!page.includes(raw), JSON.stringify(raw));
  assert.match(page, /&#60;img src=x/);
});

test("the policy lets nothing in, and of script and style just these", () => {
  const page = reportHtml(small, { language: "en" });
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!.replaceAll("&#39;", "'");
  const digest = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)![1]!;
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
  const parts = ["default-src 'none'", `script-src ${digest(script)}`, `style-src ${digest(style)}`];
  assert.deepEqual(policy.split("; ").slice(0, 3), parts);
  assert.doesNotMatch(bodyOf(page), / (style|on[a-z]+)="/);
  assert.doesNotMatch(page.replace(/<script type[\s\S]*?<\/script>/, ""), /(src|href)="(?!#)|url\((?!#)|@import/);
});

test("words between backticks are code, and what they hold stays text", () => {
  assert.equal(coded("run `match` now").markup, "run <code>match</code> now");
  assert.equal(coded("`<b>` and ` alone").markup, "<code>&#60;b&#62;</code> and ` alone");
  assert.doesNotMatch(coded(`\`${"x".repeat(2000)}\``).markup, /<code>/);
});

test("a share that is not nothing, or not all, never looks so", () => {
  const shares = [percent(0, 9), percent(3, 34_978), percent(34_975, 34_978), percent(9, 9), percent(1, 4)];
  assert.deepEqual(
    shares.map(({ en }) => en),
    ["0.0 %", "< 0.1 %", "> 99.9 %", "100.0 %", "25.0 %"],
  );
});

test("records set aside count with the operator, who can mend them, and are missed in no table", () => {
  const operatorOf = (data: ReportData) =>
    Number(
      /<span class="number">(\d[\d,]*)<\/span> <b><span[^>]*>operator</
        .exec(
          glanceSection({ data, language: "en" }).markup.replace(
            /<span class="(?:en|de)"[^>]*>([\d.,]+)<\/span>/g,
            "$1",
          ),
        )?.[1]
        ?.replace(",", "") ?? 0,
    );
  const without: ReportData = { ...small, assessment: { ...small.assessment, setAside: 0, usesSetAside: 0 } };
  const aside: ReportData = { ...small, assessment: { ...small.assessment, setAside: 4, usesSetAside: 3 } };
  assert.equal(operatorOf(aside) - operatorOf(without), 7);
  assert.match(bodyOf(reportHtml(aside, { language: "en" })), /Without the records set aside \(7\)/);
  assert.doesNotMatch(bodyOf(reportHtml(without, { language: "en" })), /Without the records set aside/);
});
