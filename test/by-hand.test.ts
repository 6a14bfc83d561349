import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { parse } from "yaml";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-by-hand-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const missing = ["bash", "openssl", "sha256sum", "xxd", "base64"].filter(
  (tool) => spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0,
);
const options = missing.length > 0 ? { skip: `SKIPPED: not on this machine: ${missing.join(", ")}` } : {};

/** The lines of docs/record.md, "By hand". */
const script = /^```bash\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, "docs/record.md"), "utf8"))?.[1] ?? "";

function byHand(proof: string) {
  writeFileSync(join(folder, "proof"), proof);
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
  return { status, said: `${stdout}${stderr}` };
}

before(async () => {
  cpSync(join(root, "examples/first"), join(folder, "first"), { recursive: true });
  for (let at = 0; at < 3; at += 1) {
    const { code } = await runIn(folder, ["gate", "first", "--order", "first/order.csv"]);
    assert.equal(code, 1);
  }
  const { out } = await runIn(folder, ["ledger", "key", "first"]);
  writeFileSync(join(folder, "key.pem"), parse(out).keys[0].publicKey);
});

test("every entry's proof is checked by hand, with openssl and sha256sum alone", options, async () => {
  assert.ok(script.includes("openssl pkeyutl"));
  const { out } = await runIn(folder, ["ledger", "list", "first", "--output", "json"]);
  const { size }: { size: number } = JSON.parse(out);
  assert.equal(size, 5);
  for (let index = 0; index < size; index += 1) {
    const proof = await runIn(folder, ["ledger", "prove", "first", String(index)]);
    const { status, said } = byHand(proof.out);
    assert.equal(status, 0, said);
    assert.match(said, /the entry is in the tree[\s\S]*Verified Successfully[\s\S]*Verified Successfully/);
  }
});

test("by hand too, a changed entry, path or checkpoint is found", options, async () => {
  const { out } = await runIn(folder, ["ledger", "prove", "first", "1"]);
  const lines: readonly string[] = out.split("\n");
  const change = (at: number, from: string, to: string) => {
    assert.ok(lines[at]?.includes(from));
    return [...lines.slice(0, at), lines[at]!.replace(from, to), ...lines.slice(at + 1)].join("\n");
  };
  const entry = Buffer.from(lines[1]!.slice("extra ".length), "base64").toString("latin1");
  const forged = Buffer.from(entry.replace("signatures", "Signatures"), "latin1").toString("base64");
  assert.match(byHand([lines[0], `extra ${forged}`, ...lines.slice(2)].join("\n")).said, /NOT in the tree/);
  const at = lines.findIndex((line) => line.startsWith("index "));
  assert.match(byHand(change(at, "index 1", "index 0")).said, /NOT in the tree/);
  const size = lines.indexOf("", at) + 2;
  assert.equal(lines[size], "5");
  // The path still leads to the root: only the signature knows the size.
  assert.match(byHand(change(size, "5", "6")).said, /NOT in the tree|Signature Verification Failure/);
});
