import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { InventoryStore, KindRow, ListedElement, SitePoint } from "../src/model/ports/store.ts";
import { type GivenFile, withTables } from "./tables.ts";

/** What the tables of a random inventory say, as objects. Every element is sound and in use. */
interface Given {
  readonly elements: readonly {
    readonly operator: string;
    readonly site: string;
    readonly maker: string;
    readonly functions: string;
  }[];
  readonly uses: readonly { readonly operator: string; readonly element: number; readonly kind: string }[];
  readonly sites: readonly { readonly region: string; readonly latitude: string; readonly longitude: string }[];
}

const some = (...words: readonly string[]) => fc.constantFrom("", ...words);
const given: fc.Arbitrary<Given> = fc.record({
  elements: fc.array(
    fc.record({
      operator: some("alpha", "beta", "gamma"),
      site: some("s0", "s1", "s2", "s3", "s4", "s5", "nowhere"),
      maker: some("m1", "m2", "m3"),
      functions: some("AMF", "gNB", "AMF;gNB", "RU"),
    }),
    { minLength: 8, maxLength: 24, size: "max" },
  ),
  uses: fc.array(
    fc.record({
      operator: fc.constantFrom("alpha", "beta", "gamma"),
      element: fc.nat({ max: 23 }),
      kind: some("own", "shared", "roaming"),
    }),
    { maxLength: 8 },
  ),
  sites: fc.array(
    fc.record({
      region: some("north", "south"),
      latitude: fc.constantFrom("47.51", "47.512", "52.5", "-0.001", "48", "52.501", "53", "91", ""),
      longitude: fc.constantFrom("10.03", "10.031", "13.4", "10.032", "-180", "10.5", "13.42", "9", ""),
    }),
    { minLength: 6, maxLength: 6 },
  ),
});

const idOf = (at: number) => `e${String(at).padStart(2, "0")}`;

function filesOf({ elements, uses, sites }: Given): readonly GivenFile[] {
  const csv = (header: string, rows: readonly (readonly string[])[]) =>
    [header, ...rows.map((row) => row.join(","))].join("\n");
  const rows = elements.map(({ operator, site, maker, functions }, at) => [idOf(at), operator, site, maker, functions]);
  const half = Math.floor(rows.length / 2);
  const header = "id,operator,site,maker,functions";
  return [
    // The file named first holds the later half.
    { table: "elements", name: "a.csv", text: csv(header, rows.slice(half)) },
    { table: "elements", name: "b.csv", text: csv(header, rows.slice(0, half)) },
    {
      table: "uses",
      text: csv(
        "operator,element,kind",
        uses.map(({ operator, element, kind }) => [operator, idOf(element), kind]),
      ),
    },
    {
      table: "sites",
      text: csv(
        "id,region,latitude,longitude",
        sites.map(({ region, latitude, longitude }, at) => [`s${at}`, region, latitude, longitude]),
      ),
    },
  ];
}

interface Answerable {
  readonly element: string;
  readonly operator: string;
  readonly site: string | null;
  readonly maker: string | null;
  readonly functions: string | null;
}

/** The (element, operator) rows, computed plainly. */
function answerable({ elements, uses }: Given): readonly Answerable[] {
  return elements.flatMap(({ operator, site, maker, functions }, at) => {
    const sharers = uses.filter((use) => use.element === at && use.kind !== "roaming").map((use) => use.operator);
    const operators = [...new Set([...(operator === "" ? [] : [operator]), ...sharers])].sort();
    return operators.map((responsible) => ({
      ...{ element: idOf(at), operator: responsible, site: site || null },
      ...{ maker: maker || null, functions: functions || null },
    }));
  });
}

/** A kind for each question: any that depends on what the plain computation knows too. */
const kindOf = ({ operator, maker }: Pick<Answerable, "operator" | "maker">) =>
  (operator === "alpha" ? 0 : 2) + (maker === "m1" ? 1 : 0);

async function askAll(store: InventoryStore): Promise<readonly KindRow[]> {
  const keys = await store.equipmentKeys();
  const parties = await store.maintenanceKeys();
  const groups = await store.questions(
    keys.map(({ key }) => ({ key, lo: null, hi: null, tuple: key, domain: "d" })),
    parties.map(({ key }) => ({ key, tuple: key })),
  );
  return groups.map(({ equipment, maintenance }) => ({
    ...{ equipment, maintenance },
    kind: kindOf(keys.find(({ key }) => key === equipment)!),
  }));
}

