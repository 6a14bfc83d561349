import assert from "node:assert/strict";
import { test } from "node:test";
import { companies, knowing, packNamed, settingOf } from "../../test/kit/facts.ts";
import type { GradedFact } from "../model/fact.ts";
import type { MakerSpread, Span, Tally } from "../model/measure.ts";
import { deriveNetworkSegment, deriveScope } from "./network.ts";
import { deriveRoleShare } from "./role-share.ts";
import {
  deriveLargestOwnerShare,
  deriveLargestShare,
  deriveMakerCount,
  deriveMakersEnough,
  deriveMakersEven,
} from "./spread.ts";

/** Elements by maker, `unknown` ones of makers of their own, and `loose` ones that may belong here. */
const tally = (makers: Readonly<Record<string, number>>, unknown = 0, loose = 0): Tally => ({
  base: "element",
  total: Object.values(makers).reduce((sum, units) => sum + units, unknown),
  holders: Object.entries(makers).map(([name, units]) => ({ name, units, low: units, may: 0 })),
  groups: [],
  singles: { units: unknown, low: unknown, squares: unknown, greatest: Math.min(1, unknown) },
  loose,
  ...{ free: 0, adrift: 0, joins: 0, adds: 0 },
});
const spread = (changes: Partial<MakerSpread> = {}): MakerSpread => ({
  kind: "maker-spread",
  left: 0,
  scope: "operator",
  operator: "DEMO-north",
  segment: "core",
  base: "element",
  tally: tally({}),
  unplaced: 0,
  makers: { least: 2, most: 2 },
  largestShare: { least: 50, most: 50 },
  largestOwnerShare: { least: 50, most: 50 },
  effective: { least: 2, most: 2 },
  similar: { least: 1, most: 2 },
  ...changes,
});
const span = ({ worst, best }: GradedFact) => [worst, best];
const share = (least: number, most: number) => {
  const setting = settingOf({ parameters: { largestShareLimit: 50 } });
  return span(deriveLargestShare(setting, { element: spread({ largestShare: { least, most } }) }));
};

test("a share is below, at or above the limit; what is not known leaves a span of these", () => {
  assert.deepEqual(share(49.9, 49.9), ["below", "below"]);
  assert.deepEqual(share(50, 50), ["at", "at"]);
  assert.deepEqual(share(50.1, 50.1), ["above", "above"]);
  assert.deepEqual(share(40, 60), ["above", "below"]);
});

test("makers are counted up to twenty, and cut at what the pack asks for", () => {
  const count = (makers: Span) => span(deriveMakerCount(settingOf(), { element: spread({ makers }) }));
  assert.deepEqual(count({ least: 2, most: 2 }), [2, 2]);
  assert.deepEqual(count({ least: 1, most: 4 }), [1, 4]);
  assert.deepEqual(count({ least: 19, most: 400 }), [19, 20]);
  const setting = settingOf({ parameters: { makersAtLeast: 3 } });
  const enough = (makers: Span) => span(deriveMakersEnough(setting, { element: spread({ makers }) }));
  assert.deepEqual(enough({ least: 2, most: 2 }), [false, false]);
  assert.deepEqual(enough({ least: 2, most: 3 }), [false, true]);
  assert.deepEqual(enough({ least: 3, most: 3 }), [true, true]);
});

test("the nation has limits of its own where the pack has them", () => {
  const nation = { element: spread({ scope: "nation", operator: "" }) };
  const at = (parameters: Record<string, number>) => span(deriveLargestShare(settingOf({ parameters }), nation));
  assert.deepEqual(at({ largestShareLimit: 40 }), ["above", "above"]);
  assert.deepEqual(at({ largestShareLimit: 40, largestShareLimitNation: 60 }), ["below", "below"]);
  assert.deepEqual(deriveScope(settingOf(), nation).possible, ["nation"]);
  assert.deepEqual(deriveNetworkSegment(settingOf(), nation).possible, ["core"]);
});

test("shares are counted in the base that the pack's parameter names; by sites only if they were counted", () => {
  const element = spread({ largestShare: { least: 40, most: 40 } });
  const site = spread({ base: "site", largestShare: { least: 60, most: 60 } });
  const setting = (shareBase: string) => settingOf({ parameters: { largestShareLimit: 50, shareBase } });
  assert.deepEqual(span(deriveLargestShare(setting("element"), { element, site })), ["below", "below"]);
  assert.deepEqual(span(deriveLargestShare(setting("site"), { element, site })), ["above", "above"]);
  assert.throws(() => deriveLargestShare(setting("site"), { element }), /sites were not kept/);
});

