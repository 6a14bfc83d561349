import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { noSite } from "../src/model/ports/network.ts";
import { demands, elements, links, options, pools, table, world } from "./kit/network-tables.ts";
import { wordsOf } from "./kit/network-words.ts";
import { type GivenFile, relations, uses, withTables } from "./tables.ts";

test("places are pairs of operator and site, also where the sites table has none", async () => {
  await withTables(
    world,
    async ({ store, loaded }) => {
      assert.deepEqual(loaded.problems, []);
      const words = await wordsOf(store);
      assert.deepEqual(words.operators, ["alpha", "beta"]);
      assert.deepEqual(words.regions, ["", "Bayern", "Bremen", "Hessen", "Saarland"]);
      assert.deepEqual(words.places, [
        "alpha/away ",
        "alpha/hub Hessen 50.1,8.6",
        "alpha/s1 Bayern 48.1,11.5",
        "alpha/s2 Hessen",
        "alpha/s3 ",
        "alpha/ ",
        "beta/hub Hessen 50.1,8.6",
        "beta/s1 Bayern 48.1,11.5",
      ]);
      const { places } = await store.network();
      assert.deepEqual([...places.site], [0, 1, 2, 3, 4, noSite, 1, 2]);
      assert.deepEqual(await store.siteIds(Uint32Array.of(4, noSite, 0)), ["s3", "", "away"]);
      await assert.rejects(() => store.siteIds(Uint32Array.of(5)), /no.* number of a site/);
    },
    options,
  );
});

test("what is in use stands once for each operator, and counts once", async () => {
  await withTables(
    world,
    async ({ store }) => {
      const { elements: rows, traits } = await wordsOf(store);
      assert.deepEqual(rows, [
        "alpha/ amf: amf",
        "alpha/away radio: radio",
        "alpha/hub amf: amf",
        "alpha/hub core: core",
        "alpha/s1 radio: radio",
        "alpha/s2 radio: radio",
        "alpha/s3 amf: amf",
        "beta/hub core: core, not first",
        "beta/s1 ?: ?",
      ]);
      assert.deepEqual(traits, [
        "alpha mk amf 1 AMF",
        "alpha mk core 1 UDM",
        "alpha mk radio 7 gNB",
        "alpha mk radio 8 gNB",
        "alpha other amf 2 AMF;SMF",
        "beta - - - gNB",
        "beta mk core 1 UDM",
      ]);
    },
    options,
  );
});

test("a network is told the same after questions, and a second time; never without sites", async () => {
  await withTables(
    world,
    async ({ store }) => {
      const before = await wordsOf(store);
      const keys = await store.equipmentKeys();
      const parties = await store.maintenanceKeys();
      await store.questions(
        keys.map(({ key }) => ({ key, lo: null, hi: null, tuple: 0, domain: "d" })),
        parties.map(({ key }) => ({ key, tuple: 0 })),
      );
      assert.deepEqual(await wordsOf(store), before);
    },
    options,
  );
  await withTables(world, async ({ store }) => {
    await assert.rejects(() => store.network(), /did not keep/);
  });
});

test("parts, platforms and what they stand on must live for an element to live", async () => {
  const files = [
    elements(
      "root,a,s1,mk,root,1,gNB,",
      "part,a,s1,mk,part,1,,",
      "deep,a,s1,mk,deep,1,,",
      "twin,a,s1,mk,root,1,gNB,",
      "twinpart,a,s1,mk,root,1,,",
      "cnf,a,s1,mk,cnf,1,AMF,",
      "cloud,b,s2,mk,cloud,1,cloud-platform,",
      "server,b,s2,mk,server,1,server,",
      "stray,a,s1,mk,stray,1,SMF,",
      "gone,a,s1,mk,gone,1,,retired",
      "whole,a,s1,mk,whole,1,gNB,",
      "orphan,a,s1,mk,orphan,1,RU,",
      "twice,a,s1,mk,x,1,,",
      "twice,a,s1,mk,x,1,,",
      "solo,a,s1,mk,solo,1,gNB,",
    ),
    relations(
      "part,part-of,root,,,,",
      "deep,part-of,part,,,,",
      "twinpart,part-of,twin,,,,",
      "cnf,runs-on,cloud,,,,",
      "server,part-of,cloud,,,,",
      // The platform of `stray` is retired, a part of `whole` too; one record of `solo` cannot be told.
      "stray,runs-on,gone,,,,",
      "gone,part-of,whole,,,,",
      "orphan,part-of,gone,,,,",
      "twice,part-of,solo,,,,",
      "cnf,runs-on,stray,,2020-01-01,,",
    ),
  ];
  await withTables(
    files,
    async ({ store }) => {
      const { elements: rows, bundles, traits } = await wordsOf(store);
      assert.deepEqual(rows, [
        "a/s1 cnf: cnf+cloud+server",
        "a/s1 deep: (part)",
        "a/s1 orphan: orphan",
        "a/s1 part: (part)",
        "a/s1 root: (part)",
        "a/s1 root: deep+part+root",
        "a/s1 root: root+root",
        "a/s1 solo: ?+solo",
        "a/s1 stray: ?+stray",
        "a/s1 whole: whole",
        "b/s2 cloud: cloud+server",
        "b/s2 server: (part)",
      ]);
      assert.equal(traits[0], "a - - - -");
      traits.forEach((_, trait) => {
        assert.deepEqual(bundles[trait], [trait]);
      });
      assert.equal(bundles.length, traits.length + 7);
    },
    options,
  );
});

