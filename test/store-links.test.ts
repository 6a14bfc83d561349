import assert from "node:assert/strict";
import { test } from "node:test";
import { demands, elements, links, options, pools, regions, world } from "./kit/network-tables.ts";
import { wordsOf } from "./kit/network-words.ts";
import { brief, type GivenFile, relations, withTables } from "./tables.ts";

test("links stand once for each operator, with their values, and nothing of them is lost", async () => {
  const files = [
    ...world,
    links(
      "t1,alpha,s1,hub,trunk,2.5,100,lay,macsec",
      "t1b,alpha,s1,hub,,,0,,",
      ",,s1,hub,uplink,,,lay,none",
      "tower,alpha,mast,s2,uplink,1,,,",
      "open,,mast,s2,,,,,",
      "far,gamma,s8,s9,,,,,",
      "round,alpha,s1,s1,,,,,",
      "nowhere,,s1,s99,,,,,",
      "apart,,s2,s8,,,,,",
    ),
  ];
  await withTables(
    files,
    async ({ store, loaded }) => {
      assert.deepEqual(loaded.problems, []);
      const words = await wordsOf(store);
      assert.deepEqual(words.operators, ["alpha", "beta", "gamma"]);
      assert.deepEqual(
        words.places.filter((place) => /mast|gamma/.test(place)),
        ["alpha/mast ", "gamma/s8 ", "gamma/s9 "],
      );
      assert.deepEqual(words.links, [
        "open: alpha/mast -- alpha/s2, weight 1, capacity NaN, -, ",
        "tower: alpha/mast -> alpha/s2, weight 1, capacity NaN, -, ",
        "t1: alpha/s1 -- alpha/hub, weight 2.5, capacity 100, lay, macsec",
        "t1b: alpha/s1 -- alpha/hub, weight 1, capacity 0, -, ",
        "s1 hub: alpha/s1 -> alpha/hub, weight 1, capacity NaN, lay, none",
        "s1 hub: beta/s1 -> beta/hub, weight 1, capacity NaN, lay, none",
        "far: gamma/s8 -- gamma/s9, weight 1, capacity NaN, -, ",
      ]);
      assert.deepEqual(words.lost.links, [2, 1]);
      const { links: raw } = await store.network();
      assert.throws(() => raw.ids(7), /no link 7/);
    },
    options,
  );
});

test("demands are of an operator that has both ends, and paths stay within it", async () => {
  const files = [
    ...world,
    demands(
      "alpha,s1,hub,10,",
      "alpha,s1,hub,4,s1; s2 ;hub",
      ",s2,s1,2,",
      ",s1,hub,1,",
      "beta,s2,hub,1,",
      "gamma,s1,hub,1,",
      "alpha,s1,s1,9,",
      "alpha,s1,hub,1,s2;hub",
      "alpha,s1,hub,1,s1;s2",
      "alpha,s1,hub,1,s1;s99;hub",
      "beta,s1,hub,1,s1;s2;hub",
      "alpha,s1,hub,0,s1;hub",
    ),
  ];
  await withTables(
    files,
    async ({ store }) => {
      const words = await wordsOf(store);
      assert.deepEqual(words.demands, [
        "alpha/s1 to alpha/hub 0 by alpha/s1 alpha/hub",
        "alpha/s1 to alpha/hub 4 by alpha/s1 alpha/s2 alpha/hub",
        "alpha/s1 to alpha/hub 10",
        "alpha/s2 to alpha/s1 2",
      ]);
      assert.deepEqual(words.lost.demands, [7, 1]);
    },
    options,
  );
});

test("pools have the members they name, or all that bear the function", async () => {
  const files = [
    ...world,
    relations("amf1,runs-on,core,,,,", "amf2,part-of,core,,,,"),
    pools(
      "all,alpha,AMF,,1,Bayern; Hessen",
      "named,alpha,AMF,amf1; amf1;lost;old;nobody,2,",
      "theirs,beta,UDM,core;amf2,1,Bremen",
      "none,beta,AMF,,1,",
      "typo,beta,UDM,,1,Bayren;Hessen",
      "whose,delta,UDM,,1,",
    ),
  ];
  await withTables(
    files,
    async ({ store, loaded }) => {
      assert.deepEqual(
        loaded.problems.map(({ code, message, place }) => `${place.line} ${code} ${message}`),
        [
          "6 dangling-reference `regions`: expected names of regions that the other tables have, got `Bayren`",
          "7 dangling-reference `operator`: expected the id of an operator that the other tables have, got `delta`",
        ],
      );
      assert.equal(loaded.setAside, 0);
      assert.deepEqual((await wordsOf(store)).pools, [
        "all: alpha AMF 1 of [alpha/hub amf+core+amf, alpha/s3 amf, alpha/ amf] missing 0 for [Bayern Hessen]",
        "named: alpha AMF 2 of [alpha/hub amf+core+amf, alpha/ amf] missing 2 for []",
        "none: beta AMF 1 of [] missing 0 for []",
        "theirs: beta UDM 1 of [alpha/s3 amf, beta/hub amf+core] missing 0 for [Bremen]",
        "typo: beta UDM 1 of [beta/hub amf+core] missing 0 for []",
      ]);
    },
    options,
  );
});

test("values that cannot be are problems of their row, and set no element aside", async () => {
  const flawed: readonly GivenFile[] = [
    {
      ...links("a,,s1,s2,,0,,,", "b,,s1,s2,,-1,,,", "c,,s1,s2,,1,-1,,", "d,,s1,s2,,1,0,,", "e,,s1,s2,ring,,,,"),
      name: "links.csv",
    },
    { ...demands(",s1,s2,-1,", ",s1,s2,,", ",s1,s2,0,"), name: "demands.csv" },
    { ...pools("p,a,AMF,,0,", "q,a,AMF,,1.5,", "r,a,AMF,,x,", "s,a,AMF,,2,"), name: "pools.csv" },
    { ...regions("x,-1,,", "y,5,,"), name: "regions.csv" },
  ];
  await withTables(
    [...flawed, { ...elements("e1,a,s1,mk,p,1,AMF,"), name: "elements.csv" }],
    async ({ store, loaded }) => {
      assert.deepEqual(brief(loaded), [
        "wrong-type demands.csv:2 1",
        "missing-value demands.csv:3 1",
        "wrong-type links.csv:2 1",
        "wrong-type links.csv:3 1",
        "wrong-type links.csv:4 1",
        "wrong-type links.csv:6 1",
        "wrong-type pools.csv:2 1",
        "wrong-type pools.csv:3 1",
        "wrong-type pools.csv:4 1",
        "wrong-type regions.csv:2 1",
      ]);
      const said = loaded.problems.map(({ message }) => message);
      assert.ok(said.includes("`weight`: expected a number above 0, got `0`"));
      assert.ok(said.includes("`capacity`: expected a number, 0 or more, got `-1`"));
      assert.ok(said.includes("`needed`: expected a whole number, 1 or more, got `1.5`"));
      assert.deepEqual([loaded.setAside, loaded.elements], [0, 1]);
      const words = await wordsOf(store);
      assert.deepEqual([words.links, words.lost.links], [[], [1, 0]]);
      assert.deepEqual([words.demands, words.lost.demands], [[], [1, 0]]);
      assert.deepEqual([words.pools.length, words.regions], [1, ["", "y"]]);
    },
    options,
  );
});
