import assert from "node:assert/strict";
import { test } from "node:test";
import { assessmentText } from "../src/reports/assessment-text.ts";
import { amf, answersTo, element, nesas, statement } from "./kit/cases.ts";

const green = "\u001b[32m";

test("an admission without a duty is never green; one on evidence is", async () => {
  const mast = element("DEMO-mast", "gNB", "DEMO-radio", "V5.1", "2023-04-03");
  const { assessment } = await answersTo({ elements: [mast] });
  assert.deepEqual(assessment.basis, { "no-duty": 1 });
  assert.equal(assessmentText(assessment, { colour: true }).includes(green), false);

  const both = await answersTo({
    elements: [mast, amf("21.3", "2026-03-02")],
    evidence: [statement("certificate", nesas())],
  });
  assert.deepEqual(both.assessment.basis, { evidence: 1, "no-duty": 1 });
  const text = assessmentText(both.assessment, { colour: true });
  assert.ok(text.includes(`${green}1 evidence`));
  assert.equal(text.split(green).length, 2, "nothing but the evidence is green");
});
