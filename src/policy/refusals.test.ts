import assert from "node:assert/strict";
import { test } from "node:test";
import { blanket, catalogue, filesOf, rule } from "../../test/kit/policy-sample.ts";
import { loadPack } from "./load.ts";

const good = rule("GOOD", "unless { context.noticeGiven }");

/** Each text stands after the blanket permit and one good rule, so its first line is line 6. */
const inRule: Readonly<Record<string, readonly [text: string, message: RegExp, hint: RegExp, line?: number]>> = {
  "a second permit": [blanket, /second permit/, /forbid/],
  "a permit that admits by an attribute": [
    "permit (principal, action, resource) when { context.noticeGiven };",
    /second permit/,
    /forbid/,
  ],
  "equal ids": [good, /rule id `GOOD` stands already at rules.cedar:2/, /id of its own/],
  "arithmetic: +": [when("context.oversight + 1 > 3"), /`\+` is arithmetic/, /classes/],
  "arithmetic: the overflow that Cedar skips": [
    when("context.oversight + 9223372036854775807 > 3"),
    /`\+` is arithmetic/,
    /classes/,
  ],
  "arithmetic: -": [when("context.oversight - 1 > 3"), /`-` is arithmetic/, /classes/],
  "arithmetic: *": [when("context.oversight * 2 > 3"), /`\*` is arithmetic/, /classes/],
  "arithmetic: negation": [when("-context.oversight > -3"), /`-` is arithmetic/, /classes/],
  like: [when('context.era like "n*"'), /`like` matches text/, /compare with words/],
  has: [when("context has era"), /`has` asks/, /read the fact itself/],
  "two attributes": [
    when("context.noticeGiven == context.listed"),
    /compares two facts, `noticeGiven` and `listed`/,
    /compare each/,
  ],
  "an attribute and a computed one": [
    when("context.noticeGiven == (context.oversight > 3)"),
    /does not compare a fact with a value/,
    /write/,
  ],
  "two values": [when("1 == 1"), /does not compare a fact with a value/, /write/],
  "principal in the head": [
    good.replace("principal", 'principal == Authority::"a"').replace("GOOD", "X"),
    /head limits `principal`/,
    /write just `principal`/,
  ],
  "resource in the head": [
    good.replace("resource", "resource is Question").replace("GOOD", "X"),
    /head limits `resource`/,
    /write just `resource`/,
  ],
  "an attribute of the principal": [
    when("principal.noticeGiven"),
    /`.noticeGiven` is an attribute of `principal`/,
    /context.fact/,
  ],
  "an attribute of an attribute": [when("context.era.name"), /`.name` is an attribute of an attribute/, /context.fact/],
  "a bare variable": [when('resource == Question::"q"'), /`resource` stands by itself/, /context.fact/],
  "a set": [when('[Era::"none"].contains(context.era)'), /`contains` works on a set/, /`\|\|`/],
  "in a set": [when('context.era in [Era::"none", Era::"notice"]'), /`in` works on entities/, /`==`/],
  is: [when("context.era is Era"), /`is` works on entities/, /`==`/],
  "a record": [when("{a: context.noticeGiven}.a"), /attribute of an attribute/, /context.fact/],
  "a tag": [when('context.era.hasTag("a")'), /`hasTag` reads tags/, /context.fact/],
  "an extension function": [
    when('ip("127.0.0.1").isLoopback()'),
    /`isLoopback` is an extension function/,
    /let the facts compute/,
  ],
  "a template": [
    good.replace("principal", "principal == ?principal"),
    /template/,
    /forbid \(principal, action, resource\)/,
  ],
  "an unknown attribute": [
    when("context.noticeGivn"),
    /attribute `noticeGivn`.* not found/,
    /did you mean `noticeGiven`/,
    8,
  ],
  "an unknown attribute on a later line": [when("context.listed &&\n  context.nothing"), /attribute `nothing`/, /./, 9],
  "a word the list does not have": [when('context.era == Era::"notise"'), /not declared as a valid eid/, /"notice"/, 8],
  "a word of another list": [
    when('context.era == FunctionClass::"core"'),
    /`era` is compared with a word of `FunctionClass`/,
    /write `Era::"none"`/,
  ],
  "a word as a string": [when('context.era == "notice"'), /not compatible/, /./, 8],
  "a number its scale does not have": [
    when("context.oversight == 7"),
    /`oversight` never has the value `7`/,
    /0, 1, 2/,
  ],
  "facts of an element and of a network": [
    when('context.noticeGiven && context.share == Share::"at"'),
    /`noticeGiven` and `share`/,
    /two rules/,
  ],
  "an element fact under `depend`": [
    when("context.noticeGiven").replace("action,", 'action == Action::"depend",'),
    /`noticeGiven` is not a fact of the action `depend`/,
    /network facts/,
  ],
  "an action the pack does not have": [
    when("context.noticeGiven").replace("action,", 'action == Action::"update",'),
    /no action `update`/,
    /deploy, operate, depend/,
  ],
  "a pack not monotone": [
    when("context.oversight >= 5"),
    /rule `X` fires when `oversight` gets better: .* oversight 4 and fires at oversight 5/,
    /turn the condition round/,
  ],
  "a syntax error": [
    '@id("X")\nforbid (principal, action, resource)\nwhen { context.listed === true };',
    /cedar cannot parse this: unexpected token/,
    /expected/,
    8,
  ],
  "too many brackets": [
    when(`${"(".repeat(200)}context.listed${")".repeat(200)}`),
    /40 brackets deep/,
    /several small rules/,
  ],
  "too many terms": [when(Array(400).fill("context.listed").join(" && ")), /at most 400 signs/, /several small rules/],
};

