import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsOf } from "./kit/network-words.ts";
import { parquetOf } from "./kit/parquet.ts";
import { ask, network } from "./kit/store-cases.ts";
import { elements, type GivenFile, withTables } from "./tables.ts";

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

test("links and demands in Parquet make the network that CSV makes", async () => {
  const texts = {
    links: "operator,from,to,weight,capacity,kind\nalpha,s1,s9,2,10,\nalpha,s9,s2,1,,uplink\nalpha,s1,s9,0,,\n",
    demands: "from,to,value,path\ns1,s9,3,\ns1,s9,4,s1;s9\ns1,s9,many,\n",
  };
  const names = ["links", "demands"] as const;
  const csv: readonly GivenFile[] = names.map((table) => ({ table, text: texts[table] }));
  const parquet: readonly GivenFile[] = await Promise.all(
    names.map(async (table) => ({ table, text: await parquetOf(texts[table], [], table), format: "parquet" as const })),
  );
  const of = (files: readonly GivenFile[]) =>
    withTables([...network, ...files], ({ store }) => wordsOf(store), { sites: true });
  const words = await of(parquet);
  assert.deepEqual(words, await of(csv));
  assert.deepEqual([words.links.length, words.demands.length], [2, 2]);
  await withTables([...network, ...parquet], async ({ loaded }) => {
    const told = loaded.problems.map(({ code, place }) => `${place.file} ${place.line} ${code}`);
    assert.deepEqual(told, ["demands-4.parquet 3 wrong-type", "links-3.parquet 3 wrong-type"]);
    assert.equal(loaded.setAside, 0);
  });
});
