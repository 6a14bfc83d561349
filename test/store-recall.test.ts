import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { Recorded } from "../src/model/ports/store.ts";
import { asOf, type GivenFile, relations, uses, withTables } from "./tables.ts";

const unchanged: Omit<Recorded, "path"> = { same: () => false, removals: [] };

/** What has left of `before` once the tables are `after`: id and operator of each, as the question's rows have them. */
async function leftOf(
  before: readonly GivenFile[],
  after: readonly GivenFile[],
  signed: Partial<Omit<Recorded, "path">> = {},
): Promise<readonly string[]> {
  return withTables(
    before,
    async ({ store, folder }) => {
      const path = join(folder, "record.parquet");
      await store.recall(undefined);
      await store.writeRecord(path);
      return withTables(
        after,
        async ({ store: later }) => {
          const count = await later.recall({ path, ...unchanged, ...signed });
          const rows = (await later.elements(known)).filter(({ left }) => left);
          assert.equal(count.verdicts, rows.length);
          return rows.map(({ id, operator }) => `${id} ${operator}`);
        },
        { sites: true },
      );
    },
    { sites: true },
  );
}

const known = ["a", "b", "c", "d"];
const header = "id,operator,site,maker,product,functions,status,in_service_since";
const table = (...lines: readonly string[]): GivenFile => ({
  table: "elements",
  text: [header, ...lines, ""].join("\n"),
});

test("G: what is recorded and no longer there has left, however it went", async () => {
  const before = [table("a,north,s1,M,P,AMF,,2020-01-01", "b,north,s2,N,Q,RU,,")];
  const b = "b,north,s2,N,Q,RU,,";
  const gone: Readonly<Record<string, string>> = {
    dropped: "",
    retired: "a,north,s1,M,P,AMF,retired,2020-01-01",
    "planned for 2062": "a,north,s1,M,P,AMF,planned,2062-01-01",
    "active from 2062": "a,north,s1,M,P,AMF,active,2062-01-01",
    "another operator": "a,south,s1,M,P,AMF,,2020-01-01",
    "no operator": "a,,s1,M,P,AMF,,2020-01-01",
    "another site": "a,north,s2,M,P,AMF,,2020-01-01",
    "another function": "a,north,s1,M,P,RU,,2020-01-01",
    "no function": "a,north,s1,M,P,,,2020-01-01",
    "another maker": "a,north,s1,N,P,AMF,,2020-01-01",
    "another product": "a,north,s1,M,Q,AMF,,2020-01-01",
    "another id": "c,north,s1,M,P,AMF,,2020-01-01",
    unreadable: "a,north,s1,M,P,AMF,used,2020-01-01",
  };
  for (const [how, row] of Object.entries(gone))
    assert.deepEqual(await leftOf(before, [table(...(row === "" ? [] : [row]), b)]), ["a north"], how);
  assert.deepEqual(await leftOf(before, [table(b, "a,north,s1,M,P,AMF,,2020-01-01")]), []);
  assert.deepEqual(await leftOf(before, []), ["a north", "b north"]);
});

test("G: what is known of better has not left, and what was never said cannot change", async () => {
  const before = [table("a,north,,,,,,", "b,north,s1,M,P,AMF,,")];
  const after = [table("a,north,s1,M,P,AMF,active,2020-01-01", "b,north,s1,M,P,AMF,,2021-01-01")];
  assert.deepEqual(await leftOf(before, after), []);
});

test("G: texts that mean the same are asked about once for each change, and only what `same` says stays", async () => {
  const before = [table("a,north,s1,Em,P,AMF,,", "b,north,s1,Em,P,AMF,,", "c,north,s1,N,P,AMF,,")];
  const after = [table("a,north,s1,M,P,AMF;SMF,,", "b,north,s1,M,P,AMF;SMF,,", "c,north,s1,M,P,AMF,,")];
  const asked: string[] = [];
  const same: Recorded["same"] = ({ was, now }) => {
    asked.push(`${was.maker} ${was.functions} ${now.maker} ${now.functions}`);
    return was.maker === "Em";
  };
  assert.deepEqual(await leftOf(before, after, { same }), ["c north"]);
  assert.deepEqual(asked, ["Em AMF M AMF;SMF", "N AMF M AMF"]);
});

test("G: operators that `uses` names leave with its rows, and a move into `uses` is none", async () => {
  const own = table("a,,s1,M,P,AMF,,", "b,north,s1,M,P,AMF,,");
  const before = [own, uses("north,a,shared,,,", "south,a,shared,,,")];
  assert.deepEqual(await leftOf(before, [own, uses("north,a,shared,,,")]), ["a south"]);
  assert.deepEqual(await leftOf(before, [own, uses("north,a,roaming,,,", "south,a,shared,,,")]), ["a north"]);
  assert.deepEqual(await leftOf(before, [own, uses("north,a,shared,,,2026-01-01", "south,a,shared,,,")]), ["a north"]);
  const split = [table("a,,s1,M,P,AMF,,", "b,,s1,M,P,AMF,,"), uses("north,a,,,,", "south,a,,,,", "south,b,,,,")];
  assert.deepEqual(await leftOf(before, split), ["b north"]);
});