const check = (name: string, property: (inventory: Given, store: InventoryStore) => Promise<void>) =>
  test(name, () =>
    fc.assert(
      fc.asyncProperty(given, (inventory) =>
        withTables(filesOf(inventory), ({ store }) => property(inventory, store), { sites: true }),
      ),
      { seed: 20190313, numRuns: 12, examples: [[{ elements: [], uses: [], sites: [] }]] },
    ),
  );

const width = 4;
const countKinds = (rows: readonly Answerable[]) => {
  const counts = Array.from({ length: width }, () => 0);
  for (const row of rows) counts[kindOf(row)]! += 1;
  return counts;
};
const added = (lists: readonly (readonly number[])[]) =>
  Array.from({ length: width }, (_, at) => lists.reduce((sum, list) => sum + (list[at] ?? 0), 0));
const wide = (counts: readonly number[]) => [...counts, ...Array(width - counts.length).fill(0)];

function spots({ sites }: Given) {
  return new Map(
    sites.map(({ region, latitude, longitude }, at) => {
      const [north, east] = [Number(latitude), Number(longitude)];
      const sound = latitude !== "" && longitude !== "" && Math.abs(north) <= 90 && Math.abs(east) <= 180;
      return [`s${at}`, { region, ...(sound && { latitude: north, longitude: east }) }];
    }),
  );
}

check("verdicts are counted where they lie, and none is lost", async (inventory, store) => {
  const counts = await store.siteCounts(await askAll(store), 100);
  const rows = answerable(inventory);
  const known = spots(inventory);
  const bySite = Map.groupBy(rows, ({ site }) => site ?? "");
  const expected = [...bySite.entries()].flatMap(([site, own]): SitePoint[] => {
    const spot = known.get(site);
    if (spot?.latitude === undefined || spot.longitude === undefined) return [];
    const { latitude, longitude } = spot;
    return [
      { id: site, name: null, region: spot.region || null, latitude, longitude, sites: 1, counts: countKinds(own) },
    ];
  });
  assert.deepEqual(
    counts.points.map((point) => ({ ...point, counts: wide(point.counts) })),
    expected.sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  assert.equal(counts.cell, null);
  assert.equal(counts.placed + counts.unplaced, rows.length);
  assert.equal(
    counts.placed,
    added(expected.map((point) => point.counts)).reduce((a, b) => a + b, 0),
  );
  const byRegion = Map.groupBy(rows, ({ site }) => known.get(site ?? "")?.region ?? "");
  assert.deepEqual(
    counts.regions.map(({ name, sites, counts: own }) => [name, sites, wide(own)]),
    [...byRegion.entries()].sort().map(([name, own]) => {
      const ids = new Set(own.flatMap(({ site }) => (site !== null && known.has(site) ? [site] : [])));
      return [name, ids.size, countKinds(own)];
    }),
  );
});

check("too many sites become cells, as fine as fits, that hold every verdict", async (_, store) => {
  const kinds = await askAll(store);
  const single = await store.siteCounts(kinds, 100);
  const { points, cell, placed, unplaced, sites } = await store.siteCounts(kinds, 2);
  assert.deepEqual([placed, unplaced, sites], [single.placed, single.unplaced, single.sites]);
  if (sites <= 2) return assert.equal(cell, null);
  assert.ok(cell !== null && points.length <= 2);
  const side = Math.round(cell * 1e6);
  const place = ({ latitude, longitude }: SitePoint, size: number) => {
    const along = (degrees: number) => Math.floor(Math.round(degrees * 1e6) / size) * size;
    return [along(latitude + 90) / 1e6 - 90, along(longitude + 180) / 1e6 - 180];
  };
  const cells = Map.groupBy(single.points, (point) =>
    place(point, side)
      .map((degrees) => degrees.toFixed(3))
      .join(),
  );
  assert.deepEqual(
    points
      .map(({ id, counts, sites: held }) => [
        id
          .split(" ")
          .map((text) => Number(text).toFixed(3))
          .join(),
        held,
        counts,
      ])
      .sort(),
    [...cells]
      .map(([id, own]) => [id, own.length, added(own.map(({ counts }) => counts)).slice(0, own[0]!.counts.length)])
      .sort(),
  );
  const finer = cell === 720 ? 50e6 : side / (String(side).startsWith("5") ? 2.5 : 2);
  if (finer >= 1000) assert.ok(new Set(single.points.map((point) => place(point, finer).join())).size > 2);
  for (const { latitude, longitude } of points) {
    assert.ok(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180);
  }
});

check("the list holds the worst first, and says how many there are", async (inventory, store) => {
  const kinds = (await askAll(store)).filter(({ kind }) => kind !== 2);
  const rows = answerable(inventory).filter((row) => kindOf(row) !== 2);
  const sorted = rows
    .map((row) => ({ row, name: `${kindOf(row)} ${row.element} ${row.operator}` }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ row }) => row);
  for (const most of [0, 3, 100]) {
    const listed = await store.listElements(kinds, most, { places: true });
    assert.equal(listed.total, rows.length);
    assert.deepEqual(listed.rows.map(shown), sorted.slice(0, most));
    const half = Math.floor(inventory.elements.length / 2);
    for (const { element, place } of listed.rows) {
      const at = Number(element.slice(1));
      const expected = at < half ? { file: "b.csv", line: at + 2 } : { file: "a.csv", line: at - half + 2 };
      assert.deepEqual(place, expected);
    }
  }
});

