import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { stringify } from "yaml";
import { makeKeyPair, writeKeyPair } from "../src/storage/keys.ts";
import type { MatchResult } from "../src/tasks/match/match.ts";
import { runIn } from "./kit/run.ts";

const folder = mkdtempSync(join(tmpdir(), "freigabe-match-"));
after(() => rmSync(folder, { recursive: true }));
const run = (...words: string[]) => runIn(folder, words);

const key = join(folder, "approver");
const stranger = join(folder, "stranger");
const approver = makeKeyPair("ed25519");
writeKeyPair(key, approver);
writeKeyPair(stranger, makeKeyPair("ed25519"));

let count = 0;
async function workspace(role = "approver"): Promise<string> {
  const dir = join(folder, `world${++count}`);
  assert.equal((await run("init", dir, "--operator", "DEMO-north", "--demo")).code, 0);
  const write = (name: string, lines: readonly string[]) => writeFileSync(join(dir, name), `${lines.join("\n")}\n`);
  write("suppliers.csv", ["id,name,seat", "demo-nordfunk,DEMO Nordfunk GmbH,DE", "demo-westwave,DEMO Westwave,"]);
  write("products.csv", ["id,supplier,name,cpe,purl", "nf-core,demo-nordfunk,Core 5,cpe:2.3:a:nordfunk:core_five,"]);
  write("elements/elements.csv", [
    "id,operator,maker,product,release",
    "1,DEMO-north,demo nordfunk gmbh,core_five,21.3",
    "2,DEMO-north,demo nordfunk gmbh,nf-core,21.3",
    "3,DEMO-north,Nordfunk,nf-core,R21.3",
    "4,,Nobody,nf-core,1",
    '5,DEMO-north,"=2+5, ""x""",,',
  ]);
  const { publicKey } = approver;
  const entry = { id: "DEMO-anna", party: "DEMO-north", role, publicKey, from: "2026-01-01" };
  writeFileSync(join(dir, "trust/anna.yaml"), stringify({ keys: [entry] }));
  return dir;
}

async function matches(dir: string): Promise<MatchResult> {
  const { code, out, err } = await run("match", dir, "--output", "json");
  assert.equal(code, 0, err);
  return JSON.parse(out) as MatchResult;
}
const confirmWords = (dir: string, text: string, as: string) => [
  "match",
  dir,
  "--confirm",
  text,
  "--as",
  as,
  "--key",
  key,
];

test("proposes what unknown texts mean, most elements first, and says what it looked at", async () => {
  const found = await matches(await workspace());
  assert.deepEqual([found.elements, found.setAside, found.texts, found.known, found.incomparable], [4, 1, 7, 1, 2]);
  assert.deepEqual(
    found.open.map(({ column, text, elements, proposals }) => [
      column,
      text,
      elements,
      proposals[0]?.as,
      proposals[0]?.by,
    ]),
    [
      ["maker", "demo nordfunk gmbh", 2, "supplier:demo-nordfunk", "text"],
      ["maker", '=2+5, "x"', 1, undefined, undefined],
      ["maker", "Nordfunk", 1, "supplier:demo-nordfunk", "similarity"],
      ["product", "core_five", 1, "product:nf-core", "cpe"],
    ],
  );
  assert.ok(found.problems.some(({ code }) => code === "no-operator"));
});

test("the text is for people, cut at the limit", async () => {
  const { out } = await run("match", await workspace(), "--limit", "1");
  assert.match(out, /^4 elements looked at, 1 record set aside: 7 distinct texts, 1 known, 4 to be confirmed/);
  assert.match(out, /maker `demo nordfunk gmbh`: 2 elements\n {2}supplier:demo-nordfunk/);
  assert.match(out, /\.\.\. and 3 more/);
});

test("an unsigned row of aliases.csv is only a proposal", async () => {
  const dir = await workspace();
  writeFileSync(join(dir, "aliases.csv"), "text,kind,id\nNordfunk,supplier,demo-westwave\n,supplier,x\n");
  const { open, problems } = await matches(dir);
  const found = open.find(({ text }) => text === "Nordfunk");
  assert.deepEqual([found?.proposals[0]?.as, found?.proposals[0]?.by], ["supplier:demo-westwave", "alias"]);
  assert.ok(problems.some(({ place }) => place.file === "aliases.csv" && place.line === 3));
});