test("G: a removal counts for its operator and elements, signed on the day they were last seen or later", async () => {
  const before = [table("a,north,s1,M,P,AMF,,", "b,north,s1,M,P,AMF,,", "c,south,s1,M,P,AMF,,")];
  const removed = (operator: string, ids: readonly string[], signedOn: string) =>
    leftOf(before, [], { removals: [{ operator, elements: ids, signedOn }] });
  assert.deepEqual(await removed("north", ["a", "c"], asOf), ["b north", "c south"]);
  assert.deepEqual(await removed("north", ["a", "b"], "2026-05-31"), ["a north", "b north", "c south"]);
});

test("G: what has left stays recorded, with who worked on it, and a later removal still finds it", async () => {
  const first = [table("a,north,s1,M,P,AMF,,", "b,north,s1,M,P,AMF,,"), relations("a,maintained-by,X,,,DE,")];
  await withTables(first, async ({ store, folder }) => {
    const [one, two] = ["one", "two"].map((name) => join(folder, `${name}.parquet`)) as [string, string];
    await store.recall(undefined);
    assert.equal(await store.writeRecord(one), 2);
    await withTables([table("b,north,s1,M,P,AMF,,")], async ({ store: second }) => {
      await second.recall({ path: one, ...unchanged });
      assert.equal(await second.writeRecord(two), 2);
    });
    await withTables([table("b,north,s1,M,P,AMF,,")], async ({ store: third }) => {
      assert.deepEqual(await third.recall({ path: two, ...unchanged }), { verdicts: 1, elements: 1 });
      const [row] = (await third.elements(["a"])).filter(({ left }) => left);
      assert.deepEqual([row?.parties, row?.file, row?.maker], ["X|DE|", "ledger", "M"]);
      const removals = [{ operator: "north", elements: ["a"], signedOn: asOf }];
      assert.deepEqual(await third.recall({ path: two, same: () => false, removals }), { verdicts: 0, elements: 0 });
      assert.deepEqual(await third.recall(undefined), { verdicts: 0, elements: 0 });
    });
  });
});

test("G: a record of a later day misses nothing that only comes later, and a day that nobody saw is no use", async () => {
  const rows = table(
    "a,north,s1,M,P,AMF,,2026-05-01",
    "b,north,s1,M,P,AMF,,2026-08-01",
    "c,north,s1,M,P,AMF,planned,2026-09-01",
  );
  const early = { knownAt: "2026-08-15" };
  await withTables(
    [rows],
    async ({ loaded }) => {
      assert.deepEqual([loaded.elements, loaded.setAside, loaded.notInUse], [1, 0, 2]);
      assert.deepEqual(loaded.planned, { elements: 1, first: [{ id: "c", day: "2026-09-01" }] });
    },
    early,
  );
  await withTables([rows], async ({ loaded }) => {
    assert.deepEqual([loaded.elements, loaded.setAside, loaded.notInUse], [1, 1, 1]);
    assert.match(loaded.problems[0]!.message, /`b` is in use, and its `in_service_since` has not come yet/);
  });
});

test("G: whatever is dropped or changed, each recorded pair stands there as it was or has left", async () => {
  const cell = (words: readonly string[]) => fc.constantFrom("", ...words);
  const row = fc.record({
    id: fc.constantFrom(...known),
    operator: fc.constantFrom("north", "south"),
    site: cell(["s1", "s2"]),
    maker: cell(["M", "N"]),
    product: cell(["P", "Q"]),
    functions: cell(["AMF", "RU"]),
    status: cell(["active", "planned", "retired"]),
  });
  type Row = Readonly<Record<"id" | "operator" | "site" | "maker" | "product" | "functions" | "status", string>>;
  const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 4 });
  const inUse = ({ status }: Row) => status !== "retired";
  const asTable = (some: readonly Row[]) =>
    table(...some.map((r) => [r.id, r.operator, r.site, r.maker, r.product, r.functions, r.status, ""].join()));
  const stands = (was: Row) => (now: Row) =>
    inUse(now) &&
    now.id === was.id &&
    now.operator === was.operator &&
    (["site", "maker", "product", "functions"] as const).every((name) => was[name] === "" || was[name] === now[name]);
  await fc.assert(
    fc.asyncProperty(rows, rows, async (before, after) => {
      const expected = before.filter(inUse).filter((was) => !after.some(stands(was)));
      const found = await leftOf([asTable(before)], [asTable(after)]);
      assert.deepEqual([...found].sort(), expected.map(({ id, operator }) => `${id} ${operator}`).sort());
    }),
    { seed: 62, numRuns: 40 },
  );
});