function shown({ element, operator, site, maker, functions }: ListedElement): Answerable {
  return { element, operator, site, maker, functions };
}

const marked: readonly GivenFile[] = [
  { table: "elements", text: "id,operator,functions\na,op,AMF\nb,op,AMF\nc,op,AMF\nd,,AMF\n" },
  { table: "uses", text: "operator,element,kind\nother,d,shared\nop,d,own\n" },
];

test("elements that were marked are of a kind of their own", async () => {
  const marks = new Map([
    ["b", "X"],
    ["d", "X"],
    ["unheard-of", "Y"],
  ]);
  await withTables(
    marked,
    async ({ store, loaded }) => {
      assert.deepEqual([loaded.elements, loaded.problems], [4, []]);
      const keys = await store.equipmentKeys();
      assert.deepEqual(
        keys.map(({ operator, mark, elements: count }) => [operator, mark, count]),
        [
          ["op", null, 2],
          ["op", "X", 2],
          ["other", "X", 1],
        ],
      );
      const kinds = await askAll(store);
      assert.equal((await store.listElements(kinds, 10)).total, 5);
      const [row] = await store.element("b");
      assert.deepEqual([row!.mark, row!.equipment], ["X", 1]);
      assert.equal((await store.element("a"))[0]!.mark, null);
    },
    { marks },
  );
});

test("without sites a list has none, and what needs them is a bug", async () => {
  await withTables([{ table: "elements", text: "id,operator,site\na,op,s1\n" }], async ({ store }) => {
    const kinds = await askAll(store);
    assert.equal((await store.listElements(kinds, 1)).rows[0]!.site, null);
    await assert.rejects(store.siteCounts(kinds, 1), /did not keep/);
    await assert.rejects(store.network(), /did not keep/);
  });
});

test("a verdict without a kind, or with two, is a bug and no count", async () => {
  await withTables(
    [{ table: "elements", text: "id,operator\na,op\nb,op2\n" }],
    async ({ store }) => {
      const kinds = await askAll(store);
      await assert.rejects(store.siteCounts(kinds.slice(1), 1), /2 verdicts/);
      await assert.rejects(store.listElements([...kinds, kinds[0]!], 1), /two kinds/);
    },
    { sites: true },
  );
});

test("several elements are found at once, as each by itself", async () => {
  const files: readonly GivenFile[] = [
    { table: "elements", text: 'id,operator,site,functions\na,op,s1,AMF\nb,op,"s\n2",AMF\nc,op,s3,gNB\n' },
    { table: "uses", text: "operator,element,kind\nother,b,shared\n" },
    {
      table: "relations",
      text: "from,kind,to,place\nb,maintained-by,zeta,DE\nb,maintained-by,acme,IN\nc,maintained-by,acme,IN\n",
    },
  ];
  await withTables(
    files,
    async ({ store }) => {
      const alone = [await store.element("b"), await store.element("c")];
      const together = await store.elements(["c", "b", "unheard-of"]);
      assert.deepEqual(together, alone.flat());
      assert.deepEqual(
        together.map(({ id, operator, line, partyPlaces }) => [
          id,
          operator,
          line,
          partyPlaces.map((place) => place.line),
        ]),
        [
          ["b", "op", 3, [3, 2]],
          ["b", "other", 3, [3, 2]],
          ["c", "op", 5, [4]],
        ],
      );
      assert.deepEqual(await store.elements([]), []);
    },
    { sites: true },
  );
});
