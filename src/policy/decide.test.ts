import assert from "node:assert/strict";
import { test } from "node:test";
import { blanket, catalogue, factsOf, manifest, packOf, rule, rules } from "../../test/kit/policy-sample.ts";
import type { Source } from "../model/fact.ts";
import { advise, decide } from "./decide.ts";

const pack = packOf();
const operate = { action: "operate", asOf: "2026-01-15" } as const;
const later = { ...operate, asOf: "2026-04-01" };

const inOrder = { listed: [true], era: ["certificate"], certificate: ["release"], notProhibited: [true] } as const;

test("admitted on evidence: a duty applies and passes, now and in the current era", () => {
  const verdict = decide(pack, operate, factsOf(inOrder));
  assert.deepEqual([verdict.outcome, verdict.basis, verdict.bases], ["admitted", "evidence", ["evidence"]]);
  assert.deepEqual(verdict.rules, [
    { id: "CERT", state: "passes", applies: "always", reason: false },
    { id: "NOTICE", state: "silent", applies: "never", reason: false },
  ]);
  assert.deepEqual(Object.keys(verdict.facts), ["certificate", "era", "listed", "noticeGiven"]);
});

test("admitted, no duty: the function is not listed, whatever the era and the prohibitions", () => {
  const verdict = decide(pack, later, factsOf({ listed: [false], notProhibited: [true] }));
  assert.deepEqual([verdict.outcome, verdict.basis], ["admitted", "no-duty"]);
});

test("admitted under an earlier regime: the current era would refuse, or would at least ask for more", () => {
  const notice = { listed: [true], era: ["notice"], noticeGiven: [true] } as const;
  for (const certificate of [["none"], ["none", "release"], ["release"]]) {
    const verdict = decide(pack, operate, factsOf({ ...notice, certificate }));
    const basis = certificate[0] === "release" ? "evidence" : "earlier-regime";
    assert.deepEqual([verdict.outcome, verdict.basis], ["admitted", basis]);
  }
  const gap = decide(pack, operate, factsOf({ listed: [true], era: ["none"], certificate: ["release"] }));
  assert.deepEqual([gap.outcome, gap.basis], ["admitted", "earlier-regime"]);
});

test("admitted where a duty applies only under some combinations is not called evidence", () => {
  const facts = factsOf({ ...inOrder, listed: [false, true] });
  assert.equal(
    decide(pack, operate, facts).basis,
    "no-duty",
    "the era is the current one, so no earlier regime helped",
  );
  const timeless = packOf(
    blanket + rule("A", "when { context.listed } unless { context.noticeGiven }"),
    manifest.replace(/era:.*\n/, ""),
  );
  const some = decide(timeless, operate, factsOf({ listed: [false, true], noticeGiven: [true] }));
  assert.deepEqual([some.outcome, some.basis], ["admitted", "no-duty"]);
  const always = decide(timeless, operate, factsOf({ listed: [true], noticeGiven: [true] }));
  assert.deepEqual([always.outcome, always.basis], ["admitted", "evidence"]);
});

test("the three readings: era unknown, notice and certificate both absent, one present, both present", () => {
  const era = { listed: [true], era: ["notice", "certificate"] } as const;
  const neither = decide(pack, operate, factsOf({ ...era, noticeGiven: [false], certificate: ["none"] }));
  assert.deepEqual([neither.outcome, neither.basis, neither.reasons], ["refused", "rule", ["CERT", "NOTICE"]]);
  assert.deepEqual(
    neither.rules.map(({ state, applies }) => [state, applies]),
    [
      ["mixed", "sometimes"],
      ["mixed", "sometimes"],
    ],
  );

  const open = factsOf({ ...era, noticeGiven: [true], certificate: ["none"] }, { era: "identity" });
  const one = decide(pack, operate, open);
  assert.deepEqual([one.outcome, one.basis, one.reasons], ["undecided", "identity", ["CERT"]]);

  const both = decide(pack, operate, factsOf({ ...era, noticeGiven: [true], certificate: ["release"] }));
  assert.deepEqual([both.outcome, both.basis], ["admitted", "evidence"]);
});

test("undecided: all bases of the open facts that the reasons read, in order, the first counted", () => {
  const facts = factsOf(
    {
      listed: [false, true],
      era: ["certificate"],
      certificate: ["none", "release"],
      notProhibited: [false, true],
      oversight: [0, 6],
    },
    { listed: "no-scheme", certificate: "expired", notProhibited: "stale-register", oversight: "input" },
  );
  const verdict = decide(pack, later, facts);
  assert.deepEqual([verdict.outcome, verdict.basis], ["undecided", "stale-register"]);
  assert.deepEqual(verdict.bases, ["stale-register", "expired", "no-scheme"]);
  assert.deepEqual(
    verdict.why.map(({ code }) => code),
    ["stale-register", "expired", "no-scheme"],
  );
  const silent = { certificate: { kind: "graded", worst: "none", best: "release", sources: [], why: [] } } as const;
  const unexplained = decide(pack, operate, { ...factsOf(inOrder), ...silent });
  assert.deepEqual([unexplained.outcome, unexplained.basis, unexplained.why], ["undecided", "missing", []]);
});

