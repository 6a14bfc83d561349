import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { checkShape } from "../src/model/check.ts";
import { RestrictionResult } from "../src/model/restriction.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-restrict-"));
after(() => rmSync(folder, { recursive: true }));

const ask = (words: readonly string[], cwd = root) => runIn(cwd, ["whatif", "restrict", ...words]);

async function answered(words: readonly string[], cwd = root): Promise<RestrictionResult> {
  const { code, out, err } = await ask([...words, "--output", "json"], cwd);
  assert.equal(code, 0, err);
  const checked = checkShape(RestrictionResult, JSON.parse(out), { file: "out" });
  assert.ok("value" in checked, JSON.stringify(checked.problems));
  return checked.value;
}

test("the example: one maker leaves access, the rest becomes more concentrated, and advice fires", async () => {
  const result = await answered([
    ...["examples/germany", "--supplier", "DEMO-lotus"],
    ...["--domain", "access", "--by", "2029-12-31"],
  ]);
  const nation = result.fallen.find(({ scope }) => scope === "nation")!;
  const operators = result.fallen.filter(({ scope }) => scope === "operator");
  assert.equal(operators.length, 3);
  // Operators share some elements, which the nation counts once.
  const sum = operators.reduce((all, { elements }) => all + elements.least, 0);
  assert.ok(sum > nation.elements.least && nation.elements.least > 10_000);
  for (const { scope, segment, before, after: then } of result.concentration) {
    assert.equal(segment, "access");
    if (scope === "nation") assert.ok(then.hhi.least > before.hhi.most);
  }
  assert.ok(result.limits.some(({ pack, after: then }) => pack === "de-2019" && then.includes("DE19-MAKERS")));
  const perSite = result.costs.filter(({ unit }) => unit === "operator site");
  for (const { each, total } of perSite) assert.equal(total.least, each.least! * nation.sites.least);
  const [euro] = result.range;
  assert.deepEqual(euro, {
    currency: "EUR",
    least: Math.min(...perSite.map(({ total }) => total.least!)),
    most: Math.max(...perSite.map(({ total }) => total.most!)),
  });
  assert.ok(result.costs.every(({ source, tag }) => source.length > 3 && /^(S|S2|D)$/.test(tag)));
});

test("nothing of theirs in a domain: nothing falls, nothing turns, and that is said", async () => {
  const words = ["examples/germany", "--supplier", "DEMO-turmdienst", "--domain", "core", "--by", "2026-12-31"];
  const result = await answered(words);
  assert.deepEqual([result.concentration, result.limits, result.functions.length], [[], [], 0]);
  const { out } = await ask(words);
  assert.match(out, /nothing of theirs stands there: nothing falls/);
});

test("costs of one's own are read, and multiplied by what falls", async () => {
  cpSync(join(root, "examples", "first"), join(folder, "first"), { recursive: true });
  const rows = [
    "what,domain,unit,currency,least,most,scope,source,tag",
    "swap,,operator site,EUR,10,20,here,invented,D",
  ];
  writeFileSync(join(folder, "costs.csv"), `${rows.join("\n")}\n`);
  const maker = ["--supplier", "DEMO-lotus", "--by", "2026-12-31", "--costs", "costs.csv"];
  const { costs, fallen } = await answered(["first", ...maker], folder);
  const { sites } = fallen.find(({ scope }) => scope === "nation")!;
  assert.deepEqual(
    costs.map(({ total }) => total),
    [{ least: 10 * sites.least, most: 20 * sites.most }],
  );
  assert.ok(sites.most > 0);
});

test("what does not fit is told, with what was expected", async () => {
  const refused = async (words: readonly string[], message: RegExp) => {
    const { code, err, out } = await ask(["first", ...words], folder);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
  };
  const maker = ["--supplier", "DEMO-lotus"];
  await refused(maker, /expected `--by DAY`/);
  await refused([...maker, "--by", "2026-13-01"], /2026-13-01/);
  await refused([...maker, "--by", "2026-12-31", "--domain", "radio"], /expected `--domain` of access/);
  await refused(["--by", "2026-12-31"], /expected at least one supplier/);
  await refused(
    ["--supplier", "DEMO-lotsu", "--by", "2026-12-31"],
    /no supplier is known by `DEMO-lotsu`\n.*DEMO-lotus/,
  );
  await refused([...maker, "--by", "2026-12-31", "--costs", "none.csv"], /no file `none.csv`/);
  writeFileSync(
    join(folder, "bad.csv"),
    "what,domain,unit,currency,least,most,scope,source,tag\nx,,mast,EUR,9,3,x,x,D\n",
  );
  await refused([...maker, "--by", "2026-12-31", "--costs", "bad.csv"], /bad\.csv:2.*`9` and `3`/);
  writeFileSync(
    join(folder, "bad.csv"),
    "what,domain,unit,currency,least,most,scope,source,tag\nx,ran,mast,EUR,1,3,x,x,D\n",
  );
  await refused([...maker, "--by", "2026-12-31", "--costs", "bad.csv"], /bad\.csv:2.*domain of access.*`ran`/);
});

test("an end of a cost that a figure leaves open is open in the range, and never 0", async () => {
  const rows = [
    "what,domain,unit,currency,least,most,scope,source,tag",
    "swap,,operator site,EUR,10,20,here,invented,D",
    "swap,,operator site,EUR,100,,there,invented,D",
    "swap,,operator site,USD,,30,there,invented,D",
  ];
  writeFileSync(join(folder, "open.csv"), `${rows.join("\n")}\n`);
  const words = ["first", "--supplier", "DEMO-lotus", "--by", "2026-12-31", "--costs", "open.csv"];
  const { range, fallen } = await answered(words, folder);
  const { sites } = fallen.find(({ scope }) => scope === "nation")!;
  assert.deepEqual(range, [
    { currency: "EUR", least: 10 * sites.least, most: null },
    { currency: "USD", least: null, most: 30 * sites.most },
  ]);
  const { out } = await ask(words, folder);
  assert.match(out, /EUR over \S+ \(upper end open\)/);
  assert.match(out, /USD up to \S+ \(lower end open\)/);
});
