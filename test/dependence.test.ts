import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { inventoryRows, takeInventory } from "../src/assess/dependence.ts";
import { type Component, partsOf, type Stock, similarityOf } from "../src/assess/similarity.ts";
import { openShell } from "../src/cli/shell.ts";
import { checkShape } from "../src/model/check.ts";
import { Dependence, type DependenceRow } from "../src/model/dependence.ts";
import type { Span } from "../src/model/measure.ts";
import { dependenceLines } from "../src/reports/dependence-text.ts";
import { dependenceOf } from "../src/tasks/dependence.ts";
import { judgeNetwork } from "../src/tasks/network.ts";
import { openWorkspace, type Workspace } from "../src/tasks/workspace.ts";
import { type Case, element, inWorld, worldOf } from "./kit/cases.ts";
import { type Piece, piecesTogether } from "./kit/pieces.ts";

const root = join(import.meta.dirname, "..");

async function opened<T>(dir: string, use: (workspace: Workspace) => Promise<T>): Promise<T> {
  const silent = () => undefined;
  const now = new Date("2026-11-23");
  const io = { out: silent, err: silent, cwd: root, now, terminal: false, colours: false };
  const shell = openShell(dir, io);
  const store = await shell.openStore();
  try {
    return await use(await openWorkspace(shell, store, {}, { sites: true }));
  } finally {
    await store.close();
  }
}

const germany = opened(join(root, "examples/germany"), async (workspace) => ({
  dependence: await dependenceOf(workspace),
  network: await judgeNetwork(workspace),
}));
after(() => germany);
const accessRows = (dependence: Dependence, scope: DependenceRow["scope"], base: DependenceRow["base"]) =>
  dependence.rows.filter(
    (row) =>
      row.scope === scope &&
      row.base === base &&
      row.part === "access" &&
      row.by === "supplier" &&
      row.channel === "made",
  );
const near = ({ least, most }: Span, number: number, within: number) => {
  const text = `${least} to ${most} is not ${number} within ${within}`;
  assert.ok(Math.abs(least - number) <= within && Math.abs(most - number) <= within, text);
};

test("the example has the arithmetic of the published figures: by site 55 percent, HHI 4,030", async () => {
  const { dependence } = await germany;
  assert.deepEqual(checkShape(Dependence, dependence, { file: "dependence" }).problems, []);
  const [nation] = accessRows(dependence, "nation", "site");
  near(nation!.largest, 55.1, 0.3);
  near(nation!.hhi!, 4_030, 30);
  near(nation!.effective!, 2.48, 0.02);
});

test("each of the three large operators has two makers, and the nation still depends on one of them", async () => {
  const { dependence } = await germany;
  const large = accessRows(dependence, "operator", "site").filter(({ total }) => total > 1_000);
  assert.equal(large.length, 3);
  const [nation] = accessRows(dependence, "nation", "site");
  const top = nation!.holders[0]!.name;
  for (const row of large) {
    assert.ok(row.count.least >= 2, row.name);
    const own = row.holders.find(({ name }) => name === top);
    assert.ok(own && own.share.least > 45, `${row.name} buys from \`${top}\` too`);
  }
  const text = dependenceLines(dependence, { colour: false }).join(" ").replace(/\s+/g, " ");
  assert.match(text, new RegExp(`3 operators of 4 have two or more makers in access, and \`${top}\` is one of them`));
});

test("people count once for the nation, whatever the number of operators", async () => {
  const { dependence } = await germany;
  const [nation] = accessRows(dependence, "nation", "people");
  assert.ok(nation!.total <= dependence.people.total + 1);
  const operators = accessRows(dependence, "operator", "people");
  assert.ok(operators.every(({ total }) => total <= dependence.people.total + 1));
  const regions = accessRows(dependence, "region", "people");
  const sum = regions.reduce((all, { total }) => all + total, 0);
  assert.ok(Math.abs(sum - nation!.total) < 1, `${sum} is not ${nation!.total}`);
});

test("every span is one, every share is a share, and rows come in one order", async () => {
  const { dependence } = await germany;
  for (const { holders, count, largest, hhi, effective, similar, ...row } of dependence.rows) {
    for (const span of [...holders.map(({ share }) => share), count, largest, hhi, effective, similar]) {
      if (span) assert.ok(span.least <= span.most + 1e-6 && span.least >= 0, JSON.stringify({ ...row, span }));
    }
    assert.ok(largest.most <= 100 && (hhi?.most ?? 0) <= 10_000);
    if (similar && effective) assert.ok(similar.least >= 1 && similar.most <= effective.most + 1e-6);
  }
  assert.ok(dependence.rows.length < 700, `${dependence.rows.length} rows`);
  const again = await opened(join(root, "examples/germany"), dependenceOf);
  assert.equal(JSON.stringify(again), JSON.stringify(dependence));
});

const gnb = (id: string, maker: string, site: string) => ({
  ...element(id, "gNB", "DEMO-radio", "1", "2021-01-01"),
  maker,
  product: undefined,
  site,
});
const owned: Case = {
  elements: [
    gnb("DEMO-1", "DEMO-lotus", "S1"),
    gnb("DEMO-2", "DEMO-nordwerk", "S2"),
    gnb("DEMO-3", "no such supplier", "S3"),
  ],
  tables: { sites: [{ id: "S1", region: "Nowhere" }, { id: "S2" }, { id: "S3" }] },
};
const inCase = <T>(some: Case, use: (workspace: Workspace) => Promise<T>) =>
  inWorld(worldOf(some), (dir) => opened(dir, use));