test("a fact nobody said anything about is wide open: missing, never admitted", () => {
  const verdict = decide(pack, operate, {});
  assert.deepEqual([verdict.outcome, verdict.basis], ["undecided", "missing"]);
  assert.deepEqual(
    verdict.why.map(({ text }) => text),
    ["certificate", "era", "listed", "noticeGiven"].map((name) => `nothing is known about \`${name}\``),
  );
  const inherited = Object.create({ listed: factsOf({ listed: [false] }).listed });
  assert.equal(decide(pack, operate, inherited).outcome, "undecided");
});

test("a fact that no rule reads does not matter, not even to the bytes", () => {
  const plain = JSON.stringify(decide(pack, operate, factsOf(inOrder)));
  const more = factsOf({ ...inOrder, functionClass: ["core"], oversight: [0], share: ["above"] });
  assert.equal(JSON.stringify(decide(pack, operate, more)), plain);
});

test("a rule is in the set only on its days, and advice never", () => {
  const dated = packOf(
    `${blanket}${rule("A", "unless { context.noticeGiven }", "duty", '@from("2026-02-01") @until("2026-02-10")')}`,
  );
  const outcomeOn = (asOf: string) =>
    decide(dated, { action: "operate", asOf }, factsOf({ noticeGiven: [false] })).outcome;
  assert.deepEqual(["2026-01-31", "2026-02-01", "2026-02-10", "2026-02-11"].map(outcomeOn), [
    "admitted",
    "refused",
    "refused",
    "admitted",
  ]);
  const facts = factsOf({ ...inOrder, oversight: [2] });
  assert.equal(decide(pack, operate, facts).outcome, "admitted");
  assert.deepEqual(advise(pack, operate, facts), [
    { id: "OVERSIGHT", state: "fires", applies: "always", reason: false },
  ]);
  assert.deepEqual(
    advise(pack, operate, factsOf({ oversight: [2, 3] })).map(({ state }) => state),
    ["depends"],
  );
  assert.deepEqual(advise(pack, operate, factsOf({ oversight: [3] })), []);
});

test("refused since: the latest day of each firing rule and its statements, the earliest of those", () => {
  const stated = (day: string): Source => ({
    kind: "statement",
    file: "e/1",
    id: "1",
    signer: "DEMO-a",
    grade: "issuer",
    text: "x",
    day,
  });
  const prohibited = factsOf(
    { ...inOrder, notProhibited: [false] },
    {},
    { notProhibited: [stated("2026-03-20"), stated("2026-02-01")] },
  );
  const verdict = decide(pack, later, prohibited);
  assert.deepEqual([verdict.outcome, verdict.reasons, verdict.since], ["refused", ["ORDER"], "2026-03-20"]);
  const two = factsOf(
    { ...inOrder, notProhibited: [false], certificate: ["none"] },
    {},
    { certificate: [stated("2026-03-10"), stated("2027-01-01")] },
  );
  assert.equal(decide(pack, later, two).since, "2026-03-01", "the order rule held before the certificate was refused");
  assert.equal(decide(pack, operate, factsOf({ ...inOrder, certificate: ["none"] })).since, undefined);
});

test("the grade is the lowest among the facts of the rules that apply", () => {
  const by = (grade: "issuer" | "transcript" | "self-declared"): Source => ({
    kind: "statement",
    file: "e/1",
    id: "1",
    signer: "DEMO-a",
    grade,
    text: "x",
  });
  const sources = { certificate: [by("issuer"), by("transcript")], noticeGiven: [by("self-declared")] };
  const facts = { ...inOrder, noticeGiven: [true] } as const;
  assert.equal(decide(pack, operate, factsOf(facts, {}, sources)).grade, "transcript", "no notice is due in this era");
  assert.equal(decide(pack, operate, factsOf(facts)).grade, undefined);
});

test("more combinations than the engine asks: undecided, engine", () => {
  const wide = ["a", "b"].map((name) => ({
    ...catalogue[0]!,
    name,
    values: Array.from({ length: 65 }, (_, at) => at),
  }));
  const text = blanket + rule("A", "when { context.a == 1 && context.b == 2 }");
  const big = packOf(text, manifest, [...catalogue, ...wide]);
  const verdict = decide(big, operate, {});
  assert.deepEqual([verdict.outcome, verdict.basis, verdict.bases], ["undecided", "engine", ["engine"]]);
  assert.equal(
    decide(big, operate, { a: { kind: "selecting", possible: [3], sources: [], why: [] } }).outcome,
    "admitted",
  );
});

