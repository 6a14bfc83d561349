import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import type { EquipmentKey } from "../src/model/inventory.ts";
import type { EquipmentRange, InventoryStore, LoadedTables } from "../src/model/ports/store.ts";
import { elements, type GivenFile, relations, uses, withTables } from "./tables.ts";

const network: readonly GivenFile[] = [
  {
    table: "elements",
    text: [
      "id,operator,site,maker,product,release,digest,functions,status,in_service_since,release_since",
      "DEMO-gnb-1,alpha,s1,mk,radio,7.1,,gNB,active,2018-05-01,2024-01-01",
      "DEMO-gnb-2,alpha,s1,mk,radio,7.1,,gNB,,2020-05-01,",
      '"DEMO-amf-1",alpha,"site ""two"", Bonn",mk,core,21.3,,AMF,active,,',
      "DEMO-amf-2,beta,s2,mk,core,21.3,,AMF,active,2025-12-06,2025-12-06",
      "DEMO-core,,s2,other,core2,3,,UDM;AUSF,active,2024-07-01,",
      "DEMO-old,alpha,s2,mk,core,21.2,,AMF,retired,2015-01-01,",
      "DEMO-future,alpha,s2,mk,core,21.4,,AMF,active,2027-01-01,",
      "",
    ].join("\n"),
  },
  relations(
    "DEMO-amf-1,maintained-by,zeta,,,IN,unmediated",
    "DEMO-amf-1,maintained-by,acme,2020-01-01,2030-01-01,DE,mediated",
    "DEMO-amf-1,maintained-by,acme,,,DE,mediated",
    "DEMO-amf-1,maintained-by,past,,2020-01-01,DE,",
    "DEMO-gnb-1,managed-by,DEMO-core,,,,",
    "DEMO-gnb-2,managed-by,firm,,,,",
    "DEMO-gnb-2,built-by,firm2,,,,",
    "DEMO-core,maintained-by,acme,,,,none",
  ),
  uses(
    "beta,DEMO-core,shared,50,,",
    "alpha,DEMO-core,own,50,,",
    "gamma,DEMO-core,roaming,,,",
    "beta,DEMO-amf-1,shared,,2027-01-01,",
    "alpha,DEMO-amf-1,own,,,",
  ),
];

/** Three ranges for each key, cut at two days, and one for what is not known. */
function rangesOf(keys: readonly EquipmentKey[]): readonly EquipmentRange[] {
  return keys.flatMap(({ key }) => [
    { key, lo: null, hi: "2019-01-01", tuple: key * 10, domain: "d" },
    { key, lo: "2019-01-01", hi: "2025-12-06", tuple: key * 10 + 1, domain: "d" },
    { key, lo: "2025-12-06", hi: null, tuple: key * 10 + 2, domain: "d" },
    { key, lo: null, hi: null, tuple: key * 10 + 3, domain: "d" },
  ]);
}

/** Every function in a segment of its own name. */
function elementUnits(store: InventoryStore, keys: readonly EquipmentKey[]) {
  const names = [...new Set(keys.map(({ functions }) => functions))];
  return store.makerUnits(
    "element",
    names.map((functions) => ({ functions, segments: [functions] })),
  );
}

async function ask(store: InventoryStore) {
  const keys = await store.equipmentKeys();
  const parties = await store.maintenanceKeys();
  const groups = await store.questions(
    rangesOf(keys),
    parties.map(({ key }) => ({ key, tuple: key })),
  );
  return { keys, parties, groups, makers: await elementUnits(store, keys) };
}

test("an element is in use once, and a row stands for each operator that answers for it", async () => {
  await withTables(network, async ({ store, loaded }) => {
    assert.deepEqual(loaded.problems, []);
    assert.deepEqual([loaded.elements, loaded.setAside, loaded.notInUse], [5, 0, 2]);
    const { keys, parties, groups, makers } = await ask(store);
    assert.deepEqual(
      keys.map(({ key, operator, product, elements: count }) => [key, operator, product, count]),
      [
        [0, "alpha", "core", 1],
        [1, "alpha", "radio", 2],
        [2, "alpha", "core2", 1],
        [3, "beta", "core", 1],
        [4, "beta", "core2", 1],
      ],
    );
    assert.deepEqual(
      parties.map(({ operator, parties: text, elements: count }) => [operator, text, count]),
      [
        ["alpha", "", 1],
        ["alpha", "acme|DE|mediated;zeta|IN|unmediated", 1],
        ["alpha", "acme||none", 1],
        ["alpha", "firm||", 1],
        ["beta", "", 1],
        ["beta", "acme||none", 1],
      ],
    );
    assert.deepEqual(
      groups.map(({ operator, equipment, maintenance, elements: count, example }) =>
        [operator, equipment, maintenance, count, example].join(" "),
      ),
      [
        "alpha 3 1 1 DEMO-amf-1",
        "alpha 10 0 1 DEMO-gnb-1",
        "alpha 11 3 1 DEMO-gnb-2",
        "alpha 21 2 1 DEMO-core",
        "beta 32 4 1 DEMO-amf-2",
        "beta 41 5 1 DEMO-core",
      ],
    );
    assert.equal(makers.length, 5);
  });
});

