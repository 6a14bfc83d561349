/** The shipped packs: what their own tests show of every rule, their German words, and what none of them may say. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { catalogue } from "../src/facts/catalogue.ts";
import { domainOfFunction } from "../src/model/functions.ts";
import { coverageOf } from "../src/policy/coverage.ts";
import { loadPack } from "../src/policy/load.ts";
import { runPackTests } from "../src/policy/pack-tests.ts";
import { openFolder } from "../src/storage/folder.ts";
import { readCases } from "../src/tasks/pack-cases.ts";
import { loadWhole, packFiles, shippedPacks } from "../src/tasks/packs.ts";
import { packNamed } from "./kit/facts.ts";

const shipped = openFolder(join(import.meta.dirname, "../packs"));
const names = shippedPacks(shipped);

test("all packs are shipped", () => {
  assert.deepEqual(names, ["de-2019", "de-2026", "diversity", "eu-toolbox", "uk-2022", "us-covered-list"]);
});

for (const name of names) {
  const files = packFiles(shipped, name);

  test(`${name} loads whole, passes its tests, and every rule is shown to fire, to pass and to depend`, () => {
    const { pack, problems } = loadWhole(files);
    assert.deepEqual(problems, []);
    const read = readCases(pack!, files);
    assert.deepEqual(read.problems, []);
    const failed = runPackTests(pack!, read.tests).filter(({ passed }) => !passed);
    assert.deepEqual(failed, []);
    assert.deepEqual(pack!.dead, []);
    for (const [id, shown] of coverageOf(pack!, read.tests)) {
      for (const [state, tests] of Object.entries(shown)) assert.ok(tests.length > 0, `no test of ${id} ${state}`);
    }
  });

  test(`B2: ${name} has a case for every function that we know, and data on functions leaves none out`, () => {
    const functions = [...domainOfFunction.keys()].sort();
    const pack = packNamed(name);
    const tried = new Set(readCases(pack, files).tests.flatMap((one) => one.function ?? []));
    assert.deepEqual([...tried].sort(), functions);
    const { classes, lists = [], capabilities } = pack.manifest;
    const named = classes?.flatMap((one) => one.functions);
    if (named) assert.deepEqual(named.sort(), functions, "each is in one class");
    assert.ok(classes || lists.length === 0);
    for (const kind of ["sees-traffic", "remote-disruption"]) {
      const told = capabilities?.flatMap((one) => (one.capability === kind ? one.functions : []));
      if (told) assert.deepEqual(told.sort(), functions, `each stands once under ${kind}`);
    }
  });

  test(`${name} has German words for its title and every rule, parameter and role, and for nothing else`, () => {
    const { manifest, rules } = packNamed(name);
    const { de } = manifest.translations ?? {};
    assert.ok(de && de.title !== manifest.title);
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(Object.keys(de.rules).sort(), ids);
    for (const { id, title } of rules) assert.notEqual(de.rules[id]?.title, title, id);
    assert.deepEqual(Object.keys(de.parameters ?? {}).sort(), Object.keys(manifest.parameters ?? {}).sort());
    assert.deepEqual(Object.keys(de.roles ?? {}).sort(), Object.keys(manifest.roles ?? {}).sort());
    const ofOperators = [de.operatorRoles, manifest.operatorRoles].map((roles = {}) => Object.keys(roles).sort());
    assert.deepEqual(ofOperators[0], ofOperators[1]);
  });

  test(`${name} names no company, cites a source for every rule, and calls its own numbers its own`, () => {
    const text = files.map((file) => file.text).join("\n");
    assert.doesNotMatch(text, /huawei|\bzte\b|ericsson|nokia|samsung|hytera|hikvision|dahua|kaspersky|china/i);
    for (const { id, cites, certainty } of packNamed(name).rules) {
      assert.ok(cites.length > 10, id);
      assert.equal(/own policy|our reading/.test(cites), certainty === "own-policy", `${id}: ${cites}`);
    }
  });
}

test("no pack leaves a file below `tests/` unread", () => {
  for (const name of names) {
    const here = readdirSync(join(import.meta.dirname, "../packs", name, "tests"));
    const read = packFiles(shipped, name).filter(({ path }) => path.startsWith("tests/"));
    assert.equal(read.length, here.length, name);
  }
});

const weights = ["makersWeigh", "shareWeighs", "ownerWeighs", "effectiveWeighs"].flatMap((name) => [
  name,
  `${name}Nation`,
]);

test("diversity as limits refuses where it advised before, rule by rule", () => {
  const files = packFiles(shipped, "diversity");
  const { tests } = readCases(packNamed("diversity"), files);
  const advised = packNamed("diversity");
  assert.ok(advised.rules.every(({ kind }) => kind === "advice"));
  const limits = packNamed("diversity", Object.fromEntries(weights.map((name) => [name, "limit"])));
  assert.ok(limits.rules.every(({ kind }) => kind === "limit"));
  const as = (pack: typeof limits) => runPackTests(pack, tests).map(({ got }) => got);
  for (const [at, before] of as(advised).entries()) {
    const after = as(limits)[at]!;
    if ("error" in before || "error" in after) throw new Error("a case could not be asked");
    assert.deepEqual([after.rules, after.advice], [before.advice, []]);
    assert.equal(after.outcome === "admitted", before.advice.length === 0);
  }
  const [first] = coverageOf(limits, tests).values();
  assert.ok(first && first.fires.length > 0 && first.passes.length > 0 && first.depends.length > 0);
});

test("one weight can be set without the others", () => {
  const kinds = packNamed("diversity", { shareWeighs: "limit" }).rules.map(({ id, kind }) => `${id} ${kind}`);
  assert.deepEqual(kinds, [
    "DIV-EFFECTIVE advice",
    "DIV-MAKERS advice",
    "DIV-NATION-EFFECTIVE advice",
    "DIV-NATION-MAKERS advice",
    "DIV-NATION-OWNER advice",
    "DIV-NATION-SHARE advice",
    "DIV-OWNER advice",
    "DIV-SHARE limit",
  ]);
});

// What `@as` refuses

const manifest = readFileSync(join(import.meta.dirname, "../packs/diversity/pack.yaml"), "utf8");
const rules = readFileSync(join(import.meta.dirname, "../packs/diversity/rules.cedar"), "utf8");
const refused: readonly (readonly [what: string, yaml: string, cedar: string, said: RegExp])[] = [
  ["an undeclared parameter", manifest, rules.replace("makersWeigh", "makersWeight"), /does not declare/],
  ["a rule that is no limit", manifest, rules.replace('"limit"', '"duty"'), /expected `@kind\("limit"\)` beside `@as`/],
  [
    "a word that is no parameter's",
    manifest,
    rules.replace('"makersWeigh"', '"makers weigh"'),
    /the name of a parameter/,
  ],
  [
    "other words than advice and limit",
    manifest.replace("[advice, limit]", "[advice, limit, duty]"),
    rules,
    /expected parameter `makersWeigh` to have the values advice, limit/,
  ],
  [
    "a weight that waits to be confirmed",
    manifest.replace(
      'confirmed: true\n    title: "Whether the least',
      'confirmed: false\n    title: "Whether the least',
    ),
    rules,
    /expected parameter `makersWeigh` to be confirmed/,
  ],
];
for (const [what, yaml, cedar, said] of refused) {
  test(`@as with ${what} is refused by file and line`, () => {
    assert.ok(yaml !== manifest || cedar !== rules);
    const files = [
      { path: "pack.yaml", text: yaml },
      { path: "rules.cedar", text: cedar },
    ];
    const { pack, problems } = loadPack(files, catalogue);
    assert.equal(pack, undefined);
    assert.match(problems[0]?.message ?? "", said);
    assert.ok((problems[0]?.place.line ?? 0) > 1 && problems[0]?.place.file === "rules.cedar");
    assert.ok(problems[0]?.hint);
  });
}

test("a weight that no rule takes is a stray name", () => {
  const files = [
    { path: "pack.yaml", text: manifest },
    { path: "rules.cedar", text: rules.replace('@as("makersWeigh")\n', "") },
  ];
  const { problems } = loadWhole(files);
  assert.match(problems[0]?.message ?? "", /\/parameters\/makersWeigh/);
});