test("an action the pack does not speak of is the asker's mistake; a fact that breaks its definition is ours", () => {
  assert.throws(() => decide(pack, { ...operate, action: "maintain" }, {}), {
    name: "UserError",
    message: /says nothing about `maintain`/,
  });
  assert.throws(
    () => decide(pack, operate, factsOf({ certificate: ["release", "none"] })),
    /worst is better than best/,
  );
  assert.throws(() => decide(pack, operate, factsOf({ certificate: ["gold"] })), /fact certificate cannot be gold/);
  assert.throws(
    () => decide(pack, operate, { era: factsOf({ certificate: ["none"] }).certificate! }),
    /fact era is selecting/,
  );
  assert.throws(
    () => decide(pack, operate, { era: { kind: "selecting", possible: [], sources: [], why: [] } }),
    /no possible value/,
  );
});

test("a network question reads network facts only", () => {
  const verdict = decide(
    pack,
    { ...operate, action: "depend" },
    factsOf({ share: ["above", "at"] }, { share: "input" }),
  );
  assert.deepEqual([verdict.outcome, verdict.basis, verdict.reasons], ["undecided", "input", ["LIMIT"]]);
});

const waivable = packOf(rules.replaceAll('@waivable("nobody")', '@waivable("authority")'));
const waiver = (exception: string, named: readonly string[], until = "2026-12-31") => ({
  exception,
  rules: named,
  until,
});
const notCertified = { ...inOrder, certificate: ["none"] } as const;

test("a waiver turns a rule that fires into a pass, and leaves what holds without it", () => {
  const facts = factsOf(notCertified);
  const plain = decide(waivable, operate, facts);
  const verdict = decide(waivable, operate, facts, [waiver("E-1", ["CERT"])]);
  assert.deepEqual([verdict.outcome, verdict.basis, verdict.bases], ["admitted", "exception", ["exception"]]);
  assert.deepEqual(
    [verdict.exceptions, verdict.until, verdict.reasons, verdict.since],
    [["E-1"], "2026-12-31", [], undefined],
  );
  assert.deepEqual(verdict.underlying, { outcome: "refused", basis: "rule", reasons: ["CERT"] });
  assert.deepEqual(verdict.rules[0], { ...plain.rules[0], reason: false });
  assert.deepEqual(decide(waivable, operate, facts, []), plain);
});

test("a waiver turns a rule that depends, whatever is open about it", () => {
  const facts = factsOf({ ...inOrder, certificate: ["none", "release"] });
  const verdict = decide(waivable, operate, facts, [waiver("E-1", ["CERT"])]);
  assert.deepEqual([verdict.outcome, verdict.basis, verdict.why], ["admitted", "exception", []]);
  assert.equal(verdict.underlying?.outcome, "undecided");
});

test("a waiver that turns nothing leaves no trace", () => {
  const met = factsOf(inOrder);
  assert.deepEqual(decide(waivable, operate, met, [waiver("E-1", ["CERT"])]), decide(waivable, operate, met));
  const other = [waiver("E-1", ["NOTICE"]), waiver("E-2", ["UNHEARD-OF"]), waiver("E-3", [])];
  const facts = factsOf(notCertified);
  assert.deepEqual(decide(waivable, operate, facts, other), decide(waivable, operate, facts));
});

test("a rule that nobody may waive is not waived", () => {
  const facts = factsOf(notCertified);
  assert.deepEqual(decide(pack, operate, facts, [waiver("E-1", ["CERT"])]), decide(pack, operate, facts));
});

test("another rule stands against it still: the outcome is that of the rules that are left", () => {
  const facts = factsOf({ ...notCertified, notProhibited: [false] });
  const refused = decide(waivable, later, facts, [waiver("E-1", ["CERT"])]);
  assert.deepEqual([refused.outcome, refused.basis, refused.reasons], ["refused", "rule", ["ORDER"]]);
  assert.deepEqual([refused.exceptions, refused.until], [["E-1"], undefined]);
  assert.deepEqual(refused.underlying, { outcome: "refused", basis: "rule", reasons: ["CERT", "ORDER"] });
  const open = factsOf({ ...notCertified, notProhibited: [false, true] }, { notProhibited: "stale-register" });
  const undecided = decide(waivable, later, open, [waiver("E-1", ["CERT"])]);
  assert.deepEqual([undecided.outcome, undecided.basis], ["undecided", "stale-register"]);
});

test("several waivers together: each rule as long as one of them holds, all as long as the first to end", () => {
  const facts = factsOf({ ...notCertified, notProhibited: [false] });
  const together = [
    waiver("E-3", ["CERT"], "2026-06-30"),
    waiver("E-1", ["CERT"], "2026-09-30"),
    waiver("E-2", ["ORDER", "CERT"], "2026-08-31"),
  ];
  const verdict = decide(waivable, later, facts, together);
  assert.deepEqual(
    [verdict.outcome, verdict.exceptions, verdict.until],
    ["admitted", ["E-1", "E-2", "E-3"], "2026-08-31"],
  );
});
