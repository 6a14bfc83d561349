/** A ledger that was deleted: nothing in the workspace tells, the person's own files do. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runIn } from "./kit/run.ts";

const folder = mkdtempSync(join(tmpdir(), "freigabe-memory-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const run = (...words: readonly string[]) => runIn(folder, words);

async function lost(name: string): Promise<readonly string[]> {
  const { out, err } = await run("assess", name, "--output", "json");
  assert.ok(out !== "", err);
  const found: { findings: { code: string; title: string }[] } = JSON.parse(out);
  return found.findings.filter(({ code }) => code === "lost-ledger").map(({ title }) => title);
}

test("this workspace had another ledger: deleted, replaced or cut, it is a finding until it is back", async () => {
  cpSync(join(import.meta.dirname, "../examples/first"), join(folder, "w"), { recursive: true });
  const ledger = join(folder, "w/ledger");
  assert.deepEqual(await lost("w"), []);
  assert.equal((await run("ledger", "start", "w", "--origin", "log.example/one")).code, 0);
  cpSync(ledger, join(folder, "begun"), { recursive: true });
  assert.equal((await run("gate", "w", "--order", "w/order.csv")).code, 1);
  assert.deepEqual(await lost("w"), []);
  cpSync(join(folder, "w"), join(folder, "copy"), { recursive: true });

  renameSync(ledger, join(folder, "kept"));
  const another = "this workspace had another ledger, `log.example/one`";
  assert.deepEqual(await lost("w"), [another], "deleted");
  assert.equal((await run("ledger", "start", "w", "--origin", "log.example/two")).code, 0);
  assert.deepEqual(await lost("w"), [another], "replaced");
  rmSync(ledger, { recursive: true });
  cpSync(join(folder, "begun"), ledger, { recursive: true });
  assert.deepEqual(await lost("w"), [
    "the ledger `log.example/one` has 1 of its entries",
    "this workspace had another ledger, `log.example/two`",
  ]);
  rmSync(ledger, { recursive: true });
  renameSync(join(folder, "kept"), ledger);
  assert.deepEqual(await lost("w"), ["this workspace had another ledger, `log.example/two`"]);
  rmSync(join(folder, "copy/ledger"), { recursive: true });
  assert.deepEqual(await lost("copy"), [], "a copy is another workspace");
  assert.equal(readdirSync(join(folder, "keys-of-ledgers/workspaces")).length, 1);
});
