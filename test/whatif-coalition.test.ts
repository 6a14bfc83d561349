import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { checkShape } from "../src/model/check.ts";
import { CoalitionResult } from "../src/model/market.ts";
import { readCosts, readMarket } from "../src/readers/figures.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-market-"));
after(() => rmSync(folder, { recursive: true }));

const shipped = (name: string) => {
  const bytes = readFileSync(join(root, "figures", name));
  return { name, bytes, sha256: "" };
};
const ask = (words: readonly string[], cwd = root) => runIn(cwd, ["whatif", "coalition", ...words]);
const both = ["--supplier", "Huawei", "--supplier", "ZTE"];

test("every figure that ships has a source and a tag that is neither K nor open", () => {
  const market = readMarket(shipped("market.csv"));
  const costs = readCosts(shipped("costs.csv"));
  assert.deepEqual([...market.problems, ...costs.problems], []);
  assert.ok(market.figures.length >= 50 && costs.figures.length >= 10);
  for (const { source, tag } of [...market.figures, ...costs.figures]) {
    assert.ok(source.length > 3);
    assert.match(tag, /^(S|S2|D)$/);
  }
});

test("the published shares: now, and without two makers", async () => {
  const { code, out } = await ask([...both, "--countries", "DE,it", "--output", "json"]);
  assert.equal(code, 0);
  const checked = checkShape(CoalitionResult, JSON.parse(out), { file: "out" });
  assert.ok("value" in checked, JSON.stringify(checked.problems));
  const { countries, gone, markets } = checked.value;
  assert.deepEqual(
    countries.map(({ country, share }) => [country, share?.least]),
    [
      ["DE", 59],
      ["IT", 35],
    ],
  );
  assert.equal(gone.weights, "equal");
  const outside = markets.find(({ area }) => area === "world without CN");
  assert.ok(outside && Math.round(outside.without.hhi.most / 100) === 38);
  assert.equal(outside.after, null);
});

test("five countries of 2019 have no figure, and what is known of them is told", async () => {
  const { code, out } = await ask([...both, "--countries", "AU,NZ,JP,TW,US"]);
  assert.equal(code, 0);
  assert.match(out, /no figure: AU, JP, NZ, TW, US/);
  assert.match(out, /part of world GDP in percent 33 to 34/);
});

test("a table of one's own with sizes tells what a coalition takes from a market", async () => {
  const rows = [
    "area,segment,year,measure,supplier,least,most,source,tag",
    "XL,RAN,2025,revenue,DEMO-lotus,80,80,invented,S",
    "DE,RAN,2025,revenue,DEMO-lotus,50,60,invented,S",
    "FR,RAN,2025,revenue,DEMO-lotus,20,20,invented,S",
    ...["XL,,2025,size,,2,2,invented,S", "DE,,2025,size,,3,3,invented,S", "FR,,2025,size,,1,1,invented,S"],
    "world,,2025,size,,10,10,invented,S",
    "world,RAN,2025,revenue,DEMO-lotus,40,40,invented,S",
    "world,RAN,2025,revenue,DEMO-borea,60,60,invented,S",
  ];
  writeFileSync(join(folder, "market.csv"), `${rows.join("\n")}\n`);
  const words = ["--supplier", "demo-lotus", "--countries", "DE", "--market", "market.csv", "--output", "json"];
  const { out } = await ask(words, folder);
  const { gone, markets } = JSON.parse(out) as CoalitionResult;
  // 150 to 180 of 330 to 360; of the world's 400 as much.
  assert.ok(Math.abs(gone.percent!.least - 15000 / 330) < 1e-9 && Math.abs(gone.percent!.most - 50) < 1e-9);
  assert.deepEqual(markets[0]!.after!.shares.find(({ supplier }) => supplier === "DEMO-lotus")!.share, {
    least: 40 * (1 - 180 / 400),
    most: 40 * (1 - 150 / 400),
  });
});

test("what does not fit is told, with what was expected", async () => {
  const refused = async (words: readonly string[], message: RegExp) => {
    const { code, err, out } = await ask(words, folder);
    assert.equal(code, 2);
    assert.equal(out, "");
    assert.match(err, message);
  };
  await refused([...both, "--countries", "UK"], /expected assigned codes of countries.*\n.*`GB`/);
  for (const code of ["XX", "EU", "ZZ", "KP2"])
    await refused([...both, "--countries", code], /expected assigned codes of countries/);
  await refused([...both, "--countries", "Germany"], /got `Germany`/);
  await refused([...both], /expected `--countries`/);
  await refused(["--countries", "DE"], /expected `--supplier`/);
  await refused(["--supplier", "Huwei", "--countries", "DE"], /no supplier `Huwei`\n.*names Ciena/);
  await refused([...both, "--countries", "DE", "--market", "none.csv"], /no file `none.csv`/);
  const bad = (name: string, ...rows: readonly string[]) =>
    writeFileSync(join(folder, name), ["area,segment,year,measure,supplier,least,most,source,tag", ...rows].join("\n"));
  bad("over.csv", "DE,RAN,2025,sites,A,50,120,x,S", "DE,RAN,20x5,sites,A,50,60,x,S");
  await refused(
    ["--supplier", "A", "--countries", "DE", "--market", "over.csv"],
    /over.csv:2.*120.*\n.*over.csv:3.*20x5/,
  );
  bad("uk.csv", "UK,RAN,2025,sites,A,50,60,x,S");
  await refused(["--supplier", "A", "--countries", "DE", "--market", "uk.csv"], /uk.csv:2.*assigned code.*`UK`/);
  bad("turned.csv", "DE,RAN,2025,sites,A,60,50,x,S");
  await refused(["--supplier", "A", "--countries", "DE", "--market", "turned.csv"], /least <= most/);
  writeFileSync(join(folder, "headless.csv"), "area,share\nDE,5\n");
  await refused(["--supplier", "A", "--countries", "DE", "--market", "headless.csv"], /expected a column `segment`/);
});
