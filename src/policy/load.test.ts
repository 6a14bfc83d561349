import assert from "node:assert/strict";
import { test } from "node:test";
import { blanket, catalogue, factsOf, filesOf, manifest, packOf, rule, rules } from "../../test/kit/policy-sample.ts";
import { decide } from "./decide.ts";
import { loadPack } from "./load.ts";

test("a pack in order: rules by id with place and reads, a table per action, parameters as they hold", () => {
  const pack = packOf();
  assert.deepEqual(
    pack.rules.map(({ id, kind, line, reads }) => [id, kind, line, reads]),
    [
      ["CERT", "duty", 3, ["certificate", "era", "listed"]],
      ["LIMIT", "limit", 8, ["share"]],
      ["NOTICE", "duty", 12, ["era", "listed", "noticeGiven"]],
      ["ORDER", "prohibition", 16, ["notProhibited"]],
      ["OVERSIGHT", "advice", 20, ["oversight"]],
    ],
  );
  assert.deepEqual(pack.actions, ["deploy", "operate", "depend"]);
  assert.deepEqual(
    pack.tables.get("CERT")?.map(({ action, facts, forbids }) => [action, facts.map(({ name }) => name), [...forbids]]),
    // certificate none, product, release; each era none, notice, certificate; each listed false, true
    ["deploy", "operate"].map((action) => [
      action,
      ["certificate", "era", "listed"],
      [...[0, 0, 0, 0, 0, 1], ...[0, 0, 0, 0, 0, 1], ...[0, 0, 0, 0, 0, 0]],
    ]),
  );
  assert.deepEqual(
    pack.tables.get("LIMIT")?.map(({ action, forbids }) => [action, [...forbids]]),
    [["depend", [1, 0, 0]]],
  );
  assert.deepEqual(pack.parameters, { lapse: "undecided", limit: 50 });
  assert.deepEqual(pack.dead, []);
  assert.equal(pack.rules[3]?.from, "2026-03-01");
});

test("parameters are the defaults, overridden where they are declared and allowed", () => {
  const { pack } = loadPack(filesOf(), catalogue, { limit: 70 });
  assert.deepEqual(pack?.parameters, { lapse: "undecided", limit: 70 });
  for (const [override, expected] of [
    [{ limit: 95 }, /`limit` to be at most 90, got `95`/],
    [{ limit: "70" }, /`limit` to be a number/],
    [{ lapse: "perhaps" }, /`lapse` to be one of undecided, refused, got `perhaps`/],
    [{ nix: 1 }, /no parameter `nix`/],
    [{ constructor: 1 }, /no parameter `constructor`/],
  ] as const) {
    const { pack: none, problems } = loadPack(filesOf(), catalogue, override);
    assert.equal(none, undefined);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!.message, expected);
    assert.equal(problems[0]!.code, "pack");
    assert.equal(problems[0]!.place.file, "pack.yaml");
  }
});

test("the digest depends on every path and text, not on the order of the files", () => {
  const digest = packOf().digest;
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.equal(loadPack(filesOf().toReversed(), catalogue).pack?.digest, digest);
  const moved = [...filesOf(), { path: "README.md", text: "" }];
  assert.notEqual(loadPack(moved, catalogue).pack?.digest, digest);
  const glued = [
    { path: "a", text: "bc" },
    { path: "ab", text: "c" },
  ].map((file) => loadPack([...filesOf(), file], catalogue).pack?.digest);
  assert.notEqual(glued[0], glued[1]);
});

test("rules may stand in several files; equal ids are found across them", () => {
  const advice = { path: "advice.cedar", text: rule("MORE", "unless { context.oversight >= 4 }", "advice") };
  assert.equal(loadPack([...filesOf(), advice], catalogue).pack?.rules.length, 6);
  const twice = { path: "twice.cedar", text: rule("CERT", "unless { context.notProhibited }") };
  const { problems } = loadPack([...filesOf(), twice], catalogue);
  assert.deepEqual(
    problems.map(({ message, place }) => [message, place]),
    [["rule id `CERT` stands already at rules.cedar:3", { file: "twice.cedar", line: 1 }]],
  );
});

