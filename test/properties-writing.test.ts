/** Names are one however they were typed: white space of any kind and normal form change no verdict, whatever the way in. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { asName, blanks, fold } from "../src/model/name.ts";
import { openInventory } from "../src/storage/duckdb/open.ts";
import { anyWorld } from "./kit/generate.ts";
import { runIn } from "./kit/run.ts";
import { temporaryWorld, type World } from "./kit/world.ts";

const numRuns = Math.ceil(Number(process.env.FREIGABE_RUNS ?? 40) / 8);
const scratch = mkdtempSync(join(tmpdir(), "freigabe-writing-"));
after(() => rmSync(scratch, { recursive: true }));

type Write = (name: string) => string;
const blank = fc.constantFrom(...blanks.replace(/[\r\n]/g, ""));
const written: fc.Arbitrary<Write> = fc
  .record({ before: fc.array(blank, { maxLength: 2 }), after: fc.array(blank, { maxLength: 3 }), form: fc.boolean() })
  .map(({ before, after, form }) => (name) => {
    return `${before.join("")}${form ? name.normalize("NFD") : name}${after.join("")}`;
  });

const namedFields =
  "operator operators maker makers holder supplier product products release fromRelease toRelease functions scheme schemes documents text id".split(
    " ",
  );

/** Every string below that stands in a field that names something. */
function inFields(value: unknown, write: Write, named = false): unknown {
  if (typeof value === "string") return named && value !== "all" ? write(value) : value;
  if (Array.isArray(value)) return value.map((one) => inFields(one, write, named));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, inFields(inner, write, namedFields.includes(field))]),
  );
}

function rewritten(world: World, write: Write): World {
  const cell = (value: string | number | null | undefined) =>
    typeof value === "string" && /\p{L}/u.test(value) ? write(value) : value;
  const tables = Object.entries(world.tables).map(([table, rows]) => [
    table,
    (rows ?? []).map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cell(value)]))),
  ]);
  return {
    ...world,
    config: inFields(world.config, write) as World["config"],
    tables: Object.fromEntries(tables),
    keys: world.keys.map((key) => ({ ...key, party: write(key.party) })),
    signed: world.signed.map((one) => ({
      ...one,
      says: { ...one.says, predicate: inFields(one.says.predicate, write) as Record<string, unknown> },
    })),
  };
}

/** The cast with a letter that has two normal forms. */
const umlauts: Write = (name) =>
  name.replaceAll("DEMO-nord", "DEMO-n\u00f6rd").replaceAll("DEMO-core", "DEMO-c\u00f6re");

async function verdictsOf(world: World): Promise<string> {
  const root = temporaryWorld(world);
  try {
    const { err } = await runIn(root, ["assess", ".", "--output", "csv=v.csv"]);
    assert.match(err, /written: v\.csv/);
    return readFileSync(join(root, "v.csv"), "utf8").split("\n").sort().join("\n");
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("names written with other white space or normal form, in tables, statements, keys and configuration: the same verdicts", async () => {
  let verdicts = 0;
  const property = fc.asyncProperty(anyWorld(), written, async (world, write) => {
    const clean = rewritten(world, umlauts);
    const plain = await verdictsOf(clean);
    assert.equal(await verdictsOf(rewritten(clean, write)), plain);
    verdicts += plain.split("\n").length - 2;
  });
  await fc.assert(property, { numRuns, seed: 20261202, endOnFailure: true });
  assert.ok(verdicts > numRuns, `${verdicts} verdicts`);
});

test("the store trims, composes and folds as the program does", async () => {
  const letter = fc.constantFrom(...blanks, "a", "B", "\u00c4", "A\u0308", "-", "_", "\u2011", "1", "\u00df");
  const texts = fc.sample(fc.string({ unit: letter, maxLength: 12 }), { numRuns: 400, seed: 7 });
  const store = await openInventory();
  try {
    const path = join(scratch, "suppliers.csv");
    const quoted = texts.map((text, at) => `S${at},"${text}x${text}"`);
    writeFileSync(path, `id,name\n${quoted.join("\n")}\n`);
    await store.load([{ table: "suppliers", path, name: "suppliers.csv", format: "csv" }], "2026-11-20", {}, {});
    const rows = await store.rows("suppliers");
    assert.equal(rows.length, texts.length);
    for (const [at, { values }] of rows.entries()) assert.equal(values.name, asName(`${texts[at]}x${texts[at]}`));
  } finally {
    await store.close();
  }
});

test("a name is folded in one pass, and folding twice changes nothing", () => {
  const letter = fc.constantFrom(...blanks, "a", "B", "\u00c4", "A\u0308", "-", "\uff21", "1");
  fc.assert(
    fc.property(fc.string({ unit: letter }), (text) => {
      assert.equal(fold(fold(text)), fold(text));
      assert.equal(fold(asName(text)), fold(text));
      assert.equal(asName(asName(text)), asName(text));
    }),
  );
  const long = `a${"\u00a0".repeat(1_000_000)}b`;
  const begun = process.cpuUsage().user;
  assert.equal(asName(long).length, long.length);
  assert.equal(fold(long), "a b");
  assert.ok(process.cpuUsage().user - begun < 2_000_000);
});
