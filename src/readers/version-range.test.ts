import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rangeHolds } from "./version-range.ts";
import { compareCautiously, compareSemver } from "./version-text.ts";

/** Range, then versions inside it, outside it, and those of which nobody can tell. */
type Row = readonly [range: string, inside: readonly string[], outside: readonly string[], unknown: readonly string[]];

function check(rows: readonly Row[]) {
  for (const [range, inside, outside, unknown] of rows) {
    for (const version of inside) assert.equal(rangeHolds(range, version), true, `${version} in ${range}`);
    for (const version of outside) assert.equal(rangeHolds(range, version), false, `${version} not in ${range}`);
    for (const version of unknown) assert.equal(rangeHolds(range, version), "unknown", `${version} ? ${range}`);
  }
}

test("vers ranges of the schemes with a known order", () => {
  check([
    ["vers:all/*", ["1", "anything"], [], []],
    ["vers:none/*", [], ["1"], []],
    ["vers:npm/1.2.3|>=2.0.0|<5.0.0", ["1.2.3", "2.0.0", "4.99.0"], ["1.2.4", "5.0.0", "2.0.0-rc.1"], ["next"]],
    ["vers:semver/>=2.0.0|<=2.7.0", ["2.0.0", "2.7.0", "2.7.0+b5", "2.5"], ["2.7.1", "1.9.9"], []],
    ["vers:semver/<1.0.0", ["1.0.0-rc.1", "1.0.0-alpha"], ["1.0.0", "1.0.0+b1"], []],
    ["vers:golang/>v1.2.0|!=v1.3.0", ["v1.2.1", "1.4.0"], ["v1.3.0", "1.2.0"], []],
    ["vers:intdot/>=1.0|<=2.3", ["1", "2.3.0"], ["2.3.1", "0.9"], ["2.3-rc1"]],
    ["vers:generic/>=2.9|<=4.1", ["2.9", "3", "4.1"], ["2.8", "4.2", "10.0"], ["4.1.0", "4.1.5", "4.1-p1"]],
    ["vers:generic/2.4|2.6|>=2.9", ["2.4", "2.6", "9"], ["2.5", "2.7"], []],
    ["vers:npm/!=1.0.0", ["1.0.1"], ["1.0.0"], []],
    ["vers:npm/1.0.0%2Bb1", ["1.0.0+b1"], ["1.0.1"], []],
  ]);
});

test("other schemes answer only where all schemes agree", () => {
  check([
    ["vers:deb/>=1.4|<2.0", ["1.5"], ["2.1"], ["1:1.5", "1:0.5", "2.0~rc1", "1.4-1"]],
    ["vers:pypi/<2.0", ["1.9"], ["2.1"], ["1!0.5", "2.0rc1"]],
    ["vers:rpm/<4.18.0", ["4.17.9"], ["4.19"], ["4.18.0-80.el8"]],
  ]);
});

test("a broken vers range is not known", () => {
  const ranges = ["vers:", "vers:npm", "vers:npm/", "vers:npm/||", "vers:npm/>=", "vers:npm/>1|>2", "vers:npm/<1|<2"];
  check(
    [...ranges, "vers:all/1.0", "vers:npm/>=1|*", "vers:npm/%zz", "vers:a b/1"].map((range) => [
      range,
      [],
      [],
      ["1.5"],
    ]),
  );
});

test("free text, as it stands in the advisories of test/advisories.test.ts and beyond", () => {
  check([
    ["All versions", ["1", "V7"], [], []],
    ["*", ["1"], [], []],
    ["< V4.03", ["V4.02", "4.02", "V3.9"], ["V4.03", "V5"], ["V4.1", "V4.03 HF1"]],
    ["<= 2.0.00", ["2.0.00", "1.9"], ["2.1"], ["2.0.00.1"]],
    ["All Versions < V7.0.6", ["V7.0.5"], ["V7.0.6"], ["ROS V7.0.5"]],
    ["All versions < ROS V5.0.1", ["ROS V5.0.0", "ROS 4.9"], ["ROS V5.0.1", "ros v5.1"], ["5.0.0"]],
    ["<= HiOS 07.0.02", ["HiOS 07.0.01"], ["HiOS 07.0.03"], ["07.0.01"]],
    ["<=RTS/RTD_3.6.6", ["RTS/RTD_3.6.5"], ["RTS/RTD_3.7"], ["3.6.5", "BaiBS_RTS_3.6.5"]],
    ["> 1.7.5.0", ["1.7.5.1", "1.8"], ["1.7.5.0", "1.7.4"], []],
    [">=00.07.00|<=00.07.03.4", ["00.07.00", "00.07.03.4"], ["00.06.09", "00.07.04"], ["00.07.03.4.1", "0.7.1"]],
    [">= 5.2.0 build 140721 | <= 5.4.0  Build 160414", ["5.3.9", "5.2.0 Build 140721"], ["5.1", "5.4.1"], ["5.4.0"]],
    ["< V4.7 SP6 HF3", ["V4.6"], ["V4.8", "V4.7 SP6 HF3"], ["V4.7 SP6 HF2", "V4.7"]],
    ["<=1.4.0_build221212", ["1.3", "1.4.0_build221212"], ["1.5"], ["1.4.0_build221211"]],
    ["<= 6.5.0.160bc2e", ["6.4.9", "6.5.0.160BC2E"], ["7.0"], ["6.5.0.1a", "6.5.0.1"]],
    [">= 2.0 and < 3", ["2.0", "2.9.9"], ["3", "1.9"], ["3-rc1"]],
    [">=2.0, <3", ["2.5"], ["3.0"], []],
    [">=2.0 <3", ["2.5"], ["3.0"], []],
    ["<3 and >=2.0", ["2.5"], ["1.0"], []],
    ["prior to version 2.1", ["2.0.9"], ["2.1"], []],
    ["1.6 and earlier", ["1.6", "1.5"], ["1.7"], ["1.6.1"]],
    ["version 1.6 or later", ["1.6", "1.6.1"], ["1.5"], []],
    ["All versions between V3.0 (including) and V3.0.2 (excluding)", ["V3.0", "V3.0.1"], ["V3.0.2", "V2.9"], []],
    ["V4.4, V4.5, V5.0, and V5.1", ["V4.4", "V5.1"], ["V4.6"], ["V5.0.1", "5.1"]],
    ["1.2.3", ["1.2.3"], ["1.2.4"], ["1.2.3-1", "v1.2.3"]],
  ]);
});

