/** The network of the example Germany: how its sites hang together, what flows, what the core needs, and what falls with whom. */
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { operators } from "../scripts/worlds/germany/cast.ts";
import type { Span } from "../src/model/measure.ts";
import { readSpreadsheet } from "../src/readers/spreadsheet.ts";
import { dependenceOf } from "../src/tasks/dependence.ts";
import { openWorkspace } from "../src/tasks/workspace.ts";
import { shellIn } from "./kit/cases.ts";
import { runIn } from "./kit/run.ts";
import { type NetworkRows, placeOf, placesOf, served, usersOf, waysOf } from "./kit/served.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "examples", "germany");
type Row = Readonly<Record<string, string>>;

function table(file: string): readonly Row[] {
  const { sheet, problems } = readSpreadsheet(readFileSync(join(folder, file)), file);
  assert.deepEqual(problems, []);
  const { header, rows } = sheet!;
  return rows.map(({ cells }) => Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ""])));
}

/** What texts in the maker column mean: signed aliases, and a business that was taken over; the fourth nobody confirmed. */
const meant: Readonly<Record<string, string>> = { "Taiga Systems": "DEMO-taiga", "DEMO-prisma": "DEMO-taiga" };

const all = table("elements/elements.csv");
const spoiled = new Set(["DEMO-R-SV-91", "DEMO-R-SV-92", "DEMO-I-SV-91"]);
const rows: NetworkRows = {
  elements: all
    .filter(({ id, status }) => status === "" && !spoiled.has(id!))
    .map((row) => ({ ...row, maker: meant[row.maker!] ?? row.maker! })),
  ...{ relations: table("relations/relations.csv"), uses: table("uses/uses.csv"), sites: table("sites.csv") },
  ...{
    links: table("links/links.csv").map((row) => ({ ...row, maker: meant[row.maker!] ?? row.maker! })),
    pools: table("pools.csv"),
  },
};
const demands = table("demands/demands.csv");
const places = placesOf(rows);
const ways = waysOf(rows, places);
const uplinks = Map.groupBy(
  ways.filter(([, , { kind }]) => kind === "uplink"),
  ([from]) => from,
);
const radio = [...places].filter(([, standing]) => standing.some(({ functions }) => functions === "gNB"));

test("links and demands are small, and two links are wrong on purpose", () => {
  const bytes = ["links/links.csv", "demands/demands.csv"].reduce(
    (sum, file) => sum + statSync(join(folder, file)).size,
    0,
  );
  assert.ok(bytes < 1_200_000, `${bytes} bytes`);
  const used = new Set(ways.map(([, , link]) => link));
  assert.deepEqual(
    rows.links.filter((link) => !used.has(link)).map(({ id }) => id),
    ["E-L901", "E-L902"],
  );
});

test("every radio site has a way to its core for each operator that uses it, and no chain closes", () => {
  assert.equal(radio.length, 9_445);
  const depths = new Map<string, number>();
  const depthOf = (place: string, below: readonly string[]): number => {
    assert.ok(!below.includes(place), `a chain closes at ${place}`);
    const held = depths.get(place);
    if (held !== undefined) return held;
    const above = uplinks.get(place) ?? [];
    const depth = above.length === 0 ? 0 : 1 + Math.max(...above.map(([, to]) => depthOf(to, [...below, place])));
    depths.set(place, depth);
    return depth;
  };
  const counts = Map.groupBy(radio, ([place]) => depthOf(place, []));
  assert.equal(counts.get(0), undefined, "radio sites without a way");
  assert.ok((counts.get(2)?.length ?? 0) > 1_000 && (counts.get(4)?.length ?? 0) > 10, "chains");
  const dual = radio.filter(([place]) => uplinks.get(place)!.length > 1).length / radio.length;
  assert.ok(dual > 0.1 && dual < 0.14, `${dual} have two ways`);
});

test("hubs and data centres have trunks and no uplinks; every operator's hang together", () => {
  const trunks = ways.filter(([, , { kind }]) => kind === "trunk");
  for (const [from, to, { weight, capacity }] of trunks) {
    assert.ok(!uplinks.has(from) && !uplinks.has(to), `${from} ${to}`);
    assert.ok(Number(weight) >= 1);
    assert.ok(capacity === "" || Number(capacity) >= 40_000);
  }
  for (const { id } of operators) {
    const own = [...places.keys()].filter((place) => place.startsWith(`${id} `) && !uplinks.has(place));
    const found = new Set([own[0]!]);
    for (const place of found)
      for (const [from, to] of trunks) if (from === place || to === place) found.add(from === place ? to : from);
    assert.deepEqual([...found].sort(), own.sort(), id);
  }
});

