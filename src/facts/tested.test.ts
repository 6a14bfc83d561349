import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Person, person, sample, sha256 } from "../../test/kit/evidence.ts";
import { equipmentOf, knowing, packNamed, settingOf } from "../../test/kit/facts.ts";
import { deriveCertificate } from "./certificate.ts";
import { deriveTested } from "./tested.ts";

const lab = person("lab", "DEMO-LAB", { from: "2020-01-01" });
const otherLab = person("lab", "DEMO-OTHER-LAB", { from: "2020-01-01" });
const body = person("body", "DEMO-BODY", { from: "2020-01-01" });
const operator = person("operator", "DEMO-north", { from: "2020-01-01" });
const approver = person("approver", "DEMO-north", { id: "approver", from: "2020-01-01" });

type Fields = Readonly<Record<string, unknown>>;
type Said = Parameters<typeof knowing>[0] & object;

/** What a lab signed of the release that the equipment runs, on a day; names and digest may be others. */
function result(fields: Fields, on = "2026-03-01", by: Person = lab, subject: object = {}): Said[number] {
  const { passedTests = ["A"] } =
    fields.result === undefined || fields.result === "PASSED" ? fields : { passedTests: [] };
  const says = sample("test-result", { passedTests, ...fields, signedAt: `${on}T12:00:00Z` });
  const subjects = says.subjects.map((one) => ({ ...one, ...subject }));
  return [{ ...says, subjects } as typeof says, by];
}
const failed = (tests: readonly string[] | undefined, on?: string, by?: Person, subject?: object) =>
  result({ result: "FAILED", ...(tests && { failedTests: tests }) }, on, by, subject);

const de2019 = packNamed("de-2019");
const holdsNone: Said[number] = [
  sample("register", {
    ...{ register: "certificates", operator: "DEMO-north", asOf: "2026-10-01", nextDue: "2027-01-01" },
    signedAt: "2026-10-01T09:00:00Z",
  }),
  operator,
];
const certificate = (changes: Fields = {}): Said[number] => [sample("certificate", changes), body];

function tested(said: Said, changes: Parameters<typeof equipmentOf>[0] = {}, asOf = "2026-11-20") {
  const knowledge = knowing([...said, holdsNone]);
  const setting = settingOf({ knowledge, pack: de2019, asOf });
  const { worst, best, why } = deriveTested(setting, equipmentOf(changes));
  return [worst, best, ...new Set(why.map(({ code }) => code))];
}

test("a release is tested by a passed result or a certificate of any scheme, and not by a failed one", () => {
  assert.deepEqual(tested([]), [false, false]);
  assert.deepEqual(tested([result({})]), [true, true]);
  assert.deepEqual(tested([failed(["A"])]), [false, false]);
  assert.deepEqual(tested([certificate({ scheme: "anything" })]), [true, true]);
  assert.deepEqual(tested([result({})], { release: "21.4" }), [false, false], "another release");
});

test("WARNED, a result that names no passed test, and one that names a failed or a warned one, never count", () => {
  assert.deepEqual(tested([result({ result: "WARNED", passedTests: ["A"] })]), [false, false]);
  assert.deepEqual(tested([result({ passedTests: [] })]), [false, false]);
  assert.deepEqual(tested([result({ passedTests: undefined })]), [false, false]);
  assert.deepEqual(tested([result({ warnedTests: ["B"] })]), [false, false]);
  assert.deepEqual(tested([result({ failedTests: ["B"] })]), [false, false], "PASSED, and yet something failed");
});

test("two digests that differ are two releases, whatever their names", () => {
  const ours = { digest: sha256("manifest") };
  const theirs = { digest: sha256("something else") };
  assert.deepEqual(tested([result({})], ours), [true, true]);
  assert.deepEqual(tested([result({})], theirs), [false, false]);
  assert.deepEqual(tested([failed(["A"], "2026-04-01")], theirs), [false, false]);
  assert.deepEqual(tested([result({}, "2026-03-01", otherLab), failed(["A"])], ours), [false, true, "contested"]);
  const other = { digest: { sha256: sha256("another build") } };
  assert.deepEqual(
    tested([result({}), failed(["A"], "2026-04-01", otherLab, other)], ours),
    [false, true, "identity"],
    "what failed under this name is not heard away by a digest",
  );
});

test("a later pass of other tests hides no failure; one of the same tests by the same signer answers it", () => {
  const before = failed(["A", "B"], "2026-03-01");
  const passes = (tests: readonly string[], by?: Person) => result({ passedTests: tests }, "2026-04-01", by);
  assert.deepEqual(tested([before, passes(["C"])]), [false, false]);
  assert.deepEqual(tested([before, passes(["A"])]), [false, false]);
  assert.deepEqual(tested([before, passes(["A", "B"])]), [true, true]);
  assert.deepEqual(tested([before, passes(["A", "B"], otherLab)]), [false, true, "contested"]);
  assert.deepEqual(
    tested([failed(["A"], "2026-04-01"), passes(["A"])]),
    [false, false],
    "of one day the failure stands",
  );
  assert.deepEqual(tested([failed(undefined), passes(["A"])]), [false, true, "contested"], "nobody knows what failed");
});