test("words that could narrow or widen a range are not guessed", () => {
  const unclear = [
    "<  january 2020",
    "V4.7: < V4.7 HF27",
    "< 3.0 (except 2.0)",
    "< 3.0 on Windows",
    "2.0 - 2.5",
    "2.0-2.5",
  ];
  const more = [
    "2.0 to 2.5",
    "1.0 through 3.0",
    "2.x",
    "2.*",
    "2.0+",
    "up to 3.0",
    "All versions except 3",
    "see notes",
    "=<3",
  ];
  const most = [
    "< SIMATIC WinAC RTX 2010 SP3",
    "prior to and including 3",
    "<",
    "< 3 | >= 1 and < 2",
    ">1|>2",
    "< 3 or > 5",
  ];
  check([...unclear, ...more, ...most].map((range) => [range, [], [], ["2.2"]]));
  assert.equal(rangeHolds("", "1"), "unknown");
  assert.equal(rangeHolds("<2", ""), "unknown");
});

test("orders are orders: equal to itself, and turned around when the two are exchanged", () => {
  const version = fc
    .tuple(fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }), fc.constantFrom("", "-rc1", " HF2", "a"))
    .map(([numbers, rest]) => `${numbers.join(".")}${rest}`);
  fc.assert(
    fc.property(version, version, (a, b) => {
      assert.equal(compareCautiously(a, a), 0);
      const [there, back] = [compareCautiously(a, b), compareCautiously(b, a)];
      if (typeof there === "number" && typeof back === "number") assert.equal(there + back, 0);
      assert.equal(there === undefined, back === undefined);
      assert.equal(compareSemver(`${a}.1`, `${b}.1`) ?? 0, -(compareSemver(`${b}.1`, `${a}.1`) ?? 0) + 0);
    }),
    { seed: 31, numRuns: 400 },
  );
});

test("where the cautious comparison of plain numbers answers, Semantic Versioning says the same", () => {
  const numbers = fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12)).map((three) => three.join("."));
  fc.assert(
    fc.property(numbers, numbers, (a, b) => assert.equal(compareCautiously(a, b), compareSemver(a, b))),
    { seed: 32, numRuns: 400 },
  );
});

test("any two texts get an answer, and long ones quickly", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 20 }), (range, version) => {
      for (const text of [range, `<${range}`, `vers:npm/${range}`]) {
        assert.ok([true, false, "unknown"].includes(rangeHolds(text, version)));
      }
    }),
    { seed: 33, numRuns: 400 },
  );
  const started = process.cpuUsage();
  for (const unit of ["sp ", "1.", "<1", ", ", " and ", "(", "a", ">=1|", "0-0 ", "v "]) {
    for (const start of ["", "vers:npm/", "<", "between ", "all versions "])
      rangeHolds(start + unit.repeat(600), "1.2.3");
  }
  assert.ok(process.cpuUsage(started).user < 1_000_000);
});

test("14 E: the constraints of a range in another order are put right, or nobody knows", () => {
  check([
    ["vers:npm/<20.0.0|>=19.0.0", ["19.5.0", "19.0.0"], ["21.3", "20.0.0", "18.9.9"], []],
    ["vers:generic/<5|>=4|<3|>=2", ["2.5", "4.1"], ["1.9", "3", "5.1"], []],
    ["vers:generic/<2.0-rc1|>=1.0|>=0.5", [], [], ["0.7", "1.5"]],
    ["<=2.3|>=1.0", ["2"], ["2.4", "0.9"], []],
  ]);
});

test("14 E: a range of any text is read in linear time", () => {
  const pieces = ["1", ".", "a", " ", "(", "+", "-", "|", "<", ",", "v", "x", " and ", "1.", "build 1 ", "\u00e9"];
  const started = process.cpuUsage();
  for (const one of pieces) {
    for (const end of ["", "!", "1", "\u00e9"]) {
      for (const start of ["", "< ", "between ", "vers:npm/", "all versions "]) {
        rangeHolds(`${start}${one.repeat(1_990 / one.length)}${end}`.slice(0, 2_000), "21.3");
      }
    }
  }
  assert.ok(process.cpuUsage(started).user < 5_000_000);
});