test("a platform of several operators lives with the one that runs on it, else with the first", async () => {
  const files = [
    elements("x,b,s1,mk,x,1,AMF,", "y,c,s1,mk,y,1,AMF,", "cloud,a,s1,mk,cloud,1,cloud-platform,"),
    relations("x,runs-on,cloud,,,,", "y,runs-on,cloud,,,,"),
    uses("b,cloud,shared,,,"),
  ];
  await withTables(
    files,
    async ({ store }) => {
      const { traits, bundles } = await store.network();
      const operators = bundles.slice(traits.length).map((own) => own.map((trait) => traits[trait]!.operator));
      assert.deepEqual(operators, [
        ["a", "c"],
        ["b", "b"],
      ]);
    },
    options,
  );
});

test("who built, maintains and manages it is part of a kind, and so is the kind of its manager", async () => {
  const files = [
    elements(
      "r1,a,s1,mk,radio,7,gNB,",
      "r2,a,s1,mk,radio,7,gNB,",
      "r3,a,s1,mk,radio,7,gNB,",
      "r4,a,s1,mk,radio,7,gNB,",
      "ems,a,s2,mk,ems,1,RAN-management,",
      "top,a,s2,other,top,1,OSS-BSS,",
      "off,a,s2,mk,ems,1,RAN-management,retired",
    ),
    relations(
      "r1,built-by,fitter,,,,",
      "r1,built-by,'a;b|c',,,,",
      "r1,maintained-by,acme,,,IN,unmediated",
      "r1,maintained-by,acme,,,,",
      "r1,maintained-by,acme,,,IN,unmediated",
      "r2,managed-by,ems,,,,",
      "r3,managed-by,off,,,,",
      "r3,managed-by,firm,,,DE,mediated",
      "ems,managed-by,top,,,,",
    ),
  ];
  await withTables(
    files,
    async ({ store }) => {
      const { traits, elements: rows } = await wordsOf(store);
      assert.deepEqual(traits, [
        "a - - - -",
        "a mk ems 1 RAN-management; by 6:top",
        "a mk radio 7 gNB",
        "a mk radio 7 gNB; by 1:ems",
        "a mk radio 7 gNB; managed firm|DE|mediated; by 0:?",
        "a mk radio 7 gNB; built 'a;b|c' fitter; maintained acme|IN|unmediated acme||",
        "a other top 1 OSS-BSS",
      ]);
      assert.ok(rows.every((row) => !row.includes("+")));
    },
    options,
  );
});

test("without any table there is a network of nothing", async () => {
  await withTables(
    [],
    async ({ store }) => {
      const { places, elements: rows, traits, bundles } = await store.network();
      assert.deepEqual([places.count, rows.place.length, traits, bundles], [0, 0, [], []]);
    },
    options,
  );
});

test("the order of rows and of files changes nothing", async () => {
  const all: readonly GivenFile[] = [
    ...world,
    relations("amf1,runs-on,core,,,,", "amf2,part-of,core,,,,", "g1,managed-by,amf2,,,,", "g2,maintained-by,z,,,,"),
    links(
      "k,alpha,s1,hub,,,,,",
      "k,alpha,s1,hub,,2,,,",
      ",,s1,hub,uplink,,,b,",
      ",,s1,hub,uplink,,,a,",
      "m,beta,s1,x,,,,,",
    ),
    demands("alpha,s1,hub,4,s1;hub", "alpha,s1,hub,4,", ",s2,s1,2,", "alpha,s1,hub,4,s1;s2;hub"),
    pools("all,alpha,AMF,,1,", "named,alpha,AMF,amf1;amf2,1,"),
  ];
  const once = await withTables(all, ({ store }) => wordsOf(store), options);
  const shuffled = fc.tuple(
    ...all.map(({ table: name, text }) => {
      const [header = "", ...lines] = String(text).trimEnd().split("\n");
      const rows = fc.shuffledSubarray(lines, { minLength: lines.length });
      return rows.map((own) => table(name, header, ...own));
    }),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, fc.boolean(), fc.integer({ min: 1, max: 3 }), async (files, turned, threads) => {
      const given = (turned ? files.toReversed() : files).map((file, at) => ({ ...file, name: `${at}.csv` }));
      assert.deepEqual(await withTables(given, ({ store }) => wordsOf(store), { ...options, threads }), once);
    }),
    { seed: 7, numRuns: 12 },
  );
});