test("a test that came after the as-of day was none yet, and its failure is heard", () => {
  assert.deepEqual(tested([result({}, "2026-06-01")], {}, "2026-05-31"), [false, false]);
  assert.deepEqual(tested([result({}), failed(["A"], "2026-06-01")], {}, "2026-05-31"), [false, false]);
});

test("a certificate counts for its term: by its own word, or by its scheme's in the pack", () => {
  assert.deepEqual(tested([certificate({ until: "2026-11-20" })]), [true, true]);
  assert.deepEqual(tested([certificate({ until: "2026-11-19" })]), [false, false]);
  assert.deepEqual(tested([certificate({ until: undefined })]), [false, true, "missing"]);
  assert.deepEqual(tested([certificate({ issued: "2021-01-01", until: "2099-01-01" })]), [false, false], "five years");
});

test("a failed test contests a certificate, as a transcript too, and until the same tests passed", () => {
  const of = (said: Said) => {
    const knowledge = knowing([certificate({ documents: ["TS 33.512"] }), ...said, holdsNone]);
    const { worst, best, why } = deriveCertificate(settingOf({ knowledge }), equipmentOf());
    return [worst, best, ...new Set(why.map(({ code }) => code))];
  };
  assert.deepEqual(of([]), [4, 4]);
  assert.deepEqual(of([failed(["A"])]), [1, 4, "contested"]);
  assert.deepEqual(of([failed(["A"]), result({ passedTests: ["B"] }, "2026-05-01")]), [1, 4, "contested"]);
  assert.deepEqual(of([failed(["A"]), result({ passedTests: ["A"] }, "2026-05-01")]), [4, 4]);
  assert.deepEqual(of([result({ failedTests: ["A"] })]), [1, 4, "contested"], "PASSED in name only");
  const document = { sha256: sha256("report") };
  const copy = sample("test-result", {
    ...{ result: "FAILED", failedTests: ["A"] },
    transcriptOf: { title: "a report", address: "https://example.org", seen: "2026-03-01", digest: document },
  });
  const copied = { ...copy, subjects: [{ name: "DEMO-AMF@21.3", digest: document }] } as typeof copy;
  assert.deepEqual(of([[copied, operator, approver]]), [1, 4, "contested"]);
});

test("a failure whose product nobody here can place may be of any release, unless a digest says otherwise", () => {
  const strange = { name: "AMF box@21.3" };
  assert.deepEqual(tested([result({}, "2026-03-01", otherLab), failed(["A"], "2026-03-01", lab, strange)]), [
    ...[false, true],
    "identity",
  ]);
  assert.deepEqual(tested([result({}), failed(["A"], "2026-03-01", otherLab, { name: "DEMO-AMF@V21.3" })]), [
    ...[false, true],
    "identity",
  ]);
  assert.deepEqual(tested([result({}), failed(["A"], "2026-03-01", otherLab, { name: "DEMO-AMF@22" })]), [true, true]);
});

test("property: taking away a passed name, or naming another digest, never improves; nor does adding a failure", () => {
  const someTests = fc.subarray(["A", "B", "C"]);
  const any = fc.record({
    result: fc.constantFrom("PASSED", "WARNED", "FAILED"),
    passedTests: someTests,
    failedTests: fc.option(someTests, { nil: undefined }),
    on: fc.constantFrom("2026-03-01", "2026-04-01", "2026-05-01"),
    by: fc.constantFrom(lab, otherLab),
  });
  const rank = (said: Said) => {
    const [worst, best] = tested(said, { digest: sha256("manifest") });
    return Number(worst) + Number(best);
  };
  const asSaid = ({ on, by, ...fields }: typeof any extends fc.Arbitrary<infer T> ? T : never, subject = {}) =>
    result(fields, on, by, subject);
  let worse = 0;
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), fc.nat(3), any, (all, number, more) => {
      const before = rank(all.map((one) => asSaid(one)));
      const at = number % all.length;
      const chosen = all[at]!;
      const fewer = all.with(at, { ...chosen, passedTests: chosen.passedTests.slice(1) });
      const failing = { ...more, result: "FAILED" as const };
      const after = [rank(fewer.map((one) => asSaid(one))), rank([...all, failing].map((one) => asSaid(one)))];
      const other = all.map((one, place) =>
        asSaid(one, place === at ? { digest: { sha256: sha256("another build") } } : {}),
      );
      // A failure under another digest may be of another build: open is not better than admitted, and no longer refused.
      if (chosen.result !== "FAILED" && !chosen.failedTests?.length) after.push(rank(other));
      else assert.ok(rank(other) <= Math.max(before, 1), "never tested because a failure bears another digest");
      for (const one of after) assert.ok(one <= before, `${before}, then ${one}`);
      worse += after.filter((one) => one < before).length;
    }),
    { seed: 20190311, numRuns: 200 },
  );
  assert.ok(worse > 20, `${worse} turned`);
});