test("ownership above 100 percent, a supplier in no table and regions without people leave things open, and break nothing", async () => {
  const owners = [
    { owner: "DEMO-lotus", owned: "DEMO-nordwerk", percent: "80" },
    { owner: "DEMO-taiga", owned: "DEMO-nordwerk", percent: "80" },
  ];
  const dependence = await inCase({ ...owned, tables: { ...owned.tables, owners } }, dependenceOf);
  const [made] = accessRows(dependence, "nation", "element");
  assert.deepEqual([made?.total, made?.unknown, made?.count], [3, 1, { least: 2, most: 3 }]);
  const owner = dependence.rows.find(({ by, part }) => by === "owner" && part === "access");
  assert.equal(
    owner?.holders.some(({ name }) => name === "DEMO-nordwerk"),
    false,
    "whose it is nobody can tell",
  );
  assert.equal(dependence.people.known, false);
  assert.deepEqual(accessRows(dependence, "nation", "people"), []);
  assert.match(dependenceLines(dependence, { colour: false }).join(" "), /people are not known/);
});

test("an inventory without elements has no rows", async () => {
  const dependence = await inCase({ elements: [] }, dependenceOf);
  assert.deepEqual(dependence.rows, []);
  assert.deepEqual(dependence.similarity.pairs, []);
});

test("limits by people or traffic decide on tables that tell them, and are undecided where none does", async () => {
  const config = (shareBase: string) => ({
    binding: [{ pack: "uk-2022", parameters: { shareBase } }],
    roles: { "uk-designated": [{ supplier: "DEMO-lotus", source: "invented" }] },
  });
  const elements = owned.elements.slice(0, 2);
  const sites = [
    { id: "S1", region: "Small" },
    { id: "S2", region: "Large" },
  ];
  const verdict = async (shareBase: string, tables: Case["tables"] = {}) => {
    const [first] = await inCase({ elements, tables: { sites, ...tables }, config: config(shareBase) }, judgeNetwork);
    return [first?.outcome, first?.detail];
  };
  const [open, why] = await verdict("people");
  assert.equal(open, "undecided");
  assert.match(why!, /by people: not known, for regions\.csv does not say/);
  assert.match((await verdict("traffic"))[1]!, /demands\.csv does not say/);
  const regions = [
    { name: "Small", people: "10" },
    { name: "Large", people: "90" },
  ];
  assert.equal((await verdict("element", { regions }))[0], "refused", "half of the elements");
  const [kept, said] = await verdict("people", { regions });
  assert.equal(kept, "admitted");
  assert.match(
    said!,
    /100 people, apportioned .* makers with the role `uk-designated` 10\.0 %; counted by elements: refused/,
  );
});

// The worked example of docs/dependence.md

const page = readFileSync(join(root, "docs/dependence.md"), "utf8");

/** Rows of the table below a line of the page, cell by cell. */
function tableUnder(header: string): readonly (readonly string[])[] {
  const lines = page.split("\n").map((line) => line.replace(/ *\| */g, "|"));
  const at = lines.indexOf(header);
  assert.ok(at >= 0, `docs/dependence.md has no table \`${header}\``);
  const rows = lines.slice(at + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith("|")),
    )
    .map((line) => line.split("|").slice(1, -1));
}

test("the worked example of the page comes out as the page says", () => {
  const pieces = tableUnder("|operator|site|maker|chip|").map(([operator, site, maker]): Piece => {
    return { operator: operator!, site: site!, maker: maker === "?" ? null : maker!, functions: ["gNB"] };
  });
  const stock = tableUnder("|operator|site|maker|chip|").map(([, , maker, chip]): Stock => {
    const bill: readonly Component[] = [
      { key: chip!, type: "device" },
      { key: `system of ${maker}`, type: "operating-system" },
    ];
    return { maker: maker === "?" ? null : maker!, elements: 1, parts: chip === "?" ? null : partsOf([bill]) };
  });
  const alone = (maker: string) => ({ known: maker });
  const ties = { listed: new Set<string>(), owner: alone, country: alone, similarity: similarityOf(stock) };
  const { inventory, regions } = takeInventory(piecesTogether({ pieces }), ties);
  const rows = inventoryRows(inventory, regions);
  const text = (span: Span | null, digits: number) => {
    const [from, to] = [span!.least.toFixed(digits), span!.most.toFixed(digits)];
    return from === to ? from : `${from} to ${to}`;
  };
  const told = tableUnder("|whose|makers|largest share|HHI|effective|alike|");
  assert.equal(told.length, 3);
  for (const [whose, ...cells] of told) {
    const row = rows.find(
      ({ name, part, by, base, channel }) =>
        name === (whose === "nation" ? "" : whose) &&
        part === "access" &&
        by === "supplier" &&
        base === "element" &&
        channel === "made",
    )!;
    const found = [text(row.count, 0), `${text(row.largest, 1)} %`, text(row.hhi, 0), text(row.effective, 2)];
    assert.deepEqual(cells, [...found, text(row.similar, 2)], `row ${whose}`);
  }
});