test("a key knows the first days of its elements, and what is not known of them", async () => {
  await withTables(network, async ({ store }) => {
    const keys = await store.equipmentKeys();
    const radio = keys.find(({ product }) => product === "radio")!;
    assert.deepEqual(
      { ...radio, key: 0 },
      {
        ...{ key: 0, operator: "alpha", maker: "mk", product: "radio", release: "7.1", digest: null, functions: "gNB" },
        mark: null,
        ...{ elements: 2, inService: "2018-05-01", inServiceUnknown: 0 },
        ...{ releaseSince: "2024-01-01", releaseUnknown: 1, releaseUnknownFrom: "2020-05-01" },
      },
    );
    const core = keys.find(({ product, operator }) => product === "core" && operator === "alpha")!;
    assert.deepEqual([core.inService, core.inServiceUnknown, core.releaseUnknownFrom], [null, 1, null]);
  });
});

test("an element comes with file and line, behind quoted values that run over lines too", async () => {
  await withTables(network, async ({ store }) => {
    const [row, more] = await store.element("DEMO-amf-1");
    assert.equal(more, undefined);
    assert.deepEqual(
      [row!.line, row!.site, row!.parties, row!.inServiceSince, row!.equipment, row!.maintenance],
      [4, 'site "two", Bonn', "acme|DE|mediated;zeta|IN|unmediated", null, 0, 1],
    );
    assert.deepEqual(
      (await store.element("DEMO-core")).map(({ operator, line }) => [operator, line]),
      [
        ["alpha", 6],
        ["beta", 6],
      ],
    );
    assert.deepEqual(await store.element("DEMO-old"), []);
    assert.deepEqual((await store.similarIds("demo-amf1")).slice(0, 2), ["DEMO-amf-1", "DEMO-amf-2"]);
    assert.deepEqual(await store.similarIds("unlike anything"), []);
  });
  const text = 'id,operator,site\na,op,"one\ntwo"\n\nbad\n b ,op,"x\n"\nc,op,y\n';
  await withTables([{ table: "elements", text }], async ({ store }) => {
    assert.deepEqual(
      (await store.element("b")).map(({ line, site }) => [line, site]),
      [[6, "x"]],
    );
    assert.deepEqual(
      (await store.element("c")).map(({ line, site }) => [line, site]),
      [[8, "y"]],
    );
  });
});

test("ranges that overlap, or leave an element out, are a bug and no answer", async () => {
  await withTables(network, async ({ store }) => {
    const keys = await store.equipmentKeys();
    const parties = (await store.maintenanceKeys()).map(({ key }) => ({ key, tuple: 0 }));
    const ranges = rangesOf(keys);
    await assert.rejects(store.questions(ranges.slice(1), parties.slice(1)).then(() => store.questions([], parties)));
    await assert.rejects(
      store.questions(
        ranges.filter(({ lo }) => lo !== null),
        parties,
      ),
      /6 elements/,
    );
    const wide = { key: 0, lo: "2018-01-01", hi: "2019-06-01", tuple: 1, domain: "d" };
    await assert.rejects(store.questions([...ranges, wide], parties), /overlap/);
  });
});

test("the table of answers holds a row for each element and operator, and for each record set aside", async () => {
  const broken = { ...elements("DEMO-broken,op", "DEMO-odd,op,,,,,odd,", ",op,,,,,,"), name: "more.csv" };
  await withTables([...network, broken], async ({ store, loaded, folder }) => {
    assert.equal(loaded.setAside, 3);
    const { groups } = await ask(store);
    const path = join(folder, "it's out.csv");
    const verdicts = groups.map(({ equipment, maintenance }) => ({
      ...{ equipment, maintenance },
      columns: [`${equipment}/${maintenance}`, 'a "b", c'],
    }));
    const pairs = [...new Map(verdicts.map((verdict) => [verdict.columns[0], verdict])).values()];
    const rows = await store.writeCsv(
      path,
      ["element", "operator", "verdict", "note"],
      pairs,
      ["it's undecided", ""],
      "since",
    );
    assert.equal(rows, 9);
    const note = '"a ""b"", c"';
    assert.deepEqual(readFileSync(path, "utf8").split("\n"), [
      "element,operator,verdict,note",
      `DEMO-amf-1,alpha,3/1,${note}`,
      `DEMO-amf-2,beta,32/4,${note}`,
      'DEMO-broken,,it\'s undecided,""',
      `DEMO-core,alpha,21/2,${note}`,
      `DEMO-core,beta,41/5,${note}`,
      `DEMO-gnb-1,alpha,10/0,${note}`,
      `DEMO-gnb-2,alpha,11/3,${note}`,
      'DEMO-odd,,it\'s undecided,""',
      ',,it\'s undecided,""',
      "",
    ]);
  });
});