test("a rule that can never fire is no problem, but listed as dead: also where the validator misses it", () => {
  const text = `${blanket}${rule("A", "when { context.noticeGiven && !context.noticeGiven }")}
${rule("B", "when { false }")}${rule("C", "unless { context.noticeGiven }")}`;
  assert.deepEqual(packOf(text).dead, ["A", "B"]);
});

test("a rule names its actions, or speaks of all those whose facts it reads", () => {
  const only = rule("A", "unless { context.noticeGiven }").replace("action,", 'action == Action::"deploy",');
  const some = rule("B", "unless { context.noticeGiven }").replace("action,", 'action in [Action::"operate"],');
  const pack = packOf(`${blanket}${only}${some}${rule("C", "unless { context.notProhibited }")}`);
  const actionsOf = (id: string) => pack.tables.get(id)?.map(({ action }) => action);
  assert.deepEqual([actionsOf("A"), actionsOf("B"), actionsOf("C")], [["deploy"], ["operate"], ["deploy", "operate"]]);
  const verdict = decide(
    pack,
    { action: "operate", asOf: "2026-01-01" },
    factsOf({ noticeGiven: [true], notProhibited: [true] }),
  );
  assert.deepEqual(
    verdict.rules.map(({ id }) => id),
    ["B", "C"],
  );
});

test("sixteen rules load in a fraction of a second, and again", () => {
  const many = Array.from({ length: 16 }, (_, at) =>
    rule(`R${at}`, `when { context.listed && context.era == Era::"notice" } unless { context.oversight >= ${at % 6} }`),
  );
  const text = blanket + many.join("");
  loadPack(filesOf(text), catalogue);
  const before = process.cpuUsage();
  const { pack } = loadPack(filesOf(text), catalogue);
  const took = process.cpuUsage(before).user / 1000;
  assert.equal(pack?.rules.length, 16);
  assert.ok(took < 1000, `took ${took} ms`);
});

test("a catalogue that is wrong is a bug and throws", () => {
  const wrong = (change: object) => () => loadPack(filesOf(), [...catalogue, { ...catalogue[0]!, ...change }]);
  assert.throws(wrong({}), /fact era: defined twice/);
  assert.throws(wrong({ name: "a", values: [] }), /fact a: expected 1 to 101 values/);
  assert.throws(wrong({ name: "a", values: [1, "x"] }), /values of several types/);
  assert.throws(wrong({ name: "question", values: ["x"] }), /its type name is taken/);
  assert.throws(wrong({ name: "a", values: [1.5] }), /neither a boolean, an integer nor a plain word/);
  assert.throws(wrong({ name: 'a"', values: [1] }), /not a camelCase name/);
});

test("what pack.yaml says wrongly is named by line", () => {
  const cases: readonly (readonly [change: readonly [string, string], line: number, message: RegExp])[] = [
    [["version:", "verison:"], 1, /`\/verison` is not known here|version/],
    [["title: An", "name: An"], 3, /key `name` stands twice/],
    [["[operate, deploy, depend]", "[operate, fly]"], 4, /expected an action, got `fly`/],
    [["[operate, deploy, depend]", "[operate, operate]"], 4, /`operate` stands here twice/],
    [["facts: [era]", "facts: [noticeGiven]"], 5, /expected an era fact that is selecting, got `noticeGiven`/],
    [["{ era: certificate }", "{ era: cert }"], 5, /expected the current value of `era`, got `cert`/],
    [["default: 50", "default: 5"], 7, /default of parameter `limit` to be at least 10/],
    [["confirmed: false, title: A", "confirmed: maybe, title: A"], 7, /expected `true` or `false`, got `maybe`/],
    [["title: An", "title: !danger An"], 3, /unresolved tag/],
    [["title: An invented pack", `title: ${"[".repeat(60_000)}`], 3, /./],
  ];
  for (const [[from, to], line, message] of cases) {
    const { pack, problems } = loadPack(filesOf(rules, manifest.replace(from, to)), catalogue);
    assert.equal(pack, undefined, to);
    assert.ok(
      problems.some(
        ({ place, message: said }) =>
          message.test(said) && (place.line === line || from === "version:" || to.length > 1000),
      ),
      `${to.slice(0, 80)}: ${JSON.stringify(problems.slice(0, 3))}`,
    );
  }
  assert.match(loadPack([], catalogue).problems[0]!.message, /expected a file `pack.yaml`/);
});
