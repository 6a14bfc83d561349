import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";

/**
 * A real Chromium, and how to be rid of it. The package unpacks into the system's temporary folder and takes whatever lies
 * there, be it another user's or half written: so it gets a fresh folder of its own.
 */
export async function openBrowser(): Promise<{ readonly browser: Browser; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "freigabe-chromium-"));
  mkdirSync(join(folder, "home"));
  const before = { TMPDIR: process.env.TMPDIR, HOME: process.env.HOME };
  process.env.TMPDIR = folder;
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import("@sparticuz/chromium"),
    import("playwright-core"),
  ]);
  const executablePath = await chromium.executablePath();
  writeFileSync(join(folder, "fonts", "fonts.conf"), fontsOf(folder));
  const browser = await playwright.launch({
    executablePath,
    // One process for all would end with the first page that is closed.
    args: chromium.args.filter((flag) => flag !== "--single-process" && flag !== "--no-zygote"),
    headless: true,
    env: { ...process.env, HOME: join(folder, "home"), FONTCONFIG_PATH: join(folder, "fonts") },
  });
  if (before.TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before.TMPDIR;
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The package's own list of fonts looks for them in /tmp; without any, a page with a rare letter ends the browser. */
function fontsOf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}