test("demands run between places of one operator, and a path follows its links", () => {
  const between = new Set(ways.flatMap(([from, to]) => [`${from} ${to}`, `${to} ${from}`]));
  const users = usersOf(rows.uses);
  const atSite = Map.groupBy(rows.elements, ({ site }) => site!);
  const withPath = demands.filter(({ path }) => path !== "");
  for (const { operator, from, to, value } of demands) {
    const there = new Set((atSite.get(from!) ?? []).flatMap(users));
    const [whose] = operator ? [operator] : [...there];
    assert.ok(operator !== "" || there.size === 1, `whose traffic from ${from}?`);
    assert.ok(places.has(placeOf(whose!, from!)) && places.has(placeOf(whose!, to!)), `${from} ${to}`);
    assert.ok(Number(value) > 0 && from !== to);
  }
  assert.equal(withPath.length, 8);
  for (const { from, to, path } of withPath) {
    const stops = path!.split(";");
    assert.deepEqual([stops[0], stops.at(-1)], [from, to]);
    const whose = `DEMO-${{ R: "rhein", I: "isar", E: "elbe" }[from![0]!]}`;
    for (const [at, stop] of stops.slice(1).entries())
      assert.ok(between.has(`${placeOf(whose, stops[at]!)} ${placeOf(whose, stop)}`), `${stops[at]} ${stop}`);
  }
  assert.equal(demands.filter(({ from }) => !from!.includes("-DC")).length, radio.length);
});

test("people of the Länder are those of the year their source names", () => {
  const regions = table("regions.csv");
  assert.equal(regions.length, 16);
  assert.equal(
    regions.reduce((sum, { people }) => sum + Number(people), 0),
    84_358_845,
  );
  assert.ok(regions.every(({ year, source }) => year === "2022" && source!.startsWith("Destatis")));
});

test("pools name what there is, and spare a member wherever there is more than one", () => {
  const ids = new Set(rows.elements.map(({ id }) => id));
  for (const { id, operator, function: name, members, needed } of rows.pools) {
    const bearing = rows.elements.filter((one) => one.operator === operator && one.functions === name);
    const own = members ? members.split(";") : bearing.map((one) => one.id!);
    assert.ok(
      own.every((member) => ids.has(member)),
      `${id}`,
    );
    assert.ok(
      own.length === 1 ? Number(needed) === 1 : Number(needed) < own.length,
      `${id}: ${needed} of ${own.length}`,
    );
  }
});

/** Percent of an operator's radio sites that serve without a maker, counted from the tables one by one. */
function left(maker: string): Readonly<Record<string, number>> {
  const { served: up } = served(rows, new Set(maker ? [maker] : []));
  const share = (id: string) => {
    const of = (found: readonly string[]) => found.filter((place) => place.startsWith(`${id} `)).length;
    return Math.round((100 * of(up)) / of(radio.map(([place]) => place)));
  };
  const nation = Math.round((100 * up.length) / radio.length);
  return { ...Object.fromEntries(operators.map(({ id }) => [id.replace("DEMO-", ""), share(id)])), nation };
}

