/**
 * Makes the README's picture anew, `docs/images/report.png`: the first screen of the report on `examples/germany` in Chromium
 * (development dependencies), 1280 by 900, light, in English: `node scripts/picture.ts`.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openBrowser } from "../test/kit/browser.ts";
import { runIn } from "../test/kit/run.ts";

const mostBytes = 250_000;
const root = join(import.meta.dirname, "..");
const picture = join(root, "docs/images/report.png");
const folder = mkdtempSync(join(tmpdir(), "freigabe-picture-"));
try {
  const report = join(folder, "report.html");
  const { code, err } = await runIn(root, ["assess", "examples/germany", "--output", `html=${report}`]);
  if (code !== 0) throw new Error(`the report could not be made: ${err}`);
  mkdirSync(join(root, "docs/images"), { recursive: true });
  await takePicture(pathToFileURL(report).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { size } = statSync(picture);
if (size > mostBytes) throw new Error(`${picture} has ${size} bytes, more than ${mostBytes}`);
console.log(`docs/images/report.png, ${size} bytes`);

async function takePicture(address: string): Promise<void> {
  const { browser, close } = await openBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      deviceScaleFactor: 1,
      colorScheme: "light",
    });
    await page.goto(address);
    await page.waitForSelector("#elements-rows tr");
    await page.screenshot({ path: picture });
  } finally {
    await close();
  }
}
