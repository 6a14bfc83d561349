import assert from "node:assert/strict";
import { test } from "node:test";
import type { Assessment } from "../src/model/assessment.ts";
import { exit } from "../src/model/errors.ts";
import { answersTo, type Case, element, gateOf, inWorld, worldOf } from "./kit/cases.ts";
import { runIn } from "./kit/run.ts";

/** A pack of one limit, as a person would write their own: beside `de-2026` in the workspace's `packs/`. */
const limitPack = {
  "packs/limit-test/pack.yaml": `name: limit-test
version: "1"
title: One limit, for tests
actions: [depend]
parameters:
  largestShareLimit:
    default: 55
    minimum: 1
    maximum: 100
    confirmed: true
    title: Largest share of one maker in a segment, in percent
`,
  "packs/limit-test/rules.cedar": `@id("base")
permit (principal, action, resource);

@id("SHARE-1")
@kind("limit")
@title("No maker has more than the largest share allowed in a segment")
@cites("invented for this test")
@certainty("own-policy")
@remedy("Buy from another maker")
@waivable("operator")
forbid (principal, action, resource)
unless { context.largestShare == LargestShare::"at" || context.largestShare == LargestShare::"below" };
`,
};

const radio = (id: string, maker: string | undefined) => ({
  ...element(id, "RU", "DEMO-core", "1", "2024-01-08"),
  maker,
  product: undefined,
});
const radios = (maker: string, count: number) =>
  Array.from({ length: count }, (_, at) => radio(`${maker}-${at}`, maker));

/** Five radio units of each of two makers: one more of either is 54.5 %, two more are 58.3 %. */
const even: Case = {
  elements: [...radios("DEMO-nordwerk", 5), ...radios("DEMO-taiga", 5)],
  config: { binding: [{ pack: "de-2026" }, { pack: "limit-test" }] },
  files: limitPack,
};
const line = (id: string, maker: string, functions = "RU") => `${id},DEMO-north,${maker},,,${functions},1`;

test("two lines that break a limit together are both refused, and named together", async () => {
  const order = [
    line("first", "DEMO-nordwerk"),
    line("second", "DEMO-nordwerk"),
    line("router", "DEMO-lotus", "transport-router"),
  ];
  const { lines, network, verdicts } = await gateOf(even, order);
  assert.deepEqual(
    lines.map(({ id, outcome, basis }) => [id, outcome, basis]),
    [
      ["first", "refused", "rule"],
      ["second", "refused", "rule"],
      ["router", "refused", "rule"],
    ],
  );
  const [reason] = lines[0]?.reasons ?? [];
  assert.equal(reason?.rule, "SHARE-1");
  assert.deepEqual(reason?.with, ["first", "second"]);
  assert.match(reason?.title ?? "", /12 elements \(0 of unknown maker\), makers 2, largest `DEMO-nordwerk` 58\.3 %/);
  assert.deepEqual(lines[2]?.reasons.at(-1)?.with, ["router"], "the only router is all of its segment");
  assert.deepEqual(verdicts, { admitted: 0, refused: 3, undecided: 0 });
  assert.deepEqual(
    network.map(({ segment, outcome }) => [segment, outcome]),
    [
      ["access", "refused"],
      ["transport", "refused"],
    ],
  );
});

test("one of the lines alone keeps within the limit and is admitted", async () => {
  const { lines } = await gateOf(even, [line("first", "DEMO-nordwerk")]);
  assert.deepEqual([lines[0]?.outcome, lines[0]?.basis, lines[0]?.reasons], ["admitted", "no-duty", []]);
});

test("lines of two makers keep the balance together", async () => {
  const { lines } = await gateOf(even, [line("first", "DEMO-nordwerk"), line("second", "DEMO-taiga")]);
  assert.deepEqual(
    lines.map(({ outcome }) => outcome),
    ["admitted", "admitted"],
  );
});

test("an element of unknown maker may be the largest maker's: undecided", async () => {
  const unsure: Case = { ...even, elements: [...even.elements, radio("DEMO-unknown", undefined)] };
  const { lines, network } = await gateOf(unsure, [line("first", "DEMO-nordwerk")]);
  assert.deepEqual([lines[0]?.outcome, lines[0]?.basis], ["undecided", "missing"]);
  assert.match(network[0]?.detail ?? "", /12 elements \(1 of unknown maker\), makers 2 to 3, .* 50\.0 to 58\.3 %/);
});

test("a line of unknown maker counts as anybody's", async () => {
  const order = [line("first", "DEMO-nordwerk"), line("second", "whoever")];
  const { lines } = await gateOf(even, order);
  assert.deepEqual(lines.at(-1)?.reasons.at(-1)?.with, ["first", "second"]);
  assert.equal(lines[0]?.outcome, "undecided");
});

test("a line whose function is not known may stand in any segment: it is named with the others", async () => {
  const order = [line("first", "DEMO-nordwerk"), line("second", "DEMO-nordwerk", "")];
  const { lines, network } = await gateOf(even, order);
  assert.deepEqual(
    lines.map(({ outcome }) => outcome),
    ["undecided", "undecided"],
  );
  assert.deepEqual(lines[0]?.reasons.at(-1)?.with, ["first", "second"]);
  assert.match(network[0]?.detail ?? "", /1 more may belong here/);
});

test("assess says what the limit makes of the network, apart from the verdicts on elements", async () => {
  const { assessment } = await answersTo({ ...even, elements: radios("DEMO-nordwerk", 2) });
  assert.deepEqual(assessment.verdicts, { admitted: 2, refused: 0, undecided: 0 });
  assert.deepEqual(
    assessment.network.map(({ pack, segment, outcome, reasons }) => [pack, segment, outcome, reasons]),
    [["limit-test", "access", "refused", ["SHARE-1"]]],
  );
});

test("--fail-on hears a broken or open limit of a binding pack, though every element is admitted", async () => {
  const radio = element("DEMO-gnb", "gNB", "DEMO-radio", "1", "2021-01-01");
  const codeOf = (suppliers: readonly string[], failOn: string, use: "binding" | "compare" = "binding") => {
    const roles = { "uk-designated": suppliers.map((supplier) => ({ supplier, source: "invented" })) };
    const packs =
      use === "binding"
        ? { binding: [{ pack: "uk-2022" }] }
        : { binding: [{ pack: "us-covered-list" }], compare: [{ pack: "uk-2022" }] };
    const config = { ...packs, roles: { ...roles, "us-covered": [] } };
    return inWorld(worldOf({ elements: [radio], config }), async (root) => {
      const { code, out } = await runIn(root, ["assess", ".", "--output", "json", "--fail-on", failOn]);
      const { verdicts } = JSON.parse(out) as Assessment;
      assert.deepEqual(verdicts, { admitted: 1, refused: 0, undecided: 0 });
      return code;
    });
  };
  assert.equal(await codeOf(["DEMO-lotus"], "refused"), exit.refused);
  assert.equal(await codeOf(["no such supplier"], "refused"), exit.done);
  assert.equal(await codeOf(["no such supplier"], "undecided"), exit.undecided);
  assert.equal(await codeOf([], "undecided"), exit.done);
  assert.equal(await codeOf(["DEMO-lotus"], "refused", "compare"), exit.done);
});