test("small tables come typed, with the line of each row", async () => {
  const text = 'owner,owned,percent,from\na,"b\nb",12.5,2020-01-01\nc,d,1e400,\nc,d,50,\nc,d,"12,5",\n';
  await withTables([{ table: "owners", text }], async ({ store, loaded }) => {
    assert.deepEqual(
      loaded.problems.map(({ code, place }) => [code, place.line]),
      [
        ["wrong-type", 4],
        ["wrong-type", 6],
      ],
    );
    assert.deepEqual(
      (await store.rows("owners")).map(({ values, line }) => [values, line]),
      [
        [{ owner: "a", owned: "b\nb", percent: 12.5, from: "2020-01-01", until: null }, 2],
        [{ owner: "c", owned: "d", percent: 50, from: null, until: null }, 5],
      ],
    );
    await assert.rejects(store.rows("elements"));
  });
});

/** A table of elements as Parquet, all of it text but for the columns of days. */
async function parquetOf(text: string, days: readonly string[]): Promise<Uint8Array> {
  return withTables([{ table: "elements", text }], async ({ folder }) => {
    const instance = await DuckDBInstance.create(":memory:", { autoinstall_known_extensions: "false" });
    const connection = await instance.connect();
    const from = `read_csv('${folder}/elements-0.csv', all_varchar = true, header = true, delim = ',')`;
    const casts = days.map((name) => `${name}::date as ${name}`).join(", ");
    const columns = days.length > 0 ? `* replace (${casts})` : "*";
    await connection.run(`copy (select ${columns} from ${from}) to '${folder}/out.parquet' (format parquet)`);
    connection.closeSync();
    instance.closeSync();
    return readFileSync(join(folder, "out.parquet"));
  });
}

test("Parquet gives the answers that CSV gives", async () => {
  const [first, ...others] = network;
  const text = String(first!.text);
  const fromCsv = await withTables(network, async ({ store }) => ask(store));
  for (const days of [[], ["in_service_since", "release_since"]]) {
    const file: GivenFile = { table: "elements", text: await parquetOf(text, days), format: "parquet" };
    await withTables([file, ...others], async ({ store, loaded }) => {
      assert.deepEqual(loaded.problems, []);
      assert.deepEqual(await ask(store), fromCsv);
      const [row] = await store.element("DEMO-amf-1");
      assert.deepEqual([row!.line, row!.site], [3, 'site "two", Bonn']);
    });
  }
});

test("bad values and bad types in Parquet are problems as in CSV", async () => {
  const text = "id,operator,status,in_service_since\na,op,active,2024-02-30\nb,op,odd,\nc,op,,2024-01-01\n";
  const file: GivenFile = { table: "elements", text: await parquetOf(text, []), format: "parquet" };
  await withTables([file], async ({ loaded }) => {
    assert.deepEqual(
      loaded.problems.map(({ code, place }) => [code, place.line]),
      [
        ["wrong-type", 1],
        ["wrong-type", 2],
      ],
    );
    assert.deepEqual([loaded.elements, loaded.setAside], [1, 2]);
  });
  const dates = "id,operator,maker\na,op,2024-01-01\n";
  const odd: GivenFile = { table: "elements", text: await parquetOf(dates, ["maker"]), format: "parquet" };
  await withTables([odd], async ({ loaded }) => {
    assert.deepEqual([loaded.problems[0]!.code, loaded.elements, loaded.setAside], ["wrong-type", 0, 1]);
  });
});

test("a Parquet file with a broken page is set aside as a whole, and the others are read", async () => {
  const bytes = await parquetOf(`id,operator\n${Array.from({ length: 500 }, (_, at) => `a${at},op\n`).join("")}`, []);
  const file: GivenFile = { table: "elements", text: bytes.fill(0xff, 4, 200), format: "parquet" };
  await withTables([file, { ...elements("b,op,,,,,,"), name: "good.csv" }], async ({ store, loaded }) => {
    assert.deepEqual(
      loaded.problems.map(({ code, rows }) => [code, rows]),
      [["unreadable", 500]],
    );
    assert.deepEqual([loaded.elements, loaded.setAside], [1, 500]);
    assert.equal((await ask(store)).groups.length, 1);
  });
});

