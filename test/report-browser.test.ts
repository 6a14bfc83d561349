/**
 * The HTML report as people use it, in a real Chromium: read, clicked, typed, printed. Pictures of it are left in a
 * temporary folder, whose path is printed.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { ReportData } from "../src/model/report-data.ts";
import { reportHtml } from "../src/reports/html/report.ts";
import { openBrowser } from "./kit/browser.ts";
import { inventedReport } from "./kit/report-data.ts";

const axe = readFileSync(join(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");
const evil = `</script><img src="https://evil.invalid/x" onerror="document.title='owned'"><b>`;
const data = withHostileNames(inventedReport({ sites: 900, elements: 3000, chains: 120 }));
const folder = mkdtempSync(join(tmpdir(), "freigabe-report-"));
const pictures = mkdtempSync(join(tmpdir(), "freigabe-pictures-"));
const file = join(folder, "report.html");

let browser: Browser;
let close: (() => Promise<void>) | undefined;
/** Whatever any page said or asked for that it should not have. */
const complaints: string[] = [];

before(async () => {
  writeFileSync(file, reportHtml(data, { language: "en", csv: "verdicts.csv" }));
  ({ browser, close } = await openBrowser());
  console.log(`pictures of the report: ${pictures}`);
});
after(async () => {
  await close?.();
  rmSync(folder, { recursive: true });
});

function withHostileNames(report: ReportData): ReportData {
  const rows = report.elements.rows.map((row, at) =>
    at === 0 ? { ...row, element: `DEMO-evil ${evil}`, maker: `\u202e${evil}` } : row,
  );
  return { ...report, assessment: { ...report.assessment, title: `DEMO ${evil}` }, elements: { total: 90_000, rows } };
}

/** A page open at a fragment; what it complains of, and every request but that for the file itself, is noted. */
async function open(fragment = "", options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  await page.route("**/*", (route) => {
    if (route.request().url().startsWith(pathToFileURL(file).href)) return route.continue();
    complaints.push(`request: ${route.request().url()}`);
    return route.abort();
  });
  await page.goto(pathToFileURL(file).href + fragment);
  return page;
}

const rowsOf = (page: Page, table: string) => page.locator(`#${table}-rows tr`);
const cells = (page: Page, table: string, column: string) =>
  page.locator(`#${table}-rows .column-${column}`).allInnerTexts();

for (const colorScheme of ["light", "dark"] as const)
  for (const language of ["en", "de"] as const)
    test(`nothing serious against accessibility: ${language}, ${colorScheme}`, async () => {
      const page = await open(`#lang=${language}`, { colorScheme, reducedMotion: "reduce" });
      await page.evaluate(axe);
      // What is folded away is looked at too.
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");
      const check = "axe.run(document,{resultTypes:['violations']}).then((found)=>found.violations)";
      const serious = async () => {
        const found: { impact: string; id: string; nodes: { html: string; failureSummary: string }[] }[] =
          await page.evaluate(check);
        return found
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary} (${nodes.length})`);
      };
      assert.deepEqual(await serious(), []);
      await page.evaluate("location.hash = '#question=4'");
      await page.locator("#chain[open]").waitFor();
      assert.deepEqual(await serious(), []);
      await page.context().close();
    });

test("by keyboard alone: past the navigation, to a row, its chain, and back to the row", async () => {
  const page = await open();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate("document.activeElement.className"), "skip");
  await page.locator("#elements-search").focus();
  await page.keyboard.type("amf");
  const link = page.locator("#elements-rows a").first();
  const id = await link.innerText();
  let steps = 0;
  while ((await page.evaluate("document.activeElement.textContent")) !== id && steps++ < 40)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("#chain[open]").waitFor();
  assert.equal(await page.evaluate("document.activeElement.id"), "chain-title");
  assert.equal(await page.evaluate("decodeURIComponent(location.hash)"), `#element=${id}`);
  const content = await page.locator("#chain-content").innerText();
  for (const text of [id, "Rules", "Facts", "freigabe explain . ", "signed by DEMO-body", "evidence/DEMO-cert-7.json"])
    assert.ok(content.includes(text), text);
  await page.keyboard.press("Escape");
  await page.locator("#chain[open]").waitFor({ state: "detached" });
  await page.waitForFunction("location.hash === ''");
  assert.equal(await page.evaluate("document.activeElement.textContent"), id);
  await page.goForward();
  await page.locator("#chain[open]").waitFor();
  await page.goBack();
  await page.locator("#chain[open]").waitFor({ state: "detached" });
  await page.context().close();
});