const designated = (names: readonly string[] | undefined, counted: Tally, changes: Partial<MakerSpread> = {}) => {
  const uk = packNamed("uk-2022");
  const owners = [
    { owner: "DEMO-MAKER", owned: "DEMO-CHILD", percent: 60 },
    { owner: "free-float", owned: "DEMO-OTHER", percent: 100 },
  ];
  const who = companies({ suppliers: ["DEMO-MAKER", "DEMO-CHILD", "DEMO-OTHER", "DEMO-DARK"], owners });
  const roles = names ? { "uk-designated": names.map((supplier) => ({ supplier, source: "invented" })) } : {};
  const setting = settingOf({ pack: uk, roles, knowledge: knowing([], who), action: "depend" });
  return deriveRoleShare(setting, { element: spread({ tally: counted, ...changes }) });
};

test("the share of makers with a role counts those whom they control", () => {
  const byRole = (child: number, other: number) =>
    span(designated(["DEMO-MAKER"], tally({ "DEMO-CHILD": child, "DEMO-OTHER": other })));
  assert.deepEqual(byRole(34, 66), ["below", "below"]);
  assert.deepEqual(byRole(35, 65), ["at", "at"]);
  assert.deepEqual(byRole(36, 64), ["above", "above"]);
});

test("unknown makers, makers of unknown owners and a role that nobody filled in leave the share open", () => {
  const half = tally({ "DEMO-CHILD": 30, "DEMO-OTHER": 60 });
  const unsure = tally({ "DEMO-CHILD": 30, "DEMO-OTHER": 60 }, 10);
  assert.deepEqual(span(designated(["DEMO-MAKER"], unsure)), ["above", "below"]);
  const dark = designated(["DEMO-MAKER"], tally({ "DEMO-OTHER": 60, "DEMO-DARK": 40 }));
  assert.deepEqual(span(dark), ["above", "below"]);
  assert.match(
    dark.why.map(({ text }) => text).join(),
    /owners\.csv does not tell who holds the majority of `DEMO-DARK`/,
  );
  assert.deepEqual(span(designated(["Demo Maker"], half)), ["above", "below"], "a name that means nobody we know");
  const unfilled = designated(undefined, half);
  assert.deepEqual(span(unfilled), ["above", "below"]);
  assert.match(unfilled.why[0]?.text ?? "", /does not say who has the role `uk-designated`/);
});

test("an empty list says that nobody has the role, whoever the makers are", () => {
  assert.deepEqual(span(designated([], tally({}, 100, 5), { unplaced: 5 })), ["below", "below"]);
});

test("shares by people or traffic that no table tells are open, and the reason says which table would", () => {
  const people = spread({ base: "people", lacking: "regions.csv does not say how many people live where" });
  const element = spread({ tally: tally({ "DEMO-OTHER": 10 }) });
  const uk = packNamed("uk-2022", { shareBase: "people" });
  const roles = { "uk-designated": [{ supplier: "DEMO-MAKER", source: "invented" }] };
  const setting = settingOf({ pack: uk, roles, action: "depend" });
  const fact = deriveRoleShare(setting, { element, people });
  assert.deepEqual(span(fact), ["above", "below"]);
  assert.match(fact.why[0]?.text ?? "", /shares by people are not known: regions\.csv/);
});

test("the effective number is cut at its own limit, with or without what makers have in common", () => {
  const even = (parameters: Record<string, string | number>) =>
    span(deriveMakersEven(settingOf({ parameters }), { element: spread() }));
  assert.deepEqual(even({ effectiveAtLeast: 2 }), [true, true]);
  assert.deepEqual(even({ effectiveAtLeast: 2.5 }), [false, false]);
  assert.deepEqual(even({ effectiveAtLeast: 1.5, effectiveCounts: "components" }), [false, true]);
});

test("the largest owner has a limit of its own", () => {
  const of = (least: number, most: number) => {
    const setting = settingOf({ parameters: { ownerShareLimit: 50 } });
    return span(deriveLargestOwnerShare(setting, { element: spread({ largestOwnerShare: { least, most } }) }));
  };
  assert.deepEqual(of(60, 60), ["above", "above"]);
  assert.deepEqual(of(40, 60), ["above", "below"]);
});