test("a file that changes after it was read stops the run", async () => {
  await withTables(network, async ({ store, folder }) => {
    appendFileSync(join(folder, "elements-0.csv"), "DEMO-new,alpha,,,,,,,,,\n");
    await assert.rejects(store.equipmentKeys(), /changed while/);
  });
});

test("rows of a file that several threads read keep their lines", async () => {
  const rows = Array.from({ length: 120_000 }, (_, at) =>
    at % 9999 === 5 ? `DEMO-${at},op` : `DEMO-${at},op,"mk\n${"x".repeat(60)}",p,1,AMF,,2024-01-01`,
  );
  const text = ["id,operator,maker,product,release,functions,status,in_service_since", ...rows, ""].join("\n");
  await withTables(
    [{ table: "elements", text }],
    async ({ store, loaded }) => {
      assert.deepEqual(
        loaded.problems.map(({ place }) => place.line),
        rows.flatMap((_, at) => (at % 9999 === 5 ? [2 + 2 * at - Math.ceil((at - 5) / 9999)] : [])),
      );
      const [row] = await store.element("DEMO-100000");
      assert.equal(row!.line, 2 + 2 * 100_000 - Math.ceil((100_000 - 5) / 9999));
    },
    { threads: 4 },
  );
});

const some = (...words: readonly string[]) => fc.constantFrom("", ...words);
const elementRow = fc.tuple(
  fc.integer({ min: 0, max: 14 }).map((n) => `e${n}`),
  some("alpha", "beta"),
  some("m1", "m2"),
  some("p1", "p2"),
  some("1", "2"),
  some("AMF", "gNB"),
  some("active", "retired", "odd"),
  some("2018-01-01", "2025-12-06", "2030-01-01", "nope"),
);
const relationRow = fc.tuple(
  fc.integer({ min: 0, max: 16 }).map((n) => `e${n}`),
  fc.constantFrom("part-of", "runs-on", "maintained-by", "managed-by"),
  fc.constantFrom("e1", "e2", "e3", "firm", "firm2"),
  some("2020-01-01", "2030-01-01"),
  some("2024-01-01"),
  some("DE"),
  some("none"),
);
const useRow = fc.tuple(
  fc.constantFrom("alpha", "beta", "gamma"),
  fc.integer({ min: 0, max: 16 }).map((n) => `e${n}`),
  some("own", "shared", "roaming"),
  some("50"),
  some("2030-01-01"),
  some("2024-01-01"),
);
const scenario = fc.record({
  elements: fc.array(elementRow, { maxLength: 14 }),
  relations: fc.array(relationRow, { maxLength: 8 }),
  uses: fc.array(useRow, { maxLength: 6 }),
});

/** What must not depend on where a row stands. */
function withoutPlaces({ elements: count, setAside, setAsideIds, notInUse, problems }: LoadedTables) {
  const told = problems.map(({ code, message, rows }) => `${code} ${message} ${rows}`).sort();
  return { count, setAside, setAsideIds, notInUse, told };
}

test("the order of rows, of files and the number of threads change nothing, and every row is somewhere", async () => {
  const property = fc.asyncProperty(scenario, fc.infiniteStream(fc.nat()), async (given, random) => {
    const shuffled = <T>(rows: readonly T[]) =>
      rows
        .map((row) => ({ row, at: random.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ row }) => row);
    const lines = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join(","));
    const answer = (files: readonly GivenFile[], threads: number) =>
      withTables(files, async ({ store, loaded }) => ({ ...withoutPlaces(loaded), ...(await ask(store)) }), {
        threads,
      });
    const plain = await answer(
      [elements(...lines(given.elements)), relations(...lines(given.relations)), uses(...lines(given.uses))],
      1,
    );
    const mixed = lines(shuffled(given.elements));
    const half = Math.floor(mixed.length / 2);
    const other = await answer(
      [
        uses(...lines(shuffled(given.uses))),
        { ...elements(...mixed.slice(half)), name: "z.csv" },
        relations(...lines(shuffled(given.relations))),
        { ...elements(...mixed.slice(0, half)), name: "a.csv" },
      ],
      2,
    );
    assert.deepEqual(other, plain);
    assert.equal(plain.count + plain.setAside + plain.notInUse, given.elements.length);
    const placed = plain.groups.reduce((sum, group) => sum + group.elements, 0);
    assert.ok(placed >= plain.count, `${plain.count} elements, ${placed} rows`);
    assert.ok(plain.groups.every(({ example }) => !plain.setAsideIds.some(({ id }) => id === example)));
  });
  await fc.assert(property, { seed: 20190312, numRuns: 10 });
});