test("search, filters, sorting and pages do what they say", async () => {
  const page = await open();
  assert.equal(await rowsOf(page, "elements").count(), 25);
  assert.equal(await page.locator("#elements-count").innerText(), "1 to 25 of 3,000");
  assert.match(await page.locator("#elements-cap").innerText(), /holds 3,000 of 90,000.*verdicts\.csv/);
  const head = page.locator("#elements th[data-column=element]");
  await head.locator("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  const up = await cells(page, "elements", "element");
  assert.deepEqual(up, up.toSorted());
  await head.locator("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  assert.ok((await cells(page, "elements", "element"))[0]! > up.at(-1)!);
  await page.locator("#elements-next").click();
  assert.equal(await page.locator("#elements-count").innerText(), "26 to 50 of 3,000");
  await page.locator("#elements-kind").selectOption({ label: "undecided, expired" });
  assert.deepEqual(
    [...new Set(await cells(page, "elements", "kind"))].map((text) => text.replace("?", "").trim()),
    ["undecided, expired"],
  );
  await page.locator("#elements-search").fill("nothing like this");
  assert.equal(await page.locator("#elements-count").innerText(), "nothing matches");
  await page.locator("#questions-search").fill("DE-9B-1");
  for (const reasons of await cells(page, "questions", "reasons")) assert.match(reasons, /DE-9B-1/);
  await page.context().close();
});

test("the language changes at once, everywhere, and stays with the address", async () => {
  const page = await open("#question=1");
  await page.locator("#chain-close").click();
  await page.locator("#language").click();
  const said = await page.evaluate("[document.documentElement.lang, document.title, location.hash]");
  assert.deepEqual(said, ["de", `DEMO ${evil}: Ergebnisse`, "#lang=de"]);
  const text = await page.locator("body").innerText();
  for (const german of ["Die größten Gründe", "1 bis 25 von 3.000", "Vorführung", "abgelehnt", "20.11.2026"])
    assert.ok(text.includes(german), german);
  for (const other of ["Largest reasons", "of 3,000", "Demonstration"]) assert.ok(!text.includes(other), other);
  const reloaded = await open("#lang=de&question=2");
  const chain = await reloaded.locator("#chain-content").innerText();
  assert.match(chain, /Ist die Funktion nach der am Stichtag geltenden Liste kritisch\?/);
  await reloaded.context().close();
  await page.context().close();
});

test("the map: zoom, kinds on and off, a site by search and by click, and on to its elements", async () => {
  const page = await open();
  const box = () => page.locator("#map-drawing").getAttribute("viewBox");
  const whole = await box();
  await page.locator("#map-in").click();
  assert.notEqual(await box(), whole);
  await page.locator("#map-frame").focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("0");
  assert.equal(await box(), whole);
  await page.locator("#map-legend input").first().uncheck();
  assert.equal(await page.locator("#dots-0").isVisible(), false);
  await page.locator("#map-legend input").first().check();

  await page.locator("#site-search").fill("DEMO-site-00007");
  await page.locator("#site-search").press("Enter");
  assert.match(await page.locator("#site-detail").innerText(), /Site DEMO-site-00007/);
  await page.locator("#site-detail a").click();
  const sites = await cells(page, "elements", "site");
  assert.deepEqual([...new Set(sites)], ["DEMO-site-00007"]);
  assert.match(await page.locator("#elements-site").innerText(), /DEMO-site-00007/);

  await page.locator("#map-frame").scrollIntoViewIfNeeded();
  const mark = (await page.locator("#map-mark").boundingBox())!;
  await page.locator("#site-detail").evaluate((node) => node.replaceChildren());
  await page.mouse.click(mark.x + mark.width / 2, mark.y + mark.height / 2);
  assert.match(await page.locator("#site-detail").innerText(), /Site DEMO-site-00007/);
  await page.context().close();
});

test("choices: by click and by keyboard, one panel at a time, each with its picture", async () => {
  const page = await open();
  const shown = (section: string) => page.locator(`#${section} .panel:visible h3`).allInnerTexts();
  assert.deepEqual(await shown("exposure"), ["DEMO-maker-1"]);
  await page.locator("#exposure .options label").nth(2).click();
  assert.deepEqual(await shown("exposure"), ["DEMO-maker-3"]);
  await page.locator("#exposure .options input").nth(2).focus();
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await shown("exposure"), ["DEMO-maker-4"]);
  assert.deepEqual(await shown("outage"), ["DEMO-maker-1 stops"], "other choices stay as they are");
  await page.locator("#outage .options label").nth(1).click();
  const drawing = page.locator("#outage .panel:visible .small-map");
  assert.ok((await drawing.boundingBox())!.width > 200);
  const dark = page.locator("#outage .panel:visible .small-map .dots-refused .dot");
  assert.equal(await dark.evaluate((dot) => getComputedStyle(dot).stroke), "rgb(163, 20, 46)");
  assert.match(await page.locator("#dependence .panel:visible").innerText(), /access, counted in elements/);
  await page.locator("#dependence .options label").nth(2).click();
  assert.match(await page.locator("#dependence .panel:visible").innerText(), /access, counted in people/);
  await page.context().close();
});

test("hostile names are shown as text", async () => {
  const page = await open();
  assert.equal(await page.locator("h1").innerText(), `DEMO ${evil}`);
  assert.equal(await page.locator("img").count(), 0);
  const link = page.locator("#elements-rows a").first();
  assert.equal(await link.innerText(), `DEMO-evil ${evil}`);
  assert.equal(await page.locator("#elements-rows .column-maker").first().innerText(), `⟨202E⟩${evil}`);
  await link.click();
  await page.locator("#chain[open]").waitFor();
  assert.match(await page.locator("#chain-title").innerText(), /<img src=/);
  assert.equal(await page.locator("#chain img").count(), 0);
  await page.context().close();
});

test("a phone of 360 pixels scrolls down only", async () => {
  for (const language of ["en", "de"]) {
    const page = await open(`#lang=${language}`, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    await page.evaluate("location.hash = '#question=3'");
    await page.locator("#chain[open]").waitFor();
    assert.ok(await page.evaluate("document.querySelector('#chain-content').scrollWidth <= 360"));
    await page.context().close();
  }
});

test("printed, it is A4, without what only a screen can do", async () => {
  const page = await open("", { colorScheme: "dark" });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const boxes = [...pdf.toString("latin1").matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)];
  assert.ok(boxes.length >= 5 && boxes.length < 40, `${boxes.length} pages`);
  for (const [, width, height] of boxes) {
    assert.ok(Math.abs(Number(width) - 595.3) < 1.5 && Math.abs(Number(height) - 841.9) < 1.5, `${width} ${height}`);
  }
  writeFileSync(join(pictures, "report.pdf"), pdf);
  await page.setViewportSize({ width: 680, height: 962 });
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".top", ".controls", ".pages", ".map-buttons", "#site-search"])
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  for (const shown of ["#map-legend", ".reason", "#elements-rows tr"])
    assert.ok(await page.locator(shown).first().isVisible(), shown);
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 680);
  assert.equal(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor"), "rgb(252, 251, 248)");
  await page.screenshot({ path: join(pictures, "a4.png") });
  await page.context().close();
});