test("a confirmation is signed, checked, written, and settles the text", async () => {
  const dir = await workspace();
  const { code, out, err } = await run(
    ...confirmWords(dir, "Nordfunk", "supplier:demo-nordfunk"),
    "--until",
    "2030-12-31",
  );
  assert.equal(code, 0, err);
  assert.match(
    out,
    /confirmed: `Nordfunk` means supplier:demo-nordfunk, signed by DEMO-anna: evidence\/alias-nordfunk-/,
  );
  const [name] = readdirSync(join(dir, "evidence")).filter((entry) => entry.endsWith(".json"));
  const envelope = JSON.parse(readFileSync(join(dir, "evidence", name!), "utf8"));
  const { predicate } = JSON.parse(Buffer.from(envelope.payload, "base64").toString("utf8"));
  assert.deepEqual(predicate, {
    ...{ text: "Nordfunk", aliasOf: "supplier", id: "demo-nordfunk", until: "2030-12-31" },
    signedAt: "2026-11-23T12:00:00.000Z",
  });
  const copy = readFileSync(join(dir, "aliases.csv"), "utf8").split("\n");
  assert.equal(copy[1], "Nordfunk,supplier,demo-nordfunk,,,2030-12-31,DEMO-anna,2026-11-23");
  const found = await matches(dir);
  assert.deepEqual([found.known, found.open.some(({ text }) => text === "Nordfunk")], [2, false]);
});

test("texts with quotes and commas survive the working copy; a release needs its product", async () => {
  const dir = await workspace();
  const odd = '=2+5, "x"';
  assert.equal((await run(...confirmWords(dir, odd, "supplier:demo-westwave"))).code, 0);
  assert.equal((await run(...confirmWords(dir, "R21.3", "release:nf-core@21.3"))).code, 0);
  assert.match(
    readFileSync(join(dir, "aliases.csv"), "utf8"),
    /^"=2\+5, ""x""",supplier,.*\nR21\.3,release,21\.3,nf-core,/m,
  );
  assert.match((await run(...confirmWords(dir, "R21.3", "release:21.3"))).err, /expected `release:PRODUCT@VERSION`/);
});

test("what would have no effect, or means nothing, is refused and writes nothing", async () => {
  const dir = await workspace();
  const refused = async (words: readonly string[], said: RegExp) => {
    const { code, err } = await run(...words);
    assert.equal(code, 2, err);
    assert.match(err, said);
  };
  await refused(
    [...confirmWords(dir, "Nordfunk", "supplier:demo-nordfunk").slice(0, -1), stranger],
    /no effect, signer/,
  );
  await refused(confirmWords(dir, "Nordfonk", "supplier:demo-nordfunk"), /no element has `Nordfonk` as its maker/);
  await refused(confirmWords(dir, "Nordfunk", "supplier:demo-suedfunk"), /`demo-suedfunk` is no id in suppliers\.csv/);
  await refused(confirmWords(dir, "Nordfunk", "company:x"), /expected `--as supplier:ID`/);
  await refused([...confirmWords(dir, "Nordfunk", "supplier:demo-nordfunk"), "--from", "2026-02-30"], /2026-02-30/);
  await refused(["match", dir, "--confirm", "Nordfunk"], /needs `--as` and `--key`/);
  await refused(["match", dir, "--as", "supplier:x"], /belongs to `--confirm`/);
  await refused(["match", dir, "--limit", "0"], /whole number/);
  await refused(["match", folder], /no `freigabe\.yaml`/);
  assert.equal(existsSync(join(dir, "aliases.csv")), false);
  assert.deepEqual(readdirSync(join(dir, "evidence")), ["README.md"]);
  await refused(confirmWords(await workspace("maker"), "Nordfunk", "supplier:demo-nordfunk"), /no effect, entitlement/);
});
