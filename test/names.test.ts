/** Names that nobody can place: what an order or a withdrawal means for a verdict if its text is no id of ours. */
import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "freigabe-names-"));
after(() => rmSync(scratch, { recursive: true }));

let made = 0;
/** A copy of `examples/first` with a file of evidence more. */
function first(fixture?: string): string {
  made += 1;
  const folder = join(scratch, `w${made}`);
  cpSync(join(root, "examples/first"), folder, { recursive: true });
  if (fixture !== undefined)
    cpSync(join(import.meta.dirname, "fixtures/names", fixture), join(folder, "evidence/case.json"));
  return folder;
}

interface Told {
  readonly code: string;
  readonly title: string;
  readonly places: readonly { readonly file: string }[];
}

async function assessed(folder: string) {
  const { err } = await runIn(folder, ["assess", ".", "--output", "csv=v.csv", "--output", "json=a.json"]);
  assert.match(err, /written: a\.json/);
  const { findings, problems } = JSON.parse(readFileSync(join(folder, "a.json"), "utf8"));
  const lines = readFileSync(join(folder, "v.csv"), "utf8").trim().split("\n").slice(1);
  const verdicts = new Map(lines.map((line) => [line.split(",")[0]!, line.split(",").slice(3, 5).join("/")]));
  const unplaced = (findings as readonly Told[]).filter(({ code }) => code === "unplaced-name");
  return { verdicts, unplaced, problems: problems as readonly { message: string; place: { file: string } }[] };
}

const amf = "DEMO-amf-1";

test("names 1: an order whose operators, functions or products are no exact ids leaves open what it may bar, and is one finding", async () => {
  const plain = await assessed(first());
  assert.equal(plain.verdicts.get(amf), "admitted/evidence");
  assert.deepEqual(plain.unplaced, []);
  assert.equal((await assessed(first("order-control.json"))).verdicts.get(amf), "refused/rule");
  const cases = [
    ["order-legalname.json", "DEMO Nordnetz GmbH", "DEMO-north"],
    ["order-functions-amf.json", "amf", "AMF"],
  ] as const;
  for (const [file, text, nearest] of cases) {
    const { verdicts, unplaced } = await assessed(first(file));
    assert.equal(verdicts.get(amf), "undecided/identity", file);
    assert.equal(verdicts.get("DEMO-gnb-1"), plain.verdicts.get("DEMO-gnb-1"), "another maker's is not meant");
    assert.equal(unplaced.length, 1, file);
    for (const part of [text, nearest, "evidence/case.json"])
      assert.ok(unplaced[0]!.title.includes(`\`${part}\``), part);
    assert.deepEqual(unplaced[0]!.places, [{ file: "evidence/case.json" }]);
  }
});

test("names 1: an empty list is refused when it is read, and the order goes on to bind what else it says fits", async () => {
  const { verdicts, problems } = await assessed(first("order-emptyproducts.json"));
  assert.equal(verdicts.get(amf), "undecided/identity");
  const [problem, ...more] = problems.filter(({ place }) => place.file === "evidence/case.json");
  assert.match(problem!.message, /products.*at least 1/);
  assert.deepEqual(more, []);
});

test("names 1: an operator that operators.csv does not have does not escape an order", async () => {
  for (const operator of ["DEMO North", "demo-north", "somebody"]) {
    const folder = first("order-control.json");
    const table = join(folder, "elements/elements.csv");
    writeFileSync(table, readFileSync(table, "utf8").replace(`${amf},DEMO-north`, `${amf},${operator}`));
    const { verdicts, unplaced } = await assessed(folder);
    assert.equal(verdicts.get(amf), "undecided/identity", operator);
    assert.ok(unplaced.some(({ title }) => title.includes(`\`${operator}\``) && title.includes("operators.csv")));
  }
  const shared = first("order-control.json");
  mkdirSync(join(shared, "uses"), { recursive: true });
  writeFileSync(join(shared, "uses/uses.csv"), `operator,element,kind\nDEMO North,${amf},shared\n`);
  const { unplaced } = await assessed(shared);
  assert.ok(unplaced.some(({ title }) => title.includes("`DEMO North`")));
});