const expected: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // Nobody lost, everybody served.
  "": { rhein: 100, isar: 100, elbe: 100, neckar: 100, nation: 100 },
  // More than its share of radio: the rings of elbe are its too, so that the other radio maker there does not help.
  "DEMO-lotus": { rhein: 28, isar: 45, elbe: 0, neckar: 87, nation: 26 },
  // Core makers take operators whole; in the core of elbe two makers stand side by side, and either is enough.
  "DEMO-borea": { rhein: 0, isar: 0, elbe: 86, neckar: 89, nation: 28 },
  "DEMO-halcyon": { rhein: 0, isar: 0, elbe: 100, neckar: 0, nation: 31 },
  "DEMO-taiga": { rhein: 100, isar: 0, elbe: 0, neckar: 100, nation: 41 },
  // Makers of routers: of rings, and of sites.
  "DEMO-atlas": { rhein: 0, isar: 100, elbe: 100, neckar: 50, nation: 60 },
  "DEMO-nordwerk": { rhein: 69, isar: 76, elbe: 81, neckar: 0, nation: 73 },
  "DEMO-jade": { rhein: 98, isar: 97, elbe: 100, neckar: 100, nation: 98 },
  "DEMO-fernkabel": { rhein: 100, isar: 100, elbe: 100, neckar: 100, nation: 100 },
  "DEMO-sakura": { rhein: 100, isar: 100, elbe: 100, neckar: 0, nation: 98 },
  // All cores run on one platform.
  "DEMO-cumulus": { rhein: 0, isar: 0, elbe: 0, neckar: 0, nation: 0 },
};

for (const [maker, wanted] of Object.entries(expected))
  test(`what is left ${maker ? `without ${maker}` : "when nobody is lost"}`, () =>
    assert.deepEqual(left(maker), wanted));

/** Texts in maker columns that nobody has confirmed: anybody may be meant. */
const unknown = ["Nordwerk Netze", "Fernkabel Nord"];

interface Told {
  readonly scope: string;
  readonly name: string;
  readonly sites: { readonly served: { readonly least: number; readonly most: number } };
}

for (const maker of ["DEMO-lotus", "DEMO-borea", "DEMO-nordwerk"])
  test(`whatif outage counts as the tables do, without ${maker}`, async () => {
    const words = ["whatif", "outage", "examples/germany", "--supplier", maker, "--output", "json"];
    const { code, out, err } = await runIn(root, words);
    assert.equal(code, 0, err);
    const { scenario }: { scenario: { rows: readonly Told[] } } = JSON.parse(out);
    const [least, most] = [served(rows, new Set([maker, ...unknown])), served(rows, new Set([maker]))];
    for (const { scope, name, sites } of scenario.rows.filter((row) => row.scope !== "region")) {
      const of = (found: readonly string[]) =>
        found.filter((place) => scope === "nation" || place.startsWith(`${name} `));
      assert.deepEqual(sites.served, { least: of(least.served).length, most: of(most.served).length }, name);
    }
  });

test("whatif outage: lines that several operators lease from one company, and a line that is then too small", async () => {
  const words = ["whatif", "outage", "examples/germany", "--supplier", "DEMO-fernkabel", "--output", "json"];
  const { out } = await runIn(root, words);
  const { scenario }: { scenario: { overloaded: readonly { link: string; load: number; capacity: number }[] } } =
    JSON.parse(out);
  assert.deepEqual(
    scenario.overloaded.map(({ link }) => link),
    ["I-L012"],
  );
  assert.ok(scenario.overloaded[0]!.load > scenario.overloaded[0]!.capacity);
});

test("each large operator has two radio makers, and the nation depends on one: shares and HHI as published", async () => {
  const shell = shellIn(folder);
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, {}, { sites: true });
    const dependence = await dependenceOf(workspace);
    const made = dependence.rows.filter(
      (row) => row.channel === "made" && row.part === "access" && row.partKind === "segment" && row.base === "site",
    );
    const bySupplier = made.filter(({ by }) => by === "supplier");
    const shareAndIndex = (name: string) => {
      const { holders, hhi, count } = bySupplier.find((row) => row.scope !== "region" && row.name === name)!;
      const [first] = holders;
      return [first!.name, middle(first!.share).toFixed(0), (middle(hhi!) / 10).toFixed(0), count.least];
    };
    assert.deepEqual(["", "DEMO-rhein", "DEMO-isar", "DEMO-elbe"].map(shareAndIndex), [
      ["DEMO-lotus", "55", "403", 4],
      ["DEMO-lotus", "67", "555", 2],
      ["DEMO-borea", "51", "499", 2],
      ["DEMO-lotus", "50", "499", 2],
    ]);
    const nation = bySupplier.find(({ scope }) => scope === "nation")!;
    assert.ok(nation.similar!.most < nation.effective!.least - 0.1, "what makers have in common makes no difference");
    assert.ok(dependence.similarity.withBills >= 4);
  } finally {
    await store.close();
  }
});

function middle({ least, most }: Span): number {
  return (least + most) / 2;
}