const unclean: Readonly<Record<string, readonly [from: string | RegExp, to: string, message: RegExp]>> = {
  ...Object.fromEntries(
    ["kind", "title", "cites", "certainty", "remedy", "waivable"].map((name) => [
      `no @${name}`,
      [new RegExp(`@${name}\\("[^"]*"\\)`), "", new RegExp(`expected an annotation \`@${name}\``)] as const,
    ]),
  ),
  "no @id": ['@id("GOOD")', "", /expected an annotation `@id`/],
  "an unknown kind": ['"duty"', '"wish"', /expected `@kind` to be one of duty, prohibition, limit, advice, got `wish`/],
  "an unknown certainty": ['"own-policy"', '"K"', /expected `@certainty` to be one of S, S2, D, own-policy, got `K`/],
  "an unknown waiver": ['"nobody"', '"anybody"', /expected `@waivable` to be one of/],
  "a bad day": ["@waivable", '@from("2026-02-30") @waivable', /expected `@from` to be a day that exists/],
  "days in the wrong order": [
    "@waivable",
    '@from("2026-02-02") @until("2026-02-01") @waivable',
    /expected `@until` after/,
  ],
  "a misspelt annotation": ["@waivable", '@form("2026-02-02") @waivable', /`@form` is not an annotation/],
  "a bare flag": ['@remedy("Remedy of GOOD")', "@remedy", /expected `@remedy` to be filled in/],
  "an odd id": ['"GOOD"', '"GO OD"', /expected `@id` to be letters/],
  "terminal codes in a title": ["Title of", "\\u{1b}[31m", /plain text without control characters/],
};

function when(condition: string): string {
  return rule("X", `when { ${condition} }`);
}

function refused(text: string) {
  const { pack, problems } = loadPack(filesOf(text), catalogue);
  assert.equal(pack, undefined);
  return problems;
}

for (const [name, [text, message, hint, line = 6]] of Object.entries(inRule)) {
  test(`refused with file, line and the way to write it: ${name}`, () => {
    const problems = refused(`${blanket}${good}\n${text}`);
    const found = problems.find((problem) => message.test(problem.message));
    assert.ok(found, JSON.stringify(problems));
    assert.match(found.hint ?? "", hint);
    assert.deepEqual(found.place, { file: "rules.cedar", line });
    assert.equal(found.code, "pack");
    assert.ok(
      problems.every((problem) => (problem.place.line ?? 0) >= 6),
      "the good rules have no problem",
    );
  });
}

for (const [name, [from, to, message]] of Object.entries(unclean)) {
  test(`refused: a forbid with ${name}`, () => {
    const [problem, ...more] = refused(blanket + good.replace(from, to));
    assert.match(problem!.message, message);
    assert.deepEqual(problem!.place, { file: "rules.cedar", line: 2 });
    assert.ok(problem!.hint);
    assert.deepEqual(more, []);
  });
}

test("refused: no permit, a permit with conditions, no forbid, rules in a subfolder", () => {
  const one = (files: Parameters<typeof loadPack>[0]) =>
    loadPack(files, catalogue).problems.map(({ message, place }) => `${place.file}:${place.line} ${message}`);
  assert.match(one(filesOf(good)).join(), /^rules.cedar:1 expected one blanket permit in the pack, got none$/);
  assert.match(
    one(filesOf(`\n${blanket.replace(";", " when { context.noticeGiven };")}${good}`)).join(),
    /^rules.cedar:2 the permit has conditions/,
  );
  assert.match(one(filesOf(blanket)).join(), /^rules.cedar:1 expected at least one forbid, got none/);
  assert.match(
    one([...filesOf(blanket + good), { path: "more/rules.cedar", text: good }]).join(),
    /^more\/rules.cedar:undefined expected rules at the top/,
  );
});

test("refused: a table above 10,000 entries, before Cedar is asked", () => {
  const numbers = Array.from({ length: 101 }, (_, at) => at);
  const wide = ["a", "b"].map((name) => ({ ...catalogue[5]!, name, values: numbers }));
  const text = blanket + rule("WIDE", "unless { context.a > 3 && context.b > 3 }");
  const { problems } = loadPack(filesOf(text), [...catalogue, ...wide]);
  assert.match(problems[0]!.message, /at most 10000 entries, got 10201 \(a 101, b 101\)/);
  assert.deepEqual(problems[0]!.place, { file: "rules.cedar", line: 2 });
});

test("every problem of a pack is reported at once, in order of lines", () => {
  const problems = refused(blanket + when("context has era") + when("context.oversight + 1 > 2").replace('"X"', '"Y"'));
  assert.deepEqual(
    problems.map(({ place }) => place.line),
    [2, 5],
  );
});
