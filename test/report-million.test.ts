import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { evidence } from "../bench/evidence.ts";
import { generate } from "../bench/generate.ts";
import { mostBytes } from "../src/reports/html/report.ts";
import { openBrowser } from "./kit/browser.ts";
import { runIn } from "./kit/run.ts";

const elements = 1_000_000;

test("a million elements at 100,000 sites: the page stays under its cap, groups, and opens", async () => {
  const folder = mkdtempSync(join(tmpdir(), "freigabe-million-"));
  try {
    const workspace = join(folder, "million");
    await generate({ elements, format: "parquet", seed: 1 }, evidence, workspace);
    const page = join(folder, "report.html");
    const outputs = ["--output", "json", "--output", `html=${page}`];
    const { code, out, err } = await runIn(folder, ["assess", workspace, ...outputs]);
    assert.equal(code, 0, err);
    const { examined, notInUse } = JSON.parse(out);
    assert.equal(examined + notInUse, elements);
    assert.ok(statSync(page).size < mostBytes / 2, `${statSync(page).size} bytes`);
    assert.match(readFileSync(page, "utf8"), /verdicts\.csv|--output csv/, "does not say where the whole list is");
    await opens(page);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function opens(page: string): Promise<void> {
  const { browser, close } = await openBrowser();
  try {
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on("pageerror", ({ message }) => complaints.push(message));
    tab.on("request", (request) => {
      if (!request.url().startsWith("file:")) complaints.push(request.url());
    });
    await tab.goto(pathToFileURL(page).href);
    await tab.locator("#elements tbody tr").first().waitFor();
    const text = await tab.locator("#map").innerText();
    assert.match(text, /is a cell of/, "sites are not shown as cells");
    assert.deepEqual(complaints, []);
  } finally {
    await close();
  }
}
