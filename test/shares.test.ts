import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Assessment } from "../src/model/assessment.ts";
import { checkShape } from "../src/model/check.ts";
import type { DependenceRow } from "../src/model/dependence.ts";
import { NationalView } from "../src/model/shares.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-shares-"));
after(() => rmSync(folder, { recursive: true }));
const run = (...words: readonly string[]) => runIn(folder, words);
const file = (name: string) => join(folder, name);
const authority =
  "name: authority\ndemo: true\nbinding: [{pack: de-2019}]\ndays: {asOf: 2026-11-20, knownAt: 2026-11-23}\n";

async function ok(...words: readonly string[]) {
  const answer = await run(...words);
  assert.equal(answer.code, 0, answer.err);
  return answer;
}

/** The commands of the page, as they stand there. */
const page = readFileSync(join(root, "docs", "shares.md"), "utf8");
const commands = /```sh\n([\s\S]*?)```/
  .exec(page)![1]!
  .trim()
  .split("\n")
  .map((line) => line.split(" ").slice(1));

before(async () => {
  cpSync(join(root, "examples", "shared-core"), file("shared-core"), { recursive: true });
  mkdirSync(file("authority/trust"), { recursive: true });
  mkdirSync(file("keys"));
  writeFileSync(file("authority/freigabe.yaml"), authority);
  for (const name of ["suppliers", "owners", "succession"])
    cpSync(file(`shared-core/${name}.csv`), file(`authority/${name}.csv`));
  for (const words of commands.slice(0, -1)) await ok(...words);
});

async function view(...words: readonly string[]): Promise<NationalView> {
  const { out, err } = await run("assess", "authority", ...words, "--output", "json");
  assert.notEqual(out, "", err);
  const checked = checkShape(NationalView, JSON.parse(out), { file: "out" });
  assert.ok("value" in checked, JSON.stringify(checked.problems));
  return checked.value;
}
const both = ["--from-shares", "north.json", "--from-shares", "south.json"];

test("the page's commands give a whole view", async () => {
  const { out } = await ok(...commands.at(-1)!);
  assert.match(out, /from the signed counts of 2 operators\n/);
  assert.match(out, /7 elements told by several, counted once by element/);
  assert.equal(statSync(file("common.key")).mode & 0o777, 0o600);
});

test("the nation's rows equal those of one inventory of both, by element, site and people, shared elements and all", async () => {
  const { out } = await ok("assess", "shared-core", "--output", "json");
  const whole = (JSON.parse(out) as Assessment).dependence.rows;
  const named = (rows: readonly DependenceRow[]) =>
    rows
      .filter(({ scope, base, partKind }) => scope !== "region" && partKind !== "function" && baseTold(base))
      .map(({ similar: _, ...row }) => [nameOf(row), row] as const);
  const told = new Map(named((await view(...both)).dependence.rows));
  const expected = named(whole);
  assert.ok(expected.length >= 20);
  assert.deepEqual([...told.keys()].sort(), expected.map(([name]) => name).sort());
  for (const [name, row] of expected) assert.deepEqual(told.get(name), row, name);
});
const baseTold = (base: string) => base !== "traffic";
const nameOf = ({ scope, name, part, by, base, channel }: Omit<DependenceRow, "similar">) =>
  [scope, name, part, by, base, channel].join(" ");

test("a file names no element, no product and no release", () => {
  const { payload } = JSON.parse(readFileSync(file("north.json"), "utf8"));
  const text = Buffer.from(payload, "base64").toString("utf8");
  const elements = readFileSync(file("shared-core/elements/elements.csv"), "utf8").trim().split("\n").slice(1);
  for (const [id = "", , , product = ""] of elements.map((line) => line.split(",")))
    assert.ok(!text.includes(id) && !text.includes(product), id);
  assert.match(text, /"DEMO-taiga"/);
});

