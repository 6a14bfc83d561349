import assert from "node:assert/strict";
import { test } from "node:test";
import {
  amf,
  answersTo,
  type Case,
  element,
  explanationOf,
  gateOf,
  guarantee,
  nesas,
  notice,
  statement,
  verdictOn,
} from "./kit/cases.ts";

const gnb = element("DEMO-gnb", "gNB", "DEMO-radio", "V5.1", "2023-04-03");
const draft = (transition?: string): Case => ({
  elements: [gnb],
  parameters: { criticalList: "draft-2025-10", ...(transition && { draftTransition: transition }) },
});

test("base station first used 2023, list of 2021: admitted, no-duty", async () => {
  const { assessment, of } = await answersTo({ elements: [gnb] });
  assert.equal(of("DEMO-gnb").verdict, "admitted/no-duty");
  const list = assessment.packs[0]?.parameters.find(({ name }) => name === "criticalList");
  assert.deepEqual(list?.hanging, { "draft-2025-10": 1 });
});

test("the same under the draft list: what the parameter says about transition, with the count that hangs on it", async () => {
  const { assessment, of } = await answersTo(draft());
  assert.equal(of("DEMO-gnb").verdict, "undecided/missing");
  assert.equal(of("DEMO-gnb").bases, "missing;no-scheme");
  const transition = assessment.packs[0]?.parameters.find(({ name }) => name === "draftTransition");
  assert.deepEqual(transition?.hanging, { "existing-exempt": 1, none: 1 });
  assert.equal(await verdictOn(draft("existing-exempt")), "admitted/earlier-regime");
  assert.equal(await verdictOn(draft("none")), "undecided/no-scheme");
});