test("names 1: an order line of an operator or function that nobody here has does not escape an order", async () => {
  const folder = first("order-control.json");
  const head = "line,operator,maker,product,release,functions\n";
  const line = ",DEMO-nordwerk,DEMO-core,21.3,";
  const lines = [`exact,DEMO-north${line}AMF`, `other,DEMO North${line}AMF`, `blank, DEMO-north\u00a0${line}AMF`];
  writeFileSync(join(folder, "order.csv"), `${head}${lines.join("\n")}\n`);
  const { out } = await runIn(folder, ["gate", ".", "--order", "order.csv", "--no-record", "--output", "json"]);
  const answer = JSON.parse(out) as { lines: { id: string; outcome: string }[]; problems: { message: string }[] };
  assert.deepEqual(
    answer.lines.map(({ id, outcome }) => [id, outcome]),
    [
      ["exact", "refused"],
      ["other", "undecided"],
      ["blank", "refused"],
    ],
  );
  assert.ok(
    answer.problems.some(({ message }) => message.includes("`DEMO North`") && message.includes("`DEMO-north`")),
  );
});

test("names 2: a withdrawal whose certificate id differs by blank, case or hyphen leaves that certificate open", async () => {
  assert.equal((await assessed(first("withdrawal-control.json"))).verdicts.get(amf), "refused/rule");
  const { verdicts, unplaced } = await assessed(first("withdrawal-blank.json"));
  assert.equal(verdicts.get(amf), "undecided/contested");
  assert.equal(unplaced.length, 1);
  assert.ok(unplaced[0]!.title.includes("`DEMO-NESAS-0001 `") && unplaced[0]!.title.includes("`DEMO-NESAS-0001`"));
});

test("names 4: ids of a table that differ by case, white space or hyphens alone are a finding, never silent", async () => {
  const folder = first();
  const row = (id: string) =>
    `${id},DEMO-north,hamburg-1,DEMO-nordwerk,DEMO-core,21.3,AMF,active,2026-03-02,2026-03-02\n`;
  appendFileSync(join(folder, "elements/elements.csv"), row("demo_AMF-1") + row("DEMO-amf\u2011x") + row("DEMO-amf x"));
  appendFileSync(join(folder, "suppliers.csv"), "DEMO-Taiga,DEMO Taiga,FI\n");
  const { unplaced } = await assessed(folder);
  const told = unplaced.map(({ title }) => title.slice(title.indexOf(":") + 2));
  assert.deepEqual(told, [
    "`DEMO-amf x`, `DEMO-amf\u2011x`",
    "`DEMO-amf-1`, `demo_AMF-1`",
    "`DEMO-Taiga`, `DEMO-taiga`",
  ]);
});

test("names 3: what is signed in a workspace is compared with its ids first; the error has text, table and nearest id", async () => {
  const folder = first();
  const key = ["--out", "key", "--id", "DEMO-ministry-9", "--party", "DEMO ministry", "--role", "authority"];
  await runIn(folder, ["certify", "key", ...key, "--from", "2026-01-01"]);
  const order = {
    ...{ orderId: "DEMO-order-9", law: "BSIG 41", status: "in-force", makers: ["DEMO-nordwerk"] },
    ...{ operators: ["DEMO-north"], issued: "2026-09-01", effective: "2026-10-01" },
  };
  const sign = (changes: object, ...words: readonly string[]) => {
    writeFileSync(join(folder, "order.json"), JSON.stringify({ ...order, ...changes }));
    return runIn(folder, ["certify", "order", "--from", "order.json", "--key", "key", "--no-record", ...words]);
  };
  assert.equal((await sign({})).code, 0);
  const strange = await sign({ operators: ["DEMO-north", "DEMO Nordnetz GmbH"], functions: ["amf"] });
  assert.equal(strange.code, 2);
  assert.match(
    strange.err,
    /`operators\.1`: expected one of operators\.csv, got `DEMO Nordnetz GmbH` \(nearest: `DEMO-north`\)/,
  );
  assert.match(strange.err, /`functions\.0`: .* got `amf` \(nearest: `AMF`\)/);
  assert.equal(strange.out, "", "nothing was signed");
  assert.equal((await sign({ operators: ["DEMO Nordnetz GmbH"] }, "--unknown-names")).code, 0);
  for (const empty of [{ operators: [] }, { makers: [] }, { products: [] }, { functions: [] }, { actions: [] }]) {
    const { code, err } = await sign(empty, "--unknown-names");
    assert.equal(code, 2);
    assert.match(err, /at least 1 entry/);
  }
  assert.match((await sign({ orderId: "DEMO-order-9\u00a0" })).err, /no white space at the ends/);
  assert.match(
    (await sign({ status: "repealed" })).err,
    /`orderId`: expected one that is on file .*got `DEMO-order-9`/,
  );
  const clean = await sign({ operators: ["\u00a0DEMO-north "] });
  const { payload } = JSON.parse(clean.out) as { payload: string };
  assert.ok(Buffer.from(payload, "base64").toString().includes('["DEMO-north"]'), "signed as it is compared");
});