test("without a key in common the numbers hold those with one", async () => {
  for (const name of ["north", "south"])
    await ok(
      "export",
      "shares",
      "shared-core",
      "--operator",
      `DEMO-${name}`,
      "--sign",
      `keys/${name}`,
      "--out",
      `${name}-alone.json`,
    );
  const alone = await view("--from-shares", "north-alone.json", "--from-shares", "south-alone.json");
  const rowOf = ({ dependence }: NationalView) =>
    dependence.rows.find(
      ({ scope, part, by, base }) => scope === "nation" && part === "core" && by === "supplier" && base === "element",
    )!;
  const [wide, exact] = [rowOf(alone), rowOf(await view(...both))];
  assert.equal(alone.sharedOnce, 0);
  assert.ok(alone.notes.some((note) => note.includes("no common key")));
  for (const measure of ["count", "largest"] as const) {
    assert.ok(wide[measure].least <= exact[measure].least && exact[measure].most <= wide[measure].most, measure);
  }
  assert.ok(wide.hhi!.least < exact.hhi!.least && exact.hhi!.most < wide.hhi!.most);
});

test("what does not count is told, and the view is not whole", async () => {
  const leftOut = async (name: string, change: (text: string) => string, why: RegExp) => {
    writeFileSync(file(name), change(readFileSync(file("south.json"), "utf8")));
    const { code, out } = await run(
      "assess",
      "authority",
      "--from-shares",
      "north.json",
      "--from-shares",
      name,
      "--output",
      "json",
    );
    const found = JSON.parse(out) as NationalView;
    assert.equal(code, 3);
    assert.deepEqual(
      found.operators.map(({ operator }) => operator),
      ["DEMO-north"],
    );
    assert.match(found.leftOut[0]!.why, why);
    const { out: text } = await run("assess", "authority", "--from-shares", "north.json", "--from-shares", name);
    assert.match(text, /INCOMPLETE: 1 file did not count/);
  };
  await leftOut("other.json", (text) => text.replace(/("payload": ?")..../, "$1AAAA"), /signature|payload|JSON/);
  await leftOut("torn.json", (text) => text.slice(0, 300), /JSON|end/i);
  await leftOut(
    "north-again.json",
    () => readFileSync(join(root, "examples/shared-core/registers/orders-1.json"), "utf8"),
    /key|kind/,
  );
  await ok(
    "export",
    "shares",
    "shared-core",
    "--operator",
    "DEMO-south",
    "--sign",
    "keys/north",
    "--out",
    "wrong.json",
  );
  await leftOut(
    "wrong-copy.json",
    () => readFileSync(file("wrong.json"), "utf8"),
    /`DEMO-key-north` speaks for `DEMO-north` alone/,
  );
  await ok(
    "export",
    "shares",
    "shared-core",
    "--operator",
    "DEMO-south",
    "--sign",
    "keys/south",
    "--as-of",
    "2026-05-01",
    "--out",
    "old.json",
  );
  await leftOut(
    "old-copy.json",
    () => readFileSync(file("old.json"), "utf8"),
    /counted as of 2026-05-01, more than 184 days/,
  );
});

interface Out {
  readonly base: string;
  readonly region?: string;
  readonly holders: { units: number; low: number }[];
}
const first = (shares: readonly Out[], base: string) => shares.find((out) => out.base === base)!;
const isPlaced = ({ region }: Out) => region !== undefined;

/** A predicate that is about to be forged. */
interface Told {
  elements: number;
  signedAt: string;
  readonly shares: Out[];
  nationShares: Out[];
  readonly touched: { open: number; readonly total: number }[];
  readonly shared: { element: string }[];
}

/** South's counts, changed and signed again by itself. */
async function forged(name: string, change: (predicate: Told) => unknown): Promise<string> {
  const { payload } = JSON.parse(readFileSync(file("south.json"), "utf8"));
  const { predicate } = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
  change(predicate);
  writeFileSync(file(`${name}-body.json`), JSON.stringify(predicate));
  const made = await run(
    "certify",
    "shares",
    "--from",
    `${name}-body.json`,
    "--key",
    "keys/south",
    "--out",
    `${name}.json`,
  );
  return made.code === 0 ? "" : made.err;
}

test("signed nonsense does not count: sums, repeated parts, hashes, huge and negative numbers", async () => {
  const counts = async (name: string, change: (predicate: Told) => unknown, why: RegExp) => {
    const refused = await forged(name, change);
    if (refused !== "") return assert.match(refused, why);
    const { leftOut } = await view("--from-shares", "north.json", "--from-shares", `${name}.json`);
    assert.match(leftOut[0]?.why ?? "", why);
  };
  await counts("sum", ({ shares }) => (first(shares, "element").holders[0]!.units += 100), /where made tells/);
  await counts("low", ({ shares }) => (shares[0]!.holders[0]!.low += 100), /`low` above `units`/);
  await counts("again", ({ shares }) => shares.push(shares[0]!), /tells a part twice/);
  await counts("holder", ({ shares }) => shares[0]!.holders.push(shares[0]!.holders[0]!), /tells a holder twice/);
  await counts("touch", ({ touched }) => (touched[0]!.open = touched[0]!.total + 1), /more than its/);
  await counts("sites", ({ shares }) => (first(shares, "site").holders[0]!.units += 99), /more sites than its/);
  await counts(
    "regions",
    ({ shares }) => shares.splice(0, 1_000, ...shares.filter(isPlaced)),
    /where made tells|regions/,
  );
  await counts("whole", (predicate) => (predicate.elements += 1), /counts \d+ elements of/);
  await counts("nation", (predicate) => (predicate.nationShares = []), /for the nation: /);
  await counts("left", ({ shared }) => shared.pop(), /for the nation: counts \d+ elements of/);
  await counts("less", ({ shares }) => (shares[0]!.holders[0]!.units = -1), /units`: expected number from 0/);
  await counts("huge", (predicate) => (predicate.elements = 1e300), /elements/);
  await counts("hash", ({ shared }) => (shared[0]!.element = "ab"), /shared/);
  await counts("twice", ({ shared }) => shared.push(shared[0]!), /shared element twice/);
});

test("of an operator's two files the newer counts; one named twice, and an inventory beside, are refused", async () => {
  await forged("newer", (predicate) => (predicate.signedAt = "2026-11-23T11:59:59Z"));
  await forged("older", (predicate) => (predicate.signedAt = "2026-11-22T12:00:00Z"));
  const { leftOut, operators } = await view(
    ...both.slice(0, 2),
    "--from-shares",
    "older.json",
    "--from-shares",
    "newer.json",
  );
  assert.deepEqual(leftOut, [{ file: "older.json", why: "`newer.json` of `DEMO-south` is newer" }]);
  assert.equal(operators.length, 2);
  const refused = async (message: RegExp, ...words: readonly string[]) => {
    const { code, err, out } = await run(...words);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
  };
  await refused(/named twice/, "assess", "authority", ...both, "--from-shares", "north.json");
  await refused(/no file `none.json`/, "assess", "authority", "--from-shares", "none.json");
  await refused(/inventory of its own/, "assess", "shared-core", ...both);
  await refused(/takes no `--fail-on`/, "assess", "authority", ...both, "--fail-on", "refused");
  await refused(/expected `--output` of text, json/, "assess", "authority", ...both, "--output", "csv");
  await refused(/`--sign KEY` is missing/, "export", "shares", "shared-core");
  await refused(
    /whose network\? it has those of `DEMO-north`, `DEMO-south`/,
    "export",
    "shares",
    "shared-core",
    "--sign",
    "keys/north",
  );
  await refused(
    /no element in use of an operator `DEMO-west`/,
    "export",
    "shares",
    "shared-core",
    "--sign",
    "keys/north",
    "--operator",
    "DEMO-west",
  );
  writeFileSync(file("short.key"), "abc\n");
  await refused(
    /expected 64 hexadecimal digits/,
    ...["export", "shares", "shared-core", "--sign", "keys/north", "--operator", "DEMO-north"],
    "--common-key",
    "short.key",
  );
  await refused(/common.key/, "export", "shares", "--new-common-key", "common.key");
});
