/** A posture says what a network is made of, in intervals, and names nothing of it. */
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { PosturePredicate } from "../src/model/statement.ts";
import { runIn } from "./kit/run.ts";
import { ok, stage } from "./kit/sharing.ts";

const { folder, end } = stage();
const examples = join(import.meta.dirname, "..", "examples");
before(() => cpSync(join(examples, "first"), join(folder, "first"), { recursive: true }));
after(end);

const told = async (dir: string, ...more: readonly string[]): Promise<PosturePredicate> =>
  JSON.parse(await ok(runIn(folder, ["posture", dir, "--partner", "DEMO-NATION", "--output", "json", ...more])));
const cellOf = ({ cells }: PosturePredicate, channel: string, domain: string, role = "de-2024-contract-maker") =>
  cells.find((cell) => cell.channel === channel && cell.domain === domain && cell.role === role)!;

test("the national network: hand-checked shares, no id of an element, site or product, the same bytes twice", async () => {
  const germany = join(examples, "germany");
  const posture = await told(germany);
  const text = JSON.stringify(posture);
  assert.equal(text, JSON.stringify(await told(germany)));
  assert.doesNotMatch(text, /DEMO-E-|DEMO-S-/);
  for (const line of readFileSync(join(germany, "products.csv"), "utf8").trim().split("\n").slice(1)) {
    const id = line.split(",")[0]!;
    assert.ok(!text.includes(`"${id}"`), id);
  }
  const made = cellOf(posture, "made", "access");
  assert.ok(made.best === 56 && made.worst === 58 && made.base > 20_000, JSON.stringify(made));
  assert.ok(posture.examined < posture.elements);
});

test("what is not known widens: built and contained are open where no table says so", async () => {
  const posture = await told("first");
  for (const channel of ["built", "contains"]) {
    const { best, worst } = cellOf(posture, channel, "any");
    assert.deepEqual([best, worst], [0, 100]);
  }
});

test("taking relations or a row away never narrows", async () => {
  cpSync(join(folder, "first"), join(folder, "less"), { recursive: true });
  rmSync(join(folder, "less", "relations"), { recursive: true });
  const [more, less] = [await told("first"), await told("less")];
  for (const [at, cell] of more.cells.entries()) {
    const other = less.cells[at]!;
    if (cell.channel === "maintained" || cell.channel === "managed") {
      assert.ok(other.best <= cell.best && other.worst >= cell.worst, `${cell.channel} ${cell.domain}`);
    }
  }
});

test("one element of many is one percent, not none", async () => {
  cpSync(join(folder, "first"), join(folder, "many"), { recursive: true });
  const file = join(folder, "many", "elements", "elements.csv");
  const rows = Array.from(
    { length: 2000 },
    (_, n) => `DEMO-x-${n},DEMO-north,kiel-7,DEMO-taiga,DEMO-radio-t,V1,gNB,active,2023-04-03,2023-04-03`,
  );
  writeFileSync(file, `${readFileSync(file, "utf8").trim()}\n${rows.join("\n")}\n`);
  const { best, base } = cellOf(await told("many"), "made", "any");
  assert.equal(best, 1);
  assert.ok(base > 2000);
});

test("it is signed by whom it is about, and shown to people first", async () => {
  mkdirSync(join(folder, "trust"));
  await ok(
    runIn(folder, [
      "certify",
      "key",
      "--out",
      "keys/n",
      "--id",
      "DEMO-n",
      "--party",
      "DEMO-NATION",
      "--role",
      "partner",
      "--from",
      "2026-01-01",
      "--trust",
      "trust",
    ]),
  );
  const out = await ok(
    runIn(folder, ["posture", "first", "--partner", "DEMO-NATION", "--sign", "keys/n", "--out", "posture.json"]),
  );
  assert.match(out, /Posture of DEMO-NATION as of 2026-11-20/);
  const verified = await runIn(folder, ["verify", "posture.json", "--trust", "trust", "--demo"]);
  assert.equal(verified.code, 0, verified.out);
});

test("wrong use says what to do, and writes nothing", async () => {
  const fails = async (words: readonly string[], message: RegExp) => {
    const { code, err, out } = await runIn(folder, ["posture", ...words]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
  };
  await fails(["first"], /`--partner ID` is missing/);
  await fails(["first", "--partner", "X", "--role", "nobody"], /does not say who has the role `nobody`/);
  await fails(["first", "--partner", "X", "--assurance", "high"], /self, audited, recomputed/);
  await fails(["nowhere", "--partner", "X"], /no folder/);
  const unsigned = await runIn(folder, ["posture", "first", "--partner", "X", "--out", "unsigned.json"]);
  assert.equal(unsigned.code, 2);
  assert.equal(existsSync(join(folder, "unsigned.json")), false);
});

test("what would not count where it is signed is not written", async () => {
  cpSync(join(folder, "first"), join(folder, "other"), { recursive: true });
  cpSync(join(folder, "trust"), join(folder, "other/trust"), { recursive: true });
  const words = ["posture", "other", "--partner", "DEMO-SOMEBODY", "--sign", "keys/n", "--out", "other.json"];
  const { code, err } = await runIn(folder, words);
  assert.equal(code, 2);
  assert.match(err, /would not count: not evidence, entitlement: `DEMO-n` speaks for `DEMO-NATION` alone/);
  assert.equal(existsSync(join(folder, "other.json")), false);
  const early = [
    "posture",
    "other",
    "--partner",
    "DEMO-NATION",
    "--as-of",
    "2031-01-01",
    "--sign",
    "keys/n",
    "--out",
    "other.json",
  ];
  assert.match((await runIn(folder, early)).err, /2031-01-01` lies after the day of signing/);
});