test("without its script the page still gives the answer", async () => {
  const page = await open("", { javaScriptEnabled: false });
  const text = await page.locator("body").innerText();
  assert.match(text, /Not in order/);
  assert.match(text, /The tables and chains need the page's script/);
  assert.equal(await page.locator("#elements").isVisible(), false);
  assert.match(text, /DEMO-maker-1 stops[\s\S]*Of all networks together/);
  assert.equal(await page.locator("#outage .panel:visible").count(), 1);
  await page.locator("#outage .options label").nth(3).click();
  assert.match(await page.locator("#outage .panel:visible").innerText(), /^DEMO-maker-4 stops/);
  await page.context().close();
});

test("pictures: wide and phone, light and dark, both languages", async () => {
  const looks = [
    ["wide-light-en", 1280, 900, "light"],
    ["wide-dark-de", 1280, 900, "dark"],
    ["phone-light-de", 360, 740, "light"],
    ["phone-dark-en", 360, 740, "dark"],
  ] as const;
  for (const [name, width, height, colorScheme] of looks) {
    const page = await open(`#lang=${name.slice(-2)}`, { viewport: { width, height }, colorScheme });
    const picture = await page.screenshot({ path: join(pictures, `${name}.png`) });
    assert.ok(picture.length > 10_000);
    for (const section of width > 400 ? ["dependence", "exposure", "outage"] : []) {
      await page.locator(`#${section}`).screenshot({ path: join(pictures, `${name}-${section}.png`) });
    }
    await page.context().close();
  }
});

test("in all of this no page complained, and nothing was asked for from anywhere", () => {
  assert.deepEqual(complaints, []);
});
