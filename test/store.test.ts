import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { LoadedTables } from "../src/model/ports/store.ts";
import { ask, network, rangesOf } from "./kit/store-cases.ts";
import { elements, type GivenFile, relations, uses, withTables } from "./tables.ts";

test("an element is in use once, and a row stands for each operator that answers for it", async () => {
  await withTables(network, async ({ store, loaded }) => {
    assert.deepEqual(loaded.problems, []);
    assert.deepEqual([loaded.elements, loaded.setAside, loaded.notInUse], [5, 0, 2]);
    const { keys, parties, groups } = await ask(store);
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
        ...{ left: false, elements: 2, inService: "2018-05-01", inServiceUnknown: 0 },
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
      { plain: false },
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
        [{ owner: "a", owned: "b\nb", percent: 12.5, kind: null, from: "2020-01-01", until: null }, 2],
        [{ owner: "c", owned: "d", percent: 50, kind: null, from: null, until: null }, 5],
      ],
    );
    await assert.rejects(store.rows("elements"));
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
